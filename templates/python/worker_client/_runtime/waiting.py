"""Waits until a job has finished: asks again and again, and bears a backend in trouble until the time is over."""

from collections.abc import Callable, Mapping
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
    WorkerClientError,
)
from .http_errors import one_line
from .ids import path_segment
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
    max_retries: int | None
    """How often one question is repeated at the most; the wait bears a failure in any case."""
    headers: Mapping[str, str | None] | None
    """Further headers of every question; ``None`` as a value takes a default header out."""
    traceparent: str | None
    """The W3C trace context that the wait belongs to."""
    tracestate: str | None
    """The vendors' part of the trace context."""


def wait_for_job(core: Core, job: JobResponse | JobStatus | str, options: WaitOptions) -> Steps[JobStatus]:
    """Waits for one job; see :meth:`.client.BaseClient.wait_for_job`."""
    for name in options:
        if name not in WaitOptions.__annotations__:
            raise TypeError(f"unexpected keyword argument {name!r}")
    timeout, interval = options.get("timeout"), options.get("interval")
    call = CallOptions(
        max_retries=options.get("max_retries"),
        headers=options.get("headers"),
        traceparent=options.get("traceparent"),
        tracestate=options.get("tracestate"),
    )
    waiting = _Waiting(
        core,
        job_id=_job_id_of(job),
        call=check_options(call, core.settings, names=CALL_NAMES),
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
        call: CheckedOptions,
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
        self._options = call
        self._questions = 0
        self._last: JobStatus | None = None
        self._trouble: WorkerClientError | None = None
        """Why the last question had no answer, if it had none."""

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
        raise self._timeout_error() from self._trouble

    def _timeout_error(self) -> WaitTimeoutError:
        state = "nothing is known of it" if self._last is None else f"it is {self._last.state}"
        why = "" if self._trouble is None else f" ({self._trouble})"
        text = f"job {self._job_id} had not finished after {self._timeout:g} s: {state}{why}"
        return WaitTimeoutError(text, timeout_ms=round(self._timeout * 1000), last_status=self._last)

    def _ask(self) -> Steps[tuple[JobStatus | None, float | None]]:
        """Asks once; the answer is ``None`` where asking again may help, with the seconds until then."""
        options = replace(self._options, timeout=min(self._options.timeout, self._remaining))
        self._questions += 1
        try:
            answer = yield from ask_for_status(self._core, self._job_id, options)
        except (TransportError, HttpError) as error:
            asked = self._bear(error)
            # Frames of the request hold the API key.
            self._trouble = error.with_traceback(None)
            return None, asked
        self._trouble = None
        return answer

    def _bear(self, error: TransportError | HttpError) -> float | None:
        """Raises what another question would not mend; else the seconds until it may be asked, where somebody said."""
        if isinstance(error, TransportError):
            return None
        if isinstance(error, JobNotFoundError):
            if self._seconds_new > 0:
                return None
            if self._last is not None:
                error.args = (f"{error} (it was there before: removeOnComplete takes finished jobs away)",)
        elif error.status == 429 or error.status >= 500:
            return error.retry_after
        raise error

    @property
    def _seconds_new(self) -> float:
        """For how long the job may still be missing in places."""
        return self._started + _NEW_JOB_SECONDS - self._core.clock()

    def _update(self, status: JobStatus) -> Steps[None]:
        last, self._last = self._last, status
        has_changed = last is None or (last.state, last.progress) != (status.state, status.progress)
        if has_changed and self._on_update is not None:
            yield from invoke(self._on_update, status, ends_at=self._started + self._timeout)

    def _seconds_to_next(self, status: JobStatus | None, asked: float | None) -> float:
        """What a success answer asks for is a hint; what a refusal asks for is kept."""
        backoff = min(_LONGEST_WAIT, _FIRST_WAIT * 1.5 ** (self._questions - 1)) * (0.8 + self._core.random() * 0.4)
        if isinstance(self._trouble, JobNotFoundError):
            backoff = min(backoff, max(0.0, self._seconds_new))
        chosen = self._interval or asked or backoff
        return chosen if status is not None else max(chosen, asked or 0.0)


def _job_id_of(job: object) -> str:
    job_id: object = getattr(job, "job_id", job)
    path_segment(job_id, "the job id")
    assert isinstance(job_id, str)
    return job_id


def _failed(status: JobStatus) -> JobFailedError:
    found = status.raw.get("failedReason")
    reason = found if isinstance(found, str) else None
    text = "no reason given" if reason is None else one_line(reason)
    return JobFailedError(f"job {status.job_id} failed: {text}", job=status, failed_reason=reason)
