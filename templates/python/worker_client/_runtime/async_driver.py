"""Walks the steps of a call by awaiting."""

import asyncio
from inspect import isawaitable
from time import monotonic
from typing import TypeVar

from .errors import WorkerClientError
from .steps import Invoke, Send, Step, Steps
from .wire import AsyncTransport, WireError

T = TypeVar("T")


async def drive_async(steps: Steps[T], transport: AsyncTransport) -> T:
    """
    Walks to the end.

    An error of ours leaves without the frames below: their variables hold the request.
    """
    try:
        step = next(steps)
        while True:
            try:
                answer = await _take(step, transport)
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


async def _take(step: Step, transport: AsyncTransport) -> object:
    if isinstance(step, Send):
        return await transport.exchange(step.attempt)
    if isinstance(step, Invoke):
        return await _call(step)
    await asyncio.sleep(step.seconds)
    return None


async def _call(step: Invoke) -> object:
    result = step.function(*step.arguments)
    if not isawaitable(result):
        return result
    limit = asyncio.timeout(step.ends_at - monotonic())
    try:
        async with limit:
            return await result
    except TimeoutError:
        if not limit.expired():
            raise
        raise WireError("timeout", "the time is over", phase="connect") from None
