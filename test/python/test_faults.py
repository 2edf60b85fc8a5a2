"""Both clients, on connections of their own and of the caller's, do what the fault table says."""

import asyncio
import json
import re
import signal
import traceback
from collections.abc import Callable, Coroutine, Generator, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import count
from time import monotonic
from typing import Any

import httpx2
import pytest
from fault_server import Case, FaultServer, FaultServerProcess, load_cases
from sample import AsyncWorkerClient, WorkerClient
from worker_client._runtime import errors
from worker_client._runtime.errors import WorkerClientError

_RUNS = count(1)
_NOT_FOREIGN = re.compile("-a-connection-that-had-served")


@pytest.fixture(scope="module")
def server() -> Iterator[FaultServer]:
    with FaultServerProcess() as running:
        yield running


def snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda match: "_" + match.group().lower(), name)


def client_arguments(case: Case, server: FaultServer, base: str) -> dict[str, Any]:
    """The case's configuration in the words of Python."""
    config: dict[str, Any] = {"baseUrl": "{base}", "timeoutMs": 1000, **case.get("config", {})}
    if "WORKER_BACKEND_TIMEOUT" in config.get("environment", {}):
        del config["timeoutMs"]
    arguments: dict[str, Any] = {}
    for name, value in config.items():
        match name:
            case "timeoutMs" | "attemptTimeoutMs":
                arguments[snake(name.removesuffix("Ms"))] = float(value) / 1000
            case "baseUrl":
                arguments["base_url"] = None if value is None else fill(value, server, base)
            case "apiKeys":
                keys: Iterator[str] = iter(value)
                arguments["api_key"] = partial(next, keys)
            case "environment":
                pass
            case _:
                arguments[snake(name)] = value
    return arguments


def fill(text: str, server: FaultServer, base: str) -> str:
    filled = text.replace("{base}", base).replace("{port}", str(server.port))
    return filled.replace("{refused}", str(server.refused_port))


def call_arguments(call: dict[str, Any]) -> dict[str, Any]:
    return {
        snake(name.removesuffix("Ms")): value / 1000 if name == "timeoutMs" else value
        for name, value in call.items()
        if name not in ("send", "status", "payload", "abortAfterMs")
    }


def texts_of(error: BaseException) -> str:
    """Whatever of an error can end in a log, tracebacks with variables included; the test's own frames left out."""
    parts = [str(error), repr(error), repr(vars(error))]
    if isinstance(error, WorkerClientError):
        parts.append(json.dumps(error.to_dict()))
    printed = traceback.TracebackException.from_exception(error, capture_locals=True)
    printed.stack = traceback.StackSummary.from_list([f for f in printed.stack if "/test/python/" not in f.filename])
    return "\n".join([*parts, *printed.format()])


def check_error(error: BaseException, expected: dict[str, Any]) -> None:
    assert isinstance(error, getattr(errors, expected["type"])), repr(error)
    facts = {snake(name): value for name, value in expected.items() if name not in ("type", "message", "says", "hides")}
    problem = facts.pop("problem", {})
    assert {name: getattr(error, name) for name in facts} == facts
    assert problem.items() <= dict(getattr(error, "problem", None) or {}).items()
    if "message" in expected:
        assert str(error) == expected["message"]
    for text in expected.get("says", []):
        assert snake(text) in str(error) or text in str(error)
    for text in expected.get("hides", []):
        assert text not in texts_of(error)


def check_requests(expected: dict[str, Any], seen: list[dict[str, Any]]) -> None:
    main = [request for request in seen if request["server"] == "main"]
    others = len(seen) - len(main)
    if "requests" in expected:
        assert len(main) == expected["requests"]
        assert others == expected.get("otherRequests", 0)
    if "paths" in expected:
        assert [request["path"] for request in seen] == expected["paths"]
    if "bodies" in expected:
        assert [request["body"] for request in seen] == expected["bodies"]
    for wanted, request in zip(expected.get("headers", []), seen, strict=False):
        for name, value in wanted.items():
            found = request["headers"].get(name)
            assert (found is not None) if value == "*" else (found == value), name
    for name in expected.get("constant", []):
        assert len({request["headers"].get(name.lower()) for request in seen}) == 1
    if "connections" in expected:
        assert len({request["connection"] for request in seen}) == expected["connections"]


def check_result(result: object, expected: dict[str, Any]) -> None:
    wanted = {snake(name): value for name, value in expected.items()}
    assert {name: getattr(result, name) for name in wanted} == wanted


def shortest() -> float:
    """Chance that makes each wait as short as it may be."""
    return 0.0


class Aborted(BaseException):
    """What the caller gives up with."""


@contextmanager
def alarm(milliseconds: float | None) -> Generator[None]:
    """Interrupts the main thread, as Ctrl-C does."""
    if milliseconds is None:
        yield
        return

    def interrupt(*_: object) -> None:
        raise Aborted

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, milliseconds / 1000)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def run_blocking(arguments: dict[str, Any], case: Case) -> tuple[Any, float]:
    def make(call: dict[str, Any]) -> object:
        if "status" in call:
            return client.get_job_status(call["status"], **call_arguments(call))
        return client.send_to_queue(call["send"], call.get("payload"), **call_arguments(call))

    with WorkerClient(**arguments) as client:
        client._core.random = shortest
        for call in case.get("before", []):
            make(call)
        started = monotonic()
        try:
            with alarm(case["call"].get("abortAfterMs")):
                return make(case["call"]), monotonic() - started
        except (WorkerClientError, Aborted) as error:
            return error, monotonic() - started


def run_async(arguments: dict[str, Any], case: Case, http_client: Callable[[], Any] | None) -> tuple[Any, float]:
    def make(client: AsyncWorkerClient, call: dict[str, Any]) -> Coroutine[Any, Any, object]:
        if "status" in call:
            return client.get_job_status(call["status"], **call_arguments(call))
        return client.send_to_queue(call["send"], call.get("payload"), **call_arguments(call))

    async def main() -> tuple[Any, float]:
        own = None if http_client is None else http_client()
        async with AsyncWorkerClient(http_client=own, **arguments) as client:
            client._core.random = shortest
            for call in case.get("before", []):
                await make(client, call)
            started = monotonic()
            task = asyncio.ensure_future(make(client, case["call"]))
            if (milliseconds := case["call"].get("abortAfterMs")) is not None:
                if milliseconds > 0:
                    await asyncio.wait([task], timeout=milliseconds / 1000)
                task.cancel()
            try:
                return await task, monotonic() - started
            except (WorkerClientError, asyncio.CancelledError) as error:
                return error, monotonic() - started
            finally:
                if own is not None:
                    await own.aclose()

    return asyncio.run(main())


def is_meant_for(case: Case, kind: str) -> bool:
    if case.get("call", {}).get("abortAfterMs") == 0 and not kind.startswith("async"):
        return False
    if kind.endswith("foreign"):
        # The rows of the fault table will do. A caller's own client chooses its connections itself.
        return "row" in case and not _NOT_FOREIGN.search(case["name"])
    return True


KINDS = ("blocking", "async", "blocking-foreign", "async-foreign")


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        pytest.param(case, kind, id=f"{case['name']}-{kind}")
        for case in load_cases()
        for kind in KINDS
        if is_meant_for(case, kind)
    ],
)
def test_table(case: Case, kind: str, server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    # A busy machine is late once in a while; a client that is late is so every time.
    times = [run_case(case, kind, server, monkeypatch)]
    while len(times) < 4 and not is_in_time(times[-1], case["expected"]):
        times.append(run_case(case, kind, server, monkeypatch))
    assert is_in_time(times[-1], case["expected"]), times


def is_in_time(seconds: float, expected: dict[str, Any]) -> bool:
    least, most = expected.get("elapsedMs", (0, float("inf")))
    return bool(least <= seconds * 1000 <= most)


def run_case(case: Case, kind: str, server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> float:
    run, expected = f"py-{next(_RUNS)}", case["expected"]
    base = server.base_url(case["name"], run)
    for name, value in case.get("config", {}).get("environment", {}).items():
        monkeypatch.setenv(name, fill(value, server, base))
    arguments = client_arguments(case, server, base)
    if expected.get("refused"):
        make = AsyncWorkerClient if kind.startswith("async") else WorkerClient
        with pytest.raises(WorkerClientError) as caught:
            make(**arguments)
        check_error(caught.value, expected["error"])
        return 0.0
    with ExitStack() as stack:
        if kind == "blocking":
            outcome, seconds = run_blocking(arguments, case)
        elif kind == "blocking-foreign":
            own = stack.enter_context(httpx2.Client())
            outcome, seconds = run_blocking({**arguments, "http_client": own}, case)
        else:
            outcome, seconds = run_async(arguments, case, httpx2.AsyncClient if kind == "async-foreign" else None)
    if expected.get("aborted"):
        assert isinstance(outcome, (Aborted, asyncio.CancelledError))
    elif "error" in expected:
        check_error(outcome, expected["error"])
    else:
        assert not isinstance(outcome, BaseException), repr(outcome)
        check_result(outcome, expected.get("result", {}))
    check_requests(expected, server.seen(run))
    return seconds
