"""Keeps secrets out of sight: in ``repr``, in logs, in hooks, in the texts of errors and in tracebacks with locals."""

import re
from collections.abc import Mapping
from typing import Final

REDACTED: Final = "[redacted]"
_NAMES: Final = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"})
_SHORTEST: Final = 4
"""A key of fewer characters is not looked for in texts: it would be found in every word."""


class Secret:
    """A text that shows itself to nobody who does not ask for it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself."""
        return self._text

    def remove_from(self, text: str) -> str:
        """A text without this secret, should it be in it."""
        return text.replace(self._text, REDACTED) if len(self._text) >= _SHORTEST else text

    def __repr__(self) -> str:
        return REDACTED

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a secret cannot be pickled")


class Headers(dict[str, str]):
    """Headers of one request by their name as it is sent; secrets do not show in ``repr``."""

    __slots__ = ()

    def __repr__(self) -> str:
        return repr(redact(self))

    def find(self, name: str) -> str | None:
        """Value of a header, whatever case its name was set in."""
        return next((value for present, value in self.items() if present.lower() == name.lower()), None)

    def put(self, name: str, value: str | None) -> None:
        """Sets a header, whatever case its name was set in before; ``None`` takes it out."""
        for present in [present for present in self if present.lower() == name.lower()]:
            del self[present]
        if value is not None:
            self[name] = value


def redact(headers: Mapping[str, str], secret: Secret | None = None) -> dict[str, str]:
    """A copy of headers that may be shown."""
    shown = {name: REDACTED if name.lower() in _NAMES else value for name, value in headers.items()}
    return shown if secret is None else {name: secret.remove_from(value) for name, value in shown.items()}


_CREDENTIALS = re.compile(r"//[^/?#@]*@")


def without_credentials(url: str) -> str:
    """A URL without the user and the password in front of its host."""
    return _CREDENTIALS.sub("//", url, count=1)
