"""The transport over a caller's own ``httpx2.Client``: proxies, client certificates, mock transports."""

import httpx2

from .wire import Attempt, Reply


class ClientTransport:
    """Sends by a client that is not ours to close."""

    def __init__(self, client: httpx2.Client) -> None:
        self._client = client

    def exchange(self, attempt: Attempt) -> Reply:
        """Sends one request and reads its answer; raises :class:`.wire.WireError` by the end of its time."""
        raise NotImplementedError

    def close(self) -> None:
        """Leaves the client to its owner."""
