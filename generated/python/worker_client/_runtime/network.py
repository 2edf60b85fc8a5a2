"""
Sockets that keep a deadline.

The HTTP library bounds each read and each write, so an answer that comes byte by byte never ends. These streams are
given the :class:`.wire.Attempt` in the place of such a timeout, and give every operation what is left of its time.
"""

import select
import socket
import ssl
from typing import cast

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
    """One connection. The head and the body of a request go out together, when the answer is asked for."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._unsent = bytearray()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        attempt = attempt_of(timeout)
        if self._unsent:
            self._send(attempt)
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
        attempt_of(timeout).phase = "send"
        self._unsent += buffer

    def _send(self, attempt: Attempt) -> None:
        unsent, self._unsent = memoryview(self._unsent), bytearray()
        try:
            while unsent:
                self._socket.settimeout(seconds_left(attempt, httpcore2.WriteTimeout))
                unsent = unsent[self._socket.send(unsent) :]
        except TimeoutError as error:
            raise httpcore2.WriteTimeout("the time is over") from error
        except OSError:
            # The other side has closed, perhaps not without an answer: reading shows it.
            attempt.is_closed = True
        attempt.phase = "headers"

    def close(self) -> None:
        self._socket.close()

    def drop(self) -> None:
        """Closes the connection at once."""
        self._socket.close()

    @property
    def is_over(self) -> bool:
        """An idle connection that can be read has been closed by the other side, or is about to be."""
        return _is_readable(self._socket)


def open_stream(attempt: Attempt, context: ssl.SSLContext | None) -> DeadlineStream:
    """
    Opens a connection.

    :param context: speaks TLS
    """
    address = attempt.address
    port = address.port or (80 if context is None else 443)
    try:
        sock = _connect_first(resolve(address.host, port, _seconds_to_connect(attempt)), attempt)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if context is not None:
                sock.settimeout(_seconds_to_connect(attempt))
                sock = context.wrap_socket(sock, server_hostname=address.host)
        except BaseException:
            sock.close()
            raise
    except TimeoutError as error:
        raise httpcore2.ConnectTimeout("the time is over") from error
    except OSError as error:
        raise httpcore2.ConnectError(error) from error
    return DeadlineStream(sock)


def _seconds_to_connect(attempt: Attempt) -> float:
    return seconds_left(attempt, httpcore2.ConnectTimeout)


def _connect_first(addresses: list[AddressInfo], attempt: Attempt) -> socket.socket:
    """Connects to the first address that answers; a silent one leaves the others their share of the time."""
    for index, address in enumerate(addresses):
        share = _seconds_to_connect(attempt) / (len(addresses) - index)
        try:
            return _connect(address, share)
        except OSError:
            if index == len(addresses) - 1:
                raise
    raise OSError("the host has no address")


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


def _is_readable(sock: socket.socket) -> bool:
    if sock.fileno() < 0:
        return True
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(sock, select.POLLIN)
        return bool(poll.poll(0))
    return bool(select.select([sock], [], [], 0)[0])
