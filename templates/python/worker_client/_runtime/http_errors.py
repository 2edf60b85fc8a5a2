"""Turns an error status into the error of that status, with what the answer says of the reason."""

import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Final

from . import errors
from .errors import HttpError
from .json_values import as_list, as_object, as_text, member
from .retry_after import parse_retry_after
from .secrets import REDACTED, Secret, without_credentials
from .wire import Reply

SNIPPET_LENGTH: Final = 1024
_MESSAGE_LENGTH: Final = 300
_REQUEST_ID: Final = ("x-request-id", "request-id", "x-correlation-id", "traceparent")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_TAGS: Final = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL | re.IGNORECASE)

_BY_STATUS: Final[Mapping[int, type[HttpError]]] = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    413: errors.PayloadTooLargeError,
    422: errors.UnprocessableEntityError,
    429: errors.RateLimitError,
}


def http_error(reply: Reply, *, parsed: object, secret: Secret | None, is_job: bool, now: float) -> HttpError:
    """
    The error of an answer.

    :param parsed: the answer's JSON, ``None`` when it is none
    :param secret: the API key, which a proxy may have put into its answer
    :param is_job: a job was asked for, so a 404 is its absence
    :param now: seconds since 1970, for a ``Retry-After`` that is a date
    """
    text = text_of(reply.body)
    body: object = text[:SNIPPET_LENGTH] if parsed is None else parsed
    message = one_line(next(_messages(parsed), "") or _plain(text) or _status_text(reply))
    error = _class_of(reply.status, is_job=is_job)(
        f"HTTP {reply.status}: {_clean(message, secret)}",
        status=reply.status,
        headers={name: _clean_header(name, value, secret) for name, value in reply.headers.items()},
        body=clean_json(body, secret),
        request_id=next((reply.headers[name] for name in _REQUEST_ID if reply.headers.get(name)), None),
        problem=_problem_of(reply, clean_json(parsed, secret)),
        retry_after=parse_retry_after(reply.headers, now),
    )
    if isinstance(error, errors.RedirectError):
        location = reply.headers.get("location")
        error.location = None if location is None else _clean(without_credentials(location), secret)
    return error


def _class_of(status: int, *, is_job: bool) -> type[HttpError]:
    if status == 404 and is_job:
        return errors.JobNotFoundError
    if 300 <= status < 400:
        return errors.RedirectError
    return errors.ServerError if status >= 500 else _BY_STATUS.get(status, HttpError)


def _messages(parsed: object) -> Iterator[str]:
    """What an answer says of its error, the best first."""
    detail, title, error = (member(parsed, name) for name in ("detail", "title", "error"))
    if isinstance(detail, str) and isinstance(title, str) and detail and title not in ("", detail):
        detail = f"{title}: {detail}"
    first, message = next(iter(as_list(member(parsed, "errors")) or []), None), member(parsed, "message")
    told = (parsed, detail, member(error, "message"), error, member(message, "message"), message)
    yield from (text for text in map(as_text, (*told, member(first, "message"), first, title)) if text is not None)


def _problem_of(reply: Reply, parsed: object) -> Mapping[str, object] | None:
    is_problem = "application/problem+json" in reply.headers.get("content-type", "").lower()
    return as_object(parsed) if is_problem or isinstance(member(parsed, "detail"), str) else None


def _plain(text: str) -> str:
    """Text of an answer that is no JSON; of a page, what a reader would see."""
    return "" if text.lstrip()[:1] in ("{", "[") else _TAGS.sub(" ", text)


def _status_text(reply: Reply) -> str:
    try:
        return reply.reason or HTTPStatus(reply.status).phrase
    except ValueError:
        return "no reason given"


def text_of(body: bytes) -> str:
    """A body as text, whatever it is."""
    return body.decode("utf-8", "replace").removeprefix("\ufeff")


def one_line(text: str) -> str:
    """A text as a part of a message: one line, no control characters, not too long."""
    line = " ".join(_CONTROLS.sub(" ", text).split())
    return line[:_MESSAGE_LENGTH]


def _clean(text: str, secret: Secret | None) -> str:
    return text if secret is None else secret.remove_from(text)


def _clean_header(name: str, value: str, secret: Secret | None) -> str:
    if name in ("set-cookie", "authorization"):
        return REDACTED
    return _clean(without_credentials(value) if name == "location" else value, secret)


def clean_json(value: object, secret: Secret | None) -> object:
    """A JSON value without the secret, wherever it stands in it."""
    if secret is None:
        return value
    if isinstance(value, str):
        return secret.remove_from(value)
    members, items = as_object(value), as_list(value)
    if members is not None:
        return {_clean(name, secret): clean_json(inner, secret) for name, inner in members.items()}
    return value if items is None else [clean_json(item, secret) for item in items]
