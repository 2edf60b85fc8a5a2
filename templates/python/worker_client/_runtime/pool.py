"""
The transport of :class:`.client.BaseClient`: the connection pool of httpx2, with streams that keep a deadline.

``httpcore2`` is that pool; httpx2 pins and installs it. It is driven directly, because ``httpx2.Client`` takes no
network backend, and a deadline needs one.
"""

import os
from time import monotonic
from typing import Final

import httpcore2
import httpx2

from .exchange import FAILURES, reader_of, to_core_request, wire_error_of
from .network import DeadlineBackend
from .wire import ERROR_BODY_SECONDS, Address, Attempt, Reply

MAX_CONNECTIONS: Final = 64
IDLE_SECONDS: Final = 4.0


class PoolTransport:
    """Sends requests of any number of threads, and of a process's children."""

    def __init__(self, base: Address) -> None:
        self._is_secure = base.scheme == "https"
        self._open()

    def _open(self) -> None:
        self._process = os.getpid()
        self._backend = DeadlineBackend()
        context = httpx2.create_ssl_context() if self._is_secure else None
        self._kept = httpcore2.ConnectionPool(
            ssl_context=context,
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=MAX_CONNECTIONS,
            keepalive_expiry=IDLE_SECONDS,
            network_backend=self._backend,
        )
        # A request whose kept connection was closed under it must not meet another one of that sort.
        self._fresh = httpcore2.ConnectionPool(
            ssl_context=context,
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=0,
            network_backend=self._backend,
        )

    def exchange(self, attempt: Attempt) -> Reply:
        """Sends one request and reads its answer; raises :class:`.wire.WireError` by the end of its time."""
        if self._process != os.getpid():
            self._backend.drop_all()
            self._open()
        pool = self._fresh if attempt.needs_new_connection else self._kept
        try:
            response = pool.handle_request(to_core_request(attempt, attempt.remaining))
            try:
                return _read(response, attempt)
            finally:
                response.close()
        except FAILURES as error:
            raise wire_error_of(error, attempt) from None

    def close(self) -> None:
        """Closes all connections."""
        if self._process == os.getpid():
            self._kept.close()
            self._fresh.close()


def _read(response: httpcore2.Response, attempt: Attempt) -> Reply:
    reader = reader_of(response, attempt)
    if not reader.is_success:
        attempt.ends_at = min(attempt.ends_at, monotonic() + ERROR_BODY_SECONDS)
    try:
        for chunk in response.iter_stream():
            if not reader.feed(chunk):
                break
    except FAILURES:
        # An error stands, also without the rest of its text.
        if reader.is_success:
            raise
    return reader.reply()
