"""The backend in trouble that all clients are tried against, and the table of its cases."""

import json
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
_SERVE = ["node", str(ROOT / "node_modules/jiti/lib/jiti-cli.mjs"), str(ROOT / "test/faults/serve.ts")]

Case = dict[str, Any]


@cache
def load_cases() -> list[Case]:
    """The table, as JSON has it."""
    done = subprocess.run([*_SERVE, "--cases"], check=True, capture_output=True)
    cases: list[Case] = json.loads(done.stdout)
    return cases


@dataclass(frozen=True)
class FaultServer:
    """The running server."""

    port: int
    refused_port: int

    def base_url(self, case: str, run: str) -> str:
        """Where the client of one run sends to."""
        return f"http://127.0.0.1:{self.port}/{quote(case)}/{run}"

    def seen(self, run: str) -> list[dict[str, Any]]:
        """What the server was asked in one run."""
        with urlopen(f"http://127.0.0.1:{self.port}/-/seen/{run}") as answer:
            seen: list[dict[str, Any]] = json.load(answer)
            return seen


class FaultServerProcess:
    """Runs until it is left."""

    def __enter__(self) -> FaultServer:
        self._process = subprocess.Popen(_SERVE, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        ports = json.loads(self._process.stdout.readline())
        return FaultServer(ports["port"], ports["refusedPort"])

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()
