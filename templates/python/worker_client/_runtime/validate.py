"""Checks payloads before they are sent, where the caller asks for it: by the message's schema, or by a function."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import import_module, resources
from typing import Any, Protocol

from .errors import ConfigurationError, Issue, PayloadValidationError
from .json_values import as_items, as_list, as_members, as_text, member

Validator = Callable[[str, Any], object]
"""
Takes a message type and a payload, and raises ``ValueError``, or a library's ``ValidationError``, for a wrong one.

What it returns is sent instead of the payload; ``None`` and ``True`` leave it as it is, ``False`` refuses it.
"""
Validate = bool | Validator
"""``True``: by the schemas of the package, which needs its extra ``validate``. A function: by that."""

SCHEMAS = "_schemas"
"""Folder of the package that holds one self-contained schema a message: ``file-download-request.json``."""


def check_validate(validate: object) -> Validate:
    """Takes ``None`` for no checks."""
    if validate is None or isinstance(validate, bool):
        if validate:
            _import_jsonschema()
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


class _SchemaError(Protocol):
    """What is used of an error of jsonschema."""

    absolute_path: Sequence[str | int]
    validator: str
    validator_value: object
    instance: object


class _SchemaValidator(Protocol):
    def iter_errors(self, instance: object) -> Iterable[_SchemaError]: ...


def check_by_schema(message_type: str, payload: object) -> None:
    """Checks a payload by the schema of its message; messages that the package does not know pass."""
    validator = _load_validator(message_type)
    if validator is None:
        return
    issues = [issue for error in validator.iter_errors(payload) for issue in _issues_of(error)]
    if issues:
        first = issues[0]
        place = f"{first.path or 'the payload'}: {first.message}"
        more = f" (and {len(issues) - 1} more)" if len(issues) > 1 else ""
        raise PayloadValidationError(
            f"the payload of {message_type} is not what its schema says: {place}{more}",
            message_type=message_type,
            issues=issues,
        )


@cache
def _load_validator(message_type: str) -> _SchemaValidator | None:
    package = (__package__ or "").removesuffix("._runtime")
    file = resources.files(package).joinpath(SCHEMAS, f"{message_type}.json")
    if "/" in message_type or "\\" in message_type or not file.is_file():
        return None
    schema: object = json.loads(file.read_text("utf-8"))
    jsonschema = _import_jsonschema()
    kind = jsonschema.validators.validator_for(schema)
    validator: _SchemaValidator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    return validator


def _import_jsonschema() -> Any:
    try:
        return import_module("jsonschema")
    except ImportError:
        text = "validate=True needs jsonschema: install this package with its extra [validate]"
        raise ConfigurationError(text) from None


def _issues_of(error: _SchemaError) -> Iterable[Issue]:
    """An error in words of the schema: place, keyword and what the schema asks for, never what the payload holds."""
    path, wanted, keyword = pointer_of(error.absolute_path), error.validator_value, error.validator
    if keyword == "required":
        # jsonschema yields one such error a missing property, each with the list of all that are required.
        present = as_members(error.instance) or {}
        missing = [json.dumps(name) for name in as_list(wanted) or [] if name not in present]
        yield Issue(path, keyword, f"must have {', '.join(missing)}")
    elif keyword in ("properties", "items", "anyOf", "oneOf", "allOf", "not", "if", "dependentSchemas"):
        yield Issue(path, keyword, f"must fit {keyword} of the schema")
    elif keyword in ("additionalProperties", "unevaluatedProperties"):
        yield Issue(path, keyword, "must not have properties that the schema does not name")
    else:
        yield Issue(path, keyword, f"must fit {keyword}: {json.dumps(wanted)[:200]}")


def pointer_of(path: Iterable[object]) -> str:
    """Steps into a JSON value as a JSON Pointer."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
