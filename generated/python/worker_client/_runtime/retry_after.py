"""Reads how long an answer asks to wait: ``retry-after-ms``, or ``Retry-After`` in seconds or as a date."""

import re
from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Final

_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def parse_retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """
    Seconds to wait.

    :param headers: of the answer, by lower-case name
    :param now: seconds since 1970
    :returns: ``None`` for no wish, a moment that has passed, or rubbish
    """
    milliseconds = headers.get("retry-after-ms", "").strip()
    if _NUMBER.fullmatch(milliseconds):
        return float(milliseconds) / 1000
    value = headers.get("retry-after", "").strip()
    if _NUMBER.fullmatch(value):
        return float(value)
    seconds = _seconds_until(value, now)
    return seconds if seconds is not None and seconds > 0 else None


def _seconds_until(date: str, now: float) -> float | None:
    try:
        moment = parsedate_to_datetime(date)
        # A date without a zone is meant as UTC, as all dates of HTTP are.
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now
    except (ValueError, OverflowError, TypeError):
        return None
