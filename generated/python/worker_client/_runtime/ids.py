"""Checks what goes into paths and headers, and encodes it: job ids, message types, keys, trace contexts."""

import re
from typing import Final
from urllib.parse import quote
from uuid import uuid4

from .errors import ConfigurationError

_SAFE: Final = "!'()*:@"
"""What ``encodeURIComponent`` leaves as it is beside ``-_.~``, and ``:`` and ``@``, which a path may hold."""
_VISIBLE: Final = re.compile(r"[\x21-\x7e]+")
_TRACEPARENT: Final = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")
_TRACESTATE: Final = re.compile(r"[\x20-\x7e]{1,512}")
_MAX_KEY: Final = 255


def path_segment(value: object, what: str) -> str:
    """
    Encodes a job id or a message type as one segment of a path.

    ``.`` and ``..`` are refused: URL parsers on the way fold them, even when they are percent-encoded.
    """
    if not isinstance(value, str):
        raise ConfigurationError(f"{what} must be a str, not {type(value).__name__}")
    text = str.__str__(value)
    if text in ("", ".", ".."):
        raise ConfigurationError(f"{what} must not be {text!r}")
    try:
        return quote(text, safe=_SAFE)
    except UnicodeEncodeError:
        raise ConfigurationError(f"{what} holds half of a surrogate pair") from None


def is_visible_ascii(text: str) -> bool:
    """Whether a text consists of visible ASCII signs only, and has at least one."""
    return _VISIBLE.fullmatch(text) is not None


def new_idempotency_key() -> str:
    """A key that no other call has."""
    return str(uuid4())


def check_idempotency_key(key: object) -> str:
    """A caller's own key: 1 to 255 visible ASCII characters."""
    if not isinstance(key, str) or len(key) > _MAX_KEY or not is_visible_ascii(key):
        raise ConfigurationError(f"idempotency_key must be 1 to {_MAX_KEY} visible ASCII characters")
    return key


def check_traceparent(value: object) -> str:
    """A W3C trace context: an all-zero or malformed one would break the trace without a word."""
    if not isinstance(value, str) or _TRACEPARENT.fullmatch(value) is None:
        raise ConfigurationError("traceparent must look like 00-<32 hex digits>-<16 hex digits>-<2 hex digits>")
    return value


def check_tracestate(value: object) -> str:
    """The vendors' part of a trace context."""
    if not isinstance(value, str) or _TRACESTATE.fullmatch(value) is None:
        raise ConfigurationError("tracestate must be 1 to 512 printable ASCII characters")
    return value
