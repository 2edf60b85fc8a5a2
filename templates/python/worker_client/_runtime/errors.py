"""
Every error that the client raises: one tree under :class:`WorkerClientError`, told apart by class or ``code``.

No error holds the API key or a payload, and none keeps frames that do. All of them pickle with their fields.
"""

import builtins
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

if TYPE_CHECKING:
    from .batch import BatchResult
    from .responses import JobStatus

Phase = Literal["connect", "send", "headers", "body", "retry-wait"]
"""How far a request had come."""


class WorkerClientError(Exception):
    """Base of all errors of this package."""

    code: str = "WORKER_CLIENT"
    """Stable name of what went wrong."""
    attempts: int = 0
    """Requests that were tried, the first one included; 0 when nothing was sent."""
    elapsed_ms: int = 0
    """Milliseconds from the call to the error."""
    method: str | None = None
    """HTTP method of the call, when there was one."""
    url: str | None = None
    """Address of the call, without query and credentials."""
    maybe_enqueued: bool = False
    """The backend may have the job although the call failed: sending it again can enqueue it twice."""

    _PUBLIC: ClassVar[tuple[str, ...]] = ("attempts", "elapsed_ms", "method", "url", "maybe_enqueued")

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code

    def to_dict(self) -> dict[str, object]:
        """The facts that may go into a log: no headers, no body, no payload, no secret."""
        facts = {name: getattr(self, name) for cls in reversed(type(self).__mro__) for name in _public_of(cls)}
        return {"name": type(self).__name__, "code": self.code, "message": str(self), **facts}

    def __reduce__(self) -> tuple[object, ...]:
        state = dict(self.__dict__)
        if isinstance(self, OSError):
            state["errno"] = self.errno  # kept by the built-in, not in __dict__
        return _restore, (type(self), str(self), state)


def _public_of(cls: type) -> tuple[str, ...]:
    names: tuple[str, ...] = cls.__dict__.get("_PUBLIC", ())
    return names


def _restore(cls: type[WorkerClientError], message: str, state: Mapping[str, object]) -> WorkerClientError:
    error = cls.__new__(cls, message)
    WorkerClientError.__init__(error, message)
    for name, value in state.items():
        setattr(error, name, value)
    return error


class ConfigurationError(WorkerClientError):
    """The client or a call is set up wrongly; nothing was sent."""

    code = "CONFIGURATION"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that a schema does not allow. It never holds the payload's value."""

    path: str
    """JSON Pointer into the payload, ``''`` for all of it."""
    keyword: str
    """The keyword of the schema that refused: ``required``, ``type``."""
    message: str
    """What the schema asks for."""


class PayloadValidationError(WorkerClientError):
    """``validate`` refused the payload; nothing was sent."""

    code = "PAYLOAD_INVALID"
    _PUBLIC: ClassVar[tuple[str, ...]] = ("message_type",)

    def __init__(self, message: str, *, message_type: str, issues: Sequence[Issue] = ()) -> None:
        super().__init__(message)
        self.message_type = message_type
        self.issues = tuple(issues)


class TransportError(WorkerClientError):
    """No usable HTTP answer came."""

    code = "TRANSPORT"
    errno: int | None
    """Number of the operating system's error, when there was one."""
    _PUBLIC: ClassVar[tuple[str, ...]] = ("phase", "errno")

    def __init__(self, message: str, *, phase: Phase, errno: int | None = None, code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.phase: Phase = phase
        self.errno = errno


class ConnectionError(TransportError, builtins.ConnectionError):
    """The connection could not be made, or it broke. Also the built-in ``ConnectionError``."""


class TimeoutError(TransportError, builtins.TimeoutError):
    """The call took longer than its ``timeout``. Also the built-in ``TimeoutError``."""

    code = "TIMEOUT"
    _PUBLIC: ClassVar[tuple[str, ...]] = ("timeout_ms",)

    def __init__(self, message: str, *, phase: Phase, timeout_ms: int) -> None:
        super().__init__(message, phase=phase)
        self.timeout_ms = timeout_ms


class HttpError(WorkerClientError):
    """The backend, or something in front of it, answered with an error status."""

    code = "HTTP"
    _PUBLIC: ClassVar[tuple[str, ...]] = ("status", "request_id", "retry_after")

    def __init__(
        self,
        message: str,
        *,
        status: int,
        headers: Mapping[str, str],
        body: object = None,
        request_id: str | None = None,
        problem: Mapping[str, object] | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers)
        """Headers of the answer by lower-case name."""
        self.body = body
        """The answer's JSON, else the beginning of its text."""
        self.request_id = request_id
        self.problem = problem
        """The answer, when it is a problem document (RFC 9457)."""
        self.retry_after = retry_after
        """Seconds that the answer asks to wait."""


class BadRequestError(HttpError):
    """400."""

    code = "BAD_REQUEST"


class AuthenticationError(HttpError):
    """401: the API key is missing or wrong."""

    code = "AUTHENTICATION"


class PermissionDeniedError(HttpError):
    """403."""

    code = "PERMISSION_DENIED"


class NotFoundError(HttpError):
    """404."""

    code = "NOT_FOUND"


class JobNotFoundError(NotFoundError):
    """404 for a job: it never was, or it was removed when it had finished."""

    code = "JOB_NOT_FOUND"


class ConflictError(HttpError):
    """409."""

    code = "CONFLICT"


class PayloadTooLargeError(HttpError):
    """413."""

    code = "PAYLOAD_TOO_LARGE"


class UnprocessableEntityError(HttpError):
    """422: the payload is not what the message's schema says."""

    code = "UNPROCESSABLE_ENTITY"


class RateLimitError(HttpError):
    """429."""

    code = "RATE_LIMIT"


class ServerError(HttpError):
    """500 and above."""

    code = "SERVER"


class RedirectError(HttpError):
    """A redirect that is not followed: to another host, or one that would change the request."""

    code = "REDIRECT"
    location: str | None = None
    """Where the answer led to."""
    _PUBLIC: ClassVar[tuple[str, ...]] = ("location",)


class ResponseError(WorkerClientError):
    """A success status with an answer that is not the backend's."""

    code = "RESPONSE"
    _PUBLIC: ClassVar[tuple[str, ...]] = ("status", "content_type")

    def __init__(self, message: str, *, status: int, content_type: str | None, snippet: str) -> None:
        super().__init__(message)
        self.status = status
        self.content_type = content_type
        self.snippet = snippet
        """The beginning of the answer."""


class JobRejectedError(ResponseError):
    """The backend answered ``success: false``."""

    code = "JOB_REJECTED"


class JobFailedError(WorkerClientError):
    """The job that was waited for has failed."""

    code = "JOB_FAILED"
    _PUBLIC: ClassVar[tuple[str, ...]] = ("failed_reason",)

    def __init__(self, message: str, *, job: "JobStatus", failed_reason: str | None) -> None:
        super().__init__(message)
        self.job = job
        self.failed_reason = failed_reason


class WaitTimeoutError(WorkerClientError, builtins.TimeoutError):
    """The job that was waited for had not finished in time. Also the built-in ``TimeoutError``."""

    code = "WAIT_TIMEOUT"
    _PUBLIC: ClassVar[tuple[str, ...]] = ("timeout_ms",)

    def __init__(self, message: str, *, timeout_ms: int, last_status: "JobStatus | None") -> None:
        super().__init__(message)
        self.timeout_ms = timeout_ms
        self.last_status = last_status
        """The last answer of the backend, ``None`` when it never gave one."""


class BatchError(WorkerClientError):
    """The items of a batch could not be read to their end."""

    code = "BATCH"

    def __init__(self, message: str, *, results: "Sequence[BatchResult]") -> None:
        super().__init__(message)
        self.results = tuple(results)
        """What became of the items until then."""
