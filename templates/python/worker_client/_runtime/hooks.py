"""What a caller may watch, and change, of every request: functions that are called along the way."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Literal, cast

from .errors import ConfigurationError, WorkerClientError
from .json_values import as_mapping


@dataclass(slots=True)
class HookEvent:
    """What a hook is told. No secret: such headers say ``[redacted]``."""

    method: str
    url: str
    """Without query and credentials."""
    message_type: str | None
    job_id: str | None
    attempt: int
    """1 for the first request of a call."""
    headers: dict[str, str]
    """Of the request, or of the answer in ``on_response``. What ``on_request`` changes here is sent."""
    duration_ms: float
    """Milliseconds since the call began."""
    status: int | None = None
    """Of the answer, when there is one."""
    error: WorkerClientError | None = None
    """In ``on_retry`` and ``on_error``: what went wrong."""
    wait_ms: float | None = None
    """In ``on_retry``: milliseconds until the next request."""
    payload: object = None
    """What the message was given, only with ``log_bodies``."""


Hook = Callable[[HookEvent], Awaitable[None] | None]
"""A plain function; with the async client a coroutine function, too."""
HookName = Literal["on_request", "on_retry", "on_response", "on_error"]


@dataclass(frozen=True, slots=True)
class Hooks:
    """Functions to call. What ``on_request`` raises fails the call; what the others raise is logged."""

    on_request: Hook | None = None
    """Before each request."""
    on_retry: Hook | None = None
    """Before the wait for a repetition."""
    on_response: Hook | None = None
    """After each whole answer, of whatever status."""
    on_error: Hook | None = None
    """When a call has failed for good."""


HOOK_NAMES: tuple[HookName, ...] = ("on_request", "on_retry", "on_response", "on_error")


def check_hooks(hooks: object) -> Hooks:
    """Takes :class:`Hooks`, or a mapping with the same names."""
    if hooks is None:
        return Hooks()
    given: Mapping[object, object] | None = as_mapping(hooks)
    if isinstance(hooks, Hooks):
        given = {name: getattr(hooks, name) for name in HOOK_NAMES}
    if given is None:
        raise ConfigurationError(f"hooks must be Hooks or a mapping, not {type(hooks).__name__}")
    for name, function in given.items():
        if name not in HOOK_NAMES:
            raise ConfigurationError(f"there is no hook {name!r}: the hooks are {', '.join(HOOK_NAMES)}")
        if function is not None and not callable(function):
            raise ConfigurationError(f"the hook {name} is not a function")
    return Hooks(**cast("dict[str, Hook]", dict(given)))
