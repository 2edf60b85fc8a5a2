"""Chooses the transport: a pool of our own, or the caller's client. The HTTP library is imported here, by a call."""

from typing import TYPE_CHECKING

from .wire import Address, Transport

if TYPE_CHECKING:
    import httpx2


def make_transport(base: Address, http_client: "httpx2.Client | None") -> Transport:
    """The transport of a blocking client."""
    if http_client is None:
        from .pool import PoolTransport

        return PoolTransport(base)
    from .foreign import ClientTransport

    return ClientTransport(http_client)
