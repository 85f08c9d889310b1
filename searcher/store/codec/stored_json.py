"""The stored fields of one article as JSON, and back.

JSON knows few types; the others that Whoosh fields store are written as `{"$": [type, value]}`.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import ModuleType

_WRITTEN: dict[type, tuple[str, Callable[[Any], Any]]] = {
    bytes: ("bytes", lambda value: _base64().b64encode(value).decode()),
    tuple: ("tuple", lambda value: [_tagged(item) for item in value]),
    set: ("set", lambda value: [_tagged(item) for item in value]),
    frozenset: ("frozenset", lambda value: [_tagged(item) for item in value]),
    datetime: ("datetime", datetime.isoformat),
    date: ("date", date.isoformat),
    time: ("time", time.isoformat),
    timedelta: ("timedelta", lambda value: [value.days, value.seconds, value.microseconds]),
    Decimal: ("decimal", str),
    complex: ("complex", lambda value: [value.real, value.imag]),
}
_READ: dict[str, Callable[[Any], Any]] = {
    "bytes": lambda value: _base64().b64decode(value),
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "timedelta": lambda value: timedelta(*value),
    "decimal": Decimal,
    "complex": lambda value: complex(*value),
    "dict": lambda value: {_hashable(key): item for key, item in value},
}


def _base64() -> ModuleType:
    import base64

    return base64


_PLAIN = (str, int, float, bool, type(None))


def _tagged(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if type(value) is list:
        return [_tagged(item) for item in value]
    if isinstance(value, dict):
        if all(type(key) is str for key in value) and "$" not in value:
            return {key: _tagged(item) for key, item in value.items()}
        return {"$": ["dict", [[_tagged(key), _tagged(item)] for key, item in value.items()]]}
    known = _WRITTEN.get(type(value))
    if known is not None:
        return {"$": [known[0], known[1](value)]}
    for plain in (str, int, float, list):
        if isinstance(value, plain):
            return _tagged(plain(value))  # type: ignore[arg-type]
    raise TypeError(f"a stored field holds a {type(value).__name__}, which this index does not keep")


def _untagged(value: dict[str, Any]) -> Any:
    if len(value) == 1 and "$" in value:
        name, inner = value["$"]
        return _READ[name](inner)
    return value


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_decode = json.JSONDecoder(object_hook=_untagged).decode


# In a JSON string as UTF-8: signs that are escaped and come up, and all others that must be.
_ESCAPED = [(b"\\", b"\\\\"), (b'"', b'\\"'), (b"\n", b"\\n"), (b"\t", b"\\t")]
_CONTROLS = bytes(range(32))


def encode(fields: Mapping[str, Any]) -> bytes:
    """Write the stored fields of one article.

    Raises:
        TypeError: a value is of a type that is not kept.
    """
    if "$" in fields or not all(type(key) is str for key in fields):
        return _encode(_tagged(dict(fields))).encode("utf-8", "surrogatepass")
    return b"{" + b",".join([_string(key) + b":" + _value(value) for key, value in fields.items()]) + b"}"


def _value(value: Any) -> bytes:
    if type(value) is str:
        return _string(value)
    return _encode(_tagged(value)).encode("utf-8", "surrogatepass")


def _string(text: str) -> bytes:
    """Write a string; what a story holds is found by searches, which is sooner than sign by sign."""
    data = text.encode("utf-8", "surrogatepass")
    for sign, escaped in _ESCAPED:
        data = data.replace(sign, escaped)
    if len(data.translate(None, _CONTROLS)) < len(data):
        return _encode(text).encode("utf-8", "surrogatepass")
    return b'"' + data + b'"'


def decode(text: bytes) -> dict[str, Any]:
    """Read the stored fields of one article.

    Raises:
        ValueError: it is not what `encode` writes.
    """
    try:
        fields = _decode(text.decode("utf-8", "surrogatepass"))
    except (TypeError, KeyError, RecursionError, ArithmeticError) as error:
        raise ValueError("values that cannot be read") from error
    if not isinstance(fields, dict):
        raise ValueError("no fields")  # noqa: TRY004 - the text is wrong, not a caller
    return fields
