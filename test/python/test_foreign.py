"""A client of the caller's own: its failures, its patience and its headers, by transports that tell nothing."""

import asyncio
import builtins
from typing import Any

import httpx2
import pytest
from mock_backend import BASE, JOB, STATUS, MockBackend
from sample import AsyncWorkerClient
from worker_client._runtime.errors import ConnectionError, TimeoutError


@pytest.mark.parametrize(
    "failure", [httpx2.ConnectTimeout("slow"), httpx2.PoolTimeout("full"), ConnectionRefusedError(111, "refused")]
)
async def test_what_was_never_sent_is_repeated(failure: Exception) -> None:
    backend = MockBackend(failure, JOB)
    assert backend.client().send_to_queue("greet", {}).job_id == "job-1"
    backend = MockBackend(failure, JOB)
    assert (await backend.async_client().send_to_queue("greet", {})).job_id == "job-1"


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (httpx2.ReadTimeout("slow"), TimeoutError),
        (ConnectionResetError(104, "reset"), ConnectionError),
        (builtins.TimeoutError("slow"), TimeoutError),
    ],
)
async def test_what_may_have_been_sent_is_repeated_only_as_a_question(failure: Exception, kind: Any) -> None:
    backend = MockBackend(failure, STATUS)
    assert backend.client().get_job_status("job-1").state == "completed"
    assert len(backend.requests) == 2
    with pytest.raises(kind) as caught:
        MockBackend(failure).client().send_to_queue("greet", {})
    assert (caught.value.attempts, caught.value.phase, caught.value.maybe_enqueued) == (1, "headers", True)
    with pytest.raises(kind) as caught:
        await MockBackend(failure).async_client().send_to_queue("greet", {})
    assert (caught.value.attempts, caught.value.phase, caught.value.maybe_enqueued) == (1, "headers", True)


async def test_a_mock_that_takes_too_long_may_have_made_the_job() -> None:
    async def hang(_: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(60)
        raise AssertionError

    own = httpx2.AsyncClient(transport=httpx2.MockTransport(hang))
    with pytest.raises(TimeoutError) as caught:
        await AsyncWorkerClient(BASE, http_client=own, timeout=0.1).send_to_queue("greet", {})
    assert (caught.value.phase, caught.value.maybe_enqueued) == ("headers", True)


def test_a_default_header_that_is_taken_out_does_not_come_back() -> None:
    backend = MockBackend()
    backend.client(headers={"accept": None, "user-agent": None, "accept-encoding": None}).send_to_queue("greet", {})
    assert not {"accept", "user-agent", "accept-encoding"} & set(backend.requests[0].headers)
