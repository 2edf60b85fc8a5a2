"""Validation is opt-in, comes before any network, and says nothing of the payload's values."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from mock_backend import MockBackend
from worker_client._runtime import schema_checks
from worker_client._runtime.errors import ConfigurationError, Issue, PayloadValidationError, TimeoutError

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 5},
        "at": {"type": "string", "format": "date-time"},
        "link": {"type": "string", "format": "uri"},
        "kind": {"enum": ["a", "b"]},
        "list/of": {"type": "array", "items": {"$ref": "#/$defs/n"}},
        "closed": {"type": "object", "additionalProperties": False},
        "either": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    },
    "required": ["name", "kind"],
    "$defs": {"n": {"type": "integer"}},
}
GOOD = {"name": "Ann", "kind": "a"}


@pytest.fixture
def _schemas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "_schemas").mkdir()
    (tmp_path / "_schemas" / "greet.json").write_text(json.dumps(SCHEMA), "utf-8")
    monkeypatch.setattr(schema_checks, "resources", SimpleNamespace(files=lambda _: tmp_path))
    schema_checks._load_validator.cache_clear()
    yield
    schema_checks._load_validator.cache_clear()


@pytest.mark.usefixtures("_schemas")
def test_good_payloads_and_unknown_messages_pass() -> None:
    backend = MockBackend()
    client = backend.client(validate=True)
    more = {"at": "2026-11-25T16:00:00.5Z", "link": "https://a.example/b", "list/of": (1, 2), "either": None}
    client.send_to_queue("greet", {**GOOD, **more})
    client.send_to_queue("other", 3)
    assert len(backend.requests) == 2


@pytest.mark.usefixtures("_schemas")
@pytest.mark.parametrize(
    ("payload", "issue"),
    [
        ({}, Issue("", "required", 'must have "name", "kind"')),
        ({**GOOD, "name": "hunter2"}, Issue("/name", "maxLength", "must fit maxLength: 5")),
        ({**GOOD, "name": 2}, Issue("/name", "type", 'must fit type: "string"')),
        ({**GOOD, "kind": "hunter2"}, Issue("/kind", "enum", 'must fit enum: ["a", "b"]')),
        ({**GOOD, "at": "hunter2"}, Issue("/at", "format", 'must fit format: "date-time"')),
        ({**GOOD, "at": "2026-02-30T00:00:00Z"}, Issue("/at", "format", 'must fit format: "date-time"')),
        ({**GOOD, "link": "hunter2"}, Issue("/link", "format", 'must fit format: "uri"')),
        ({**GOOD, "list/of": [1, "hunter2"]}, Issue("/list~1of/1", "type", 'must fit type: "integer"')),
        (
            {**GOOD, "closed": {"hunter2": 1}},
            Issue("/closed", "additionalProperties", "must have no other properties than the schema names"),
        ),
        ({**GOOD, "either": 2}, Issue("/either", "anyOf", "must fit anyOf of its schema")),
    ],
)
def test_bad_payloads_are_named_by_place_and_keyword(payload: dict[str, Any], issue: Issue) -> None:
    backend = MockBackend()
    with pytest.raises(PayloadValidationError, match="the payload of greet is not what its schema says") as caught:
        backend.client(validate=True).send_to_queue("greet", payload)
    assert caught.value.issues == (issue,)
    assert caught.value.message_type == "greet"
    assert "hunter2" not in f"{caught.value!r} {vars(caught.value)}"
    assert backend.requests == []


@pytest.mark.usefixtures("_schemas")
def test_a_call_can_decide_for_itself() -> None:
    backend = MockBackend()
    backend.client(validate=True).send_to_queue("greet", {}, validate=False)
    with pytest.raises(PayloadValidationError):
        backend.client().send_to_queue("greet", {}, validate=True)


@pytest.mark.usefixtures("_schemas")
def test_checks_what_default_makes_of_a_value() -> None:
    backend = MockBackend()
    client = backend.client(validate=True, default=lambda value: value.isoformat())
    client.send_to_queue("greet", {**GOOD, "at": datetime(2026, 1, 1, tzinfo=UTC)})
    assert backend.payloads[0]["at"] == "2026-01-01T00:00:00+00:00"


def test_true_needs_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> None:
        raise ImportError

    monkeypatch.setattr(schema_checks, "import_module", fail)
    with pytest.raises(ConfigurationError, match=r"extra \[validate\]"):
        MockBackend().client(validate=True)


class ValidationError(Exception):
    """As pydantic's is."""

    def errors(self) -> list[dict[str, Any]]:
        return [{"type": "string_type", "loc": ("a", 0), "msg": "hunter2", "input": "hunter2"}]


@pytest.mark.parametrize("error", [ValueError("hunter2"), ValidationError("hunter2")])
def test_a_function_of_the_callers_refuses_by_raising(error: Exception) -> None:
    def check(message_type: str, payload: object) -> None:
        assert (message_type, payload) == ("greet", {"a": ["hunter2"]})
        raise error

    with pytest.raises(PayloadValidationError, match="refused by validate") as caught:
        MockBackend().client(validate=check).send_to_queue("greet", {"a": ["hunter2"]})
    expected = (Issue("/a/0", "string_type", "string_type"),) if isinstance(error, ValidationError) else ()
    assert caught.value.issues == expected
    assert "hunter2" not in f"{caught.value!r} {caught.value.issues} {caught.value.__cause__!r}"


def test_a_function_of_the_callers_may_be_wrong_itself() -> None:
    def check(_: str, payload: dict[str, str]) -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError):
        MockBackend().client(validate=check).send_to_queue("greet", {})


@pytest.mark.parametrize(("answer", "sent"), [(None, {"a": 1}), (True, {"a": 1}), ({"b": 2}, {"b": 2}), ([], [])])
def test_what_a_function_returns_is_sent(answer: object, sent: object) -> None:
    backend = MockBackend()
    backend.client(validate=lambda *_: answer).send_to_queue("greet", {"a": 1})
    assert backend.payloads == [sent]


def test_false_refuses() -> None:
    with pytest.raises(PayloadValidationError):
        MockBackend().client(validate=lambda *_: False).send_to_queue("greet", {})


async def test_a_coroutine_is_awaited_within_the_deadline() -> None:
    async def check(_: str, payload: dict[str, int]) -> dict[str, int]:
        await asyncio.sleep(payload["seconds"])
        return {"checked": 1}

    backend = MockBackend()
    client = backend.async_client(validate=check, timeout=0.2)
    await client.send_to_queue("greet", {"seconds": 0})
    assert backend.payloads == [{"checked": 1}]
    with pytest.raises(TimeoutError):
        await client.send_to_queue("greet", {"seconds": 60})
