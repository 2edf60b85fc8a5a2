"""
The transport of :class:`.async_client.AsyncBaseClient`: the connection pool of httpx2 on bare asyncio streams.

See :mod:`.pool` for why the pool is driven directly.
"""

import asyncio
import os
from contextlib import suppress

import httpcore2
import httpx2

from .async_network import LoopBackend
from .body import BodyReader
from .exchange import FAILURES, reader_of, to_core_request, wire_error_of
from .limits import shorten, timeout_or
from .pool import IDLE_SECONDS, MAX_CONNECTIONS
from .wire import Address, Attempt, Reply


class AsyncPoolTransport:
    """Sends requests of any number of tasks. Another event loop, or another process, begins with no connections."""

    def __init__(self, base: Address) -> None:
        self._is_secure = base.scheme == "https"
        self._loop: asyncio.AbstractEventLoop | None = None

    def _open(self, loop: asyncio.AbstractEventLoop) -> None:
        self._process = os.getpid()
        self._loop = loop
        self._backend = LoopBackend()
        context = httpx2.create_ssl_context() if self._is_secure else None
        self._kept = httpcore2.AsyncConnectionPool(
            ssl_context=context,
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=MAX_CONNECTIONS,
            keepalive_expiry=IDLE_SECONDS,
            network_backend=self._backend,
        )
        # A request whose kept connection was closed under it must not meet another one of that sort.
        self._fresh = httpcore2.AsyncConnectionPool(
            ssl_context=context,
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=0,
            network_backend=self._backend,
        )

    async def exchange(self, attempt: Attempt) -> Reply:
        """Sends one request and reads its answer; raises :class:`.wire.WireError` by the end of its time."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop or self._process != os.getpid():
            self._open(loop)
        pool = self._fresh if attempt.needs_new_connection else self._kept
        reader: BodyReader | None = None
        try:
            async with asyncio.timeout(attempt.remaining) as limit:
                response = await pool.handle_async_request(to_core_request(attempt, None))
                try:
                    reader = reader_of(response, attempt)
                    shorten(limit, reader)
                    await _read(response, reader)
                    return reader.reply()
                finally:
                    await response.aclose()
        except (TimeoutError, *FAILURES) as error:
            # An error stands, also without the rest of its text.
            if reader is not None and not reader.is_success:
                return reader.reply()
            raise timeout_or(wire_error_of, error, attempt) from None

    async def aclose(self) -> None:
        """Closes all connections."""
        if self._loop is asyncio.get_running_loop() and self._process == os.getpid():
            await self._kept.aclose()
            await self._fresh.aclose()

    def abandon(self) -> None:
        """Closes them where nothing can be awaited any more; an event loop that is over has none."""
        if self._loop is not None and self._process == os.getpid():
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._backend.abort_all)


async def _read(response: httpcore2.Response, reader: BodyReader) -> None:
    async for chunk in response.aiter_stream():
        if not reader.feed(chunk):
            return
