"""Sends jobs for a while with one client, and prints jobs a second and CPU microseconds a job as JSON."""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import requests
from requests.adapters import HTTPAdapter
from sample import AsyncWorkerClient, WorkerClient

MESSAGE = "file-download-request"
PAYLOAD = {"modelId": "m-1", "storageLocation": {"storageConnectionId": "c-1", "path": "/models/castle.stl"}}
KEY = "a-key-of-the-bench"


def report(jobs: int, seconds: float, cpu: float) -> None:
    """The one line of output."""
    print(json.dumps({"perSecond": jobs / seconds, "cpu": cpu / jobs * 1e6}))  # noqa: T201


def run_threads(send: Callable[[], object], flights: int, jobs: int) -> None:
    """Measures a blocking client; one flight needs no thread."""

    def fly(count: int) -> None:
        for _ in range(count):
            send()

    with ThreadPoolExecutor(flights) as pool:

        def run(count: int) -> None:
            if flights == 1:
                fly(count)
            else:
                list(pool.map(fly, [count // flights] * flights))

        run(flights * 20)
        wall, cpu = time.perf_counter(), time.process_time()
        run(jobs)
        report(jobs, time.perf_counter() - wall, time.process_time() - cpu)


async def run_tasks(url: str, flights: int, jobs: int) -> None:
    """Measures the asyncio client."""
    async with AsyncWorkerClient(url, KEY) as client:

        async def fly(count: int) -> None:
            for _ in range(count):
                await client.send_to_queue(MESSAGE, PAYLOAD)

        await asyncio.gather(*[fly(20) for _ in range(flights)])
        wall, cpu = time.perf_counter(), time.process_time()
        await asyncio.gather(*[fly(jobs // flights) for _ in range(flights)])
        report(jobs, time.perf_counter() - wall, time.process_time() - cpu)


def main(kind: str, url: str, flights: int, jobs: int) -> None:
    """Measures one client."""
    if kind == "async":
        asyncio.run(run_tasks(url, flights, jobs))
    elif kind == "blocking":
        with WorkerClient(url, KEY) as client:
            run_threads(lambda: client.send_to_queue(MESSAGE, PAYLOAD), flights, jobs)
    else:
        headers = {"Authorization": f"Bearer {KEY}"}
        with requests.Session() as session:
            session.mount("http://", HTTPAdapter(pool_maxsize=64))
            path = f"{url}/api/jobs/{MESSAGE}"
            run_threads(lambda: session.post(path, json=PAYLOAD, headers=headers, timeout=30).json(), flights, jobs)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
