"""What a transport takes and gives: one HTTP request in, one whole answer or one failure out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal, Protocol
from urllib.parse import urlsplit

from .errors import Phase
from .secrets import Headers

MAX_ANSWER_BYTES = 16 * 1024 * 1024
"""A success answer may be so long, decoded, when the caller says nothing."""
MAX_ERROR_BYTES = 64 * 1024
"""An error answer is read up to here and the rest is dropped with the connection."""
ERROR_BODY_SECONDS = 2.0
"""The body of an error answer may take this long; then the error goes without the rest of it."""


@dataclass(frozen=True, slots=True)
class Address:
    """An absolute URL in the parts that go on the wire."""

    scheme: Literal["http", "https"]
    host: str
    """ASCII, without the brackets of an IPv6 address."""
    port: int | None
    """``None`` for the scheme's own."""
    target: str
    """Path and query, percent-encoded."""

    @property
    def authority(self) -> str:
        """Value of the ``Host`` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port is None else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL as it goes to the wire."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def shown(self) -> str:
        """The URL as errors and hooks show it: without its query."""
        return urlsplit(self.url)._replace(query="").geturl()


@dataclass(slots=True, repr=False)
class Attempt:
    """One request on its way: how long it may take, and what has become of it so far. Transports keep it up to date."""

    method: str
    address: Address
    headers: Headers
    body: bytes | None
    max_bytes: int
    """A success answer that is longer, decoded, is refused."""
    ends_at: float
    """Moment of :func:`time.monotonic` when this attempt has failed."""
    needs_new_connection: bool = False
    phase: Phase = "connect"
    is_reused: bool = True
    """The request went over a connection that was there already."""
    received: int = 0
    """Bytes of the answer, as they came."""
    is_http: bool = True
    """The answer begins as one of HTTP."""
    is_closed: bool = False
    """The other side has closed or reset the connection."""

    def take(self, data: bytes) -> None:
        """Notes bytes of the answer; none are the end of the connection."""
        if self.received == 0:
            self.is_http = data[:5] == b"HTTP/"[: len(data)]
        self.received += len(data)
        self.is_closed = not data

    @property
    def remaining(self) -> float:
        """Seconds that are left, 0 or less when there are none."""
        return self.ends_at - monotonic()


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """A whole answer, or as much of it as is wanted."""

    status: int
    reason: str
    headers: Mapping[str, str]
    """By lower-case name; values of a repeated header are joined by a comma."""
    body: bytes = field(default=b"")
    """Decoded. Of an error answer only the beginning."""
    is_too_large: bool = False
    """The body of a success answer was longer than the client allows; it is left out."""


Fault = Literal["not-sent", "stale", "lost", "malformed", "timeout", "refused-by-us"]
"""
What went wrong on the wire, as far as a repetition is concerned: the request did not go out; a kept connection was
closed before the first byte of an answer; the answer broke off; it was no HTTP; it took too long; the request itself
is not allowed by the HTTP library.
"""


class WireError(Exception):
    """An attempt that brought no whole answer. Never leaves this package."""

    def __init__(self, fault: Fault, message: str, *, phase: Phase, cause: BaseException | None = None) -> None:
        super().__init__(message)
        self.fault: Fault = fault
        self.phase: Phase = phase
        self.cause = cause
        self.errno = errno_of(cause)


def errno_of(error: BaseException | None) -> int | None:
    """The operating system's number in an error, or in the one that it was made from."""
    for _ in range(5):
        if error is None:
            return None
        if isinstance(error, OSError) and error.errno is not None:
            return error.errno
        inner = error.args[0] if error.args else None
        error = inner if isinstance(inner, BaseException) else error.__cause__
    return None


class Transport(Protocol):
    """Sends requests of any number of threads."""

    def exchange(self, attempt: Attempt) -> Reply:
        """Sends one request and reads its answer; raises :class:`WireError` by ``attempt.ends_at`` at the latest."""
        ...

    def close(self) -> None:
        """Closes the connections that this transport has opened."""
        ...


class AsyncTransport(Protocol):
    """Sends requests of any number of tasks."""

    async def exchange(self, attempt: Attempt) -> Reply:
        """Sends one request and reads its answer; raises :class:`WireError` by ``attempt.ends_at`` at the latest."""
        ...

    async def aclose(self) -> None:
        """Closes the connections that this transport has opened."""
        ...

    def abandon(self) -> None:
        """Closes them where nothing can be awaited any more."""
        ...
