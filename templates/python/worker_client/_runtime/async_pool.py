"""The transport of :class:`.async_client.AsyncBaseClient`; see :mod:`.pool` for what it is made of."""

import asyncio
import os
from contextlib import suppress
from typing import TYPE_CHECKING

import anyio
import httpcore2
import httpx2

from .async_network import open_loop_stream
from .body import BodyReader
from .exchange import FAILURES, origin_of, reader_of, to_core_request, wire_error_of
from .kept import Kept, KeptConnections
from .limits import shorten, timeout_or
from .pool import MAX_CONNECTIONS
from .wire import Attempt, Reply

if TYPE_CHECKING:
    import ssl


class AsyncPoolTransport:
    """Sends requests of any number of tasks. Another event loop, or another process, begins with no connections."""

    def __init__(self) -> None:
        self._context: ssl.SSLContext | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def _start(self, loop: asyncio.AbstractEventLoop) -> None:
        # Loads what the HTTP library would load only when a connection waits for its first request.
        anyio.Event()
        self._process = os.getpid()
        self._loop = loop
        self._places = asyncio.Semaphore(MAX_CONNECTIONS)
        self._kept: KeptConnections[httpcore2.AsyncHTTP11Connection] = KeptConnections()

    async def exchange(self, attempt: Attempt) -> Reply:
        """Sends one request and reads its answer; raises :class:`.wire.WireError` by the end of its time."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop or self._process != os.getpid():
            self._start(loop)
        readers: list[BodyReader] = []
        try:
            async with asyncio.timeout(attempt.remaining) as limit, self._places:
                return await self._exchange(attempt, limit, readers)
        except (TimeoutError, *FAILURES) as error:
            # An error stands, also without the rest of its text.
            for reader in readers:
                if not reader.is_success:
                    return reader.reply()
            raise timeout_or(wire_error_of, error, attempt) from None

    async def _exchange(self, attempt: Attempt, limit: asyncio.Timeout, readers: list[BodyReader]) -> Reply:
        kept = await self._find(attempt)
        is_kept = False
        try:
            response = await kept.connection.handle_async_request(to_core_request(attempt))
            try:
                reader = reader_of(response, attempt)
                readers.append(reader)
                shorten(limit, reader)
                async for chunk in response.aiter_stream():
                    if not reader.feed(chunk):
                        break
            finally:
                await response.aclose()
            is_kept = kept.connection.is_idle()
        finally:
            if is_kept:
                self._kept.keep(attempt.address, kept)
            else:
                kept.stream.drop()
        return reader.reply()

    async def _find(self, attempt: Attempt) -> Kept[httpcore2.AsyncHTTP11Connection]:
        """A connection that is there, or a new one."""
        found = None if attempt.needs_new_connection else self._kept.take(attempt.address)
        attempt.is_reused = found is not None
        if found is not None:
            return found
        context = None
        if attempt.address.scheme == "https":
            self._context = context = self._context or httpx2.create_ssl_context()
        stream = await open_loop_stream(attempt, context)
        return Kept(httpcore2.AsyncHTTP11Connection(origin_of(attempt.address), stream), stream)

    async def aclose(self) -> None:
        """Closes all connections."""
        if self._loop is asyncio.get_running_loop() and self._process == os.getpid():
            self._kept.drop_all()
            # Sockets are closed by the loop's next turn.
            await asyncio.sleep(0)

    def abandon(self) -> None:
        """Closes them where nothing can be awaited any more; an event loop that is over has none."""
        if self._loop is not None and self._process == os.getpid():
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._kept.drop_all)
