"""A client as the generator makes it, for messages that the tests need."""

from typing import Unpack

from worker_client._runtime.async_client import AsyncBaseClient
from worker_client._runtime.client import BaseClient
from worker_client._runtime.core import About
from worker_client._runtime.options import SendOptions
from worker_client._runtime.responses import JobResponse


class WorkerClient(BaseClient):
    """Sends messages of any type."""

    _ABOUT = About(package="worker-client")

    def send_to_queue(self, message_type: str, payload: object, **options: Unpack[SendOptions]) -> JobResponse:
        """Enqueues one message."""
        return self._enqueue(message_type, payload, options)


class AsyncWorkerClient(AsyncBaseClient):
    """Sends messages of any type, for asyncio."""

    _ABOUT = About(package="worker-client")

    async def send_to_queue(self, message_type: str, payload: object, **options: Unpack[SendOptions]) -> JobResponse:
        """Enqueues one message."""
        return await self._enqueue(message_type, payload, options)
