"""Decides which redirects are followed: to the same host only, and never so that the request changes."""

from typing import Final, Literal
from urllib.parse import quote, urljoin, urlsplit

from .wire import Address, Reply

MAX_REDIRECTS: Final = 3


def next_address(reply: Reply, *, method: str, address: Address) -> Address | None:
    """Where a request goes on, or ``None`` when the redirect is not followed."""
    followed = (301, 302, 307, 308) if method == "GET" else (307, 308)
    location = reply.headers.get("location")
    if reply.status not in followed or location is None:
        return None
    try:
        parts = urlsplit(urljoin(address.url, location.strip()))
        port = parts.port
    except ValueError:
        return None
    if "@" in parts.netloc or parts.hostname is None or parts.scheme not in ("http", "https"):
        return None
    scheme: Literal["http", "https"] = "https" if parts.scheme == "https" else "http"
    default_port = 443 if scheme == "https" else 80
    target = quote(parts.path or "/", safe="/%!$&'()*+,;=:@~")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%!$&'()*+,;=:@~?")
    found = Address(scheme=scheme, host=parts.hostname, port=None if port == default_port else port, target=target)
    return found if _is_same_host(found, address) else None


def _is_same_host(found: Address, address: Address) -> bool:
    """The same origin, or the same host by https instead of http."""
    if found.host != address.host:
        return False
    if found.scheme == address.scheme:
        return found.port == address.port
    return found.scheme == "https"
