"""Hooks watch every request, and break nothing but what they are meant to."""

import asyncio
from typing import Any

import pytest
from mock_backend import JOB, MockBackend, error
from worker_client._runtime.errors import ConfigurationError, ServerError, TimeoutError
from worker_client._runtime.hooks import HookEvent, Hooks


class Diary:
    """Notes what each hook was told."""

    def __init__(self) -> None:
        self.events: list[tuple[str, HookEvent]] = []

    def hooks(self) -> Hooks:
        def noting(name: str) -> Any:
            return lambda event: self.events.append((name, event))

        return Hooks(**{name: noting(name) for name in ("on_request", "on_retry", "on_response", "on_error")})


def test_tells_of_each_step() -> None:
    diary = Diary()
    MockBackend(error(503), JOB).client(hooks=diary.hooks()).send_to_queue("greet", {})
    assert [(name, event.attempt, event.status) for name, event in diary.events] == [
        ("on_request", 1, None),
        ("on_response", 1, 503),
        ("on_retry", 1, 503),
        ("on_request", 2, None),
        ("on_response", 2, 200),
    ]
    event = diary.events[2][1]
    assert isinstance(event.error, ServerError)
    assert event.wait_ms is not None
    assert 125 <= event.wait_ms <= 250
    assert (event.method, event.message_type, event.job_id) == ("POST", "greet", None)
    assert event.url == "http://backend.example/api/jobs/greet"
    assert event.duration_ms >= 0


def test_tells_of_the_end() -> None:
    diary = Diary()
    with pytest.raises(ServerError):
        MockBackend(error(501)).client(hooks=diary.hooks()).get_job_status("job-1")
    name, event = diary.events[-1]
    assert (name, event.status, event.job_id) == ("on_error", 501, "job-1")
    diary = Diary()
    with pytest.raises(Exception, match="no jobId"):
        MockBackend({"success": True}).client(hooks=diary.hooks()).send_to_queue("greet", {})
    assert diary.events[-1][0] == "on_error"


def test_only_on_request_can_fail_a_call(caplog: pytest.LogCaptureFixture) -> None:
    def fail(_: HookEvent) -> None:
        raise KeyError("hunter2")

    backend = MockBackend(error(503), JOB)
    client = backend.client(hooks={"on_response": fail, "on_retry": fail, "on_error": fail})
    assert client.send_to_queue("greet", {}).success
    assert "the hook on_retry raised KeyError" in caplog.text
    assert "hunter2" not in caplog.text
    with pytest.raises(KeyError):
        backend.client(hooks={"on_request": fail}).send_to_queue("greet", {})


def test_headers_that_a_hook_makes_are_checked() -> None:
    def split(event: HookEvent) -> None:
        event.headers["X-Note"] = "a\r\nX-Evil: 1"

    backend = MockBackend()
    with pytest.raises(ConfigurationError, match="X-Note"):
        backend.client(hooks={"on_request": split}).send_to_queue("greet", {})
    assert backend.requests == []


@pytest.mark.parametrize("hooks", [{"on_reqest": print}, {"on_request": 3}, 3])
def test_refuses_hooks_that_are_none(hooks: Any) -> None:
    with pytest.raises(ConfigurationError):
        MockBackend().client(hooks=hooks)


async def test_coroutines_are_awaited() -> None:
    seen: list[str] = []

    async def note(event: HookEvent) -> None:
        await asyncio.sleep(0)
        event.headers["X-Seen"] = "yes"
        seen.append(event.url)

    backend = MockBackend()
    async with backend.async_client(hooks={"on_request": note}) as client:
        await client.send_to_queue("greet", {})
    assert len(seen) == 1
    assert backend.requests[0].headers["X-Seen"] == "yes"


async def test_a_hook_that_never_ends_is_under_the_deadline() -> None:
    async def hang(_: HookEvent) -> None:
        await asyncio.sleep(60)

    with pytest.raises(TimeoutError, match="Request timeout"):
        await MockBackend().async_client(hooks={"on_request": hang}, timeout=0.1).send_to_queue("greet", {})


def test_a_coroutine_needs_the_async_client() -> None:
    async def note(_: HookEvent) -> None: ...

    with pytest.raises(ConfigurationError, match="async client"):
        MockBackend().client(hooks={"on_request": note}).send_to_queue("greet", {})
