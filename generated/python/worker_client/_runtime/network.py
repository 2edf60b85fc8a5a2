"""
Sockets that keep a deadline.

The HTTP library bounds each read and each write, so an answer that comes byte by byte never ends. These streams are
given the :class:`.wire.Attempt` in the place of such a timeout, and give every operation what is left of its time.
"""

import select
import socket
import ssl
from collections.abc import Iterable
from typing import Any, cast
from weakref import WeakSet

import httpcore2

from .resolve import AddressInfo, resolve
from .wire import Attempt


def as_timeout(attempt: Attempt) -> float:
    """Hands an attempt through the HTTP library, which takes it for a number of seconds and looks no closer."""
    return cast("float", attempt)


def attempt_of(timeout: float | None) -> Attempt:
    """Takes it out on the other side."""
    assert isinstance(timeout, Attempt)
    return timeout


def seconds_left(attempt: Attempt, error: type[httpcore2.TimeoutException]) -> float:
    """Seconds for the next operation; raises when there are none."""
    remaining = attempt.remaining
    if remaining <= 0:
        raise error("the time is over")
    return remaining


class DeadlineStream(httpcore2.NetworkStream):
    """One connection."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        attempt = attempt_of(timeout)
        if attempt.phase == "send":
            attempt.phase = "headers"
        try:
            self._socket.settimeout(seconds_left(attempt, httpcore2.ReadTimeout))
            data = self._socket.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore2.ReadTimeout("the time is over") from error
        except OSError as error:
            attempt.is_closed = True
            raise httpcore2.ReadError(error) from error
        attempt.take(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        attempt = attempt_of(timeout)
        attempt.phase = "send"
        view = memoryview(buffer)
        try:
            while view:
                self._socket.settimeout(seconds_left(attempt, httpcore2.WriteTimeout))
                view = view[self._socket.send(view) :]
        except TimeoutError as error:
            raise httpcore2.WriteTimeout("the time is over") from error
        except OSError as error:
            attempt.is_closed = True
            raise httpcore2.WriteError(error) from error

    def close(self) -> None:
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        try:
            self._socket.settimeout(seconds_left(attempt_of(timeout), httpcore2.ConnectTimeout))
            return DeadlineStream(ssl_context.wrap_socket(self._socket, server_hostname=server_hostname))
        except TimeoutError as error:
            self.close()
            raise httpcore2.ConnectTimeout("the time is over") from error
        except OSError as error:
            self.close()
            raise httpcore2.ConnectError(error) from error

    def get_extra_info(self, info: str) -> Any:
        match info:
            case "socket":
                return self._socket
            case "ssl_object":
                return self._socket if isinstance(self._socket, ssl.SSLSocket) else None
            case "is_readable":
                return _is_readable(self._socket)
            case _:
                return None


def _is_readable(sock: socket.socket) -> bool:
    """An idle connection that can be read has been closed by the other side, or is about to be."""
    if sock.fileno() < 0:
        return True
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(sock, select.POLLIN)
        return bool(poll.poll(0))
    return bool(select.select([sock], [], [], 0)[0])


class DeadlineBackend(httpcore2.NetworkBackend):
    """Opens connections, and knows those that are open."""

    def __init__(self) -> None:
        self._sockets: WeakSet[socket.socket] = WeakSet()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        attempt = attempt_of(timeout)
        attempt.is_reused = False
        try:
            addresses = resolve(host, port, seconds_left(attempt, httpcore2.ConnectTimeout))
            sock = self._connect_first(addresses, attempt)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout("the time is over") from error
        except OSError as error:
            raise httpcore2.ConnectError(error) from error
        self._sockets.add(sock)
        return DeadlineStream(sock)

    def _connect_first(self, addresses: list[AddressInfo], attempt: Attempt) -> socket.socket:
        """Connects to the first address that answers; a silent one leaves the others their share of the time."""
        for index, address in enumerate(addresses):
            share = seconds_left(attempt, httpcore2.ConnectTimeout) / (len(addresses) - index)
            try:
                return _connect(address, share)
            except OSError:
                if index == len(addresses) - 1:
                    raise
        raise OSError("the host has no address")

    def drop_all(self) -> None:
        """Closes what is open without a word to the other side: after a fork it is the parent's."""
        for sock in list(self._sockets):
            sock.close()


def _connect(address: AddressInfo, seconds: float) -> socket.socket:
    family, kind, protocol, target = address
    sock = socket.socket(family, kind, protocol)
    try:
        sock.settimeout(seconds)
        sock.connect(target)
    except BaseException:
        sock.close()
        raise
    return sock
