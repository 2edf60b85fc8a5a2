"""Wishes for a job travel beside its payload as one header, and only to a backend that takes them."""

import json
from typing import Any

import httpx2
import pytest
from mock_backend import BASE, MockBackend
from sample import AsyncWorkerClient, WorkerClient
from worker_client._runtime.core import About
from worker_client._runtime.errors import ConfigurationError

HEADER = "X-Job-Options"


class TakesWishes(WorkerClient):
    _ABOUT = About(package="worker-client", job_options=True)


class AsyncTakesWishes(AsyncWorkerClient):
    _ABOUT = About(package="worker-client", job_options=True)


def client_of(backend: MockBackend, **arguments: Any) -> TakesWishes:
    return TakesWishes(BASE, http_client=httpx2.Client(transport=httpx2.MockTransport(backend)), **arguments)


def async_client_of(backend: MockBackend) -> AsyncTakesWishes:
    return AsyncTakesWishes(BASE, http_client=httpx2.AsyncClient(transport=httpx2.MockTransport(backend)))


def test_are_one_header_in_ascii() -> None:
    backend = MockBackend()
    wishes: Any = {
        "priority": 2,
        "delay": 1.0,
        "deduplication": {"id": "größe\x7f😀\n"},
        "removeOnComplete": {"age": 5},
    }
    client_of(backend).send_to_queue("greet", {"a": 1}, job_options=wishes)
    sent = backend.requests[0].headers[HEADER]
    assert sent == (
        '{"priority":2,"delay":1,"deduplication":{"id":"gr\\u00f6\\u00dfe\\u007f\\ud83d\\ude00\\n"},'
        '"removeOnComplete":{"age":5}}'
    )
    assert json.loads(sent) == wishes
    assert backend.payloads == [{"a": 1}]


async def test_are_sent_by_the_async_client_too() -> None:
    backend = MockBackend()
    async with async_client_of(backend) as client:
        await client.send_to_queue("greet", {}, job_options={"lifo": True})
        results = await client.send_batch(
            [{"type": "greet", "payload": {}, "options": {"job_options": {"attempts": 3}}}]
        )
    assert results[0].ok
    assert [request.headers[HEADER] for request in backend.requests] == ['{"lifo":true}', '{"attempts":3}']


def test_of_a_batch_belong_to_their_item() -> None:
    backend = MockBackend()
    items: Any = [
        {"type": "greet", "payload": {}, "options": {"job_options": {"delay": 5}}},
        {"type": "greet", "payload": {}},
    ]
    assert [result.ok for result in client_of(backend).send_batch(items, concurrency=1)] == [True, True]
    assert [request.headers.get(HEADER) for request in backend.requests] == ['{"delay":5}', None]


def test_give_way_to_a_header_of_the_caller() -> None:
    backend = MockBackend()
    client = client_of(backend, headers={"x-job-options": "{}"})
    client.send_to_queue("greet", {}, job_options={"delay": 5})
    client.send_to_queue("greet", {}, job_options={"delay": 5}, headers={HEADER: None})
    assert [request.headers.get_list(HEADER) for request in backend.requests] == [["{}"], []]


@pytest.mark.parametrize("wishes", [{"delay": 5}, {}])
async def test_are_refused_where_the_backend_takes_none(wishes: Any) -> None:
    backend = MockBackend()
    with pytest.raises(ConfigurationError, match="job_options"):
        backend.client().send_to_queue("greet", {}, job_options=wishes)
    with pytest.raises(ConfigurationError, match="job_options"):
        await backend.async_client().send_to_queue("greet", {}, job_options=wishes)
    items: Any = [{"type": "greet", "payload": {}, "options": {"job_options": wishes}}]
    assert isinstance(backend.client().send_batch(items)[0].error, ConfigurationError)
    assert backend.requests == []


@pytest.mark.parametrize("wishes", [3, "delay", [("delay", 5)], {"delay": float("nan")}, {"deduplication": {1, 2}}])
def test_that_are_none_are_refused(wishes: Any) -> None:
    backend = MockBackend()
    with pytest.raises(ConfigurationError, match=r"job_options (must|cannot)"):
        client_of(backend).send_to_queue("greet", {}, job_options=wishes)
    assert backend.requests == []


def test_of_a_question_are_no_option() -> None:
    with pytest.raises(TypeError, match="job_options"):
        client_of(MockBackend()).get_job_status("7", job_options={"delay": 5})  # type: ignore[call-arg]
