"""Decides what may be repeated, after what wait, and how often in all: the table of retry classes."""

from collections.abc import Collection, Mapping
from typing import Final, Literal

from .json_values import member

RetryClass = Literal["not-sent", "stale", "refused", "maybe-applied", "final"]
"""
What a failure says of the request. ``not-sent``: the backend never saw it. ``stale``: a kept connection was closed as
it was used. ``refused``: the backend turned it away. ``maybe-applied``: the job may exist. ``final``: the same again
would bring the same.
"""

RETRY_ON: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that allow another try when the caller says nothing."""

_REFUSED: Final = frozenset({408, 425, 429, 503})
_FIRST_WAIT: Final = 0.25
_LONGEST_WAIT: Final = 8.0
_LONGEST_RETRY_AFTER: Final = 60.0
_BUDGET: Final = 500
_COST: Final = 5
_TIMEOUT_COST: Final = 10


def class_of_answer(
    status: int,
    headers: Mapping[str, str],
    *,
    parsed: object,
    is_key_in_force: bool,
    retry_on: Collection[int] = RETRY_ON,
) -> RetryClass:
    """
    What an error answer says of the request.

    :param retry_on: statuses that allow another try
    """
    if wants_no_retry(headers):
        return "final"
    if status in retry_on:
        return "refused" if status in _REFUSED else "maybe-applied"
    if _wish_of(headers) == "true" and status >= 400:
        return "maybe-applied"
    if status == 409 and is_key_in_force and ("retry-after" in headers or _is_in_progress(parsed)):
        return "refused"
    return "final"


def wants_no_retry(headers: Mapping[str, str]) -> bool:
    """Whether an answer asks not to be asked again."""
    return _wish_of(headers) == "false"


def _wish_of(headers: Mapping[str, str]) -> str:
    return headers.get("x-should-retry", "").strip().lower()


def _is_in_progress(parsed: object) -> bool:
    """The first request with the same key is still at work."""
    kind = member(parsed, "type")
    return isinstance(kind, str) and "in-progress" in kind.lower().replace("_", "-").replace(" ", "-")


def may_repeat(retry_class: RetryClass, *, method: str, is_key_in_force: bool) -> bool:
    """Whether a request may be sent again without the risk of a second job."""
    if retry_class in ("maybe-applied", "stale"):
        # A second stale connection within one call is as good as a broken one.
        return method == "GET" or is_key_in_force
    return retry_class in ("not-sent", "refused")


def wait_before(retry: int, *, retry_after: float | None, remaining: float, random: float) -> float | None:
    """
    Seconds to wait before a repetition.

    :param retry: repetitions so far
    :param retry_after: what the answer asks for
    :param remaining: seconds that the call has left
    :param random: from 0 to 1
    :returns: ``None`` when the wait does not fit into the call
    """
    if retry_after is None or retry_after <= 0:
        wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2**retry) * (0.5 + random / 2)
    elif retry_after > _LONGEST_RETRY_AFTER:
        return None
    else:
        wait = retry_after * (1 + random / 10)
        if wait >= remaining > retry_after:
            wait = retry_after
    return wait if wait < remaining else None


class RetryBudget:
    """
    Keeps a client from beating on a backend that is down: retries cost tokens, successes bring them back.

    Threads share it without a lock: a token lost between two of them does not matter.
    """

    __slots__ = ("_tokens",)

    def __init__(self) -> None:
        self._tokens = _BUDGET

    def spend(self, *, is_timeout: bool) -> int | None:
        """Pays for one repetition; the price, or ``None`` when there is not enough left."""
        price = _TIMEOUT_COST if is_timeout else _COST
        if self._tokens < price:
            return None
        self._tokens -= price
        return price

    def give_back(self, spent: int) -> None:
        """A call has succeeded: what its last repetition cost comes back, or one token for none."""
        self._tokens = min(_BUDGET, self._tokens + (spent or 1))
