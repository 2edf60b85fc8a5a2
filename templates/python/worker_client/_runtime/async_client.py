"""
The asyncio client, without message names.

The generated ``AsyncWorkerClient`` derives from it::

    class AsyncWorkerClient(AsyncBaseClient):
        _ABOUT = About(package="mesh-sync-worker-backend-client", idempotency="auto")

        async def send_to_queue(self, message_type: str, payload: object, **options: Unpack[SendOptions]):
            return await self._enqueue(message_type, payload, options)
"""

import warnings
from collections.abc import AsyncGenerator, Callable, Collection, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar, Unpack

from .async_batch import Items, collect_async, stream_async
from .async_driver import drive_async
from .batch import BatchOptions, BatchResult, check_batch, check_items
from .call import Pause
from .calls import enqueue, fetch_status
from .config import AsyncApiKey, Idempotency, hide
from .core import About, Core, make_core
from .errors import ConfigurationError
from .hooks import Hook, HookName, Hooks
from .lifetime import closed_error
from .log import follow_environment
from .options import CallOptions, SendOptions
from .payload import Default
from .responses import JobResponse, JobStatus
from .retry import RETRY_ON
from .steps import Steps
from .transports import check_client, make_async_transport
from .validate import Validate
from .waiting import WaitOptions, wait_for_job
from .wire import MAX_ANSWER_BYTES

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")


class AsyncBaseClient:
    """What every ``AsyncWorkerClient`` can do, for any number of tasks."""

    _ABOUT: ClassVar[About] = About(package="worker-client")
    _is_closed = True

    def __init__(
        self,
        base_url: str | None = None,
        api_key: AsyncApiKey | None = None,
        timeout: float | None = None,
        *,
        max_retries: int = 2,
        retry_on: Collection[int] = RETRY_ON,
        attempt_timeout: float | None = None,
        idempotency: Idempotency | None = None,
        headers: Mapping[str, str | None] | None = None,
        validate: Validate | None = None,
        http_client: "httpx2.AsyncClient | None" = None,
        hooks: Hooks | Mapping[HookName, Hook] | None = None,
        default: Default | None = None,
        max_response_bytes: int = MAX_ANSWER_BYTES,
        log_bodies: bool = False,
    ) -> None:
        """
        Checks everything and opens nothing; connections are made by the first call.

        :param base_url: address of the backend; else ``WORKER_BACKEND_URL``
        :param api_key: sent as a bearer token, or a function, coroutine or not, that is asked for it before each
            request; else ``WORKER_BACKEND_API_KEY``
        :param timeout: seconds that a whole call may take; else ``WORKER_BACKEND_TIMEOUT``, else 30
        :param max_retries: how often a call is repeated at the most, where that is safe
        :param retry_on: statuses of answers after which a call may be repeated; else 408, 425, 429, 500, 502, 503, 504
        :param attempt_timeout: seconds that one try may take
        :param idempotency: what an ``Idempotency-Key`` is worth to the backend
        :param headers: further headers of every request; ``None`` as a value takes a default header out
        :param validate: ``True`` checks payloads by the schemas of the package, a function checks them its own way
        :param http_client: a client of your own, for proxies, certificates or tests; it is never closed
        :param hooks: functions, coroutines or not, that watch requests
        :param default: turns values that have no JSON into such that have
        :param max_response_bytes: a longer answer is refused, and not read to its end
        :param log_bodies: shows payloads to hooks and, at level ``DEBUG``, to the logger
        :raises ConfigurationError: something of it cannot be
        """
        secret = hide(api_key)
        del api_key
        try:
            self._core = make_core(
                self._ABOUT,
                base_url=base_url,
                api_key=secret,
                timeout=timeout,
                max_retries=max_retries,
                retry_on=retry_on,
                attempt_timeout=attempt_timeout,
                idempotency=idempotency,
                headers=headers,
                max_response_bytes=max_response_bytes,
                log_bodies=log_bodies,
                validate=validate,
                hooks=hooks,
                default=default,
            )
        except ConfigurationError as error:
            # A traceback with variables must not show what may hold a password.
            del base_url, headers, secret
            error.__context__ = None
            raise error.with_traceback(None) from None
        check_client(http_client, is_async=True)
        self._is_owner = http_client is None
        self._transport = make_async_transport(http_client)
        self._running = 0
        self._is_closed = False
        follow_environment()

    async def _enqueue(self, message_type: str, payload: object, options: SendOptions) -> JobResponse:
        """Enqueues one message; what the generated methods are made of."""
        return await self._run(enqueue(self._core, message_type, payload, options))

    async def get_job_status(self, job_id: str, **options: Unpack[CallOptions]) -> JobStatus:
        """
        Asks how a job is doing.

        :raises JobNotFoundError: there is no such job, or it was removed when it had finished
        """
        return await self._run(fetch_status(self._core, job_id, options))

    async def wait_for_job(self, job: JobResponse | JobStatus | str, **options: Unpack[WaitOptions]) -> JobStatus:
        """
        Waits until a job has completed, and returns its status with the result in ``returnvalue``.

        A backend that is down or busy is borne until the time is over.

        :param job: what ``send_to_queue`` returned, or a job's id
        :raises JobFailedError: the job has failed, its retries included
        :raises JobNotFoundError: there is no such job, or it was removed when it had finished
        :raises WaitTimeoutError: the job had not finished in time
        """
        return await self._run(wait_for_job(self._core, job, options))

    async def send_batch(self, items: Items, **options: Unpack[BatchOptions]) -> list[BatchResult]:
        """
        Enqueues many messages, some at a time, and returns what became of each, in their order.

        A failed item fails alone. A backend that refuses the API key stops the batch, one that asks to wait pauses it.

        :param items: an iterable, async or not, of dicts with ``type``, ``payload`` and perhaps ``options``, or of
            tuples of these
        :raises BatchError: the items could not be read to their end
        """
        check_items(items, is_async=True)
        return await collect_async(items, check_batch(options), self._send_one)

    def send_many(self, items: Items, **options: Unpack[BatchOptions]) -> AsyncGenerator[BatchResult]:
        """
        Does what :meth:`send_batch` does as a stream, in the order of the items, for any number of them.

        What is left early, by ``break`` or ``aclose()``, sends nothing further.
        """
        check_items(items, is_async=True)
        return stream_async(items, check_batch(options), self._send_one, is_ordered=True)

    async def _send_one(self, message_type: str, payload: object, options: SendOptions, pause: Pause) -> JobResponse:
        return await self._run(enqueue(self._core, message_type, payload, options, pause=pause))

    async def aclose(self) -> None:
        """Refuses new calls, lets running ones finish, then closes the connections. Twice is fine."""
        was_closed, self._is_closed = self._is_closed, True
        if not was_closed and self._running == 0:
            await self._transport.aclose()

    async def close(self) -> None:
        """Does what :meth:`aclose` does."""
        await self.aclose()

    async def _run(self, steps: Steps[T]) -> T:
        if self._is_closed:
            raise closed_error()
        self._running += 1
        try:
            return await drive_async(steps, self._transport)
        finally:
            self._running -= 1
            if self._is_closed and self._running == 0:
                await self._transport.aclose()

    async def __aenter__(self) -> Self:
        if self._is_closed:
            raise closed_error()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        core: Core | None = self.__dict__.get("_core")
        return f"<{type(self).__name__} {core.settings.base.url if core else 'that could not be made'}>"

    def __del__(self, _warn: Callable[..., None] = warnings.warn) -> None:
        if not self._is_closed and self._is_owner:
            _warn(f"unclosed client {self!r}", ResourceWarning, stacklevel=2, source=self)
            self._transport.abandon()
