"""Wishes for a job that travel beside its payload, as one header of JSON."""

import re
from typing import TypedDict

from .errors import ConfigurationError
from .json_values import as_mapping
from .payload import encode_payload


class Backoff(TypedDict, total=False):
    """How long the queue waits before it tries a failed job again."""

    type: str
    delay: float
    """Milliseconds."""
    jitter: float


class Deduplication(TypedDict, total=False):
    """Jobs with the same id are one."""

    id: str
    ttl: float
    """Milliseconds."""


class KeepJobs(TypedDict, total=False):
    """Which finished jobs stay."""

    age: float
    """Seconds."""
    count: int


class JobOptions(TypedDict, total=False):
    """How the backend is to queue a job; the words are those of BullMQ."""

    delay: float
    """Milliseconds."""
    priority: int
    """1 is served before 2; 0 to 2097151."""
    attempts: int
    backoff: float | Backoff
    lifo: bool
    deduplication: Deduplication
    removeOnComplete: bool | int | KeepJobs
    removeOnFail: bool | int | KeepJobs


_NOT_IN_HEADERS = re.compile(r"[^\x20-\x7e]")


def print_job_options(options: object) -> str:
    """JSON in visible ASCII, which is all that a header can carry."""
    members = as_mapping(options)
    if members is None:
        raise ConfigurationError(f"job_options must be a mapping, not {type(options).__name__}")
    return _NOT_IN_HEADERS.sub(_escape, encode_payload(members, what="job_options").decode())


def _escape(match: re.Match[str]) -> str:
    units = match.group().encode("utf-16-be").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
