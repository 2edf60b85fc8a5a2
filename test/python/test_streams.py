"""Batches from sources that take their time, and batches that are left or broken off before their end."""

import asyncio
import threading
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from time import monotonic, sleep
from typing import Any

import httpx2
import pytest
from mock_backend import BASE, JOB, ByPath, MockBackend, error
from sample import AsyncWorkerClient
from worker_client._runtime.batch import AnyBatchItem, BatchResult
from worker_client._runtime.errors import BatchError, ConfigurationError

ITEM: AnyBatchItem = ("greet", {})


def test_tells_results_while_the_source_takes_its_time() -> None:
    read = 0

    def slow() -> Iterator[AnyBatchItem]:
        nonlocal read
        for read in range(1, 5):  # noqa: B007 the test looks at it
            yield ITEM
            sleep(0.1)

    told: list[int] = []
    stream = MockBackend().client().send_many(slow(), on_result=lambda _: told.append(read))
    assert next(stream).index == 0
    assert read <= 2
    assert [result.index for result in stream] == [1, 2, 3]
    assert told[0] <= 2


async def test_a_source_may_wait_for_the_results_of_what_it_gave() -> None:
    wanted: asyncio.Queue[bool] = asyncio.Queue()
    wanted.put_nowait(True)

    async def source() -> AsyncIterator[AnyBatchItem]:
        while await wanted.get():
            yield ITEM

    seen: list[int] = []
    async with asyncio.timeout(5):
        async for result in MockBackend().async_client().send_many(source()):
            seen.append(result.index)
            wanted.put_nowait(len(seen) < 3)
    assert seen == [0, 1, 2]


async def test_an_async_source_is_read_by_one_task() -> None:
    tasks: list[object] = []

    async def source() -> AsyncIterator[AnyBatchItem]:
        async with asyncio.timeout(5):
            for _ in range(3):
                tasks.append(asyncio.current_task())
                yield ITEM

    assert len(await MockBackend().async_client().send_batch(source())) == 3
    assert len(set(map(id, tasks))) == 1


async def test_reads_an_async_source_no_further_ahead_than_it_sends() -> None:
    read = 0

    async def endless() -> AsyncIterator[AnyBatchItem]:
        nonlocal read
        while True:
            read += 1
            yield ITEM

    stream = MockBackend().async_client().send_many(endless(), concurrency=4)
    assert [(await anext(stream)).index for _ in range(3)] == [0, 1, 2]
    await asyncio.sleep(0.05)
    assert read <= 3 + 4
    await stream.aclose()


async def test_what_is_left_early_stops_a_source_that_is_waited_for() -> None:
    ended: list[str] = []

    async def source() -> AsyncIterator[AnyBatchItem]:
        try:
            yield ITEM
            await asyncio.sleep(60)
        finally:
            ended.append("source")

    stream = MockBackend().async_client().send_many(source())
    assert (await anext(stream)).ok
    await asyncio.sleep(0.01)
    await stream.aclose()
    assert ended == ["source"]
    assert len(asyncio.all_tasks()) == 1


def test_what_is_left_early_sends_nothing_after_a_pause() -> None:
    backend = MockBackend(error(429, headers={"Retry-After": "0.2"}), JOB)
    stream = backend.client(max_retries=0).send_many([ITEM] * 9, concurrency=1)
    assert not next(stream).ok
    stream.close()
    stream = backend.client(max_retries=0).send_many([ITEM] * 9, concurrency=2)
    next(stream)
    count = len(backend.requests)
    stream.close()
    sleep(0.4)
    assert len(backend.requests) <= count + 1


class AsksToWait:
    """Asks the first of two requests to wait, after it has refused the other one without a word."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self._lock = threading.Lock()

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        with self._lock:
            self.times.append(monotonic())
            count = len(self.times)
        if count == 1:
            sleep(0.1)
        return self._answer(count)

    async def answer_async(self, request: httpx2.Request) -> httpx2.Response:
        self.times.append(monotonic())
        count = len(self.times)
        if count == 1:
            await asyncio.sleep(0.1)
        return self._answer(count)

    def _answer(self, count: int) -> httpx2.Response:
        if count == 1:
            return error(429, headers={"Retry-After": "0.6"})
        return error(503) if count == 2 else httpx2.Response(200, json=JOB)


def test_one_wish_to_wait_holds_for_repetitions_too() -> None:
    backend = AsksToWait()
    results = ByPath(backend.answer).client().send_batch([ITEM] * 2, concurrency=2)
    assert [result.ok for result in results] == [True, True]
    assert backend.times[2] - backend.times[0] >= 0.69


async def test_one_wish_to_wait_holds_for_repetitions_of_tasks_too() -> None:
    backend = AsksToWait()
    own = httpx2.AsyncClient(transport=httpx2.MockTransport(backend.answer_async))
    results = await AsyncWorkerClient(BASE, http_client=own).send_batch([ITEM] * 2, concurrency=2)
    assert [result.ok for result in results] == [True, True]
    assert backend.times[2] - backend.times[0] >= 0.69


@pytest.mark.parametrize("is_async", [False, True])
async def test_what_the_application_raises_breaks_off_and_loses_no_result(is_async: bool) -> None:
    def tell(result: BatchResult) -> None:
        raise OSError(f"the disk is full at {result.index}")

    backend, broken = MockBackend(), BatchError("", results=())
    try:
        if is_async:
            await backend.async_client().send_batch([ITEM] * 50, concurrency=4, on_result=tell)
        else:
            backend.client().send_batch([ITEM] * 50, concurrency=4, on_result=tell)
    except BatchError as caught:
        broken = caught
    assert isinstance(broken.__cause__, OSError)
    assert len(broken.results) == len(backend.requests) < 50


@pytest.mark.parametrize("items", [None, 5, "greet", b"greet", {"type": "greet", "payload": {}}])
async def test_refuses_what_is_no_batch(items: Any) -> None:
    for name in ("send_batch", "send_many"):
        with pytest.raises(ConfigurationError, match="items must be an iterable"):
            getattr(MockBackend().client(), name)(items)
    with pytest.raises(ConfigurationError, match="items must be an iterable"):
        await MockBackend().async_client().send_batch(items)
    with pytest.raises(ConfigurationError, match="items must be an iterable"):
        MockBackend().async_client().send_many(items)


def test_the_blocking_client_cannot_read_an_async_source() -> None:
    class Source(AsyncIterable[AnyBatchItem]):
        def __aiter__(self) -> AsyncIterator[AnyBatchItem]:
            raise NotImplementedError

    wrong: Any = Source()
    with pytest.raises(ConfigurationError, match="needs the async client"):
        MockBackend().client().send_batch(wrong)


def test_takes_tuples_with_options_and_a_default_concurrency() -> None:
    backend = MockBackend()
    results = backend.client().send_batch([("greet", {}, {"idempotency_key": "mine"})], concurrency=None)
    assert results[0].ok
    assert backend.requests[0].headers["Idempotency-Key"] == "mine"


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ({"type": "greet", "payload": {}, "idempotency_key": "mine"}, "has no 'idempotency_key'"),
        ({"type": "greet", "payload": {}, "options": "mine"}, "must be a dict, not str"),
        (("greet", {}, 5), "must be a dict, not int"),
    ],
)
def test_drops_no_option_in_silence(item: Any, text: str) -> None:
    backend = MockBackend()
    (result,) = backend.client().send_batch([item])
    assert text in str(result.error)
    assert backend.requests == []
