"""What stays the same over all tries of one call."""

from collections.abc import Callable
from dataclasses import dataclass

from .secrets import Headers
from .wire import Address


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
    on_retry_after: Callable[[float], None] | None = None
    """Hears how many seconds the backend asks to wait."""

    @property
    def deadline(self) -> float:
        """Moment when the call is over, whatever has come of it."""
        return self.started + self.timeout
