"""Turns what a try brought, a broken exchange or an error answer, into its error and its retry class."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from .answers import parse_json
from .errors import (
    ConfigurationError,
    ConnectionError,
    JobRejectedError,
    Phase,
    ResponseError,
    TimeoutError,
    TransportError,
    WorkerClientError,
)
from .http_errors import http_error
from .retry import RetryClass, class_of_answer
from .secrets import Secret
from .wire import Fault, Reply, WireError


@dataclass(frozen=True, slots=True)
class Failure:
    """A try that brought no success."""

    error: WorkerClientError
    retry_class: RetryClass
    is_maybe_applied: bool
    """The backend may have done what was asked of it."""
    is_timeout: bool = False
    retry_after: float | None = None


_CLASSES: Final[dict[Fault, RetryClass]] = {
    "not-sent": "not-sent",
    "stale": "stale",
    "lost": "maybe-applied",
    "malformed": "final",
    "refused-by-us": "final",
}


def failure_of_wire(error: WireError, *, seconds: float, is_total: bool) -> Failure:
    """
    What a broken exchange means.

    :param seconds: how long the exchange was allowed to take
    :param is_total: that is the time of the whole call, so there is none left for another try
    """
    if error.fault == "timeout":
        timeout = _chain(timeout_error(error.phase, seconds), error)
        is_sent = error.phase != "connect"
        retry_class: RetryClass = "final" if is_total else "maybe-applied" if is_sent else "not-sent"
        return Failure(timeout, retry_class, is_maybe_applied=is_sent, is_timeout=True)
    retry_class = _CLASSES[error.fault]
    is_maybe_applied = error.fault in ("lost", "malformed")
    return Failure(_chain(_error_of(error), error), retry_class, is_maybe_applied=is_maybe_applied)


def timeout_error(phase: Phase, seconds: float) -> TimeoutError:
    """The error of a time that is over."""
    where: dict[Phase, str] = {
        "connect": "while connecting",
        "send": "while sending",
        "headers": "before an answer came",
        "body": "before the answer was whole",
        "retry-wait": "between two tries",
    }
    text = f"Request timeout: {seconds:g} s were over {where[phase]}"
    return TimeoutError(text, phase=phase, timeout_ms=round(seconds * 1000))


def _error_of(error: WireError) -> WorkerClientError:
    if error.fault == "refused-by-us":
        return ConfigurationError(f"the request cannot be sent: {error}")
    if error.fault == "malformed":
        return TransportError(f"the answer is no HTTP: {error}", phase=error.phase)
    what = "could not connect" if error.phase == "connect" else "the connection broke"
    return ConnectionError(f"{what}: {error}", phase=error.phase, errno=error.errno)


def _chain(error: WorkerClientError, wire: WireError) -> WorkerClientError:
    """Gives an error its cause, without the frames of the HTTP library: their variables hold the request."""
    cause = wire.cause
    error.__cause__ = cause
    while cause is not None:
        cause.__traceback__ = None
        following = cause.__cause__
        cause.__context__ = following
        cause = following
    return error


def failure_of_answer(
    reply: Reply,
    *,
    secret: Secret | None,
    is_job: bool,
    is_key_in_force: bool,
    retry_on: Collection[int],
    now: float,
) -> Failure:
    """What an error answer means."""
    parsed = parse_json(reply.body)
    error = http_error(reply, parsed=parsed, secret=secret, is_job=is_job, now=now)
    retry_class = class_of_answer(
        reply.status, reply.headers, parsed=parsed, is_key_in_force=is_key_in_force, retry_on=retry_on
    )
    is_maybe_applied = reply.status in (500, 502, 504)
    return Failure(error, retry_class, is_maybe_applied=is_maybe_applied, retry_after=error.retry_after)


def is_unclear(error: WorkerClientError) -> bool:
    """Whether an answer that says success, but not which job, leaves open what became of it."""
    return isinstance(error, ResponseError) and not isinstance(error, JobRejectedError)
