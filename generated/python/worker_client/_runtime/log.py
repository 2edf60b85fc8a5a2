"""The logger of the package. It is silent until the application, or ``WORKER_BACKEND_LOG``, gives it a handler."""

import logging
import os
from typing import Final

ENV_LOG: Final = "WORKER_BACKEND_LOG"
_LEVELS: Final = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warn": logging.WARNING,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}

logger: Final = logging.getLogger((__package__ or "worker_client").removesuffix("._runtime"))
logger.addHandler(logging.NullHandler())


def follow_environment() -> None:
    """Logs to stderr from the level in ``WORKER_BACKEND_LOG`` on, unless the application logs in its own way."""
    level = _LEVELS.get(os.environ.get(ENV_LOG, "").strip().lower())
    if level is None or logger.level != logging.NOTSET or logging.getLogger().handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(level)
