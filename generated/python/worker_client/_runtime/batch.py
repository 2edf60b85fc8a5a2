"""Many messages in one call: what goes in, what became of each."""

from dataclasses import dataclass

from .errors import WorkerClientError
from .responses import JobResponse


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of one item."""

    index: int
    """Place of the item among the others, from 0."""
    ok: bool
    job: JobResponse | None = None
    error: WorkerClientError | None = None
