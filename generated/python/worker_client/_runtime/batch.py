"""Many messages in one call: what goes in, what became of each, and what stops or pauses the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final, NotRequired, TypedDict, cast

from .errors import ConfigurationError, HttpError, WorkerClientError
from .json_values import as_mapping
from .responses import JobResponse

if TYPE_CHECKING:
    from .options import SendOptions

_LONGEST_PAUSE: Final = 60.0
MAX_CONCURRENCY: Final = 1024


class BatchItem(TypedDict):
    """One message to send."""

    type: str
    payload: object
    options: "NotRequired[SendOptions]"


AnyBatchItem = BatchItem | tuple[str, object]
"""A message to send, as a dict or as a pair of message type and payload."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of one item."""

    index: int
    """Place of the item among the others, from 0."""
    ok: bool
    job: JobResponse | None = None
    """The job, when ``ok``."""
    error: Exception | None = None
    """Why there is none; its ``code`` is ``NOT_SENT`` when the batch had stopped before."""


class BatchOptions(TypedDict, total=False):
    """How a batch is sent."""

    concurrency: int
    """Messages that are under way at one time; else 16. No further ahead are the items read."""
    stop_on_error: bool
    """The first item that fails stops the batch."""
    on_result: Callable[[BatchResult], object] | None
    """Called for each item as soon as it is known what became of it."""


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """Options of a batch, checked."""

    concurrency: int
    stop_on_error: bool
    on_result: Callable[[BatchResult], object] | None


def check_batch(options: BatchOptions) -> BatchPlan:
    """Checks the options of a batch before anything is sent."""
    for name in options:
        if name not in BatchOptions.__annotations__:
            raise TypeError(f"unexpected keyword argument {name!r}")
    concurrency: object = options.get("concurrency", 16)
    if isinstance(concurrency, bool) or not isinstance(concurrency, int) or not 1 <= concurrency <= MAX_CONCURRENCY:
        raise ConfigurationError(f"concurrency must be an int from 1 to {MAX_CONCURRENCY}")
    on_result: object = options.get("on_result")
    if on_result is not None and not callable(on_result):
        raise ConfigurationError("on_result must be a function")
    return BatchPlan(concurrency, bool(options.get("stop_on_error", False)), on_result)


class BatchState:
    """What the items of one batch know of one another. Threads may share it."""

    def __init__(self, plan: BatchPlan) -> None:
        self._stops_on_error = plan.stop_on_error
        self._stopped_by: Exception | None = None
        self._paused_until = 0.0

    def pause(self, seconds: float) -> None:
        """The backend asked one item to wait: all that were not sent yet wait with it."""
        if seconds <= _LONGEST_PAUSE:
            self._paused_until = max(self._paused_until, monotonic() + seconds)

    @property
    def seconds_to_wait(self) -> float:
        """Until the backend wants to hear more; 0 or less when it does."""
        return 0.0 if self._stopped_by is not None else self._paused_until - monotonic()

    def check_going(self) -> None:
        """Raises when the batch has stopped."""
        if self._stopped_by is not None:
            why = type(self._stopped_by).__name__
            raise WorkerClientError(f"not sent: the batch had stopped ({why})", code="NOT_SENT")

    def fail(self, index: int, error: Exception) -> BatchResult:
        """Notes what went wrong with one item, and whether it would go wrong with all others."""
        is_denied = isinstance(error, HttpError) and error.status in (401, 403)
        if (is_denied or self._stops_on_error) and self._stopped_by is None:
            self._stopped_by = error
        return BatchResult(index, ok=False, error=error)


def parts_of(item: object) -> "tuple[str, object, SendOptions]":
    """Message type, payload and options of an item; the rest of the checks are those of every call."""
    members = as_mapping(item)
    if members is not None and "type" in members and "payload" in members:
        options = as_mapping(members.get("options")) or {}
        return cast("tuple[str, object, SendOptions]", (members["type"], members["payload"], options))
    if isinstance(item, tuple) and len(cast("tuple[object, ...]", item)) == 2:
        return cast("tuple[str, object, SendOptions]", (*item, {}))
    raise ConfigurationError("an item of a batch is a dict with type and payload, or a pair of them")
