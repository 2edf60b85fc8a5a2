"""What a call may ask of the world. A call is a generator of steps, so that waiting and awaiting share one course."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeVar

from .wire import Attempt, Reply

T = TypeVar("T")


@dataclass(frozen=True, slots=True, repr=False)
class Send:
    """Send a request; the answer is its :class:`.wire.Reply`, or a :class:`.wire.WireError` is raised."""

    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Wait:
    """Wait; there is no answer."""

    seconds: float


@dataclass(frozen=True, slots=True, repr=False)
class Invoke:
    """Call a function of the application's; the answer is what it returns, awaited where it has to be."""

    function: Callable[..., object]
    arguments: tuple[object, ...]
    ends_at: float
    """Moment of :func:`time.monotonic` when nobody waits for it any longer."""


Step = Send | Wait | Invoke
Steps = Generator[Step, object, T]
"""The course of a call that ends in a ``T``."""


def send(attempt: Attempt) -> Steps[Reply]:
    """Sends one request."""
    reply = yield Send(attempt)
    assert isinstance(reply, Reply)
    return reply


def wait(seconds: float) -> Steps[None]:
    """Waits."""
    yield Wait(seconds)


def invoke(function: Callable[..., object], *arguments: object, ends_at: float) -> Steps[object]:
    """Calls a function of the application's."""
    result = yield Invoke(function, arguments, ends_at)
    return result
