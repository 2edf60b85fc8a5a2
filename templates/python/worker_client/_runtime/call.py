"""What stays the same over all tries of one call."""

from dataclasses import dataclass
from typing import Protocol

from .secrets import Headers
from .wire import Address


class Pause(Protocol):
    """What the calls of a batch tell one another of the backend's wish to wait."""

    @property
    def seconds_to_wait(self) -> float:
        """Until the backend wants to hear more; 0 or less when it does."""
        ...

    def pause(self, seconds: float) -> None:
        """The backend asked one call to wait."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """One call, as it was asked for."""

    method: str
    address: Address
    headers: Headers
    body: bytes | None
    needs_key: bool
    """The API key is sent; not so when the caller sets or takes out its header."""
    is_key_in_force: bool
    """The backend makes one job of all requests with this call's idempotency key."""
    started: float
    timeout: float
    max_retries: int
    message_type: str | None = None
    job_id: str | None = None
    payload: object = None
    """What the hooks may see: nothing, unless bodies are logged."""
    pause: Pause | None = None
    """Of the batch that the call belongs to."""

    @property
    def deadline(self) -> float:
        """Moment when the call is over, whatever has come of it."""
        return self.started + self.timeout
