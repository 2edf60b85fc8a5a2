"""
Takes jobs on the other side of the queue: one function a message type, called with the job's payload.

The processor that :func:`create_processor` makes fits ``Worker(queue, processor)`` of the ``bullmq`` package, which
is no dependency of this one; :func:`dispatch` does the same for a worker of your own, without asyncio.
"""

from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from inspect import isawaitable
from typing import Any, Protocol, cast

from .errors import ConfigurationError, PayloadValidationError, WorkerClientError
from .json_values import as_mapping
from .validate import Validate, accepted, check_validate, is_refusal, refuse, validator_of


class Job(Protocol):
    """What is asked of a job."""

    @property
    def name(self) -> str:
        """The message type."""
        ...

    @property
    def data(self) -> Any:
        """The payload."""
        ...


Handler = Callable[[Any, Any], object]
"""Takes a payload and its job; what it returns is the job's result."""
Processor = Callable[..., Awaitable[object]]


class UnrecoverableError(WorkerClientError):
    """No further try of the job would go better. Where ``bullmq`` is installed, also its ``UnrecoverableError``."""

    code = "UNRECOVERABLE"


def create_processor(handlers: Mapping[str, Handler], *, validate: Validate | None = None) -> Processor:
    """
    Makes a processor for ``Worker`` of ``bullmq``.

    :param handlers: functions, coroutines or not, by message type
    :param validate: ``True`` checks payloads by the schemas of the package, a function checks them its own way
    :returns: a coroutine function; it raises :class:`UnrecoverableError`, so that the job is not tried again, for a
        message type without a function and for a payload that is refused
    """
    known, validator = _check_handlers(handlers), validator_of(check_validate(validate))

    async def process(job: Job, *_: object) -> object:
        handler = _handler_of(known, job)
        payload: object = job.data
        if validator is not None:
            with _refusals(job):
                answer = validator(job.name, payload)
                payload = accepted(job.name, payload, await answer if isawaitable(answer) else answer)
        result = handler(payload, job)
        return await result if isawaitable(result) else result

    return process


def dispatch(handlers: Mapping[str, Handler], job: Job, *, validate: Validate | None = None) -> object:
    """Calls the function of a job's message type, and returns what it returns; see :func:`create_processor`."""
    handler, validator = _handler_of(_check_handlers(handlers), job), validator_of(check_validate(validate))
    payload: object = job.data
    if validator is not None:
        with _refusals(job):
            payload = accepted(job.name, payload, validator(job.name, payload))
    return handler(payload, job)


def _check_handlers(handlers: object) -> Mapping[str, Handler]:
    known = as_mapping(handlers)
    if known is None:
        raise ConfigurationError(f"handlers must be a mapping, not {type(handlers).__name__}")
    for name, handler in known.items():
        if not callable(handler):
            raise ConfigurationError(f"the handler of {name} is not a function")
    return cast("Mapping[str, Handler]", known)


def _handler_of(handlers: Mapping[str, Handler], job: Job) -> Handler:
    handler = handlers.get(job.name)
    if handler is None:
        raise unrecoverable_class()(f"no handler for messages of type {job.name!r}")
    return handler


@contextmanager
def _refusals(job: Job) -> Generator[None]:
    """Turns what a validator says of a payload into an error that ends the job."""
    try:
        yield
    except PayloadValidationError as error:
        raise unrecoverable_class()(str(error)) from error
    except Exception as error:
        if not is_refusal(error):
            raise
        raise unrecoverable_class()(str(refuse(job.name, error))) from None


@cache
def unrecoverable_class() -> type[UnrecoverableError]:
    """A class that ``bullmq`` knows, too: it goes by ``isinstance``."""
    try:
        theirs = import_module("bullmq").UnrecoverableError
    except (ImportError, AttributeError):
        return UnrecoverableError
    return type("UnrecoverableError", (UnrecoverableError, theirs), {"__doc__": UnrecoverableError.__doc__})
