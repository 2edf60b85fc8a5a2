"""Waits until a job has finished: asks again and again, and bears a backend in trouble until the time is over."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypedDict

from .calls import ask_for_status
from .config import check_seconds
from .core import Core
from .errors import (
    ConfigurationError,
    HttpError,
    JobFailedError,
    JobNotFoundError,
    TransportError,
    WaitTimeoutError,
)
from .http_errors import one_line
from .options import CALL_NAMES, CallOptions, CheckedOptions, check_options
from .responses import JobResponse, JobStatus
from .steps import Steps, invoke, wait

DEFAULT_TIMEOUT: Final = 300.0
_NEW_JOB_SECONDS: Final = 2.0
"""A job that was just enqueued may not be found everywhere at once."""
_FIRST_WAIT: Final = 0.1
_LONGEST_WAIT: Final = 5.0


class WaitOptions(TypedDict, total=False):
    """How a job is waited for."""

    timeout: float | None
    """Seconds to wait in all; else 300."""
    interval: float | None
    """Seconds between two questions; else from 0.1, half as much longer each time, up to 5."""
    on_update: Callable[[JobStatus], object] | None
    """Called when the state or the progress has changed."""


def wait_for_job(core: Core, job: JobResponse | JobStatus | str, options: WaitOptions) -> Steps[JobStatus]:
    """Waits for one job; see :meth:`.client.BaseClient.wait_for_job`."""
    for name in options:
        if name not in WaitOptions.__annotations__:
            raise TypeError(f"unexpected keyword argument {name!r}")
    timeout, interval = options.get("timeout"), options.get("interval")
    waiting = _Waiting(
        core,
        job_id=job if isinstance(job, str) else job.job_id,
        timeout=DEFAULT_TIMEOUT if timeout is None else check_seconds(timeout, "timeout"),
        interval=None if interval is None else check_seconds(interval, "interval"),
        on_update=options.get("on_update"),
    )
    return (yield from waiting.run())


class _Waiting:
    """One wait: :meth:`run` is its whole course, the fields are what it remembers on the way."""

    def __init__(
        self,
        core: Core,
        *,
        job_id: str,
        timeout: float,
        interval: float | None,
        on_update: Callable[[JobStatus], object] | None,
    ) -> None:
        if on_update is not None and not callable(on_update):
            raise ConfigurationError("on_update must be a function")
        self._core = core
        self._job_id = job_id
        self._timeout = timeout
        self._interval = interval
        self._on_update = on_update
        self._started = core.clock()
        self._options: CheckedOptions = check_options(CallOptions(), core.settings, names=CALL_NAMES)
        self._questions = 0
        self._last: JobStatus | None = None

    @property
    def _remaining(self) -> float:
        return self._started + self._timeout - self._core.clock()

    def run(self) -> Steps[JobStatus]:
        """Asks until the job has finished; raises when it has failed, is gone, or takes too long."""
        while self._remaining > 0:
            status, asked = yield from self._ask()
            if status is not None:
                yield from self._update(status)
                if status.state == "completed":
                    return status
                if status.state == "failed":
                    raise _failed(status)
            yield from wait(min(self._seconds_to_next(status, asked), max(0.0, self._remaining)))
        state = "nothing is known of it" if self._last is None else f"it is {self._last.state}"
        text = f"job {self._job_id} had not finished after {self._timeout:g} s: {state}"
        raise WaitTimeoutError(text, timeout_ms=round(self._timeout * 1000), last_status=self._last)

    def _ask(self) -> Steps[tuple[JobStatus | None, float | None]]:
        """Asks once; the answer is ``None`` where asking again may help, with the seconds until then."""
        options = replace(self._options, timeout=min(self._options.timeout, self._remaining))
        self._questions += 1
        try:
            return (yield from ask_for_status(self._core, self._job_id, options))
        except TransportError:
            return None, None
        except JobNotFoundError as error:
            if self._core.clock() - self._started < _NEW_JOB_SECONDS and self._last is None:
                return None, None
            if self._last is not None:
                error.args = (f"{error} (it was there before: removeOnComplete takes finished jobs away)",)
            raise
        except HttpError as error:
            if error.status == 429 or error.status >= 500:
                return None, error.retry_after
            raise

    def _update(self, status: JobStatus) -> Steps[None]:
        last, self._last = self._last, status
        has_changed = last is None or (last.state, last.progress) != (status.state, status.progress)
        if has_changed and self._on_update is not None:
            yield from invoke(self._on_update, status, ends_at=self._started + self._timeout)

    def _seconds_to_next(self, status: JobStatus | None, asked: float | None) -> float:
        """What a success answer asks for is a hint; what a refusal asks for is kept."""
        backoff = min(_LONGEST_WAIT, _FIRST_WAIT * 1.5 ** (self._questions - 1)) * (0.8 + self._core.random() * 0.4)
        chosen = self._interval or asked or backoff
        return chosen if status is not None else max(chosen, asked or 0.0)


def _failed(status: JobStatus) -> JobFailedError:
    found = status.raw.get("failedReason")
    reason = found if isinstance(found, str) else None
    text = "no reason given" if reason is None else one_line(reason)
    return JobFailedError(f"job {status.job_id} failed: {text}", job=status, failed_reason=reason)
