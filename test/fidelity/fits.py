"""Whether values fit the types of a module, as a checker reads them: an object may have more keys than its type."""

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import ForwardRef, Literal, Never, Union, get_args, get_origin, get_type_hints, is_typeddict


def fits(value, hint, names):
    """Answer for one value and one type, whose forward references are found in `names`."""
    if isinstance(hint, ForwardRef):
        hint = hint.__forward_arg__
    if isinstance(hint, str):
        hint = eval(hint, names)
    origin, args = get_origin(hint), get_args(hint)
    if is_typeddict(hint):
        return isinstance(value, dict) and fits_keys(value, hint, names)
    if origin in (Union, UnionType):
        return any(fits(value, arg, names) for arg in args)
    if origin is Literal:
        return any(type(arg) is type(value) and arg == value for arg in args)
    if origin is list:
        return isinstance(value, list) and all(fits(item, args[0], names) for item in value)
    if origin is tuple:
        items = () if args == ((),) else args
        return isinstance(value, list) and len(value) == len(items) and all(map(fits, value, items, [names] * len(value)))
    if origin in (dict, Mapping):
        return isinstance(value, dict) and all(fits(item, args[1], names) for item in value.values())
    return fits_class(value, hint)


def fits_keys(value, hint, names):
    """Answer for a `TypedDict`."""
    hints = get_type_hints(hint, names)
    present = hints.keys() & value.keys()
    return hint.__required_keys__ <= value.keys() and all(fits(value[key], hints[key], names) for key in present)


def fits_class(value, hint):
    """Answer for a class; every `int` is a `float`, and every `bool` is an `int`."""
    if hint is None or hint is NoneType:
        return value is None
    if hint is Never:
        return False
    return isinstance(value, (int, float) if hint is float else hint)


def answers(text, name, values):
    """Answer for every value and the type of that name in a module; in words where the module does not run."""
    names = {"__name__": "types_of_case"}
    try:
        exec(text, names)
    except Exception as error:
        return repr(error)
    return [fits(value, names[name], names) for value in values]
