"""What the backend answers: a job that was enqueued, and how a job is doing."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeVar

JobState = Literal["waiting", "active", "completed", "failed", "delayed", "prioritized", "waiting-children", "unknown"]
"""The states that the queue knows. :attr:`JobStatus.state` can hold one that is newer than this package."""


class _Answer:
    """Gives an answer its ``raw``: an attribute that is no field of the dataclass."""

    raw: Mapping[str, Any] = MappingProxyType({})
    """The answer as it came, with what has no field of its own: ``failedReason``, ``attemptsMade``."""


@dataclass(frozen=True)
class JobResponse(_Answer):
    """A job that the backend has enqueued."""

    success: bool
    job_id: str
    message_name: str
    queue: str


@dataclass(frozen=True)
class JobStatus(_Answer):
    """How a job is doing."""

    job_id: str
    name: str
    queue: str
    state: str
    """One of :data:`JobState`, or a newer one."""
    data: Any
    """The payload of the job."""
    returnvalue: Any
    """What the job returned; ``None`` while it has not completed."""
    progress: Any
    """Any JSON that the worker reports, mostly a number from 0 to 100."""
    timestamp: int
    """Milliseconds since 1970 when the job was enqueued."""


AnyAnswer = TypeVar("AnyAnswer", JobResponse, JobStatus)


def with_raw(answer: AnyAnswer, raw: Mapping[str, Any]) -> AnyAnswer:
    """Gives an answer its ``raw``."""
    answer.__dict__["raw"] = raw
    return answer
