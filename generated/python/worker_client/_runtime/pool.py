"""
The transport of :class:`.client.BaseClient`.

It speaks by the HTTP/1.1 connections of httpx2's own engine, ``httpcore2``, which httpx2 pins and installs.
``httpx2.Client`` itself can keep no deadline, since it takes no sockets of ours; and its pool looks at every
connection for every request, which costs more than the request when there are many.
"""

import os
from threading import Semaphore
from time import monotonic
from typing import TYPE_CHECKING, Final

import httpcore2
import httpx2

from .exchange import FAILURES, origin_of, reader_of, to_core_request, wire_error_of
from .kept import Kept, KeptConnections
from .network import open_stream
from .wire import ERROR_BODY_SECONDS, Attempt, Reply, WireError

if TYPE_CHECKING:
    import ssl

MAX_CONNECTIONS: Final = 64
"""Further requests wait for one of them."""


class PoolTransport:
    """Sends requests of any number of threads, and of a process's children."""

    def __init__(self) -> None:
        self._context: ssl.SSLContext | None = None
        self._kept: KeptConnections[httpcore2.HTTP11Connection] = KeptConnections()
        self._start()

    def _start(self) -> None:
        self._process = os.getpid()
        self._places = Semaphore(MAX_CONNECTIONS)

    def exchange(self, attempt: Attempt) -> Reply:
        """Sends one request and reads its answer; raises :class:`.wire.WireError` by the end of its time."""
        if self._process != os.getpid():
            # A child of a fork: the connections are the parent's. Closing them here tells the other side nothing.
            self._kept.drop_all()
            self._start()
        places = self._places
        if not places.acquire(timeout=max(0.0, attempt.remaining)):
            raise WireError("timeout", "all connections are in use", phase="connect")
        try:
            return self._exchange(attempt)
        except FAILURES as error:
            raise wire_error_of(error, attempt) from None
        finally:
            places.release()

    def _exchange(self, attempt: Attempt) -> Reply:
        kept = self._find(attempt)
        is_kept = False
        try:
            response = kept.connection.handle_request(to_core_request(attempt))
            try:
                reply = _read(response, attempt)
            finally:
                response.close()
            is_kept = kept.connection.is_idle()
        finally:
            if is_kept:
                self._kept.keep(attempt.address, kept)
            else:
                kept.stream.drop()
        return reply

    def _find(self, attempt: Attempt) -> Kept[httpcore2.HTTP11Connection]:
        """A connection that is there, or a new one."""
        found = None if attempt.needs_new_connection else self._kept.take(attempt.address)
        attempt.is_reused = found is not None
        if found is not None:
            return found
        context = None
        if attempt.address.scheme == "https":
            self._context = context = self._context or httpx2.create_ssl_context()
        stream = open_stream(attempt, context)
        return Kept(httpcore2.HTTP11Connection(origin_of(attempt.address), stream), stream)

    def close(self) -> None:
        """Closes all connections."""
        self._kept.drop_all()


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
