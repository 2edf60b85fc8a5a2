"""Fixtures of all tests, and the list of results that the JavaScript side of the test run counts."""

import json
import os
from pathlib import Path

import pytest


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Adds a line for each test to the file that ``PYTEST_RESULTS`` names."""
    results = os.environ.get("PYTEST_RESULTS")
    is_result = report.when == "call" or report.outcome != "passed"
    if results and is_result:
        line = {"name": report.nodeid, "outcome": report.outcome, "text": report.longreprtext}
        with Path(results).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("WORKER_BACKEND_")]:
        monkeypatch.delenv(name)
