"""Jobs on the other side of the queue find the function of their message type."""

import sys
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest
from worker_client._runtime import worker
from worker_client._runtime.errors import ConfigurationError
from worker_client._runtime.worker import UnrecoverableError, create_processor, dispatch


@dataclass(frozen=True)
class Job:
    """A job as a queue library hands it over."""

    name: str
    data: Any


def greet(payload: dict[str, str], job: Job) -> str:
    return f"{job.name}: hello {payload['name']}"


async def greet_later(payload: dict[str, str], job: Job) -> str:
    return greet(payload, job)


def refuse_all(_: str, payload: object) -> object:
    raise ValueError(f"bad {payload}")


def test_dispatches() -> None:
    assert dispatch({"greet": greet}, Job("greet", {"name": "Ann"})) == "greet: hello Ann"


async def test_processes_with_functions_and_coroutines() -> None:
    process = create_processor({"greet": greet, "greet-later": greet_later})
    assert await process(Job("greet", {"name": "Ann"}), "token") == "greet: hello Ann"
    assert await process(Job("greet-later", {"name": "Bob"}), "token", None) == "greet-later: hello Bob"


async def test_ends_jobs_that_no_further_try_would_save() -> None:
    process = create_processor({"greet": greet}, validate=refuse_all)
    with pytest.raises(UnrecoverableError, match="no handler for messages of type 'other'"):
        await process(Job("other", {}))
    with pytest.raises(UnrecoverableError, match="refused by validate") as caught:
        await process(Job("greet", {"name": "hunter2"}))
    assert "hunter2" not in str(caught.value)
    assert type(caught.value).__name__ == "UnrecoverableError"
    with pytest.raises(UnrecoverableError):
        dispatch({"greet": greet}, Job("greet", {}), validate=refuse_all)


async def test_passes_on_what_a_handler_raises() -> None:
    with pytest.raises(KeyError):
        await create_processor({"greet": greet})(Job("greet", {}))


async def test_goes_on_with_what_the_validator_returns() -> None:
    def tidy(_: str, payload: dict[str, str]) -> dict[str, str]:
        return {name: text.strip() for name, text in payload.items()}

    assert (
        await create_processor({"greet": greet}, validate=tidy)(Job("greet", {"name": " Ann "})) == "greet: hello Ann"
    )


def test_is_known_to_bullmq_where_that_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    class TheirsError(Exception):
        pass

    module = ModuleType("bullmq")
    module.UnrecoverableError = TheirsError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "bullmq", module)
    worker.unrecoverable_class.cache_clear()
    try:
        with pytest.raises(TheirsError) as caught:
            dispatch({}, Job("greet", {}))
        assert isinstance(caught.value, UnrecoverableError)
    finally:
        worker.unrecoverable_class.cache_clear()


@pytest.mark.parametrize("handlers", [{"greet": 1}, [greet], None])
def test_refuses_handlers_that_are_none(handlers: Any) -> None:
    with pytest.raises(ConfigurationError):
        create_processor(handlers)
