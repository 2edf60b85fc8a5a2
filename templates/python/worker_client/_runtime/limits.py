"""What both asyncio transports do with the time of an attempt."""

import asyncio
from collections.abc import Callable

from .body import BodyReader
from .wire import ERROR_BODY_SECONDS, Attempt, WireError


def shorten(limit: asyncio.Timeout, reader: BodyReader) -> None:
    """The text of an error is not worth all the time that is left."""
    end = limit.when()
    if end is not None and not reader.is_success:
        limit.reschedule(min(end, asyncio.get_running_loop().time() + ERROR_BODY_SECONDS))


def timeout_or(translate: Callable[[Exception, Attempt], WireError], error: Exception, attempt: Attempt) -> WireError:
    """The end of the time, or what the HTTP library's failure means."""
    if isinstance(error, TimeoutError):
        return WireError("timeout", "the time is over", phase=attempt.phase, cause=error)
    return translate(error, attempt)
