"""Connections: deadlines that drops cannot outlive, reuse, closing, forks, event loops, TLS."""

import asyncio
import gc
import gzip
import os
import ssl
import subprocess
import sys
import textwrap
import threading
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx2
import pytest
import trustme
from raw_server import JOB, Connection, RawServer, answer
from sample import AsyncWorkerClient, WorkerClient
from worker_client._runtime import errors
from worker_client._runtime.errors import ConfigurationError, ResponseError

Send = Callable[[str, dict[str, Any]], object]


def send_blocking(url: str, arguments: dict[str, Any]) -> object:
    with WorkerClient(url, **arguments) as client:
        return client.send_to_queue("greet", {"a": 1})


def send_async(url: str, arguments: dict[str, Any]) -> object:
    async def main() -> object:
        async with AsyncWorkerClient(url, **arguments) as client:
            return await client.send_to_queue("greet", {"a": 1})

    return asyncio.run(main())


def send_foreign(url: str, arguments: dict[str, Any]) -> object:
    with httpx2.Client() as own:
        return send_blocking(url, {**arguments, "http_client": own})


def send_async_foreign(url: str, arguments: dict[str, Any]) -> object:
    async def main() -> object:
        async with httpx2.AsyncClient() as own, AsyncWorkerClient(url, http_client=own, **arguments) as client:
            return await client.send_to_queue("greet", {"a": 1})

    return asyncio.run(main())


all_ways = pytest.mark.parametrize("send", [send_blocking, send_async, send_foreign, send_async_foreign])
own_ways = pytest.mark.parametrize("send", [send_blocking, send_async])


def times_out(send: Send, url: str, arguments: dict[str, Any], seconds: float) -> errors.TimeoutError:
    """The error of a call that must end on time. A busy machine is late once in a while, a fault every time."""
    late: list[float] = []
    while True:
        started = monotonic()
        with pytest.raises(errors.TimeoutError) as caught:
            send(url, {"timeout": seconds, **arguments})
        late.append(monotonic() - started - seconds)
        if -0.01 < late[-1] < 0.25:
            return caught.value
        assert len(late) < 4, late


def dripping(connection: Connection, data: bytes) -> None:
    for byte in data:
        connection.send(bytes([byte]))
        sleep(0.05)


@all_ways
@pytest.mark.parametrize("whole", [0, 70])
def test_an_answer_that_drips_ends_at_the_deadline(send: Send, whole: int) -> None:
    def serve(connection: Connection, _: int) -> None:
        connection.read_request()
        connection.send(answer()[:whole])
        dripping(connection, answer()[whole:])

    with RawServer(serve) as server:
        error = times_out(send, server.url, {}, 0.4)
        assert error.phase == ("body" if whole else "headers")
        assert error.maybe_enqueued


@all_ways
def test_a_second_call_on_a_kept_connection_keeps_its_own_deadline(send: Send) -> None:
    def serve(connection: Connection, _: int) -> None:
        connection.read_request()
        connection.send(answer(b"{}", head="HTTP/1.1 503 Busy", more="Retry-After-Ms: 1\r\n"))
        connection.read_request()
        dripping(connection, answer())

    with RawServer(serve) as server:
        times_out(send, server.url, {}, 0.4)
        assert server.connections == len(server.requests) / 2


@own_ways
def test_a_request_that_nobody_reads_ends_at_the_deadline(send: Send) -> None:
    with RawServer(lambda _, __: sleep(2)) as server:
        assert times_out(send, server.url, {"validate": lambda *_: "x" * 16_000_000}, 1.0).phase == "send"


@all_ways
@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("identity", bytes),
    ],
)
def test_unpacks_answers(send: Send, encoding: str, pack: Callable[[bytes], bytes]) -> None:
    def serve(connection: Connection, _: int) -> None:
        connection.read_request()
        connection.send(answer(pack(JOB), more=f"Content-Encoding: {encoding}\r\n"))

    with RawServer(serve) as server:
        assert getattr(send(server.url, {}), "job_id", None) == "job-1"
        assert b"accept-encoding: gzip, deflate" in server.requests[0].lower()


@all_ways
def test_stops_unpacking_what_grows_too_large(send: Send) -> None:
    def serve(connection: Connection, _: int) -> None:
        connection.read_request()
        connection.send(answer(gzip.compress(b" " * 50_000_000), more="Content-Encoding: gzip\r\n"))

    with RawServer(serve) as server, pytest.raises(ResponseError, match="longer than"):
        send(server.url, {"max_response_bytes": 1_000_000})


@all_ways
def test_an_answer_that_cannot_be_unpacked_is_none(send: Send) -> None:
    def serve(connection: Connection, _: int) -> None:
        connection.read_request()
        connection.send(answer(JOB, more="Content-Encoding: gzip\r\n"))

    with RawServer(serve) as server, pytest.raises(errors.TransportError) as caught:
        send(server.url, {"idempotency": "server"})
    assert (caught.value.phase, caught.value.attempts, caught.value.maybe_enqueued) == ("body", 1, True)


@own_ways
def test_an_early_answer_counts_though_the_request_was_not_read(send: Send) -> None:
    def serve(connection: Connection, _: int) -> None:
        connection.sock.recv(100)
        connection.send(
            answer(b'{"error":"too much"}', head="HTTP/1.1 413 Payload Too Large", more="Connection: close\r\n")
        )
        sleep(0.2)

    with RawServer(serve) as server, pytest.raises((errors.PayloadTooLargeError, errors.ConnectionError)):
        send(server.url, {"validate": lambda *_: "x" * 3_000_000})


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@own_ways
def test_speaks_tls_to_those_it_trusts(
    send: Send, authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with RawServer(context=context) as server:
        with pytest.raises(errors.ConnectionError) as caught:
            send(server.url, {"max_retries": 0})
        assert (caught.value.phase, caught.value.maybe_enqueued) == ("connect", False)
        assert "certificate" in str(caught.value).lower()
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert getattr(send(server.url, {}), "job_id", None) == "job-1"


@own_ways
def test_a_handshake_that_never_ends_is_under_the_deadline(send: Send) -> None:
    with RawServer(lambda _, __: sleep(1)) as server:
        url = server.url.replace("http", "https")
        assert times_out(send, url, {"max_retries": 0}, 0.3).phase == "connect"


def test_threads_share_64_connections() -> None:
    def serve(connection: Connection, _: int) -> None:
        while connection.read_request() is not None:
            sleep(0.005)
            connection.send(answer())

    with RawServer(serve) as server, WorkerClient(server.url) as client, ThreadPoolExecutor(100) as pool:
        jobs = list(pool.map(lambda n: client.send_to_queue("greet", {"n": n}), range(300)))
        assert len(jobs) == 300
        assert server.connections <= 64


async def test_tasks_share_64_connections() -> None:
    with RawServer() as server:
        async with AsyncWorkerClient(server.url) as client:
            await asyncio.gather(*[client.send_to_queue("greet", {"n": n}) for n in range(500)])
        assert server.connections <= 64


async def test_a_call_that_waits_for_a_connection_is_under_the_deadline() -> None:
    def serve(connection: Connection, _: int) -> None:
        connection.read_request()
        sleep(4)

    with RawServer(serve) as server:
        async with AsyncWorkerClient(server.url, timeout=0.3, max_retries=0) as client:
            started = monotonic()
            outcomes = await asyncio.gather(
                *[client.send_to_queue("greet", {}) for _ in range(70)], return_exceptions=True
            )
        assert all(isinstance(outcome, errors.TimeoutError) for outcome in outcomes)
        assert monotonic() - started < 3


async def test_a_cancelled_call_drops_its_connection_and_no_other() -> None:
    closed = threading.Event()

    def serve(connection: Connection, number: int) -> None:
        connection.read_request()
        if number == 1:
            connection.sock.recv(1)
            closed.set()
        connection.send(answer())

    with RawServer(serve) as server:
        async with AsyncWorkerClient(server.url) as client:
            task = asyncio.ensure_future(client.send_to_queue("greet", {}))
            await asyncio.sleep(0.1)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert await asyncio.to_thread(closed.wait, 1)
            assert (await client.send_to_queue("greet", {})).success


def idle_closing(seconds: float) -> Callable[[Connection, int], None]:
    """Closes each connection that is idle for so long, without a word."""

    def serve(connection: Connection, _: int) -> None:
        connection.sock.settimeout(seconds)
        while connection.read_request() is not None:
            connection.send(answer())

    return serve


def test_no_send_is_lost_or_doubled_where_idle_connections_are_closed() -> None:
    with RawServer(idle_closing(0.02)) as server, WorkerClient(server.url, max_retries=0) as client:
        for n in range(150):
            assert client.send_to_queue("greet", {"n": n}).success
            sleep(0.018 + (n % 9) * 0.0005)
        keys = [key for head in server.requests for key in head.split(b"\r\n") if key.startswith(b"Idempotency-Key")]
        assert len(keys) == len(set(keys)) == 150


async def test_no_send_of_a_task_is_lost_or_doubled_either() -> None:
    with RawServer(idle_closing(0.02)) as server:
        async with AsyncWorkerClient(server.url, max_retries=0) as client:
            for n in range(150):
                assert (await client.send_to_queue("greet", {"n": n})).success
                await asyncio.sleep(0.018 + (n % 9) * 0.0005)
        keys = [key for head in server.requests for key in head.split(b"\r\n") if key.startswith(b"Idempotency-Key")]
        assert len(keys) == len(set(keys)) == 150


def test_a_closed_client_refuses_calls_and_is_closed_twice() -> None:
    with RawServer() as server:
        client = WorkerClient(server.url)
        client.send_to_queue("greet", {})
        client.close()
        client.close()
        for call in (lambda: client.send_to_queue("greet", {}), lambda: client.get_job_status("a"), client.__enter__):
            with pytest.raises(ConfigurationError, match="closed") as caught:
                call()
            assert caught.value.code == "CLOSED"
        wait_until(lambda: server.open == 0)


def wait_until(is_so: Callable[[], bool]) -> None:
    end = monotonic() + 2
    while not is_so():
        assert monotonic() < end
        sleep(0.01)


def test_closing_lets_running_calls_finish() -> None:
    started = threading.Event()

    def serve(connection: Connection, _: int) -> None:
        connection.read_request()
        started.set()
        sleep(0.2)
        connection.send(answer())
        connection.read_request()

    with RawServer(serve) as server, ThreadPoolExecutor(1) as pool:
        client = WorkerClient(server.url)
        running = pool.submit(client.send_to_queue, "greet", {})
        started.wait()
        client.close()
        assert running.result().success
        wait_until(lambda: server.open == 0)


async def test_an_async_client_closes_likewise() -> None:
    with RawServer() as server:
        client = AsyncWorkerClient(server.url)
        running = asyncio.ensure_future(client.send_to_queue("greet", {}))
        await asyncio.sleep(0)
        await client.aclose()
        await client.close()
        assert (await running).success
        with pytest.raises(ConfigurationError, match="closed"):
            await client.send_to_queue("greet", {})
        await asyncio.to_thread(wait_until, lambda: server.open == 0)


def test_an_unclosed_client_warns_and_closes() -> None:
    with RawServer() as server:
        client = WorkerClient(server.url)
        client.send_to_queue("greet", {})
        with pytest.warns(ResourceWarning, match="unclosed client <WorkerClient"):
            del client
            gc.collect()
        wait_until(lambda: server.open == 0)


async def test_an_unclosed_async_client_warns_and_closes() -> None:
    with RawServer() as server:
        client = AsyncWorkerClient(server.url)
        await client.send_to_queue("greet", {})
        with pytest.warns(ResourceWarning, match="unclosed client <AsyncWorkerClient"):
            del client
            gc.collect()
        await asyncio.sleep(0.05)
        await asyncio.to_thread(wait_until, lambda: server.open == 0)


def test_a_client_of_the_callers_own_is_not_closed() -> None:
    with RawServer() as server, httpx2.Client() as own:
        with WorkerClient(server.url, http_client=own) as client:
            client.send_to_queue("greet", {})
        assert not own.is_closed
        assert own.get(server.url).status_code == 200
        WorkerClient(server.url, http_client=own)
        gc.collect()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_child_opens_connections_of_its_own(tmp_path: Path) -> None:
    script = """
        import os, sys, warnings
        warnings.simplefilter("error")
        from sample import WorkerClient
        client = WorkerClient(sys.argv[1])
        assert client.send_to_queue("greet", {}).success
        child = os.fork()
        if child == 0:
            assert client.send_to_queue("greet", {}).success
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0
        assert client.send_to_queue("greet", {}).success
        client.close()
    """
    with RawServer() as server:
        run_python(script, server.url)
        assert (server.connections, len(server.requests)) == (2, 3)


def test_a_client_serves_one_event_loop_after_another() -> None:
    with RawServer() as server:
        client = AsyncWorkerClient(server.url)

        async def main(*, is_last: bool) -> None:
            assert (await client.send_to_queue("greet", {})).success
            if is_last:
                await client.aclose()

        asyncio.run(main(is_last=False))
        with pytest.warns(ResourceWarning):  # of the connection that its loop has left open
            asyncio.run(main(is_last=True))
            gc.collect()


def run_python(script: str, *arguments: str) -> str:
    places = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script), *arguments],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": places},
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def test_a_fresh_connection_waits_for_no_import() -> None:
    script = """
        import asyncio, sys
        from sample import AsyncWorkerClient
        from worker_client._runtime import async_pool

        loaded = []
        connect = async_pool.open_loop_stream

        async def note(*arguments):
            stream = await connect(*arguments)
            loaded.extend(sys.modules)
            return stream

        async_pool.open_loop_stream = note

        async def main():
            async with AsyncWorkerClient(sys.argv[1]) as client:
                await client.send_to_queue("greet", {})

        asyncio.run(main())
        print([name for name in set(sys.modules) - set(loaded) if name.startswith("anyio")])
    """
    with RawServer() as server:
        assert run_python(script, server.url).strip() == "[]"


def test_the_process_ends_with_the_last_call() -> None:
    with RawServer() as server:
        script = """
            import sys
            from sample import WorkerClient
            with WorkerClient(sys.argv[1]) as client:
                client.send_to_queue("greet", {})
        """
        run_python(script, server.url)


def test_a_large_answer_takes_no_more_memory_than_it_may() -> None:
    def serve(connection: Connection, _: int) -> None:
        connection.read_request()
        connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 200000000\r\n\r\n")
        for _n in range(200):
            connection.send(b" " * 1_000_000)

    script = """
        import asyncio, resource, sys
        from sample import AsyncWorkerClient, WorkerClient
        from worker_client._runtime.errors import ResponseError
        import httpx2, httpcore2
        def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        async def main():
            async with AsyncWorkerClient(sys.argv[1]) as client:
                await client.send_to_queue("greet", {})
        before = peak()
        try:
            with WorkerClient(sys.argv[1]) as client: client.send_to_queue("greet", {})
        except ResponseError: print((peak() - before) / 1024)
        before = peak()
        try: asyncio.run(main())
        except ResponseError: print((peak() - before) / 1024)
    """
    with RawServer(serve) as server:
        grown = [float(line) for line in run_python(script, server.url).split()]
    assert len(grown) == 2
    assert max(grown) < 64


def test_the_import_opens_nothing_and_is_quick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = """
        import sys, time
        import httpx2
        started = time.process_time()
        import sample
        print(time.process_time() - started, "httpcore2" in sys.modules, "jsonschema" in sys.modules)
    """
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path))
    seconds, *loaded = min(run_python(script).split() for _ in range(5))
    assert loaded == ["False", "False"]
    assert float(seconds) < 0.1


def test_a_resolver_that_is_silent_is_under_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()

    def hang(*_: object, **__: object) -> list[object]:
        released.wait(5)
        return []

    monkeypatch.setattr("socket.getaddrinfo", hang)
    started = monotonic()
    with pytest.raises(errors.TimeoutError) as caught, WorkerClient("http://slow.example", timeout=0.2) as client:
        client.send_to_queue("greet", {})
    assert monotonic() - started < 3
    assert (caught.value.phase, caught.value.maybe_enqueued) == ("connect", False)
    released.set()


@pytest.fixture(autouse=True)
def _threads_end() -> Iterator[None]:
    yield
    gc.collect()
