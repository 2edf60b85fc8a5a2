"""Turns a payload into JSON, byte for byte as ``JSON.stringify`` would; what has no JSON is refused by its path."""

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from math import isfinite
from typing import Final

from .errors import ConfigurationError
from .json_values import as_items, as_mapping, as_members

Default = Callable[[object], object]
"""Turns a value that has no JSON of its own into one that has; raises ``TypeError`` for what it does not know."""


def _plain(value: object) -> object:
    """A mapping of any class is an object: payload types say ``Mapping``, which takes a ``TypedDict``, too."""
    members = as_mapping(value)
    if members is None:
        raise TypeError
    return dict(members)


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)
_FOREIGN_FLOAT: Final = re.compile(r"\d(?:\.0|e[+-]?\d+)(?=[,\]}]|$)")
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?')
_IDENTIFIER: Final = re.compile(r"[A-Za-z_$][\w$]*", re.ASCII)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def encode_payload(payload: object, default: Default | None = None, *, what: str = "the payload") -> bytes:
    """
    Encodes a payload: compact, UTF-8, keys in the order given.

    :param what: its name in errors
    :raises ConfigurationError: names the path of a value that has no JSON; never the value
    """
    try:
        text = encoder_for(default).encode(payload)
    except (TypeError, ValueError, RecursionError):
        raise refusal_of(payload, default, what) from None
    if _FOREIGN_FLOAT.search(text) is not None:
        text = _TOKEN.sub(_print_token, text)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return escape_surrogates(text).encode()


def check_default(default: object) -> Default | None:
    """Takes ``None`` for no function."""
    if default is not None and not callable(default):
        raise ConfigurationError(f"default must be a function, not {type(default).__name__}")
    return default


def encoder_for(default: Default | None) -> json.JSONEncoder:
    """The one encoder, or one that knows what to do with foreign values."""
    if default is None:
        return _ENCODER

    def foreign(value: object) -> object:
        members = as_mapping(value)
        return default(value) if members is None else dict(members)

    return json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=foreign)


def refusal_of(payload: object, default: Default | None, what: str) -> ConfigurationError:
    """Says which value of a payload has no JSON."""
    try:
        path, why = _find_fault(payload, "$", frozenset(), default) or ("$", "cannot be written as JSON")
    except RecursionError:
        path, why = "$", "is nested too deeply"
    return ConfigurationError(f"{what} cannot be sent: {path} {why}")


def _find_fault(value: object, path: str, above: frozenset[int], default: Default | None) -> tuple[str, str] | None:
    if value is None or isinstance(value, (str, bool, int)):
        return None
    if isinstance(value, float):
        return None if isfinite(value) else (path, "is not a finite number")
    if id(value) in above:
        return path, "refers back to what it is in"
    above |= {id(value)}
    members, items = as_members(value), as_items(value)
    if members is not None:
        return _find_in_object(members, path, above, default)
    if items is not None:
        faults = (_find_fault(item, f"{path}[{index}]", above, default) for index, item in enumerate(items))
        return next((fault for fault in faults if fault is not None), None)
    if default is None:
        return path, f"is a {type(value).__name__}, which has no JSON form: convert it, or give default="
    try:
        replacement = default(value)
    except (TypeError, ValueError):
        return path, f"is a {type(value).__name__}, which default= does not know"
    return _find_fault(replacement, path, above, default)


def _find_in_object(
    value: Mapping[object, object], path: str, above: frozenset[int], default: Default | None
) -> tuple[str, str] | None:
    for key, member in value.items():
        if not (key is None or isinstance(key, (str, int, float))):
            return path, f"has a key that is a {type(key).__name__}"
        fault = _find_fault(member, path + print_key(str(key)), above, default)
        if fault is not None:
            return fault
    return None


def print_key(key: str) -> str:
    """One step of a path: ``.name``, or ``["a name"]``."""
    return f".{key}" if _IDENTIFIER.fullmatch(key) else f"[{json.dumps(key)}]"


def _print_token(match: re.Match[str]) -> str:
    token = match.group()
    return token if token.startswith('"') or token.lstrip("-").isdigit() else print_number(float(token))


def print_number(value: float) -> str:
    """A number as JavaScript prints it: 1.0 is ``1``, 1e-05 is ``0.00001``."""
    size = abs(value)
    if size == 0:
        return "0"
    if 1e-6 <= size < 1e21:
        text = format(Decimal(repr(value)), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, exponent = repr(value).split("e")
    return f"{mantissa.removesuffix('.0')}e{int(exponent):+d}"


def escape_surrogates(text: str) -> str:
    """Joins halves of surrogate pairs that stand together, and escapes those that stand alone."""
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", joined)
