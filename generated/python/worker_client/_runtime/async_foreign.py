"""The transport over a caller's own ``httpx2.AsyncClient``."""

import asyncio
from typing import Any

import httpx2

from .body import BodyReader
from .foreign import FAILURES, Follower, reader_of, request_of, wire_error_of
from .limits import shorten, timeout_or
from .wire import Attempt, Reply


class AsyncClientTransport:
    """Sends by a client that is not ours to close."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client
        self._is_telling = False

    async def exchange(self, attempt: Attempt) -> Reply:
        """Sends one request and reads its answer; raises :class:`.wire.WireError` by the end of its time."""
        follower = Follower(attempt)

        async def trace(event: str, _: dict[str, Any]) -> None:
            self._is_telling = True
            follower.see(event)

        reader: BodyReader | None = None
        try:
            async with asyncio.timeout(attempt.remaining) as limit:
                request = request_of(self._client, attempt, trace)
                response = await self._client.send(request, stream=True, follow_redirects=False)
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
            if attempt.phase == "connect" and isinstance(error, TimeoutError) and not self._is_telling:
                # Nothing is known of how far a mock transport has come.
                attempt.phase = "headers"
            raise timeout_or(wire_error_of, error, attempt) from None

    async def aclose(self) -> None:
        """Leaves the client to its owner."""

    def abandon(self) -> None:
        """Leaves the client to its owner."""


async def _read(response: httpx2.Response, reader: BodyReader) -> None:
    if response.is_stream_consumed:
        reader.feed(response.content)
        return
    async for chunk in response.aiter_raw():
        if not reader.feed(chunk):
            return
