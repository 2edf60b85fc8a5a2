"""What clients and calls can be given, and what of it is refused before anything is sent."""

import copy
import json
import logging
import pickle
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from mock_backend import BASE, JOB, STATUS, MockBackend, error
from sample import AsyncWorkerClient, WorkerClient
from worker_client._runtime.config import is_loopback, parse_base_url
from worker_client._runtime.errors import AuthenticationError, ConfigurationError
from worker_client._runtime.log import follow_environment, logger
from worker_client._runtime.responses import JobResponse, JobStatus


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("http://h//", "http://h"),
        (" HTTPS://Example.com:443/a/b/ \n", "https://example.com/a/b"),
        ("http://h:8080", "http://h:8080"),
        ("http://[::1]:3000/", "http://[::1]:3000"),
        ("http://bücher.example/ü", "http://xn--bcher-kva.example/%C3%BC"),
    ],
)
def test_normalises_the_base(given: str, expected: str) -> None:
    assert parse_base_url(given, "base_url").url == expected


@pytest.mark.parametrize(
    "given",
    [
        "http://h:99999",
        "http://h:x",
        "http://[::1",
        "http://[zz]/",
        "http://a b/",
        "http://h\\x",
        "//h",
        "h",
        3,
        b"http://h",
    ],
)
def test_refuses_a_base_that_is_none(given: Any) -> None:
    with pytest.raises(ConfigurationError):
        WorkerClient(given)


def test_knows_this_machine() -> None:
    assert all(map(is_loopback, ["localhost", "api.localhost", "127.8.8.8", "::1"]))
    assert not any(map(is_loopback, ["10.0.0.1", "example.com", "localhost.example.com"]))


@pytest.mark.parametrize("make", [WorkerClient, AsyncWorkerClient])
@pytest.mark.parametrize(
    "arguments",
    [
        {"timeout": "30"},
        {"timeout": 10**400},
        {"timeout": float("nan")},
        {"timeout": True},
        {"attempt_timeout": 0},
        {"max_retries": True},
        {"max_retries": "2"},
        {"retry_on": 429},
        {"retry_on": None},
        {"retry_on": "429"},
        {"retry_on": ["429"]},
        {"retry_on": [429, 200]},
        {"retry_on": [True]},
        {"idempotency": "yes"},
        {"headers": [("a", "b")]},
        {"headers": {"a": 1}},
        {"headers": {1: "a"}},
        {"headers": {"Content-Length": "3"}},
        {"validate": "yes"},
        {"http_client": object()},
        {"default": 3},
        {"api_key": 3},
        {"max_response_bytes": 0},
        {"log_bodies": 1},
    ],
)
def test_refuses_what_cannot_be(make: Any, arguments: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError):
        make(BASE, **arguments)


def test_refuses_a_client_of_the_other_kind() -> None:
    with httpx2.Client() as own, pytest.raises(ConfigurationError, match="AsyncClient"):
        AsyncWorkerClient(BASE, http_client=own)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "options",
    [{"timeout": -1}, {"max_retries": 99}, {"headers": {"a": "\n"}}, {"idempotency_key": ""}, {"validate": 3}],
)
def test_refuses_options_of_a_call_that_cannot_be(options: dict[str, Any]) -> None:
    backend = MockBackend()
    with pytest.raises(ConfigurationError):
        backend.client().send_to_queue("greet", {}, **options)
    assert backend.requests == []


def test_an_unknown_option_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="retries"):
        MockBackend().client().send_to_queue("greet", {}, retries=3)  # type: ignore[call-arg]


def test_takes_the_published_arguments() -> None:
    own = httpx2.Client(transport=httpx2.MockTransport(MockBackend()))
    assert WorkerClient(BASE, None, 30, http_client=own).send_to_queue("greet", {}).job_id == "job-1"
    assert WorkerClient(base_url=BASE, api_key="k", timeout=30, http_client=own)._core.settings.timeout == 30.0


def test_environment_fills_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKER_BACKEND_URL", " http://from-env/ ")
    monkeypatch.setenv("WORKER_BACKEND_TIMEOUT", "2.5")
    monkeypatch.setenv("WORKER_BACKEND_API_KEY", "k")
    settings = WorkerClient(http_client=httpx2.Client())._core.settings
    assert (settings.base.url, settings.timeout) == ("http://from-env", 2.5)
    explicit = WorkerClient("http://given", "", 1, http_client=httpx2.Client())._core.settings
    assert (explicit.base.url, explicit.timeout, explicit.api_key) == ("http://given", 1.0, None)


def test_a_key_function_is_asked_for_each_request_and_once_more_after_a_401() -> None:
    keys = iter(["one", "two", " three ", ""])
    backend = MockBackend(error(503), error(401), JOB)
    client = backend.client(api_key=lambda: next(keys))
    assert client.send_to_queue("greet", {}).success
    assert [request.headers["Authorization"] for request in backend.requests] == [
        "Bearer one",
        "Bearer two",
        "Bearer three",
    ]
    client.send_to_queue("greet", {})
    assert "Authorization" not in backend.requests[-1].headers


@pytest.mark.parametrize("arguments", [{}, {"retry_on": [401], "idempotency": "server"}])
@pytest.mark.parametrize("headers", [{}, {"x-should-retry": "true", "retry-after": "0.01"}])
def test_a_key_function_is_asked_no_third_time(arguments: Any, headers: Any) -> None:
    backend = MockBackend(error(401, headers=headers))
    client = backend.client(api_key=lambda: "k", **arguments)
    with pytest.raises(AuthenticationError):
        client.send_to_queue("greet", {})
    with pytest.raises(AuthenticationError):
        client.get_job_status("7")
    assert len(backend.requests) == 4


def test_a_401_may_be_repeated_for_a_fixed_key() -> None:
    backend = MockBackend(error(401), STATUS)
    assert backend.client(api_key="k", retry_on=[401]).get_job_status("7").state == "completed"


@pytest.mark.parametrize("answer", [3, "a\nb"])
def test_a_key_function_must_give_a_key(answer: Any) -> None:
    with pytest.raises(ConfigurationError):
        MockBackend().client(api_key=lambda: answer).send_to_queue("greet", {})


async def test_a_key_coroutine_is_awaited() -> None:
    async def key() -> str:
        return "later"

    backend = MockBackend()
    await backend.async_client(api_key=key).send_to_queue("greet", {})
    assert backend.requests[0].headers["Authorization"] == "Bearer later"


def test_headers_of_the_caller_win() -> None:
    backend = MockBackend()
    client = backend.client(api_key="k", headers={"authorization": "Basic x", "user-agent": "mine"})
    client.send_to_queue("greet", {}, headers={"content-type": "application/x+json", "ACCEPT": None})
    sent = backend.requests[0].headers
    assert "Accept" not in sent
    assert (sent["Authorization"], sent["User-Agent"]) == ("Basic x", "mine")
    assert sent.get_list("Content-Type") == ["application/x+json"]


def test_a_key_among_the_headers_is_the_callers_own() -> None:
    backend = MockBackend(error(500), JOB)
    client = backend.client()
    assert client.send_to_queue("greet", {}, headers={"idempotency-key": "mine"}).success
    assert [request.headers.get_list("Idempotency-Key") for request in backend.requests] == [["mine"], ["mine"]]
    client.send_to_queue("greet", {}, headers={"Idempotency-Key": None})
    assert "Idempotency-Key" not in backend.requests[-1].headers
    client.send_to_queue("greet", {}, headers={"Idempotency-Key": None}, idempotency_key="other")
    assert backend.requests[-1].headers["Idempotency-Key"] == "other"


def test_names_itself() -> None:
    backend = MockBackend()
    backend.client().send_to_queue("greet", {})
    assert backend.requests[0].headers["User-Agent"].startswith("worker-client/0 (gen-worker-client; python/3.")


def test_keys_are_new_for_each_call() -> None:
    backend = MockBackend()
    client = backend.client()
    for _ in range(3):
        client.send_to_queue("greet", {})
    assert len({request.headers["Idempotency-Key"] for request in backend.requests}) == 3


def test_answers_have_the_published_fields_and_the_rest_in_raw() -> None:
    backend = MockBackend({**JOB, "jobId": 7, "region": "eu"}, {**STATUS, "attemptsMade": 2})
    client = backend.client()
    job = client.send_to_queue("greet", {})
    assert job == JobResponse(success=True, job_id="7", message_name="greet", queue="q")
    assert job.raw["region"] == "eu"
    status = client.get_job_status("job-1")
    assert status == JobStatus("job-1", "greet", "q", "completed", {"name": "Ann"}, 42, 100, 1_700_000_000_000)
    assert status.raw["attemptsMade"] == 2
    assert json.loads(json.dumps(status.raw)) == {**STATUS, "attemptsMade": 2}
    assert copy.deepcopy(status).raw == pickle.loads(pickle.dumps(status)).raw == vars(status)["raw"]
    assert JobResponse(True, "7", "greet", "q").raw == {}
    assert list(JobStatus.__dataclass_fields__) == [
        *("job_id", "name", "queue", "state", "data", "returnvalue", "progress", "timestamp")
    ]
    assert list(JobResponse.__dataclass_fields__) == ["success", "job_id", "message_name", "queue"]


@pytest.fixture
def _quiet_logger() -> Iterator[None]:
    handlers, level = list(logger.handlers), logger.level
    yield
    logger.handlers[:] = handlers
    logger.setLevel(level)


@pytest.mark.usefixtures("_quiet_logger")
def test_logs_where_the_environment_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert logger.name == "worker_client"
    assert any(isinstance(handler, logging.NullHandler) for handler in logger.handlers)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    monkeypatch.setenv("WORKER_BACKEND_LOG", "off")
    follow_environment()
    assert logger.level == logging.NOTSET
    monkeypatch.setenv("WORKER_BACKEND_LOG", "Debug")
    follow_environment()
    follow_environment()
    assert logger.level == logging.DEBUG
    assert len([h for h in logger.handlers if isinstance(h, logging.StreamHandler)]) == 1
