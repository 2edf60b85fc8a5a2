"""
The transport over a caller's own ``httpx2.Client``: for proxies, client certificates, mock transports.

Such a client knows nothing of deadlines. What it tells of its work, by the ``trace`` extension, shows how far a
request has come, and hands over each connection that it opens, so that its reads can be bounded.
"""

import socket
import zlib
from collections.abc import Callable
from threading import local
from time import monotonic
from typing import Any, Final

import httpcore2
import httpx2

from .body import BodyReader
from .wire import ERROR_BODY_SECONDS, Attempt, Fault, Reply, WireError

_CONNECTED: Final = ("connect_tcp.complete", "start_tls.complete")
_NOT_SENT: Final = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    ConnectionRefusedError,
    socket.gaierror,
)
_OURS: Final = ("Accept", "Accept-Encoding", "User-Agent")
FAILURES: Final = (httpx2.RequestError, httpx2.InvalidURL, zlib.error, OSError)
"""What an exchange may raise."""
_CLOSED: Final = ("Server disconnected", "peer closed connection")


class _Current(local):
    """The attempt that a thread is at."""

    attempt: Attempt | None = None


class ClientTransport:
    """Sends by a client that is not ours to close."""

    def __init__(self, client: httpx2.Client) -> None:
        self._client = client
        self._current = _Current()

    def exchange(self, attempt: Attempt) -> Reply:
        """Sends one request and reads its answer; raises :class:`.wire.WireError` by the end of its time."""
        self._current.attempt = attempt
        follower = Follower(attempt)

        def trace(event: str, info: dict[str, Any]) -> None:
            follower.see(event)
            if event.endswith(_CONNECTED):
                _bound(info["return_value"], self._current)

        try:
            response = self._client.send(request_of(self._client, attempt, trace), stream=True, follow_redirects=False)
            try:
                return _read(response, attempt)
            finally:
                response.close()
        except FAILURES as error:
            raise wire_error_of(error, attempt) from None
        finally:
            self._current.attempt = None

    def close(self) -> None:
        """Leaves the client to its owner."""


def request_of(
    client: "httpx2.Client | httpx2.AsyncClient", attempt: Attempt, trace: Callable[[str, dict[str, Any]], object]
) -> httpx2.Request:
    """The request as the client makes it, with headers and cookies of its own."""
    request = client.build_request(
        attempt.method,
        attempt.address.url,
        headers=attempt.headers,
        content=attempt.body,
        timeout=max(attempt.remaining, 0.001),
        extensions={"trace": trace},
    )
    for name in _OURS:
        # What the caller took out is not to come back as the client's own.
        if attempt.headers.find(name) is None:
            request.headers.pop(name, None)
    return request


class Follower:
    """Keeps an attempt up to date with what the client tells of it."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._has_connected = False
        attempt.is_reused = False

    def see(self, event: str) -> None:
        """Takes one event of the ``trace`` extension."""
        step = event.partition(".")[2]
        if step == "connect_tcp.started":
            self._has_connected = True
        elif step == "send_request_headers.started":
            self._attempt.phase = "send"
            self._attempt.is_reused = not self._has_connected
        elif step == "receive_response_headers.started":
            self._attempt.phase = "headers"


def wire_error_of(error: Exception, attempt: Attempt) -> WireError:
    """What a failure of the client means for the request."""
    if attempt.phase == "connect" and not isinstance(error, _NOT_SENT):
        # A transport that tells nothing, as that of a test: the request may well have been sent.
        attempt.phase = "headers"
    text = f"{attempt.address.authority}: {type(error).__name__}"
    return WireError(_fault_of(error, attempt), text, phase=attempt.phase, cause=error)


def _fault_of(error: Exception, attempt: Attempt) -> Fault:
    match error:
        case httpx2.TimeoutException() | TimeoutError():
            return "timeout"
        case httpx2.LocalProtocolError() | httpx2.UnsupportedProtocol() | httpx2.InvalidURL():
            return "refused-by-us"
        case zlib.error():
            return "malformed"
        case httpx2.RemoteProtocolError() if not str(error).startswith(_CLOSED):
            return "malformed"
        case _ if attempt.phase == "connect":
            return "not-sent"
        case _:
            return "stale" if attempt.is_reused and attempt.phase in ("send", "headers") else "lost"


def _read(response: httpx2.Response, attempt: Attempt) -> Reply:
    reader = reader_of(response, attempt)
    if not reader.is_success:
        attempt.ends_at = min(attempt.ends_at, monotonic() + ERROR_BODY_SECONDS)
    try:
        for chunk in [response.content] if response.is_stream_consumed else response.iter_raw():
            if not reader.feed(chunk):
                break
            if attempt.remaining <= 0:
                raise httpx2.ReadTimeout("the time is over")
    except FAILURES:
        # An error stands, also without the rest of its text.
        if reader.is_success:
            raise
    return reader.reply()


def reader_of(response: httpx2.Response, attempt: Attempt) -> BodyReader:
    """Begins to read a body; one that a mock transport has made is there already, decoded."""
    attempt.phase = "body"
    return BodyReader(
        response.status_code,
        response.reason_phrase,
        {name.lower(): value for name, value in response.headers.items()},
        max_bytes=attempt.max_bytes,
        is_decoded=response.is_stream_consumed,
    )


def _bound(stream: object, current: _Current) -> None:
    """Gives each read of a connection no more than what is left of the time of the attempt that reads."""
    if not isinstance(stream, httpcore2.NetworkStream) or "read" in vars(stream):
        return
    read = stream.read

    def read_in_time(max_bytes: int, timeout: float | None = None) -> bytes:
        attempt = current.attempt
        if attempt is None:
            return read(max_bytes, timeout)
        if attempt.remaining <= 0:
            raise httpcore2.ReadTimeout("the time is over")
        return read(max_bytes, min(attempt.remaining, attempt.remaining if timeout is None else timeout))

    vars(stream)["read"] = read_in_time
