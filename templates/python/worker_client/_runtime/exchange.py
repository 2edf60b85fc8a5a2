"""Between our words and those of the HTTP library: a request into it, headers and failures out of it."""

import zlib
from collections.abc import Iterable, Mapping
from typing import Final

import httpcore2

from .body import BodyReader
from .json_values import member
from .network import as_timeout
from .wire import Address, Attempt, Fault, WireError

FAILURES: Final = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
    zlib.error,
)
"""What an exchange may raise."""


def origin_of(address: Address) -> httpcore2.Origin:
    """Where a connection leads to."""
    port = address.port or (443 if address.scheme == "https" else 80)
    return httpcore2.Origin(address.scheme.encode(), address.host.encode(), port)


def to_core_request(attempt: Attempt) -> httpcore2.Request:
    """The request as the connection wants it."""
    address, limit = attempt.address, as_timeout(attempt)
    return httpcore2.Request(
        attempt.method,
        httpcore2.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        ),
        headers=[(name.encode(), value.encode()) for name, value in attempt.headers.items()],
        content=attempt.body,
        extensions={"timeout": {"read": limit, "write": limit}},
    )


def collect_headers(headers: Iterable[tuple[bytes, bytes]]) -> Mapping[str, str]:
    """Headers of an answer by lower-case name; repeated ones are joined."""
    collected: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        collected[name] = f"{collected[name]}, {value}" if name in collected else value
    return collected


def reader_of(response: httpcore2.Response, attempt: Attempt) -> BodyReader:
    """Begins to read a body, when the head of the answer is there."""
    attempt.phase = "body"
    reason = member(vars(response).get("extensions"), "reason_phrase")
    return BodyReader(
        response.status,
        reason.decode("latin-1") if isinstance(reason, bytes) else "",
        collect_headers(response.headers),
        max_bytes=attempt.max_bytes,
    )


def wire_error_of(error: Exception, attempt: Attempt) -> WireError:
    """What a failure of the HTTP library means for the request."""
    return WireError(_fault_of(error, attempt), _text_of(error, attempt), phase=attempt.phase, cause=error)


def _fault_of(error: Exception, attempt: Attempt) -> Fault:
    if isinstance(error, httpcore2.TimeoutException):
        return "timeout"
    if isinstance(error, httpcore2.LocalProtocolError):
        return "refused-by-us"
    if attempt.phase == "connect":
        return "not-sent"
    if not attempt.is_closed or not attempt.is_http or isinstance(error, zlib.error):
        return "malformed"
    return "stale" if attempt.is_reused and attempt.received == 0 else "lost"


def _text_of(error: Exception, attempt: Attempt) -> str:
    """The system's words for it, where there are some. The library's own can hold parts of the request."""
    where, cause = attempt.address.authority, error.args[0] if error.args else None
    if isinstance(cause, OSError) and cause.strerror:
        return f"{where}: {cause.strerror}"
    if attempt.is_closed:
        return f"{where}: closed by the other side"
    return f"{where}: {type(error).__name__}"
