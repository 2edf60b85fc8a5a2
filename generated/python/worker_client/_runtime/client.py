"""
The blocking client, without message names.

The generated ``WorkerClient`` derives from it::

    class WorkerClient(BaseClient):
        _ABOUT = About(package="mesh-sync-worker-backend-client", idempotency="auto")

        def send_to_queue(self, message_type: str, payload: object, **options: Unpack[SendOptions]) -> JobResponse:
            return self._enqueue(message_type, payload, options)

``send_to_queue`` is left to the generated class, so that its overloads, one a message type, are all that a type
checker sees of it.
"""

import warnings
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar, Unpack

from .batch import AnyBatchItem, BatchOptions, BatchResult, check_batch, check_items
from .call import Pause
from .calls import enqueue, fetch_status
from .config import ApiKey, Idempotency, hide
from .core import About, Core, make_core
from .errors import ConfigurationError
from .hooks import Hook, HookName, Hooks
from .lifetime import Lifetime, closed_error
from .log import follow_environment
from .options import CallOptions, SendOptions
from .payload import Default
from .responses import JobResponse, JobStatus
from .retry import RETRY_ON
from .steps import Steps
from .sync_batch import collect, stream
from .sync_driver import drive
from .transports import check_client, make_transport
from .validate import Validate
from .waiting import WaitOptions, wait_for_job
from .wire import MAX_ANSWER_BYTES

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")


class BaseClient:
    """What every ``WorkerClient`` can do. Safe for any number of threads, and in the children of a fork."""

    _ABOUT: ClassVar[About] = About(package="worker-client")

    def __init__(
        self,
        base_url: str | None = None,
        api_key: ApiKey | None = None,
        timeout: float | None = None,
        *,
        max_retries: int = 2,
        retry_on: Collection[int] = RETRY_ON,
        attempt_timeout: float | None = None,
        idempotency: Idempotency | None = None,
        headers: Mapping[str, str | None] | None = None,
        validate: Validate | None = None,
        http_client: "httpx2.Client | None" = None,
        hooks: Hooks | Mapping[HookName, Hook] | None = None,
        default: Default | None = None,
        max_response_bytes: int = MAX_ANSWER_BYTES,
        log_bodies: bool = False,
    ) -> None:
        """
        Checks everything and opens nothing; connections are made by the first call.

        :param base_url: address of the backend; else ``WORKER_BACKEND_URL``
        :param api_key: sent as a bearer token, or a function that is asked for it before each request; else
            ``WORKER_BACKEND_API_KEY``
        :param timeout: seconds that a whole call may take; else ``WORKER_BACKEND_TIMEOUT``, else 30
        :param max_retries: how often a call is repeated at the most, where that is safe
        :param retry_on: statuses of answers after which a call may be repeated; else 408, 425, 429, 500, 502, 503, 504
        :param attempt_timeout: seconds that one try may take
        :param idempotency: what an ``Idempotency-Key`` is worth to the backend
        :param headers: further headers of every request; ``None`` as a value takes a default header out
        :param validate: ``True`` checks payloads by the schemas of the package, a function checks them its own way
        :param http_client: a client of your own, for proxies, certificates or tests; it is never closed
        :param hooks: functions that watch requests
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
        check_client(http_client, is_async=False)
        self._is_owner = http_client is None
        self._lifetime = Lifetime(lambda: make_transport(http_client))
        follow_environment()

    def _enqueue(self, message_type: str, payload: object, options: SendOptions) -> JobResponse:
        """Enqueues one message; what the generated methods are made of."""
        return self._run(enqueue(self._core, message_type, payload, options))

    def get_job_status(self, job_id: str, **options: Unpack[CallOptions]) -> JobStatus:
        """
        Asks how a job is doing.

        :raises JobNotFoundError: there is no such job, or it was removed when it had finished
        """
        return self._run(fetch_status(self._core, job_id, options))

    def wait_for_job(self, job: JobResponse | JobStatus | str, **options: Unpack[WaitOptions]) -> JobStatus:
        """
        Waits until a job has completed, and returns its status with the result in ``returnvalue``.

        A backend that is down or busy is borne until the time is over.

        :param job: what ``send_to_queue`` returned, or a job's id
        :raises JobFailedError: the job has failed, its retries included
        :raises JobNotFoundError: there is no such job, or it was removed when it had finished
        :raises WaitTimeoutError: the job had not finished in time
        """
        return self._run(wait_for_job(self._core, job, options))

    def send_batch(self, items: Iterable[AnyBatchItem], **options: Unpack[BatchOptions]) -> list[BatchResult]:
        """
        Enqueues many messages, some at a time, and returns what became of each, in their order.

        A failed item fails alone. A backend that refuses the API key stops the batch, one that asks to wait pauses it.

        :param items: dicts with ``type``, ``payload`` and perhaps ``options``, or tuples of these
        :raises BatchError: the items could not be read to their end
        """
        check_items(items, is_async=False)
        return collect(items, check_batch(options), self._send_one)

    def send_many(self, items: Iterable[AnyBatchItem], **options: Unpack[BatchOptions]) -> Generator[BatchResult]:
        """
        Does what :meth:`send_batch` does as a stream, in the order of the items, for any number of them.

        What is left early, by ``break`` or ``close()``, sends nothing further.
        """
        check_items(items, is_async=False)
        return stream(items, check_batch(options), self._send_one, is_ordered=True)

    def _send_one(self, message_type: str, payload: object, options: SendOptions, pause: Pause) -> JobResponse:
        return self._run(enqueue(self._core, message_type, payload, options, pause=pause))

    def close(self) -> None:
        """Refuses new calls, lets running ones finish, then closes the connections. Twice is fine."""
        self._lifetime.close()

    def _run(self, steps: Steps[T]) -> T:
        transport = self._lifetime.enter()
        try:
            return drive(steps, transport)
        finally:
            self._lifetime.leave()

    def __enter__(self) -> Self:
        if self._lifetime.is_closed:
            raise closed_error()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        core: Core | None = self.__dict__.get("_core")
        return f"<{type(self).__name__} {core.settings.base.url if core else 'that could not be made'}>"

    def __del__(self, _warn: Callable[..., None] = warnings.warn) -> None:
        lifetime: Lifetime | None = self.__dict__.get("_lifetime")
        if lifetime is not None and self._is_owner and not lifetime.is_closed:
            _warn(f"unclosed client {self!r}", ResourceWarning, stacklevel=2, source=self)
            lifetime.close()
