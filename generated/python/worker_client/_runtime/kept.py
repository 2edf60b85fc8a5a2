"""Connections that wait for their next request: the one used last goes first, and none waits for long."""

from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Final, Generic, Protocol, TypeVar

from .wire import Address

IDLE_SECONDS: Final = 4.0
"""Servers close idle connections after 5 seconds or more: ours are gone before."""

Origin = tuple[str, str, int | None]


class KeptStream(Protocol):
    """The socket of a connection."""

    @property
    def is_over(self) -> bool:
        """The other side has closed it, or sent what nobody asked for."""
        ...

    def drop(self) -> None:
        """Closes it at once."""
        ...


Connection = TypeVar("Connection")


@dataclass(slots=True)
class Kept(Generic[Connection]):
    """One connection with its socket."""

    connection: Connection
    stream: KeptStream
    since: float = 0.0


class KeptConnections(Generic[Connection]):
    """Idle connections by origin. Threads may share it: a deque gives each of its items to one of them only."""

    def __init__(self) -> None:
        self._idle: dict[Origin, deque[Kept[Connection]]] = {}

    def take(self, address: Address) -> Kept[Connection] | None:
        """A connection that is alive as far as we can know."""
        idle = self._idle.get(_origin_of(address))
        while idle:
            try:
                kept = idle.pop()
            except IndexError:
                return None
            if not self._has_expired(kept) and not kept.stream.is_over:
                return kept
            kept.stream.drop()
        return None

    def keep(self, address: Address, kept: Kept[Connection]) -> None:
        """Takes a connection back, and lets go those that nobody has wanted for too long."""
        idle = self._idle.setdefault(_origin_of(address), deque())
        kept.since = monotonic()
        idle.append(kept)
        with suppress(IndexError):  # other threads have taken the rest
            while self._has_expired(idle[0]):
                idle.popleft().stream.drop()

    def drop_all(self) -> None:
        """Closes all of them."""
        for idle in list(self._idle.values()):
            while idle:
                idle.pop().stream.drop()

    @staticmethod
    def _has_expired(kept: Kept[Connection]) -> bool:
        return monotonic() - kept.since > IDLE_SECONDS


def _origin_of(address: Address) -> Origin:
    return address.scheme, address.host, address.port
