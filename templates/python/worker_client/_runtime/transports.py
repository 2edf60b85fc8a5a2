"""Chooses the transport: a pool of our own, or the caller's client. The HTTP library is imported here, when needed."""

from typing import TYPE_CHECKING

from .errors import ConfigurationError
from .wire import AsyncTransport, Transport

if TYPE_CHECKING:
    import httpx2


def make_transport(http_client: "httpx2.Client | None") -> Transport:
    """The transport of a blocking client."""
    if http_client is None:
        from .pool import PoolTransport

        return PoolTransport()
    from .foreign import ClientTransport

    return ClientTransport(http_client)


def make_async_transport(http_client: "httpx2.AsyncClient | None") -> AsyncTransport:
    """The transport of an async client."""
    if http_client is None:
        from .async_pool import AsyncPoolTransport

        return AsyncPoolTransport()
    from .async_foreign import AsyncClientTransport

    return AsyncClientTransport(http_client)


def check_client(http_client: object, *, is_async: bool) -> None:
    """Refuses what cannot send."""
    if http_client is None:
        return
    import httpx2

    kind = httpx2.AsyncClient if is_async else httpx2.Client
    if not isinstance(http_client, kind):
        raise ConfigurationError(f"http_client must be an httpx2.{kind.__name__}, not {type(http_client).__name__}")
