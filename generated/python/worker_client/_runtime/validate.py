"""Checks payloads before they are sent, where the caller asks for it: by the message's schema, or by a function."""

from collections.abc import Callable, Iterable
from typing import Any

from .errors import ConfigurationError, Issue, PayloadValidationError
from .json_values import as_items, as_list, as_text, member
from .schema_checks import check_by_schema, import_jsonschema, pointer_of

Validator = Callable[[str, Any], object]
"""
Takes a message type and a payload, and raises ``ValueError``, or a library's ``ValidationError``, for a wrong one.

What it returns is sent instead of the payload; ``None`` and ``True`` leave it as it is, ``False`` refuses it.
"""
Validate = bool | Validator
"""``True``: by the schemas of the package, which needs its extra ``validate``. A function: by that."""


def check_validate(validate: object) -> Validate:
    """Takes ``None`` for no checks."""
    if validate is None or isinstance(validate, bool):
        if validate:
            import_jsonschema()
        return bool(validate)
    if callable(validate):
        return validate
    raise ConfigurationError(f"validate must be a bool or a function, not {type(validate).__name__}")


def validator_of(validate: Validate) -> Validator | None:
    """The function that checks, if any."""
    if validate is True:
        return check_by_schema
    return validate or None


def is_refusal(error: Exception) -> bool:
    """Whether a function of the caller's refuses the payload: ``ValueError``, or a library's ``ValidationError``."""
    if isinstance(error, PayloadValidationError):
        return False
    return isinstance(error, ValueError) or type(error).__name__.endswith("ValidationError")


def refuse(message_type: str, error: Exception | None) -> PayloadValidationError:
    """What a function of the caller's said; of its text nothing is kept, since payload values may stand in it."""
    why = "" if error is None else f" ({type(error).__name__})"
    return PayloadValidationError(
        f"the payload of {message_type} was refused by validate{why}",
        message_type=message_type,
        issues=list(_foreign_issues(error)),
    )


def accepted(message_type: str, payload: object, answer: object) -> object:
    """The payload to go on with, after a validator has answered."""
    if answer is False:
        raise refuse(message_type, None)
    return payload if answer is None or answer is True else answer


def _foreign_issues(error: Exception | None) -> Iterable[Issue]:
    """Place and kind of each issue of a pydantic error."""
    find = getattr(error, "errors", None)
    if not callable(find):
        return
    for issue in as_list(find()) or []:
        kind = as_text(member(issue, "type")) or "invalid"
        yield Issue(path=pointer_of(as_items(member(issue, "loc")) or ()), keyword=kind, message=kind)
