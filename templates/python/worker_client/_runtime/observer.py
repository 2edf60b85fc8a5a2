"""Lets the application look on at one call, by its hooks."""

from collections.abc import Mapping
from dataclasses import dataclass

from .call import Call
from .config import check_headers
from .core import Core
from .errors import HttpError, WorkerClientError
from .hooks import HookEvent, HookName
from .log import logger
from .secrets import Headers, Secret, redact
from .steps import Steps, invoke
from .wire import Address, Reply


@dataclass(frozen=True, slots=True, repr=False)
class Progress:
    """How far a call has come."""

    address: Address
    attempt: int
    secret: Secret | None


class Observer:
    """Calls the hooks of one call."""

    def __init__(self, core: Core, call: Call) -> None:
        self._core = core
        self._call = call

    def before(self, headers: Headers, progress: Progress) -> Steps[None]:
        """Lets ``on_request`` change the headers; secrets that it leaves alone stay as they are."""
        hook = self._core.hooks.on_request
        if hook is None:
            return
        event = self._event(headers, progress)
        shown = dict(event.headers)
        yield from invoke(hook, event, ends_at=self._call.deadline)
        changed = {name: value for name, value in event.headers.items() if shown.get(name) != value}
        for name in shown.keys() - event.headers.keys():
            headers.put(name, None)
        for name, value in check_headers(changed).items():
            headers.put(name, value)

    def tell(
        self,
        name: HookName,
        progress: Progress,
        *,
        reply: Reply | None = None,
        error: WorkerClientError | None = None,
        wait_ms: float | None = None,
    ) -> Steps[None]:
        """Tells a hook; what it raises is logged, and breaks nothing."""
        hook = getattr(self._core.hooks, name)
        if hook is None:
            return
        event = self._event({} if reply is None else reply.headers, progress)
        event.status = error.status if isinstance(error, HttpError) else None if reply is None else reply.status
        event.error, event.wait_ms = error, wait_ms
        try:
            yield from invoke(hook, event, ends_at=self._call.deadline)
        except Exception as fault:  # noqa: BLE001 the application's own function may raise anything
            logger.error("the hook %s raised %s", name, type(fault).__name__)

    def _event(self, headers: Mapping[str, str], progress: Progress) -> HookEvent:
        return HookEvent(
            method=self._call.method,
            url=progress.address.shown,
            message_type=self._call.message_type,
            job_id=self._call.job_id,
            attempt=progress.attempt,
            headers=redact(headers, progress.secret),
            duration_ms=(self._core.clock() - self._call.started) * 1000,
            payload=self._call.payload,
        )
