"""Payloads become the bytes that ``JSON.stringify`` makes, or are refused by the path of what has no JSON."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from uuid import UUID

import pytest
from worker_client._runtime.errors import ConfigurationError
from worker_client._runtime.payload import encode_payload


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"b": 1, "a": [True, None]}, '{"b":1,"a":[true,null]}'),
        ({"text": 'é "\n\u2028\x7f'}, '{"text":"é \\"\\n\u2028\x7f"}'),
        ("1.0", '"1.0"'),
        ({"1.0": "a 1.0,"}, '{"1.0":"a 1.0,"}'),
        (1.0, "1"),
        (-0.0, "0"),
        (0.5, "0.5"),
        ([1.0, -2.50, 1e16, 1e20], "[1,-2.5,10000000000000000,100000000000000000000]"),
        ([1e21, 1.5e300, 1e-7, -1.5e-9], "[1e+21,1.5e+300,1e-7,-1.5e-9]"),
        ([1e-5, 0.00012345], "[0.00001,0.00012345]"),
        (12345678901234567890, "12345678901234567890"),
        ({"a": ("x", "y")}, '{"a":["x","y"]}'),
        (MappingProxyType({"a": MappingProxyType({"b": 1.0})}), '{"a":{"b":1}}'),
    ],
)
def test_encodes(payload: object, expected: str) -> None:
    assert encode_payload(payload) == expected.encode()


def test_escapes_half_a_surrogate_pair_and_joins_whole_ones() -> None:
    assert encode_payload("é\ud800") == "é\\ud800".encode().join([b'"', b'"'])
    assert encode_payload("\ud83d\ude00\udc00") == '"😀\\udc00"'.encode()


class _Colour(Enum):
    RED = "the value"


def _circle() -> object:
    inner: dict[str, object] = {}
    inner["self"] = inner
    return {"a": [inner]}


def _tower() -> object:
    value: object = 1
    for _ in range(100_000):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: {"a": {"b": [0, float("nan")]}}, r"$.a.b[1] is not a finite number"),
        (lambda: float("-inf"), "$ is not a finite number"),
        (lambda: {"a b": datetime.now(UTC)}, '$["a b"] is a datetime'),
        (lambda: {"id": UUID(int=7)}, "$.id is a UUID"),
        (lambda: {"n": Decimal("1.5")}, "$.n is a Decimal"),
        (lambda: {"c": _Colour.RED}, "$.c is a _Colour"),
        (lambda: {"s": {1, 2}}, "$.s is a set"),
        (lambda: {"b": b"raw"}, "$.b is a bytes"),
        (lambda: {"m": {("a", "b"): 1}}, "$.m has a key that is a tuple"),
        (_circle, "$.a[0].self refers back"),
        (_tower, "$ is nested too deeply"),
    ],
)
def test_refuses(make: Callable[[], object], message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        encode_payload(make())
    assert message in str(caught.value)
    assert "the value" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_asks_default_for_what_has_no_json() -> None:
    def default(value: object) -> object:
        if isinstance(value, Decimal):
            return float(value)
        raise TypeError("no")

    assert encode_payload({"n": Decimal("1.50")}, default) == b'{"n":1.5}'
    with pytest.raises(ConfigurationError, match=r"\$\.x is a UUID, which default= does not know"):
        encode_payload({"n": Decimal(1), "x": UUID(int=1)}, default)
