"""The course of one call: tries, waits and redirects until there is an answer, or an error that stays."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from .call import Call
from .config import check_key, hide
from .core import Core
from .errors import ConfigurationError, HttpError, ResponseError, WorkerClientError
from .failures import Failure, failure_of_answer, failure_of_wire, is_unclear, timeout_error
from .http_errors import text_of
from .log import logger
from .observer import Observer, Progress
from .redirects import MAX_REDIRECTS, next_address
from .retry import may_repeat, wait_before, wants_no_retry
from .secrets import Headers, Secret
from .steps import Steps, invoke, send, wait
from .wire import Attempt, Reply, WireError

T = TypeVar("T")


class Tries:
    """The tries of one call: :meth:`run` is its whole course, the fields are what it remembers on the way."""

    def __init__(self, core: Core, call: Call) -> None:
        self._core = core
        self._call = call
        self._observer = Observer(core, call)
        self._address = call.address
        self._secret: Secret | None = None
        self._attempts = 0
        self._repeats = 0
        self._retries = 0
        self._redirects = 0
        self._spent = 0
        self._is_maybe_applied = False
        self._needs_new_connection = False
        self._has_been_stale = False
        self._has_asked_twice = False

    def run(self, read: Callable[[Reply], T]) -> Steps[T]:
        """
        Sends the request until a success answer has come.

        :param read: makes a result of that answer, or raises the error that it stands for
        """
        try:
            reply = yield from self._until_success()
            result = self._read(reply, read)
        except WorkerClientError as error:
            self._is_maybe_applied = self._is_maybe_applied or is_unclear(error)
            self._finish(error)
            yield from self._observer.tell("on_error", self._progress(), error=error)
            raise
        self._core.budget.give_back(self._spent)
        return result

    def _until_success(self) -> Steps[Reply]:
        while True:
            outcome = yield from self._try_once()
            if isinstance(outcome, Reply):
                return outcome
            self._is_maybe_applied = self._is_maybe_applied or outcome.is_maybe_applied
            error = self._finish(outcome.error)
            if outcome.retry_after is not None and self._call.pause is not None:
                self._call.pause.pause(outcome.retry_after)
            seconds = self._wait_before_next(outcome)
            if seconds is None:
                raise error
            self._repeats += 1
            logger.info("%s %s again in %.3f s: %s", self._call.method, self._address.shown, seconds, error)
            yield from self._observer.tell("on_retry", self._progress(), error=error, wait_ms=seconds * 1000)
            if seconds > 0:
                yield from wait(seconds)
            yield from self._wait_with_others(error)

    def _wait_with_others(self, error: WorkerClientError) -> Steps[None]:
        """What the backend asked another call of the batch holds for this one, if its time lasts."""
        pause = self._call.pause
        while pause is not None and (seconds := pause.seconds_to_wait) > 0:
            if seconds >= self._call.deadline - self._core.clock():
                raise error
            yield from wait(seconds)

    def _try_once(self) -> Steps[Reply | Failure]:
        """Sends one request, and follows where the answer leads."""
        attempt = None
        try:
            attempt = yield from self._prepare()
            self._log_body()
            reply = yield from send(attempt)
        except WireError as error:
            is_of_call = attempt is None or attempt.ends_at >= self._call.deadline
            seconds = self._core.settings.attempt_timeout
            # A client of the caller's own may have less patience than the call.
            return failure_of_wire(
                error,
                seconds=self._call.timeout if is_of_call or seconds is None else seconds,
                is_total=attempt is None or self._core.clock() >= self._call.deadline,
            )
        logger.debug("%s %s: %d", attempt.method, attempt.address.shown, reply.status)
        yield from self._observer.tell("on_response", self._progress(), reply=reply)
        if 200 <= reply.status < 300:
            return reply
        following = next_address(reply, method=self._call.method, address=self._address)
        if following is not None and self._redirects < MAX_REDIRECTS:
            self._redirects += 1
            self._address = following
            return (yield from self._try_once())
        return failure_of_answer(
            reply,
            secret=self._secret,
            is_job=self._call.job_id is not None,
            is_key_in_force=self._call.is_key_in_force,
            retry_on=self._core.settings.retry_on,
            now=self._core.today(),
        )

    def _read(self, reply: Reply, read: Callable[[Reply], T]) -> T:
        try:
            return read(reply)
        except ResponseError:
            if self._secret is None:
                raise
            # Fails again, and says why without the key.
            return read(replace(reply, body=self._secret.remove_from(text_of(reply.body)).encode()))

    def _log_body(self) -> None:
        call = self._call
        if call.body is not None and self._core.settings.log_bodies:
            text = call.body.decode()
            shown = text if self._secret is None else self._secret.remove_from(text)
            logger.debug("%s %s sends %s", call.method, self._address.shown, shown)

    def _prepare(self) -> Steps[Attempt]:
        """Makes the next request; the key function and the hook have their say."""
        call = self._call
        headers = Headers({"Host": self._address.authority, **call.headers})
        if call.needs_key:
            yield from self._authorize(headers)
        if self._repeats > 0:
            headers["X-Retry-Attempt"] = str(self._repeats)
        yield from self._observer.before(headers, self._progress(self._attempts + 1))
        now, limit = self._core.clock(), self._core.settings.attempt_timeout
        if now >= call.deadline:
            raise timeout_error("connect", call.timeout)
        ends_at = call.deadline if limit is None else min(call.deadline, now + limit)
        self._attempts += 1
        max_bytes = self._core.settings.max_response_bytes
        attempt = Attempt(call.method, self._address, headers, call.body, max_bytes, ends_at)
        attempt.needs_new_connection = self._needs_new_connection
        self._needs_new_connection = False
        return attempt

    def _authorize(self, headers: Headers) -> Steps[None]:
        key = self._core.settings.api_key
        if callable(key):
            answer = hide((yield from invoke(key, ends_at=self._call.deadline)))
            if answer is not None and not isinstance(answer, Secret):
                raise ConfigurationError(f"the api_key function must return a str, not {type(answer).__name__}")
            key = None if answer is None else check_key(answer, "what the api_key function returns")
        if key is not None:
            self._core.warn_of_plain_key()
            headers["Authorization"] = f"Bearer {key.reveal()}"
        self._secret = key

    def _wait_before_next(self, failure: Failure) -> float | None:
        """Seconds until the next try; ``None`` when there is none."""
        if failure.retry_class == "stale" and not self._has_been_stale:
            self._has_been_stale = self._needs_new_connection = True
            return 0
        error = failure.error
        if self._wants_other_key(error):
            is_first = not self._has_asked_twice
            self._has_asked_twice = True
            return 0 if is_first else None
        if self._retries >= self._call.max_retries:
            return None
        if not may_repeat(failure.retry_class, method=self._call.method, is_key_in_force=self._call.is_key_in_force):
            return None
        seconds = wait_before(
            self._retries,
            retry_after=failure.retry_after,
            remaining=self._call.deadline - self._core.clock(),
            random=self._core.random(),
        )
        if seconds is None:
            return None
        price = self._core.budget.spend(is_timeout=failure.is_timeout)
        if price is None:
            error.args = (f"{error} (not repeated: the client's retry budget is used up)",)
            return None
        self._spent = price
        self._retries += 1
        return seconds

    def _wants_other_key(self, error: WorkerClientError) -> bool:
        """A key that a function gave can have run out just now; it is asked once more, and not again."""
        if not isinstance(error, HttpError) or error.status != 401 or wants_no_retry(error.headers):
            return False
        return callable(self._core.settings.api_key) and self._call.needs_key

    def _progress(self, attempt: int | None = None) -> Progress:
        return Progress(self._address, self._attempts if attempt is None else attempt, self._secret)

    def _finish(self, error: WorkerClientError) -> WorkerClientError:
        """Gives an error the facts of the call."""
        call = self._call
        error.attempts = self._attempts
        error.elapsed_ms = round((self._core.clock() - call.started) * 1000)
        error.method = call.method
        error.url = self._address.shown
        error.maybe_enqueued = call.method == "POST" and self._is_maybe_applied
        return error
