"""Batches: every item has an outcome of its own, some at a time, and the backend's wishes hold for all."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from time import monotonic, sleep
from typing import Any

import httpx2
import pytest
from mock_backend import JOB, ByPath, MockBackend, error
from worker_client._runtime.batch import AnyBatchItem, BatchResult
from worker_client._runtime.errors import BatchError, ConfigurationError, WorkerClientError


def items(count: int) -> list[AnyBatchItem]:
    return [("greet", {"n": n}) for n in range(count)]


def codes(results: list[BatchResult]) -> list[str]:
    return [result.error.code if isinstance(result.error, WorkerClientError) else "" for result in results]


class Backend:
    """Counts what is under way, and refuses what it is told to."""

    def __init__(self, refused: dict[int, httpx2.Response] | None = None, seconds: float = 0.0) -> None:
        self.most = self.now = self.count = 0
        self._refused = refused or {}
        self._seconds = seconds
        self._lock = threading.Lock()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        with self._lock:
            self.now += 1
            self.count += 1
            self.most = max(self.most, self.now)
        sleep(self._seconds)
        with self._lock:
            self.now -= 1
        n = httpx2.Response(200, content=request.content).json()["n"]
        return self._refused.get(n) or httpx2.Response(200, json={**JOB, "jobId": f"job-{n}"})


def test_results_come_in_the_order_of_the_items() -> None:
    backend = Backend(seconds=0.002)
    told: list[int] = []
    results = ByPath(backend).client().send_batch(items(40), on_result=lambda result: told.append(result.index))
    assert [result.job.job_id for result in results if result.job] == [f"job-{n}" for n in range(40)]
    assert all(result.ok for result in results)
    assert sorted(told) == list(range(40))
    assert 1 < backend.most <= 16


def test_takes_dicts_with_options_and_names_wrong_items() -> None:
    backend = MockBackend()
    given: list[Any] = [
        {"type": "greet", "payload": {}, "options": {"idempotency_key": "mine"}},
        {"type": "..", "payload": {}},
        {"type": "greet", "payload": {"x": float("nan")}},
        {"type": "greet", "payload": {}, "options": {"colour": 1}},
        {"payload": {}},
        3,
    ]
    results = backend.client().send_batch(given, concurrency=1)
    assert [result.ok for result in results] == [True, False, False, False, False, False]
    assert codes(results)[1:] == ["CONFIGURATION", "CONFIGURATION", "", "CONFIGURATION", "CONFIGURATION"]
    assert [request.headers["Idempotency-Key"] for request in backend.requests] == ["mine"]


def test_a_failed_item_fails_alone() -> None:
    backend = Backend({3: error(422), 5: error(409)})
    results = ByPath(backend).client().send_batch(items(8))
    assert [result.index for result in results if not result.ok] == [3, 5]
    assert backend.count == 8


def test_stops_at_the_first_error_when_asked_to() -> None:
    backend = Backend({2: error(422)})
    results = ByPath(backend).client().send_batch(items(10), concurrency=1, stop_on_error=True)
    assert codes(results) == ["", "", "UNPROCESSABLE_ENTITY", *["NOT_SENT"] * 7]
    assert backend.count == 3


@pytest.mark.parametrize("code", [401, 403])
def test_a_refused_key_stops_the_rest(code: int) -> None:
    backend = Backend({0: error(code)})
    results = ByPath(backend).client().send_batch(items(5), concurrency=1)
    assert codes(results)[1:] == ["NOT_SENT"] * 4
    assert backend.count == 1


def test_reads_no_further_ahead_than_it_sends() -> None:
    read = 0

    def endless() -> Iterator[AnyBatchItem]:
        nonlocal read
        while True:
            read += 1
            yield "greet", {"n": read}

    stream = ByPath(Backend()).client().send_many(endless(), concurrency=4)
    assert [next(stream).index for _ in range(3)] == [0, 1, 2]
    assert read <= 3 + 4 + 1


def test_one_wish_to_wait_pauses_all() -> None:
    backend = MockBackend(error(429, headers={"Retry-After": "0.3"}), JOB)
    started = monotonic()
    results = backend.client().send_batch(items(3), concurrency=1)
    assert all(result.ok for result in results)
    assert monotonic() - started >= 0.3
    backend = MockBackend(error(429, headers={"Retry-After": "0.3"}), JOB)
    started = monotonic()
    results = backend.client(max_retries=0).send_batch(items(3), concurrency=1)
    assert [result.ok for result in results] == [False, True, True]
    assert monotonic() - started >= 0.3


def test_items_that_cannot_be_read_tell_what_was_sent() -> None:
    def broken() -> Iterator[AnyBatchItem]:
        yield "greet", {"n": 0}
        raise OSError("the file is gone")

    with pytest.raises(BatchError) as caught:
        ByPath(Backend()).client().send_batch(broken())
    assert [result.ok for result in caught.value.results] == [True]
    assert isinstance(caught.value.__cause__, OSError)


@pytest.mark.parametrize("options", [{"concurrency": 0}, {"concurrency": True}, {"on_result": 1}])
def test_refuses_options_that_cannot_be(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError):
        MockBackend().client().send_batch([], **options)


async def test_sends_with_tasks_from_an_async_iterable() -> None:
    async def source() -> AsyncIterator[AnyBatchItem]:
        for n in range(20):
            await asyncio.sleep(0)
            yield "greet", {"n": n}

    backend = MockBackend()
    told: list[int] = []

    async def note(result: BatchResult) -> None:
        told.append(result.index)

    results = await backend.async_client().send_batch(source(), concurrency=5, on_result=note)
    assert [result.index for result in results] == list(range(20))
    assert sorted(told) == list(range(20))


async def test_streams_in_order_and_stops_where_it_is_left() -> None:
    client = MockBackend().async_client()
    seen: list[int] = []
    async for result in client.send_many(items(50), concurrency=3):
        seen.append(result.index)
        if len(seen) == 4:
            break
    assert seen == [0, 1, 2, 3]


async def test_stops_and_pauses_with_tasks_too() -> None:
    backend = MockBackend(error(401))
    results = await backend.async_client().send_batch(items(4), concurrency=1)
    assert codes(results) == ["AUTHENTICATION", "NOT_SENT", "NOT_SENT", "NOT_SENT"]
