"""Looks into values of unknown make, in words that type checkers follow."""

from collections.abc import Mapping, Sequence
from typing import cast


def as_object(value: object) -> dict[str, object] | None:
    """A JSON object, or ``None`` for anything else."""
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


def as_list(value: object) -> list[object] | None:
    """A JSON array, or ``None`` for anything else."""
    return cast("list[object]", value) if isinstance(value, list) else None


def as_mapping(value: object) -> Mapping[object, object] | None:
    """Any mapping, or ``None`` for anything else."""
    return cast("Mapping[object, object]", value) if isinstance(value, Mapping) else None


def as_text(value: object) -> str | None:
    """A text that says something, or ``None``."""
    return value if isinstance(value, str) and value.strip() else None


def member(value: object, name: str) -> object:
    """A member of a JSON object; ``None`` where there is no such thing."""
    found = as_object(value)
    return None if found is None else found.get(name)


def as_members(value: object) -> dict[object, object] | None:
    """What is written as an object, its keys unchecked; ``None`` for anything else."""
    return dict(cast("Mapping[object, object]", value)) if isinstance(value, Mapping) else None


def as_items(value: object) -> Sequence[object] | None:
    """What ``json`` writes as an array; ``None`` for anything else."""
    return cast("Sequence[object]", value) if isinstance(value, (list, tuple)) else None
