"""Errors: one tree, two built-ins in it, nothing secret, and whole after a journey."""

import builtins
import copy
import json
import pickle
from typing import Any

import httpx2
import pytest
from mock_backend import STATUS, MockBackend, error
from worker_client._runtime import errors
from worker_client._runtime.answers import read_status
from worker_client._runtime.batch import BatchResult
from worker_client._runtime.errors import (
    BatchError,
    ConfigurationError,
    HttpError,
    Issue,
    JobFailedError,
    JobRejectedError,
    PayloadValidationError,
    RateLimitError,
    RedirectError,
    ResponseError,
    TransportError,
    WaitTimeoutError,
    WorkerClientError,
)
from worker_client._runtime.wire import Reply

JOB = read_status(Reply(200, "", {}, json.dumps({**STATUS, "failedReason": "why"}).encode()), "job-1")


def all_errors() -> list[WorkerClientError]:
    http: dict[str, Any] = {"status": 429, "headers": {"a": "b"}, "body": {"c": 1}, "request_id": "r"}
    made: list[WorkerClientError] = [
        ConfigurationError("m", code="CLOSED"),
        PayloadValidationError("m", message_type="greet", issues=[Issue("/a", "type", "must fit type")]),
        TransportError("m", phase="headers"),
        errors.ConnectionError("m", phase="connect", errno=111),
        errors.TimeoutError("m", phase="body", timeout_ms=1000),
        *[
            kind("m", **http, problem={"title": "t"}, retry_after=1.5)
            for kind in vars(errors).values()
            if isinstance(kind, type) and issubclass(kind, HttpError)
        ],
        ResponseError("m", status=200, content_type="text/html", snippet="<html>"),
        JobRejectedError("m", status=200, content_type=None, snippet=""),
        JobFailedError("m", job=JOB, failed_reason="why"),
        WaitTimeoutError("m", timeout_ms=5, last_status=JOB),
        BatchError("m", results=[BatchResult(0, ok=False, error=ConfigurationError("inner"))]),
    ]
    for made_error in made:
        made_error.attempts, made_error.method, made_error.maybe_enqueued = 3, "POST", True
    return made


@pytest.mark.parametrize("original", all_errors(), ids=lambda made: type(made).__name__)
@pytest.mark.parametrize("travel", [lambda e: pickle.loads(pickle.dumps(e)), copy.copy, copy.deepcopy])
def test_errors_travel_with_their_fields(original: WorkerClientError, travel: Any) -> None:
    arrived = travel(original)
    assert type(arrived) is type(original)
    assert str(arrived) == "m"
    assert arrived.to_dict() == original.to_dict()
    assert str(vars(arrived)) == str(vars(original))
    assert getattr(arrived, "errno", None) == getattr(original, "errno", None)


@pytest.mark.parametrize("made", all_errors(), ids=lambda made: type(made).__name__)
def test_to_dict_is_json_of_facts_only(made: WorkerClientError) -> None:
    facts = json.loads(json.dumps(made.to_dict()))
    assert facts["name"] == type(made).__name__
    assert facts["message"] == "m"
    assert facts["attempts"] == 3
    assert not {"headers", "body", "problem", "snippet", "job", "last_status", "results", "issues"} & facts.keys()


def test_codes_are_distinct_but_for_the_connection() -> None:
    kinds = {type(made).__name__: type(made).code for made in all_errors()}
    assert kinds.pop("ConnectionError") == kinds["TransportError"]
    assert len(set(kinds.values())) == len(kinds)


def test_two_double_as_the_builtins() -> None:
    assert issubclass(errors.TimeoutError, builtins.TimeoutError)
    assert issubclass(errors.TimeoutError, TransportError)
    assert issubclass(errors.ConnectionError, builtins.ConnectionError)
    assert issubclass(errors.ConnectionError, TransportError)
    assert not issubclass(errors.TimeoutError, builtins.ConnectionError)


def test_every_error_has_its_place() -> None:
    tree = {made: [kind for kind in made.__mro__ if kind in vars(errors).values()] for made in map(type, all_errors())}
    assert all(line[-1] is WorkerClientError for line in tree.values())
    assert issubclass(errors.JobNotFoundError, errors.NotFoundError)
    assert issubclass(JobRejectedError, ResponseError)


def test_a_call_tells_what_it_did() -> None:
    backend = MockBackend(error(429, headers={"Retry-After": "3600"}, error="slow down"))
    with pytest.raises(RateLimitError, match="HTTP 429: slow down") as caught:
        backend.client().send_to_queue("greet", {})
    assert caught.value.to_dict() == {
        "name": "RateLimitError",
        "code": "RATE_LIMIT",
        "message": "HTTP 429: slow down",
        "attempts": 1,
        "elapsed_ms": caught.value.elapsed_ms,
        "method": "POST",
        "url": "http://backend.example/api/jobs/greet",
        "maybe_enqueued": False,
        "status": 429,
        "request_id": None,
        "retry_after": 3600.0,
    }


def test_a_location_shows_no_password() -> None:
    answer = httpx2.Response(307, headers={"Location": "https://user:hunter2@elsewhere.example/jobs"})
    with pytest.raises(RedirectError) as caught:
        MockBackend(answer).client().send_to_queue("greet", {})
    assert caught.value.location == "https://elsewhere.example/jobs"
    assert "hunter2" not in f"{caught.value!r} {vars(caught.value)}"


@pytest.mark.parametrize(
    ("body", "message", "is_problem"),
    [
        ({"detail": "d", "title": "t"}, "t: d", True),
        ({"detail": "d", "title": "d"}, "d", True),
        ({"detail": " ", "error": {"message": "m"}}, "m", True),
        ({"error": "e", "message": "m"}, "e", False),
        ({"error": {"code": 1}, "message": {"message": "mm"}}, "mm", False),
        ({"errors": ["first"]}, "first", False),
        ({"errors": [{"message": "m"}]}, "m", False),
        ({"title": "t"}, "t", False),
        ({"error": 3}, "Bad Request", False),
        ("text", "text", False),
        ([], "Bad Request", False),
        (None, "null", False),
    ],
)
def test_takes_the_best_text_of_an_answer(body: object, message: str, *, is_problem: bool) -> None:
    with pytest.raises(HttpError) as caught:
        MockBackend(httpx2.Response(400, text=json.dumps(body))).client().send_to_queue("greet", {})
    assert str(caught.value) == f"HTTP 400: {message}"
    assert caught.value.body == ("null" if body is None else body)
    assert (caught.value.problem is not None) == is_problem
