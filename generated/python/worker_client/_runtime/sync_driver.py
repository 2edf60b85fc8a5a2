"""Walks the steps of a call by blocking."""

from inspect import isawaitable, iscoroutine
from time import sleep
from typing import TypeVar

from .errors import ConfigurationError, WorkerClientError
from .steps import Invoke, Send, Step, Steps
from .wire import Transport

T = TypeVar("T")


def drive(steps: Steps[T], transport: Transport) -> T:
    """
    Walks to the end.

    An error of ours leaves without the frames below: their variables hold the request.
    """
    try:
        step = next(steps)
        while True:
            try:
                answer = _take(step, transport)
            except Exception as error:  # noqa: BLE001 the call decides what becomes of it
                step = steps.throw(error)
            else:
                step = steps.send(answer)
    except StopIteration as stop:
        result: T = stop.value
        return result
    except WorkerClientError as error:
        error.__context__ = None
        raise error.with_traceback(None)  # its cause is set already
    finally:
        steps.close()


def _take(step: Step, transport: Transport) -> object:
    if isinstance(step, Send):
        return transport.exchange(step.attempt)
    if isinstance(step, Invoke):
        return _call(step)
    sleep(step.seconds)
    return None


def _call(step: Invoke) -> object:
    result = step.function(*step.arguments)
    if not isawaitable(result):
        return result
    if iscoroutine(result):
        result.close()
    raise ConfigurationError("a function that has to be awaited needs the async client")
