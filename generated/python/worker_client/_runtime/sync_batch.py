"""Sends a batch with threads."""

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING

from .batch import AnyBatchItem, BatchPlan, BatchResult, BatchState, Order, parts_of
from .errors import BatchError
from .responses import JobResponse

if TYPE_CHECKING:
    from .call import Pause
    from .options import SendOptions

SendOne = Callable[[str, object, "SendOptions", "Pause"], JobResponse]
"""Enqueues one message; its last argument knows when the backend wants to hear more."""


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
    batch = _Batch(items, plan, send, Order(is_ordered=is_ordered))
    try:
        while batch.is_going:
            batch.read()
            yield from batch.results()
        if batch.failure is not None:
            raise batch.failure
    finally:
        batch.leave()


class _Batch:
    """The items that are under way. They are read, and their results told, in the thread of the caller."""

    def __init__(self, items: Iterable[AnyBatchItem], plan: BatchPlan, send: SendOne, order: Order) -> None:
        self._items = enumerate(items)
        self._plan = plan
        self._send = send
        self._order = order
        self._state = BatchState(plan)
        self._pool = ThreadPoolExecutor(plan.concurrency, thread_name_prefix="send-batch")
        self._known: SimpleQueue[BatchResult] = SimpleQueue()
        self._running = 0
        self._open = 0
        """Items that were read, and whose result was not handed over yet."""
        self._is_read = False
        self._has_left = Event()
        self.failure: Exception | None = None
        """What broke the batch off."""

    @property
    def is_going(self) -> bool:
        """Whether there are further results."""
        return not self._is_read or self._running > 0

    @property
    def _has_room(self) -> bool:
        return not self._is_read and self._open < self._plan.concurrency

    def read(self) -> None:
        """Reads and sends one further item, where there is room for one."""
        if not self._has_room:
            return
        try:
            index, item = next(self._items)
        except StopIteration:
            self._is_read = True
        except Exception as error:  # noqa: BLE001 raised when what was sent is known
            self._break_off(error)
        else:
            self._running += 1
            self._open += 1
            self._pool.submit(self._send_one, index, item)

    def results(self) -> Iterator[BatchResult]:
        """What is known by now; waits only where no further item can be read."""
        while self._running > 0:
            try:
                result = self._known.get(block=not self._has_room)
            except Empty:
                return
            self._running -= 1
            self._tell(result)
            for ready in self._order.add(result):
                self._open -= 1
                yield ready

    def leave(self) -> None:
        """Sends nothing further; what is under way comes to its end."""
        self._has_left.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _send_one(self, index: int, item: object) -> None:
        try:
            while (seconds := self._state.seconds_to_wait) > 0:
                if self._has_left.wait(seconds):
                    return
            self._state.check_going()
            result = BatchResult(index, ok=True, job=self._send(*parts_of(item), self._state))
        except Exception as error:  # noqa: BLE001 it is the item's outcome
            result = self._state.fail(index, error)
        except BaseException as error:
            # A thread has nobody to raise it to, and the batch would wait for ever.
            self._known.put(BatchResult(index, ok=False, error=RuntimeError(type(error).__name__)))
            raise
        self._known.put(result)

    def _tell(self, result: BatchResult) -> None:
        if self._plan.on_result is None:
            return
        try:
            self._plan.on_result(result)
        except Exception as error:  # noqa: BLE001 raised when what was sent is known
            self._break_off(error)

    def _break_off(self, error: Exception) -> None:
        self._is_read = True
        self.failure = self.failure or error
