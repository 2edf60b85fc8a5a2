"""Sends a batch with threads."""

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from time import sleep
from typing import TYPE_CHECKING

from .batch import AnyBatchItem, BatchPlan, BatchResult, BatchState, parts_of
from .errors import BatchError
from .responses import JobResponse

if TYPE_CHECKING:
    from .options import SendOptions

SendOne = Callable[[str, object, "SendOptions", Callable[[float], None]], JobResponse]
"""Enqueues one message; its last argument hears of a ``Retry-After``."""


def collect(items: Iterable[AnyBatchItem], plan: BatchPlan, send: SendOne) -> list[BatchResult]:
    """What became of all items, in their order. Raises only when the items cannot be read to their end."""
    results: dict[int, BatchResult] = {}
    try:
        for result in stream(items, plan, send, is_ordered=False):
            results[result.index] = result
    except Exception as error:
        known = [results[index] for index in sorted(results)]
        raise BatchError(f"the batch broke off: {type(error).__name__}", results=known) from error
    return [results[index] for index in sorted(results)]


def stream(
    items: Iterable[AnyBatchItem], plan: BatchPlan, send: SendOne, *, is_ordered: bool
) -> Generator[BatchResult]:
    """What became of each item, as it becomes known. What the iterable raises comes after what was sent."""
    state = BatchState(plan)

    def send_one(index: int, item: object) -> BatchResult:
        try:
            while (seconds := state.seconds_to_wait) > 0:
                sleep(seconds)
            state.check_going()
            return BatchResult(index, ok=True, job=send(*parts_of(item), state.pause))
        except Exception as error:  # noqa: BLE001 it is the item's outcome
            return state.fail(index, error)

    pool = ThreadPoolExecutor(plan.concurrency, thread_name_prefix="send-batch")
    try:
        running = _Running(pool, send_one, plan)
        failure: Exception | None = None
        try:
            for index, item in enumerate(items):
                running.start(index, item)
                yield from running.finished(is_ordered=is_ordered, room_for=1)
        except Exception as error:  # noqa: BLE001 raised below, when what was sent is known
            failure = error
        yield from running.finished(is_ordered=is_ordered, room_for=plan.concurrency)
        if failure is not None:
            raise failure
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


class _Running:
    """The items that are under way."""

    def __init__(
        self, pool: ThreadPoolExecutor, send_one: Callable[[int, object], BatchResult], plan: BatchPlan
    ) -> None:
        self._pool = pool
        self._send_one = send_one
        self._plan = plan
        self._futures: dict[int, Future[BatchResult]] = {}

    def start(self, index: int, item: object) -> None:
        """Sends one item as soon as a thread is free."""
        self._futures[index] = self._pool.submit(self._send_one, index, item)

    def finished(self, *, is_ordered: bool, room_for: int) -> Iterator[BatchResult]:
        """Waits until so many further items have room, and yields what has finished by then."""
        while self._futures and len(self._futures) > self._plan.concurrency - room_for:
            first = next(iter(self._futures.values()))
            wait([first] if is_ordered else self._futures.values(), return_when=FIRST_COMPLETED)
            for index in [index for index, future in self._futures.items() if future.done()]:
                if is_ordered and index != next(iter(self._futures)):
                    break
                result = self._futures.pop(index).result()
                if self._plan.on_result is not None:
                    self._plan.on_result(result)
                yield result
