"""The API key and the values of payloads stand in no error, log line, ``repr`` or traceback."""

import logging
import pickle
import traceback
from typing import Any

import httpx2
import pytest
from mock_backend import BASE, JOB, MockBackend, error
from sample import AsyncWorkerClient, WorkerClient
from worker_client._runtime.errors import ConfigurationError, WorkerClientError
from worker_client._runtime.hooks import HookEvent
from worker_client._runtime.secrets import Headers, Secret

KEY = "sk-very-secret"
VALUE = "hunter2-value"


def everything_of(caught: BaseException) -> str:
    printed = traceback.TracebackException.from_exception(caught, capture_locals=True)
    own = [frame for frame in printed.stack if "/test/python/" not in frame.filename]
    printed.stack = traceback.StackSummary.from_list(own)
    text = "\n".join([*printed.format(), str(caught), repr(caught), str(vars(caught))])
    cause = caught.__cause__ or caught.__context__
    return text + (everything_of(cause) if cause is not None else "")


@pytest.mark.parametrize(
    "answer",
    [
        error(500, error=f"key {KEY} is known"),
        error(401, detail=f"no such key: {KEY}", title="Unauthorized", nested={KEY: [KEY]}),
        httpx2.Response(502, headers={"X-Echo": f"Bearer {KEY}", "Set-Cookie": KEY}, text=f"<p>{KEY}</p>"),
        httpx2.Response(200, text=f"<p>{KEY}</p>"),
        {"success": False, "error": f"no such key: {KEY}"},
        httpx2.Response(307, headers={"Location": f"https://elsewhere.example/?key={KEY}"}),
        httpx2.ConnectError("no"),
        httpx2.ReadTimeout("slow"),
    ],
)
@pytest.mark.parametrize("payload", [{"secretAccessKey": VALUE}])
def test_no_error_holds_the_key_or_a_value(answer: Any, payload: dict[str, str]) -> None:
    client = MockBackend(answer).client(api_key=KEY, max_retries=0)
    with pytest.raises(WorkerClientError) as caught:
        client.send_to_queue("greet", payload)
    assert KEY not in everything_of(caught.value)
    assert VALUE not in str(vars(caught.value))


def test_real_connections_keep_silent_too() -> None:
    with WorkerClient("http://127.0.0.1:9", KEY, max_retries=0) as client, pytest.raises(WorkerClientError) as caught:
        client.send_to_queue("greet", {"a": VALUE})
    assert KEY not in everything_of(caught.value)


@pytest.mark.parametrize("make", [WorkerClient, AsyncWorkerClient])
@pytest.mark.parametrize("key", [f"{KEY}\nX: 1", f"{KEY} {KEY}", f"{KEY}é"])
def test_a_key_that_cannot_be_is_not_shown(make: Any, key: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        make(BASE, key)
    assert KEY not in everything_of(caught.value)


def test_a_client_does_not_show_its_key() -> None:
    client = MockBackend().client(api_key=KEY)
    shown = f"{client!r} {client} {vars(client)} {vars(client)['_core']!r} {client._core.settings!r}"
    assert KEY not in shown
    with pytest.raises(TypeError):
        pickle.dumps(client._core.settings.api_key)


def test_no_log_line_holds_them(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    backend = MockBackend(error(503, error=KEY), JOB)
    backend.client(api_key=KEY).send_to_queue("greet", {"a": VALUE})
    assert "again in" in caplog.text
    assert KEY not in caplog.text
    assert VALUE not in caplog.text


def test_hooks_see_no_secret_and_can_add_headers() -> None:
    events: list[HookEvent] = []

    def add(event: HookEvent) -> None:
        events.append(event)
        event.headers["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        del event.headers["Accept"]

    backend = MockBackend()
    client = backend.client(api_key=KEY, headers={"X-Api-Key": KEY, "X-Copy": f"k={KEY}"}, hooks={"on_request": add})
    client.send_to_queue("greet", {"a": VALUE})
    assert KEY not in str(events)
    assert VALUE not in str(events)
    sent = backend.requests[0].headers
    assert sent["Authorization"] == f"Bearer {KEY}"
    assert sent["X-Api-Key"] == KEY
    assert sent["X-Copy"] == f"k={KEY}"
    assert sent["traceparent"].startswith("00-")


async def test_bodies_are_shown_only_where_they_are_to_be(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    payload = {"a": VALUE, "b": KEY}
    for log_bodies in (False, True):
        events: list[HookEvent] = []
        hooks: Any = dict.fromkeys(("on_request", "on_retry", "on_response", "on_error"), events.append)
        answers = (error(503), JOB, JOB, error(400))
        arguments: dict[str, Any] = {"api_key": KEY, "hooks": hooks, "log_bodies": log_bodies}
        caplog.clear()
        client = MockBackend(*answers).client(**arguments)
        client.send_to_queue("greet", payload)
        await MockBackend().async_client(**arguments).send_to_queue("greet", payload)
        client.send_to_queue("greet", payload)
        with pytest.raises(WorkerClientError):
            client.send_to_queue("greet", payload)
        assert [event.payload for event in events] == [payload if log_bodies else None] * 12
        assert (VALUE in caplog.text) is log_bodies
        assert ('sends {"a":"hunter2-value","b":"[redacted]"}' in caplog.text) is log_bodies
        assert log_bodies or VALUE not in repr(events)


def test_short_keys_do_not_eat_words() -> None:
    with pytest.raises(WorkerClientError, match="HTTP 500: a bad day"):
        MockBackend(error(500, error="a bad day")).client(api_key="a", max_retries=0).send_to_queue("greet", {})


def test_headers_and_secrets_print_nothing() -> None:
    assert KEY not in repr(Headers({"authorization": KEY, "Cookie": KEY}))
    assert repr(Secret(KEY)) == "[redacted]"


def test_says_once_that_a_key_goes_unencrypted(caplog: pytest.LogCaptureFixture) -> None:
    client = MockBackend().client(api_key=KEY)
    client.send_to_queue("greet", {})
    client.send_to_queue("greet", {})
    assert caplog.text.count("without encryption") == 1
