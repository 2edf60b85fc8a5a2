"""Sends a batch with tasks."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Callable, Iterable
from inspect import isawaitable
from typing import TYPE_CHECKING

from .batch import AnyBatchItem, BatchPlan, BatchResult, BatchState, Order, parts_of
from .errors import BatchError
from .responses import JobResponse

if TYPE_CHECKING:
    from .call import Pause
    from .options import SendOptions

Items = Iterable[AnyBatchItem] | AsyncIterable[AnyBatchItem]
SendOneAsync = Callable[[str, object, "SendOptions", "Pause"], Awaitable[JobResponse]]
"""Enqueues one message; its last argument knows when the backend wants to hear more."""


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
    batch = _Batch(plan, send)
    order = Order(is_ordered=is_ordered)
    batch.start(items)
    try:
        while (result := await batch.next()) is not None:
            for ready in order.add(result):
                batch.make_room()
                yield ready
        if batch.failure is not None:
            raise batch.failure
    finally:
        await batch.cancel()


class _Batch:
    """
    The items that are under way.

    One task reads them from the first to the last: a source may hold what belongs to the task that opened it.
    """

    def __init__(self, plan: BatchPlan, send: SendOneAsync) -> None:
        self._plan = plan
        self._send = send
        self._state = BatchState(plan)
        self._room = asyncio.Semaphore(plan.concurrency)
        self._known: asyncio.Queue[BatchResult | None] = asyncio.Queue()
        self._reader: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._count = 0
        self._running = 0
        self._is_read = False
        self.failure: Exception | None = None
        """What broke the batch off."""

    def start(self, items: Items) -> None:
        """Begins to read."""
        self._reader = asyncio.create_task(self._read(items))

    async def next(self) -> BatchResult | None:
        """What became of one further item, as soon as it is known; ``None`` at the end."""
        while not self._is_read or self._running > 0:
            result = await self._known.get()
            if result is None:
                continue
            self._running -= 1
            await self._tell(result)
            return result
        return None

    def make_room(self) -> None:
        """A result was handed over: one further item may be read."""
        self._room.release()

    async def cancel(self) -> None:
        """Gives up what is still under way."""
        tasks = [*self._tasks, *([] if self._reader is None else [self._reader])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _read(self, items: Items) -> None:
        try:
            await self._room.acquire()
            async for item in _each(items):
                if self._is_read:
                    break
                self._begin(item)
                await self._room.acquire()
        except Exception as error:  # noqa: BLE001 raised when what was sent is known
            self._break_off(error)
        self._is_read = True
        self._known.put_nowait(None)

    def _begin(self, item: object) -> None:
        self._running += 1
        task = asyncio.create_task(self._send_one(self._count, item))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._count += 1

    async def _send_one(self, index: int, item: object) -> None:
        try:
            while (seconds := self._state.seconds_to_wait) > 0:  # noqa: ASYNC110 a pause can grow while it lasts
                await asyncio.sleep(seconds)
            self._state.check_going()
            result = BatchResult(index, ok=True, job=await self._send(*parts_of(item), self._state))
        except Exception as error:  # noqa: BLE001 it is the item's outcome
            result = self._state.fail(index, error)
        except BaseException as error:
            # A hook can raise such a thing, and the batch would wait for ever.
            self._known.put_nowait(BatchResult(index, ok=False, error=RuntimeError(type(error).__name__)))
            raise
        self._known.put_nowait(result)

    async def _tell(self, result: BatchResult) -> None:
        if self._plan.on_result is None:
            return
        try:
            told = self._plan.on_result(result)
            if isawaitable(told):
                await told
        except Exception as error:  # noqa: BLE001 raised when what was sent is known
            self._break_off(error)

    def _break_off(self, error: Exception) -> None:
        self._is_read = True
        self.failure = self.failure or error


async def _each(items: Items) -> AsyncIterator[AnyBatchItem]:
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield item
    else:
        for item in items:
            yield item
