"""A backend without a network: answers in turn, and remembers what it was asked."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
from sample import AsyncWorkerClient, WorkerClient

BASE = "http://backend.example"
JOB = {"success": True, "jobId": "job-1", "messageName": "greet", "queue": "q"}
STATUS: dict[str, Any] = {
    "jobId": "job-1",
    "name": "greet",
    "queue": "q",
    "state": "completed",
    "data": {"name": "Ann"},
    "returnvalue": 42,
    "progress": 100,
    "timestamp": 1_700_000_000_000,
}


def status(state: str, **more: object) -> dict[str, Any]:
    """The status of a job."""
    return {**STATUS, "state": state, "returnvalue": None, "progress": 0, **more}


class MockBackend:
    """Answers one by one; the last answer answers all that follows."""

    def __init__(self, *answers: "httpx2.Response | Exception | dict[str, Any]") -> None:
        self._answers = list(answers) or [JOB]
        self.requests: list[httpx2.Request] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        """Answers one request."""
        self.requests.append(request)
        answer = self._answers[min(len(self.requests), len(self._answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx2.Response):
            return httpx2.Response(answer.status_code, headers=answer.headers, content=answer.content)
        return httpx2.Response(200, json=answer)

    @property
    def payloads(self) -> list[Any]:
        """The bodies, parsed."""
        return [json.loads(request.content) for request in self.requests]

    def client(self, **arguments: Any) -> WorkerClient:
        """A blocking client of this backend."""
        own = httpx2.Client(transport=httpx2.MockTransport(self))
        return WorkerClient(BASE, http_client=own, **arguments)

    def async_client(self, **arguments: Any) -> AsyncWorkerClient:
        """An asyncio client of this backend."""
        own = httpx2.AsyncClient(transport=httpx2.MockTransport(self))
        return AsyncWorkerClient(BASE, http_client=own, **arguments)


def error(code: int, *, headers: dict[str, str] | None = None, **body: object) -> httpx2.Response:
    """An error answer."""
    return httpx2.Response(code, headers=headers, json=body)


class ByPath:
    """Answers by what a function makes of each request."""

    def __init__(self, answer: Callable[[httpx2.Request], httpx2.Response]) -> None:
        self._answer = answer

    def client(self, **arguments: Any) -> WorkerClient:
        """A blocking client of this backend."""
        return WorkerClient(BASE, http_client=httpx2.Client(transport=httpx2.MockTransport(self._answer)), **arguments)
