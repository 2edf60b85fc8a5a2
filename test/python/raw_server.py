"""A server of a few lines, one thread a connection, that does to it whatever a function says."""

import socket
import ssl
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable

JOB = b'{"success":true,"jobId":"job-1","messageName":"greet","queue":"q"}'


def answer(body: bytes = JOB, *, head: str = "HTTP/1.1 200 OK", more: str = "") -> bytes:
    """A whole answer."""
    return f"{head}\r\nContent-Type: application/json\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode() + body


class RawServer:
    """Calls ``serve(connection, number)`` for each connection."""

    def __init__(
        self, serve: "Callable[[Connection, int], None] | None" = None, context: ssl.SSLContext | None = None
    ) -> None:
        self._serve = serve or serve_jobs
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port: int = self._listener.getsockname()[1]
        self.connections = 0
        self.open = 0
        self.requests: list[bytes] = []
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Where clients send to."""
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}"

    def note(self, head: bytes) -> None:
        """Remembers a request."""
        with self._lock:
            self.requests.append(head)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._run, args=(sock, self.connections), daemon=True).start()

    def _run(self, sock: socket.socket, number: int) -> None:
        with suppress(OSError), sock:
            wrapped = self._context.wrap_socket(sock, server_side=True) if self._context else sock
            with wrapped:
                self.open += 1
                try:
                    self._serve(Connection(self, wrapped), number)
                finally:
                    self.open -= 1


class Connection:
    """One connection of the server."""

    def __init__(self, server: RawServer, sock: socket.socket) -> None:
        self.sock = sock
        self._server = server
        self._buffer = b""

    def read_request(self) -> bytes | None:
        """The next request, whole; ``None`` at the end."""
        while b"\r\n\r\n" not in self._buffer:
            if not self._fill():
                return None
        head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
        lengths = [line[16:] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        length = int(lengths[0]) if lengths else 0
        while len(self._buffer) < length:
            if not self._fill():
                return None
        body, self._buffer = self._buffer[:length], self._buffer[length:]
        self._server.note(head)
        return head + b"\r\n\r\n" + body

    def send(self, data: bytes) -> None:
        """Sends bytes."""
        self.sock.sendall(data)

    def _fill(self) -> bool:
        chunk = self.sock.recv(65536)
        self._buffer += chunk
        return bool(chunk)


def serve_jobs(connection: Connection, _: int) -> None:
    """Answers every request with a job."""
    while connection.read_request() is not None:
        connection.send(answer())
