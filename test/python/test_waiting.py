"""Waiting for a job: until it has finished, or cannot, or the time is over."""

import asyncio
from time import monotonic
from typing import Any

import httpx2
import pytest
from mock_backend import JOB, STATUS, MockBackend, error, status
from worker_client._runtime import waiting
from worker_client._runtime.errors import (
    AuthenticationError,
    ConfigurationError,
    ConnectionError,
    JobFailedError,
    JobNotFoundError,
    ServerError,
    WaitTimeoutError,
)
from worker_client._runtime.responses import JobResponse, JobStatus


def test_asks_until_the_job_has_completed_and_tells_of_changes() -> None:
    backend = MockBackend(
        status("waiting"), status("waiting"), status("active", progress=50), status("dreaming"), STATUS
    )
    seen: list[JobStatus] = []
    done = backend.client().wait_for_job("job-1", interval=0.001, on_update=seen.append)
    assert (done.state, done.returnvalue, len(backend.requests)) == ("completed", 42, 5)
    assert [(update.state, update.progress) for update in seen] == [
        ("waiting", 0),
        ("active", 50),
        ("dreaming", 0),
        ("completed", 100),
    ]


def test_takes_what_a_send_returned() -> None:
    backend = MockBackend(JOB, STATUS)
    client = backend.client()
    assert client.wait_for_job(client.send_to_queue("greet", {})).job_id == "job-1"
    assert backend.requests[1].url.path == "/api/jobs/job-1"
    job = JobResponse(success=True, job_id="a b", message_name="greet", queue="q")
    client.wait_for_job(job)
    assert backend.requests[2].url.raw_path == b"/api/jobs/a%20b"


def test_a_failed_job_raises_its_reason_but_no_payload() -> None:
    backend = MockBackend(status("failed", failedReason="disk\nfull", data={"secret": "hunter2"}))
    with pytest.raises(JobFailedError, match="job job-1 failed: disk full") as caught:
        backend.client().wait_for_job("job-1")
    assert caught.value.failed_reason == "disk\nfull"
    assert caught.value.job.raw["failedReason"] == "disk\nfull"
    assert "hunter2" not in f"{caught.value!r} {caught.value.to_dict()}"


def test_bears_a_backend_in_trouble() -> None:
    backend = MockBackend(
        error(503), httpx2.ConnectError("refused"), httpx2.ReadTimeout("slow"), error(500), error(429), STATUS
    )
    done = backend.client(max_retries=0).wait_for_job("job-1", interval=0.001)
    assert (done.state, len(backend.requests)) == ("completed", 6)


def test_bears_a_new_job_that_is_not_found_yet() -> None:
    backend = MockBackend(error(404), error(404), STATUS)
    assert backend.client().wait_for_job("job-1", interval=0.001).state == "completed"


def test_bears_a_job_that_is_not_found_for_a_moment() -> None:
    backend = MockBackend(status("active"), error(404), STATUS)
    assert backend.client().wait_for_job("job-1", interval=0.001).state == "completed"


def test_a_job_that_was_seen_and_is_gone_names_the_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_NEW_JOB_SECONDS", 0.05)
    backend = MockBackend(status("active"), error(404, error="Job not found"))
    with pytest.raises(JobNotFoundError, match="removeOnComplete"):
        backend.client().wait_for_job("job-1", interval=0.001)


def test_a_job_that_never_was_is_not_found_when_its_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "_NEW_JOB_SECONDS", 0.9)
    client = MockBackend(error(404, error="Job not found")).client()
    client._core.random = lambda: 0.5
    started = monotonic()
    with pytest.raises(JobNotFoundError, match=r"Job not found$"):
        client.wait_for_job("job-1")
    assert 0.9 <= monotonic() - started < 1.2  # by the backoff alone it would be 1.3


@pytest.mark.parametrize("code", [400, 401, 403])
def test_a_refusal_ends_the_wait(code: int) -> None:
    backend = MockBackend(error(code))
    with pytest.raises(Exception, match=f"HTTP {code}"):
        backend.client().wait_for_job("job-1")
    assert len(backend.requests) == 1


def test_ends_with_what_was_known_last() -> None:
    backend = MockBackend(status("active", progress=7))
    started = monotonic()
    with pytest.raises(WaitTimeoutError, match=r"not finished after 0\.2 s: it is active") as caught:
        backend.client().wait_for_job("job-1", timeout=0.2, interval=0.05)
    assert 0.19 < monotonic() - started < 2
    assert caught.value.last_status is not None
    assert caught.value.last_status.progress == 7
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.timeout_ms == 200


def test_a_hint_of_the_backend_sets_the_pace() -> None:
    hint = httpx2.Response(200, headers={"Retry-After-Ms": "150"}, json=status("active"))
    backend = MockBackend(hint, STATUS)
    started = monotonic()
    backend.client().wait_for_job("job-1")
    assert monotonic() - started >= 0.15


def test_a_time_that_is_over_tells_what_stood_in_the_way() -> None:
    with pytest.raises(WaitTimeoutError, match=r"nothing is known of it \(HTTP 500: out of order\)") as caught:
        MockBackend(error(500, error="out of order")).client().wait_for_job("job-1", timeout=0.1, interval=0.02)
    assert isinstance(caught.value.__cause__, ServerError)
    assert caught.value.last_status is None
    backend = MockBackend(status("active"), httpx2.ConnectError("refused"))
    with pytest.raises(WaitTimeoutError, match="it is active") as caught:
        backend.client(max_retries=0).wait_for_job("job-1", timeout=0.1, interval=0.02)
    assert isinstance(caught.value.__cause__, ConnectionError)


def test_an_answer_after_trouble_leaves_no_cause() -> None:
    backend = MockBackend(error(500), status("active"))
    with pytest.raises(WaitTimeoutError) as caught:
        backend.client(max_retries=0).wait_for_job("job-1", timeout=0.1, interval=0.02)
    assert caught.value.__cause__ is None


def test_every_question_has_the_headers_and_the_trace_of_the_wait() -> None:
    backend = MockBackend(status("active"), STATUS)
    trace = f"00-{'a' * 32}-{'b' * 16}-01"
    backend.client().wait_for_job("job-1", interval=0.001, headers={"X-Tenant": "acme"}, traceparent=trace)
    assert [request.headers["X-Tenant"] for request in backend.requests] == ["acme", "acme"]
    assert [request.headers["traceparent"] for request in backend.requests] == [trace, trace]


@pytest.mark.parametrize("job", [None, 5, b"job-1", {"jobId": "job-1"}])
def test_refuses_what_is_no_job(job: Any) -> None:
    with pytest.raises(ConfigurationError, match="job id"):
        MockBackend().client().wait_for_job(job)


@pytest.mark.parametrize("options", [{"timeout": 0}, {"interval": -1}, {"on_update": 3}])
def test_refuses_options_that_cannot_be(options: dict[str, object]) -> None:
    with pytest.raises(ConfigurationError):
        MockBackend().client().wait_for_job("job-1", **options)  # type: ignore[arg-type]


async def test_waits_without_blocking_the_loop() -> None:
    backend = MockBackend(status("waiting"), status("active"), STATUS)
    seen: list[str] = []

    async def note(update: JobStatus) -> None:
        await asyncio.sleep(0)
        seen.append(update.state)

    async with backend.async_client() as client:
        assert (await client.wait_for_job("job-1", interval=0.001, on_update=note)).returnvalue == 42
    assert seen == ["waiting", "active", "completed"]


async def test_a_cancelled_wait_ends_at_once() -> None:
    client = MockBackend(status("waiting")).async_client()
    task = asyncio.ensure_future(client.wait_for_job("job-1", interval=60))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_refused_key_ends_it() -> None:
    with pytest.raises(AuthenticationError):
        await MockBackend(error(401)).async_client().wait_for_job("job-1")
