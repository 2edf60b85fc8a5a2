"""When the blocking client's connections are made and closed: at the first call, and when the last one is done."""

import os
from collections.abc import Callable
from threading import Lock

from .errors import ConfigurationError
from .wire import Transport


class Lifetime:
    """Counts the calls that are under way."""

    def __init__(self, make: Callable[[], Transport]) -> None:
        self._make = make
        self._transport: Transport | None = None
        self._start()
        self.is_closed = False

    def _start(self) -> None:
        self._process = os.getpid()
        self._lock = Lock()
        self._running = 0

    def enter(self) -> Transport:
        """A call begins."""
        self._adopt()
        with self._lock:
            if self.is_closed:
                raise closed_error()
            if self._transport is None:
                self._transport = self._make()
            self._running += 1
            return self._transport

    def leave(self) -> None:
        """A call is over, in whatever way."""
        with self._lock:
            self._running -= 1
            transport = self._take_last()
        if transport is not None:
            transport.close()

    def close(self) -> None:
        """No further calls; the connections are closed when those under way are over."""
        self._adopt()
        with self._lock:
            self.is_closed = True
            transport = self._take_last()
        if transport is not None:
            transport.close()

    def _adopt(self) -> None:
        """Begins anew in the child of a fork: what other threads held and did is the parent's."""
        if self._process != os.getpid():
            self._start()

    def _take_last(self) -> Transport | None:
        if not self.is_closed or self._running > 0:
            return None
        transport, self._transport = self._transport, None
        return transport


def closed_error() -> ConfigurationError:
    """What a closed client says."""
    return ConfigurationError("the client is closed", code="CLOSED")
