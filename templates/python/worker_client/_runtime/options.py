"""What a single call may be given beside its payload or its job id."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypedDict

from .config import Settings, check_headers, check_retries, check_seconds
from .ids import check_idempotency_key, check_traceparent, check_tracestate
from .job_options import JobOptions, print_job_options
from .payload import Default, check_default
from .validate import Validate, check_validate


class CallOptions(TypedDict, total=False):
    """Options of every call; what is left out, or ``None``, is as the client was made."""

    timeout: float | None
    """Seconds that the whole call may take, all its tries and waits included."""
    max_retries: int | None
    """How often the call is repeated at the most, 0 to 10."""
    headers: Mapping[str, str | None] | None
    """Further headers; ``None`` as a value takes a default header out."""
    traceparent: str | None
    """The W3C trace context that the call belongs to."""
    tracestate: str | None
    """The vendors' part of the trace context."""


class SendOptions(CallOptions, total=False):
    """Options of the calls that enqueue a job."""

    idempotency_key: str | None
    """A key of your own: the same key means the same job, so the call is repeated also where the job may exist."""
    validate: Validate | None
    """Checks the payload before it is sent; see the client's ``validate``."""
    default: Default | None
    """Turns values that have no JSON into such that have: ``datetime``, ``UUID``, ``Decimal``."""
    job_options: JobOptions | None
    """How the backend is to queue the job; a :class:`.errors.ConfigurationError` where it takes no such wishes."""


@dataclass(frozen=True, slots=True, repr=False)
class CheckedOptions:
    """Options of one call, checked and filled in."""

    timeout: float
    max_retries: int
    headers: Mapping[str, str | None]
    idempotency_key: str | None
    validate: Validate | None
    default: Default | None
    job_options: str | None
    """As they are sent."""


CALL_NAMES: Final = frozenset(CallOptions.__annotations__)
SEND_NAMES: Final = frozenset(SendOptions.__annotations__)


def check_options(options: SendOptions | CallOptions, settings: Settings, *, names: frozenset[str]) -> CheckedOptions:
    """
    Checks the options of one call before anything is sent.

    :param names: what the call can be given
    """
    for name in options:
        if name not in names:
            raise TypeError(f"unexpected keyword argument {name!r}")
    timeout, retries = options.get("timeout"), options.get("max_retries")
    headers = dict(check_headers(options.get("headers")))
    parent, state = options.get("traceparent"), options.get("tracestate")
    if parent is not None:
        headers["traceparent"] = check_traceparent(parent)
    if state is not None:
        headers["tracestate"] = check_tracestate(state)
    key, validate, wishes = options.get("idempotency_key"), options.get("validate"), options.get("job_options")
    return CheckedOptions(
        timeout=settings.timeout if timeout is None else check_seconds(timeout, "timeout"),
        max_retries=settings.max_retries if retries is None else check_retries(retries),
        headers=headers,
        idempotency_key=None if key is None else check_idempotency_key(key),
        validate=None if validate is None else check_validate(validate),
        default=check_default(options.get("default")),
        job_options=None if wishes is None else print_job_options(wishes),
    )
