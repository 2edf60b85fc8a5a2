"""Idle connections: the one used last goes first, none waits for long, and threads do not get in each other's way."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from worker_client._runtime import kept
from worker_client._runtime.kept import Kept, KeptConnections
from worker_client._runtime.wire import Address

HERE = Address("http", "h", None, "")
THERE = Address("https", "h", None, "")


class Stream:
    """A socket that can be told to have been closed."""

    def __init__(self) -> None:
        self.is_over = False
        self.is_dropped = False

    def drop(self) -> None:
        self.is_dropped = True


def fill(connections: KeptConnections[int], count: int) -> list[Stream]:
    streams = [Stream() for _ in range(count)]
    for number, stream in enumerate(streams):
        connections.keep(HERE, Kept(number, stream))
    return streams


def test_the_last_one_goes_first_and_to_its_own_origin() -> None:
    connections: KeptConnections[int] = KeptConnections()
    fill(connections, 3)
    assert connections.take(THERE) is None
    assert [taken.connection for taken in iter(lambda: connections.take(HERE), None)] == [2, 1, 0]


def test_one_that_was_closed_is_passed_over() -> None:
    connections: KeptConnections[int] = KeptConnections()
    streams = fill(connections, 3)
    streams[2].is_over = True
    taken = connections.take(HERE)
    assert taken is not None
    assert taken.connection == 1
    assert [stream.is_dropped for stream in streams] == [False, False, True]


def test_none_waits_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(kept, "monotonic", lambda: now)
    connections: KeptConnections[int] = KeptConnections()
    streams = fill(connections, 2)
    now += 4.1
    connections.keep(HERE, Kept(7, Stream()))
    assert [stream.is_dropped for stream in streams] == [True, True]
    now += 4.1
    assert connections.take(HERE) is None


def test_all_are_dropped() -> None:
    connections: KeptConnections[int] = KeptConnections()
    streams = fill(connections, 3)
    connections.drop_all()
    assert all(stream.is_dropped for stream in streams)
    assert connections.take(HERE) is None


def test_each_is_given_to_one_thread_only() -> None:
    connections: KeptConnections[int] = KeptConnections()
    fill(connections, 4)
    in_use: set[int] = set()

    def use(_: int) -> None:
        taken = connections.take(HERE)
        if taken is None:
            return
        assert taken.connection not in in_use
        in_use.add(taken.connection)
        in_use.remove(taken.connection)
        connections.keep(HERE, taken)

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(use, range(20_000)))
    assert len(list(iter(lambda: connections.take(HERE), None))) == 4
