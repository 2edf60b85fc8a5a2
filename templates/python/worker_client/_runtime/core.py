"""What the calls of one client share: its settings, its hooks, its budget of retries."""

import platform
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import metadata
from random import random
from time import monotonic, time

from .config import Idempotency, Settings, is_loopback, load_settings
from .hooks import Hooks, check_hooks
from .log import logger
from .payload import Default, check_default
from .retry import RetryBudget
from .secrets import Headers
from .validate import Validate, check_validate


@dataclass(frozen=True, slots=True)
class About:
    """What a generated package says of itself."""

    package: str
    """Name under which pip knows the package."""
    idempotency: Idempotency = "auto"
    """What counts when the caller says nothing."""
    job_options: bool = False
    """The backend takes ``X-Job-Options``."""


@dataclass(slots=True, repr=False)
class Core:
    """One client, without its connections."""

    about: About
    settings: Settings
    hooks: Hooks
    validate: Validate
    default: Default | None
    budget: RetryBudget = field(default_factory=RetryBudget)
    clock: Callable[[], float] = monotonic
    """Moments that deadlines are counted in."""
    today: Callable[[], float] = time
    """Seconds since 1970, for dates in answers."""
    random: Callable[[], float] = random
    base_headers: Headers = field(init=False)
    """Headers that every request of the client has."""
    _must_warn: bool = field(init=False)

    def __post_init__(self) -> None:
        base = self.settings.base
        self._must_warn = base.scheme == "http" and not is_loopback(base.host)
        self.base_headers = Headers(
            {
                "Accept": "application/json",
                "Accept-Encoding": "gzip, deflate",
                "User-Agent": _user_agent(self.about),
            }
        )

    def warn_of_plain_key(self) -> None:
        """Says once that a key goes over the network for everybody to read."""
        if self._must_warn:
            self._must_warn = False
            where = self.settings.base.authority
            logger.warning("the API key is sent to %s without encryption: use https", where)


def _user_agent(about: About) -> str:
    try:
        version = metadata.version(about.package)
    except metadata.PackageNotFoundError:
        version = "0"
    return f"{about.package}/{version} (gen-worker-client; python/{platform.python_version()})"


def make_core(
    about: About,
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
    validate: object,
    hooks: object,
    default: object,
) -> Core:
    """Checks the arguments that a client was made with; ``api_key`` is hidden already."""
    return Core(
        about=about,
        settings=load_settings(
            base_url=base_url,
            api_key=api_key,
            timeout=timeout,
            max_retries=max_retries,
            retry_on=retry_on,
            attempt_timeout=attempt_timeout,
            idempotency=about.idempotency if idempotency is None else idempotency,
            headers=headers,
            max_response_bytes=max_response_bytes,
            log_bodies=log_bodies,
        ),
        hooks=check_hooks(hooks),
        validate=check_validate(validate),
        default=check_default(default),
    )
