"""Connections on the event loop, bare enough to be quick. The time of an attempt is kept by the transport."""

import asyncio
import ssl
from collections.abc import Iterable
from typing import Any, Final
from weakref import WeakSet

import httpcore2

from .network import attempt_of

_HIGH_WATER: Final = 256 * 1024
"""Bytes that may lie unread before the other side has to wait."""
_NEXT_ADDRESS_SECONDS: Final = 0.25
"""When an address of the host is silent for so long, the next one is tried beside it."""


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
    """One connection."""

    def __init__(self, wire: _Wire) -> None:
        self._wire = wire

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        attempt = attempt_of(timeout)
        if attempt.phase == "send":
            attempt.phase = "headers"
        try:
            data = await self._wire.read(max_bytes)
        except OSError as error:
            attempt.is_closed = True
            raise httpcore2.ReadError(error) from error
        attempt.take(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        attempt = attempt_of(timeout)
        attempt.phase = "send"
        try:
            await self._wire.write(buffer)
        except OSError as error:
            attempt.is_closed = True
            raise httpcore2.WriteError(error) from error

    async def aclose(self) -> None:
        if self._wire.transport is not None:
            self._wire.transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.AsyncNetworkStream:
        loop, old = asyncio.get_running_loop(), self._wire
        assert old.transport is not None
        wire = _Wire()
        try:
            transport = await loop.start_tls(old.transport, wire, ssl_context, server_hostname=server_hostname)
        except OSError as error:
            old.transport.abort()
            raise httpcore2.ConnectError(error) from error
        assert transport is not None
        wire.connection_made(transport)
        return LoopStream(wire)

    def get_extra_info(self, info: str) -> Any:
        transport = self._wire.transport
        match info:
            case "ssl_object":
                return None if transport is None else transport.get_extra_info("ssl_object")
            case "is_readable":
                return self._wire.is_over or len(self._wire.buffer) > 0
            case _:
                return None


class LoopBackend(httpcore2.AsyncNetworkBackend):
    """Opens connections, and knows those that are open."""

    def __init__(self) -> None:
        self._wires: WeakSet[_Wire] = WeakSet()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        attempt_of(timeout).is_reused = False
        loop = asyncio.get_running_loop()
        try:
            _, wire = await loop.create_connection(_Wire, host, port, happy_eyeballs_delay=_NEXT_ADDRESS_SECONDS)
        except OSError as error:
            raise httpcore2.ConnectError(error) from error
        self._wires.add(wire)
        return LoopStream(wire)

    def abort_all(self) -> None:
        """Closes what is open, at once."""
        for wire in list(self._wires):
            if wire.transport is not None:
                wire.transport.abort()
