"""Asks for the addresses of a host within a time: the system's resolver knows of none."""

import asyncio
import socket
import threading
from ipaddress import ip_address

SocketAddress = tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]
AddressInfo = tuple[socket.AddressFamily, socket.SocketKind, int, SocketAddress]
"""Family, kind, protocol and address of a socket."""


def resolve(host: str, port: int, seconds: float) -> list[AddressInfo]:
    """
    Addresses of a host, the preferred one first.

    :raises TimeoutError: the resolver was silent; its thread is left to itself
    :raises OSError: the host is not known
    """
    if _is_address(host):
        return _ask(host, port)
    found: list[list[AddressInfo]] = []
    failed: list[BaseException] = []

    def ask() -> None:
        try:
            found.append(_ask(host, port))
        except BaseException as error:  # noqa: BLE001 it is raised by the thread that waits
            failed.append(error)

    thread = threading.Thread(target=ask, name=f"resolve {host}", daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not found:
        raise TimeoutError("the resolver was silent")
    return found[0]


async def resolve_async(host: str, port: int) -> list[AddressInfo]:
    """Does the same for the event loop, which keeps the time itself."""
    return _ask(host, port) if _is_address(host) else await asyncio.to_thread(_ask, host, port)


def _ask(host: str, port: int) -> list[AddressInfo]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [(family, kind, protocol, address) for family, kind, protocol, _, address in found]


def _is_address(host: str) -> bool:
    try:
        ip_address(host.split("%")[0])
    except ValueError:
        return False
    return True
