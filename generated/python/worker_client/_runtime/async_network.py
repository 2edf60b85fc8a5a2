"""Connections on the event loop, bare enough to be quick. The time of an attempt is kept by the transport."""

import asyncio
import socket
import ssl
from typing import Final

import httpcore2

from .network import attempt_of
from .resolve import AddressInfo, resolve_async
from .wire import Attempt

_HIGH_WATER: Final = 256 * 1024
"""Bytes that may lie unread before the other side has to wait."""


class _Wire(asyncio.Protocol):
    """Collects what comes in; one reader at a time waits for it."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.buffer = bytearray()
        self.is_over = False
        self.error: Exception | None = None
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        self._is_paused = False
        self._may_write = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if len(self.buffer) > _HIGH_WATER and self.transport is not None and not self._is_paused:
            self._is_paused = True
            self.transport.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> bool:
        self.is_over = True
        _wake(self._reader)
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_over = True
        self.error = self.error or exc
        _wake(self._reader)
        _wake(self._writer)

    def pause_writing(self) -> None:
        self._may_write = False

    def resume_writing(self) -> None:
        self._may_write = True
        _wake(self._writer)

    async def read(self, max_bytes: int) -> bytes:
        """Waits for bytes; none are the end."""
        while not self.buffer and not self.is_over:
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        if not self.buffer and self.error is not None:
            raise self.error
        data = bytes(self.buffer[:max_bytes])
        del self.buffer[:max_bytes]
        if self._is_paused and self.transport is not None and len(self.buffer) <= _HIGH_WATER:
            self._is_paused = False
            self.transport.resume_reading()
        return data

    async def write(self, data: bytes) -> None:
        """Writes, and waits while the other side does not take it."""
        if self.transport is None or self.transport.is_closing():
            raise self.error or ConnectionResetError("closed by the other side")
        self.transport.write(data)
        while not self._may_write and not self.is_over:
            self._writer = asyncio.get_running_loop().create_future()
            try:
                await self._writer
            finally:
                self._writer = None


def _wake(waiter: "asyncio.Future[None] | None") -> None:
    if waiter is not None and not waiter.done():
        waiter.set_result(None)


class LoopStream(httpcore2.AsyncNetworkStream):
    """One connection. The head and the body of a request go out together, when the answer is asked for."""

    def __init__(self, wire: _Wire) -> None:
        self._wire = wire
        self._unsent = bytearray()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        attempt = attempt_of(timeout)
        if self._unsent:
            await self._send(attempt)
        try:
            data = await self._wire.read(max_bytes)
        except OSError as error:
            attempt.is_closed = True
            raise httpcore2.ReadError(error) from error
        attempt.take(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        attempt_of(timeout).phase = "send"
        self._unsent += buffer

    async def _send(self, attempt: Attempt) -> None:
        unsent, self._unsent = bytes(self._unsent), bytearray()
        try:
            await self._wire.write(unsent)
        except OSError:
            # The other side has closed, perhaps not without an answer: reading shows it.
            attempt.is_closed = True
        attempt.phase = "headers"

    async def aclose(self) -> None:
        self.drop()

    def drop(self) -> None:
        """Closes the connection at once."""
        if self._wire.transport is not None:
            self._wire.transport.abort()

    @property
    def is_over(self) -> bool:
        """The other side has closed it, or sent what nobody asked for."""
        return self._wire.is_over or len(self._wire.buffer) > 0


async def open_loop_stream(attempt: Attempt, context: ssl.SSLContext | None) -> LoopStream:
    """
    Opens a connection.

    :param context: speaks TLS
    """
    address, loop = attempt.address, asyncio.get_running_loop()
    port = address.port or (80 if context is None else 443)
    name = None if context is None else address.host
    try:
        sock = await _connect_first(await resolve_async(address.host, port), attempt)
        _, wire = await loop.create_connection(_Wire, sock=sock, ssl=context, server_hostname=name)
    except OSError as error:
        raise httpcore2.ConnectError(error) from error
    return LoopStream(wire)


async def _connect_first(addresses: list[AddressInfo], attempt: Attempt) -> socket.socket:
    """Connects to the first address that answers; a silent one leaves the others their share of the time."""
    for index, address in enumerate(addresses):
        try:
            async with asyncio.timeout(attempt.remaining / (len(addresses) - index)):
                return await _connect(address)
        except OSError:
            if index == len(addresses) - 1:
                raise
    raise OSError("the host has no address")


async def _connect(address: AddressInfo) -> socket.socket:
    family, kind, protocol, target = address
    sock = socket.socket(family, kind, protocol)
    try:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, target)
    except BaseException:
        sock.close()
        raise
    return sock
