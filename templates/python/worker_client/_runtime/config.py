"""Checks what a client is made with, once and before anything is sent: explicit, else environment, else default."""

import os
import re
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, Literal, cast, get_args
from urllib.parse import SplitResult, quote, urlsplit

from .errors import ConfigurationError
from .ids import is_visible_ascii
from .json_values import as_mapping
from .secrets import Secret
from .wire import Address

Idempotency = Literal["auto", "server", "off"]
"""
What an ``Idempotency-Key`` is worth. ``auto``: it is sent, but a request that the backend may have applied is not
repeated. ``server``: the backend honours it, so such a request is repeated. ``off``: none is sent.
"""

ApiKey = str | Callable[[], "str | None"]
AsyncApiKey = str | Callable[[], "str | Awaitable[str | None] | None"]

ENV_URL: Final = "WORKER_BACKEND_URL"
ENV_API_KEY: Final = "WORKER_BACKEND_API_KEY"
ENV_TIMEOUT: Final = "WORKER_BACKEND_TIMEOUT"
DEFAULT_TIMEOUT: Final = 30.0
MIN_SECONDS: Final = 0.001
MAX_SECONDS: Final = 2_147_483.647
MAX_RETRIES: Final = 10

_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE: Final = re.compile(r"[\x20-\x7e\t]*")
_CONTROLS: Final = re.compile(r"[\x00-\x20\x7f\\]")
_OWNED: Final = frozenset({"host", "content-length", "transfer-encoding", "connection"})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a client was made with, checked."""

    base: Address
    """Its target is the prefix of all paths, without a slash at the end."""
    api_key: "Secret | Callable[[], object] | None"
    timeout: float
    attempt_timeout: float | None
    max_retries: int
    retry_on: frozenset[int]
    """Statuses that allow another try."""
    idempotency: Idempotency
    headers: Mapping[str, str | None]
    max_response_bytes: int
    log_bodies: bool
    """Payloads are shown to hooks, and to the logger."""


def hide(api_key: object) -> object:
    """Wraps a key before anything can fail, so that no traceback shows it."""
    return Secret(api_key) if isinstance(api_key, str) else api_key


def load_settings(
    *,
    base_url: object,
    api_key: object,
    timeout: object,
    max_retries: object,
    retry_on: object,
    attempt_timeout: object,
    idempotency: object,
    headers: object,
    max_response_bytes: object,
    log_bodies: object,
) -> Settings:
    """Checks everything and fills in what was left out; ``api_key`` has been through :func:`hide`."""
    return Settings(
        base=_load_base(base_url),
        api_key=_load_key(api_key),
        timeout=_load_timeout(timeout),
        attempt_timeout=None if attempt_timeout is None else check_seconds(attempt_timeout, "attempt_timeout"),
        max_retries=check_retries(max_retries),
        retry_on=_check_statuses(retry_on),
        idempotency=_check_idempotency(idempotency),
        headers=check_headers(headers),
        max_response_bytes=_check_size(max_response_bytes),
        log_bodies=_check_flag(log_bodies, "log_bodies"),
    )


def _load_base(base_url: object) -> Address:
    if base_url is not None:
        return parse_base_url(base_url, "base_url")
    text = os.environ.get(ENV_URL, "").strip()
    if text == "":
        raise ConfigurationError(f"there is no backend to talk to: give base_url, or set {ENV_URL}")
    return parse_base_url(text, ENV_URL)


def parse_base_url(value: object, what: str) -> Address:
    """Takes a base URL apart. What it says of a wrong one holds none of its text, which may have a password in it."""
    if not isinstance(value, str):
        raise ConfigurationError(f"{what} must be a str, not {type(value).__name__}")
    text = value.strip()
    if text == "":
        raise ConfigurationError(f"{what} is empty: leave it out to go by {ENV_URL}")
    if _CONTROLS.search(text) is not None:
        raise ConfigurationError(f"{what} must not hold blanks, control characters or backslashes")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise ConfigurationError(f"{what} is not a URL") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ConfigurationError(f"{what} must be a whole http:// or https:// URL")
    if "@" in parts.netloc:
        raise ConfigurationError(f"{what} must not hold a user or a password: use api_key")
    if "?" in text or "#" in text:
        raise ConfigurationError(f"{what} must not have a query or a fragment")
    scheme: Literal["http", "https"] = "https" if parts.scheme == "https" else "http"
    default_port = 443 if scheme == "https" else 80
    return Address(
        scheme=scheme,
        host=_ascii_host(parts, what),
        port=None if port in (None, default_port) else port,
        target=quote(parts.path.rstrip("/"), safe="/%!$&'()*+,;=:@~"),
    )


def _ascii_host(parts: SplitResult, what: str) -> str:
    host = parts.hostname or ""
    if ":" in host:
        try:
            ip_address(host.split("%")[0])
        except ValueError:
            raise ConfigurationError(f"{what} has an IPv6 address that is none") from None
        return host
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise ConfigurationError(f"{what} has a host name that is none") from None


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _load_key(api_key: object) -> "Secret | Callable[[], object] | None":
    if api_key is None:
        return check_key(Secret(os.environ.get(ENV_API_KEY, "")), ENV_API_KEY)
    if isinstance(api_key, Secret):
        return check_key(api_key, "api_key")
    if callable(api_key):
        return api_key
    raise ConfigurationError(f"api_key must be a str or a function, not {type(api_key).__name__}")


def check_key(key: Secret, what: str) -> Secret | None:
    """A key without the blanks around it; an empty one is none."""
    trimmed = Secret(key.reveal().strip())
    if trimmed.reveal() == "":
        return None
    if not is_visible_ascii(trimmed.reveal()):
        raise ConfigurationError(f"{what} must be visible ASCII characters only")
    return trimmed


def _load_timeout(timeout: object) -> float:
    if timeout is not None:
        return check_seconds(timeout, "timeout")
    text = os.environ.get(ENV_TIMEOUT, "").strip()
    if text == "":
        return DEFAULT_TIMEOUT
    try:
        return check_seconds(float(text), ENV_TIMEOUT)
    except ValueError:
        raise ConfigurationError(f"{ENV_TIMEOUT} must be a number of seconds") from None


def check_seconds(value: object, what: str) -> float:
    """A time that the clocks of all platforms can wait."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ConfigurationError(f"{what} must be a number of seconds, not {type(value).__name__}")
    # NaN is in no range, and an int of any size can be compared; printed it cannot be.
    if not MIN_SECONDS <= value <= MAX_SECONDS:
        shown = f", not {value}" if isinstance(value, float) else ""
        raise ConfigurationError(f"{what} must be {MIN_SECONDS} to {MAX_SECONDS} seconds{shown}")
    return float(value)


def check_retries(value: object) -> int:
    """How often a call is repeated at the most."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MAX_RETRIES:
        raise ConfigurationError(f"max_retries must be an int from 0 to {MAX_RETRIES}")
    return value


def _check_statuses(value: object) -> frozenset[int]:
    statuses = list(cast("Collection[object]", value)) if isinstance(value, Collection) else [None]
    checked = frozenset(status for status in statuses if isinstance(status, int) and 400 <= status <= 599)
    if not checked.issuperset(statuses):
        raise ConfigurationError("retry_on must be a collection of statuses from 400 to 599")
    return checked


def _check_size(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ConfigurationError("max_response_bytes must be a positive int")
    return value


def _check_flag(value: object, what: str) -> bool:
    if not isinstance(value, bool):
        raise ConfigurationError(f"{what} must be True or False, not a {type(value).__name__}")
    return value


def _check_idempotency(value: object) -> Idempotency:
    for known in get_args(Idempotency):
        if value == known:
            return cast("Idempotency", known)
    raise ConfigurationError("idempotency must be 'auto', 'server' or 'off'")


def check_headers(headers: object) -> Mapping[str, str | None]:
    """Headers that every HTTP server reads alike; ``None`` takes a default header out. Values are never shown."""
    if headers is None:
        return {}
    given = as_mapping(headers)
    if given is None:
        raise ConfigurationError(f"headers must be a mapping, not {type(headers).__name__}")
    checked: dict[str, str | None] = {}
    for name, value in given.items():
        if not isinstance(name, str) or _NAME.fullmatch(name) is None:
            raise ConfigurationError("headers has a name that is none")
        if name.lower() in _OWNED:
            raise ConfigurationError(f"the header {name} belongs to the HTTP library")
        if value is not None and (not isinstance(value, str) or _VALUE.fullmatch(value) is None):
            raise ConfigurationError(f"the header {name} must be printable ASCII characters")
        checked[name] = value if value is None else value.strip()
    return checked
