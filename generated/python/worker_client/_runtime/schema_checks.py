"""Checks payloads by the schemas that the package holds, one self-contained file a message."""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from importlib import import_module, resources
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from .errors import ConfigurationError, Issue, PayloadValidationError
from .json_values import as_list, as_members

SCHEMAS: Final = "_schemas"
"""Folder of the package: ``_schemas/file-download-request.json``."""

_DATE_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_WHOLE: Final = ("properties", "items", "anyOf", "oneOf", "allOf", "not", "if", "dependentSchemas")
_CLOSED: Final = ("additionalProperties", "unevaluatedProperties")


class _SchemaError(Protocol):
    """What is used of an error of jsonschema."""

    absolute_path: Sequence[str | int]
    validator: str
    validator_value: object
    instance: object


class _SchemaValidator(Protocol):
    def iter_errors(self, instance: object) -> Iterable[_SchemaError]: ...


def check_by_schema(message_type: str, payload: object) -> None:
    """
    Checks a payload by the schema of its message; messages that the package does not know pass.

    :param payload: as JSON has it
    """
    validator = _load_validator(message_type)
    if validator is None:
        return
    found = sorted(validator.iter_errors(payload), key=lambda error: [str(step) for step in error.absolute_path])
    issues = list(dict.fromkeys(map(_issue_of, found)))
    if issues:
        first = issues[0]
        place = f"{first.path or 'the payload'} {first.message}"
        more = f" (and {len(issues) - 1} more)" if len(issues) > 1 else ""
        raise PayloadValidationError(
            f"the payload of {message_type} is not what its schema says: {place}{more}",
            message_type=message_type,
            issues=issues,
        )


@cache
def _load_validator(message_type: str) -> _SchemaValidator | None:
    if "/" in message_type or "\\" in message_type:
        return None
    file = resources.files((__package__ or "").removesuffix("._runtime")).joinpath(SCHEMAS, f"{message_type}.json")
    if not file.is_file():
        return None
    schema: object = json.loads(file.read_text("utf-8"))
    jsonschema = import_jsonschema()
    formats = jsonschema.FormatChecker()
    formats.checks("date-time")(_is_date_time)
    formats.checks("uri")(_is_uri)
    validator: _SchemaValidator = jsonschema.validators.validator_for(schema)(schema, format_checker=formats)
    return validator


def import_jsonschema() -> Any:
    """The library of the extra ``validate``."""
    try:
        return import_module("jsonschema")
    except ImportError:
        text = "validate=True needs jsonschema: install this package with its extra [validate]"
        raise ConfigurationError(text) from None


def _is_date_time(value: object) -> bool:
    """RFC 3339. jsonschema knows this format only with further packages."""
    if not isinstance(value, str):
        return True
    if _DATE_TIME.fullmatch(value) is None:
        return False
    try:
        # A leap second is a moment of RFC 3339, but none of Python.
        datetime.fromisoformat(value.upper().replace(":60", ":59"))
    except ValueError:
        return False
    return True


def _is_uri(value: object) -> bool:
    if not isinstance(value, str):
        return True
    try:
        return bool(urlsplit(value).scheme) and value.isascii() and not any(sign in value for sign in ' "<>\\^`{|}')
    except ValueError:
        return False


def _issue_of(error: _SchemaError) -> Issue:
    """An error in words of the schema: place, keyword and what the schema asks for, never what the payload holds."""
    path, wanted, keyword = pointer_of(error.absolute_path), error.validator_value, error.validator
    if keyword == "required":
        # jsonschema has one such error a missing property, each with the list of all that are required.
        present = as_members(error.instance) or {}
        missing = [json.dumps(name) for name in as_list(wanted) or [] if name not in present]
        return Issue(path, keyword, f"must have {', '.join(missing)}")
    if keyword in _WHOLE:
        return Issue(path, keyword, f"must fit {keyword} of its schema")
    if keyword in _CLOSED:
        return Issue(path, keyword, "must have no other properties than the schema names")
    return Issue(path, keyword, f"must fit {keyword}: {json.dumps(wanted)[:200]}")


def pointer_of(path: Iterable[object]) -> str:
    """Steps into a JSON value as a JSON Pointer."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
