"""Sends a batch with tasks."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
from inspect import isawaitable
from typing import TYPE_CHECKING

from .batch import AnyBatchItem, BatchPlan, BatchResult, BatchState, parts_of
from .errors import BatchError
from .responses import JobResponse

if TYPE_CHECKING:
    from .options import SendOptions

Items = Iterable[AnyBatchItem] | AsyncIterable[AnyBatchItem]
SendOneAsync = Callable[[str, object, "SendOptions", Callable[[float], None]], Awaitable[JobResponse]]
"""Enqueues one message; its last argument hears of a ``Retry-After``."""


async def collect_async(items: Items, plan: BatchPlan, send: SendOneAsync) -> list[BatchResult]:
    """What became of all items, in their order. Raises only when the items cannot be read to their end."""
    results: dict[int, BatchResult] = {}
    try:
        async for result in stream_async(items, plan, send, is_ordered=False):
            results[result.index] = result
    except Exception as error:
        known = [results[index] for index in sorted(results)]
        raise BatchError(f"the batch broke off: {type(error).__name__}", results=known) from error
    return [results[index] for index in sorted(results)]


async def stream_async(
    items: Items, plan: BatchPlan, send: SendOneAsync, *, is_ordered: bool
) -> AsyncGenerator[BatchResult]:
    """What became of each item, as it becomes known. What the iterable raises comes after what was sent."""
    state = BatchState(plan)

    async def send_one(index: int, item: object) -> BatchResult:
        try:
            while (seconds := state.seconds_to_wait) > 0:  # noqa: ASYNC110 a pause can grow while it lasts
                await asyncio.sleep(seconds)
            state.check_going()
            return BatchResult(index, ok=True, job=await send(*parts_of(item), state.pause))
        except Exception as error:  # noqa: BLE001 it is the item's outcome
            return state.fail(index, error)

    running = _Running(send_one, plan)
    try:
        failure: Exception | None = None
        index = 0
        try:
            async for item in _each(items):
                running.start(index, item)
                index += 1
                async for result in running.finished(is_ordered=is_ordered, room_for=1):
                    yield result
        except Exception as error:  # noqa: BLE001 raised below, when what was sent is known
            failure = error
        async for result in running.finished(is_ordered=is_ordered, room_for=plan.concurrency):
            yield result
        if failure is not None:
            raise failure
    finally:
        await running.cancel()


async def _each(items: Items) -> AsyncIterator[AnyBatchItem]:
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield item
    else:
        for item in items:
            yield item


class _Running:
    """The items that are under way."""

    def __init__(self, send_one: Callable[[int, object], Awaitable[BatchResult]], plan: BatchPlan) -> None:
        self._send_one = send_one
        self._plan = plan
        self._tasks: dict[int, asyncio.Future[BatchResult]] = {}

    def start(self, index: int, item: object) -> None:
        """Sends one item."""
        self._tasks[index] = asyncio.ensure_future(self._send_one(index, item))

    async def finished(self, *, is_ordered: bool, room_for: int) -> AsyncIterator[BatchResult]:
        """Waits until so many further items have room, and yields what has finished by then."""
        while self._tasks and len(self._tasks) > self._plan.concurrency - room_for:
            first = next(iter(self._tasks.values()))
            await asyncio.wait([first] if is_ordered else self._tasks.values(), return_when=asyncio.FIRST_COMPLETED)
            for index in [index for index, task in self._tasks.items() if task.done()]:
                if is_ordered and index != next(iter(self._tasks)):
                    break
                result = self._tasks.pop(index).result()
                told = None if self._plan.on_result is None else self._plan.on_result(result)
                if isawaitable(told):
                    await told
                yield result

    async def cancel(self) -> None:
        """Gives up what is still under way."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
