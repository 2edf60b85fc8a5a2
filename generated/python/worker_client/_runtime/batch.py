"""Many messages in one call: what goes in, what became of each, and what stops or pauses the rest."""

from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final, NotRequired, TypedDict, cast

from .errors import ConfigurationError, HttpError, WorkerClientError
from .json_values import as_mapping
from .responses import JobResponse

if TYPE_CHECKING:
    from .options import SendOptions

_LONGEST_PAUSE: Final = 60.0
DEFAULT_CONCURRENCY: Final = 16
MAX_CONCURRENCY: Final = 1024


class BatchItem(TypedDict):
    """One message to send."""

    type: str
    payload: object
    options: "NotRequired[SendOptions]"


AnyBatchItem = BatchItem | tuple[str, object] | tuple[str, object, "SendOptions"]
"""A message to send, as a dict or as a tuple of message type, payload and perhaps options."""
_MEMBERS: Final = frozenset(("type", "payload", "options"))


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

    concurrency: int | None
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
    given = options.get("concurrency")
    concurrency = cast("object", DEFAULT_CONCURRENCY if given is None else given)
    if isinstance(concurrency, bool) or not isinstance(concurrency, int) or not 1 <= concurrency <= MAX_CONCURRENCY:
        raise ConfigurationError(f"concurrency must be an int from 1 to {MAX_CONCURRENCY}")
    on_result: object = options.get("on_result")
    if on_result is not None and not callable(on_result):
        raise ConfigurationError("on_result must be a function")
    return BatchPlan(concurrency, bool(options.get("stop_on_error", False)), on_result)


def check_items(items: object, *, is_async: bool) -> None:
    """Refuses what has no messages in it; a single message is no batch of its members."""
    kind = type(items)
    is_stream = issubclass(kind, AsyncIterable)
    can_be_read = hasattr(items, "__iter__") or hasattr(items, "__getitem__") or (is_async and is_stream)
    if issubclass(kind, (str, bytes, bytearray, Mapping)) or not can_be_read:
        hint = ": an async iterable needs the async client" if is_stream else ""
        raise ConfigurationError(f"items must be an iterable of messages, not {kind.__name__}{hint}")


class Order:
    """Holds results back until those of the items before them are known."""

    def __init__(self, *, is_ordered: bool) -> None:
        self._is_ordered = is_ordered
        self._held: dict[int, BatchResult] = {}
        self._next = 0

    def add(self, result: BatchResult) -> Iterable[BatchResult]:
        """The results that can be handed over now."""
        if not self._is_ordered:
            return [result]
        self._held[result.index] = result
        ready: list[BatchResult] = []
        while (following := self._held.pop(self._next, None)) is not None:
            ready.append(following)
            self._next += 1
        return ready


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
        strange = [name for name in members if name not in _MEMBERS]
        if strange:
            raise ConfigurationError(f"an item of a batch has no {strange[0]!r}: it has type, payload and options")
        return _checked_parts(members["type"], members["payload"], members.get("options"))
    parts = cast("tuple[object, ...]", item) if isinstance(item, tuple) else ()
    if 2 <= len(parts) <= 3:
        return _checked_parts(*parts)
    raise ConfigurationError("an item of a batch is a dict with type and payload, or a tuple of them")


def _checked_parts(message_type: object, payload: object, options: object = None) -> "tuple[str, object, SendOptions]":
    known = as_mapping({} if options is None else options)
    if known is None:
        raise ConfigurationError(f"the options of an item must be a dict, not {type(options).__name__}")
    return cast("tuple[str, object, SendOptions]", (message_type, payload, known))
