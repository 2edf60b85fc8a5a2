"""The rules without a network: what is repeated, after what wait, where redirects lead, how dates and ids read."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import unquote

import httpx2
import pytest
from mock_backend import JOB, MockBackend, error
from worker_client._runtime.errors import ConfigurationError, ServerError
from worker_client._runtime.ids import check_traceparent, path_segment
from worker_client._runtime.redirects import next_address
from worker_client._runtime.retry import RetryBudget, RetryClass, class_of_answer, may_repeat, wait_before
from worker_client._runtime.retry_after import parse_retry_after
from worker_client._runtime.wire import Address, Reply

NOW = datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
FRACTIONS = [0.0, 0.25, 0.5, 0.999]


@pytest.mark.parametrize("random", FRACTIONS)
@pytest.mark.parametrize("retry", range(11))
def test_backoff_grows_within_its_bounds(retry: int, random: float) -> None:
    full = min(8.0, 0.25 * 2**retry)
    seconds = wait_before(retry, retry_after=None, remaining=100, random=random)
    assert seconds is not None
    assert full / 2 <= seconds <= full


@pytest.mark.parametrize("random", FRACTIONS)
@pytest.mark.parametrize("asked", [0.001, 1.0, 59.0, 60.0])
def test_a_wish_is_kept_and_hardly_stretched(asked: float, random: float) -> None:
    seconds = wait_before(0, retry_after=asked, remaining=1000, random=random)
    assert seconds is not None
    assert asked <= seconds <= asked * 1.1


@pytest.mark.parametrize(
    ("asked", "remaining", "waits"),
    [(2.0, 1.9, False), (2.0, 2.0, False), (2.0, 2.01, True), (60.1, 1000, False), (None, 0.1, False), (0.0, 9, True)],
)
def test_no_wait_goes_past_the_deadline(asked: float | None, remaining: float, *, waits: bool) -> None:
    for random in FRACTIONS:
        seconds = wait_before(0, retry_after=asked, remaining=remaining, random=random)
        assert (seconds is not None and seconds < remaining) == waits


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": " 0.5 "}, 0.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after-ms": "soon", "retry-after": "9"}, 9.0),
        ({"retry-after": format_datetime(NOW + timedelta(seconds=7), usegmt=True)}, 7.0),
        ({"retry-after": format_datetime(NOW - timedelta(seconds=7), usegmt=True)}, None),
        ({"retry-after": "Wed, 25 Nov 2026 16:00:05 -0000"}, 5.0),
        *[({"retry-after": text}, None) for text in ("", "soon", "-3", "1e9", "NaN", "inf", "٣", "Wed, 99 Nov 2026")],
        ({}, None),
    ],
)
def test_reads_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert parse_retry_after(headers, NOW.timestamp()) == seconds


@pytest.mark.parametrize(
    ("status", "headers", "expected"),
    [
        *[(status, {}, "refused") for status in (408, 425, 429, 503)],
        *[(status, {}, "maybe-applied") for status in (500, 502, 504)],
        *[(status, {}, "final") for status in (302, 400, 401, 404, 409, 410, 422, 501, 505)],
        (503, {"x-should-retry": "false"}, "final"),
        (400, {"x-should-retry": "true"}, "maybe-applied"),
        (302, {"x-should-retry": "true"}, "final"),
    ],
)
def test_classes_of_answers(status: int, headers: dict[str, str], expected: str) -> None:
    assert class_of_answer(status, headers, parsed=None, is_key_in_force=False) == expected


def test_a_conflict_is_repeated_only_while_the_first_is_at_work() -> None:
    problem = {"type": "https://errors.example/in-progress"}
    for parsed, headers, expected in [
        (None, {}, "final"),
        ({"type": "about:blank"}, {}, "final"),
        (None, {"retry-after": "1"}, "refused"),
        (problem, {}, "refused"),
    ]:
        assert class_of_answer(409, headers, parsed=parsed, is_key_in_force=True) == expected
        assert class_of_answer(409, headers, parsed=parsed, is_key_in_force=False) == "final"


@pytest.mark.parametrize(
    ("retry_class", "question", "send", "send_with_key"),
    [
        ("not-sent", True, True, True),
        ("refused", True, True, True),
        ("maybe-applied", True, False, True),
        ("final", False, False, False),
    ],
)
def test_what_may_be_repeated(retry_class: RetryClass, *, question: bool, send: bool, send_with_key: bool) -> None:
    assert may_repeat(retry_class, method="GET", is_key_in_force=False) == question
    assert may_repeat(retry_class, method="POST", is_key_in_force=False) == send
    assert may_repeat(retry_class, method="POST", is_key_in_force=True) == send_with_key


def test_the_budget_runs_out_and_comes_back() -> None:
    budget = RetryBudget()
    assert [budget.spend(is_timeout=True) for _ in range(50)] == [10] * 50
    assert budget.spend(is_timeout=False) is None
    for _ in range(5):
        budget.give_back(0)
    assert budget.spend(is_timeout=False) == 5
    budget.give_back(5)
    assert budget.spend(is_timeout=True) is None


def test_a_client_that_fails_all_the_time_stops_repeating_and_says_so() -> None:
    backend = MockBackend(error(503, headers={"Retry-After-Ms": "1"}))
    client = backend.client(max_retries=10)
    for _ in range(10):
        with pytest.raises(ServerError):
            client.send_to_queue("greet", {})
    assert len(backend.requests) == 110
    with pytest.raises(ServerError, match="retry budget is used up"):
        client.send_to_queue("greet", {})
    assert len(backend.requests) == 111


@pytest.mark.parametrize(
    ("location", "method", "status", "expected"),
    [
        ("/b?c=d", "POST", 307, "http://h/b?c=d"),
        ("c", "POST", 308, "http://h/a/c"),
        ("http://h/é", "GET", 301, "http://h/%C3%A9"),
        ("https://h/b", "POST", 307, "https://h/b"),
        ("//h/b", "GET", 302, "http://h/b"),
        ("/b", "POST", 301, None),
        ("/b", "POST", 302, None),
        ("/b", "GET", 303, None),
        ("/b", "GET", 304, None),
        ("http://other/b", "GET", 307, None),
        ("http://h:81/b", "GET", 307, None),
        ("http://u@h/b", "GET", 307, None),
        ("ftp://h/b", "GET", 307, None),
        ("http://[", "GET", 307, None),
        ("http://h:x/", "GET", 307, None),
        (None, "GET", 307, None),
    ],
)
def test_follows_redirects_on_a_host(location: str | None, method: str, status: int, expected: str | None) -> None:
    headers = {} if location is None else {"location": location}
    found = next_address(Reply(status, "", headers), method=method, address=Address("http", "h", None, "/a/b"))
    assert (None if found is None else found.url) == expected


def test_never_back_to_an_open_connection() -> None:
    reply = Reply(307, "", {"location": "http://h/b"})
    assert next_address(reply, method="GET", address=Address("https", "h", None, "/a")) is None


@pytest.mark.parametrize(
    "text", ["a", "a/b", "..a", "a?b#c", "%2e%2e", "ключ", "a b", "a:b@c", "'()*!~", "\x00\n", "😀"]
)
def test_ids_are_one_segment_and_come_back(text: str) -> None:
    segment = path_segment(text, "the job id")
    assert unquote(segment) == text
    assert not {"/", "?", "#", " ", "\\"} & set(segment)
    url = httpx2.URL(f"http://h/api/jobs/{segment}")
    assert url.raw_path == f"/api/jobs/{segment}".encode()


@pytest.mark.parametrize("value", ["", ".", "..", "\ud800", 7, None])
def test_ids_that_are_none_are_refused(value: object) -> None:
    with pytest.raises(ConfigurationError):
        path_segment(value, "the job id")


def test_traces_are_as_the_standard_says() -> None:
    good = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    assert check_traceparent(good) == good
    for bad in (good.upper(), good + "-x", good[:-1], f"ff{good[2:]}", 3):
        with pytest.raises(ConfigurationError):
            check_traceparent(bad)


def test_traces_stay_the_same_on_all_tries() -> None:
    backend = MockBackend(error(503), JOB)
    trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    backend.client().send_to_queue("greet", {}, traceparent=trace, tracestate="a=b")
    assert [request.headers["traceparent"] for request in backend.requests] == [trace, trace]
    assert backend.requests[1].headers["tracestate"] == "a=b"
    assert [request.headers.get("X-Retry-Attempt") for request in backend.requests] == [None, "1"]
