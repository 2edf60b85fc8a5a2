"""The transport over a caller's own ``httpx2.AsyncClient``."""

import asyncio
from typing import Any

import httpx2

from .body import BodyReader
from .foreign import Follower, headers_of, request_of, wire_error_of
from .wire import ERROR_BODY_SECONDS, Attempt, Reply, WireError


class AsyncClientTransport:
    """Sends by a client that is not ours to close."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self._client = client

    async def exchange(self, attempt: Attempt) -> Reply:
        """Sends one request and reads its answer; raises :class:`.wire.WireError` by the end of its time."""
        follower = Follower(attempt)

        async def trace(event: str, _: dict[str, Any]) -> None:
            follower.see(event)

        try:
            async with asyncio.timeout(attempt.remaining):
                request = request_of(self._client, attempt, trace)
                response = await self._client.send(request, stream=True, follow_redirects=False)
                try:
                    return await _read(response, attempt)
                finally:
                    await response.aclose()
        except TimeoutError as error:
            raise WireError("timeout", "the time is over", phase=attempt.phase, cause=error) from None
        except (httpx2.RequestError, httpx2.InvalidURL) as error:
            raise wire_error_of(error, attempt) from None

    async def aclose(self) -> None:
        """Leaves the client to its owner."""

    def abandon(self) -> None:
        """Leaves the client to its owner."""


async def _read(response: httpx2.Response, attempt: Attempt) -> Reply:
    headers = headers_of(response)
    reader = BodyReader(response.status_code, headers, is_decoded=response.is_stream_consumed)
    attempt.phase = "body"
    try:
        if response.is_stream_consumed:
            reader.feed(response.content)
        else:
            async with asyncio.timeout(None if reader.is_success else ERROR_BODY_SECONDS):
                async for chunk in response.aiter_raw():
                    if not reader.feed(chunk):
                        break
    except (TimeoutError, httpx2.RequestError):
        # An error stands, also without the rest of its text.
        if reader.is_success:
            raise
    return reader.reply(response.status_code, response.reason_phrase, headers)
