"""Frozen, slotted dataclasses that are made quickly: what a command line program has dozens of at its start.

`dataclasses.dataclass` writes and compiles six functions for each class, a third of a millisecond; sixty such classes
were a quarter of a query's start. Here one `__init__` is compiled and all classes share the rest. Whatever `dataclass`
can do beyond `frozen=True, slots=True` is left to it; type checkers see nothing but it.
"""

from __future__ import annotations

import dataclasses
import inspect
from operator import attrgetter
from reprlib import recursive_repr
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 - the type checkers' word for "to be imported"
else:

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """Do as `dataclasses.dataclass` does, and sooner where it is asked for `frozen=True, slots=True`."""
        if cls is None:
            return lambda cls: dataclass(cls, **options)
        plain = options == {"frozen": True, "slots": True} and _is_plain(cls)
        return _made(cls) if plain else dataclasses.dataclass(cls, **options)


def _is_plain(cls: type) -> bool:
    """Tell whether a class inherits no fields and each of its own is set by an argument."""
    annotations = inspect.get_annotations(cls)
    return (
        not any(hasattr(base, "__dataclass_fields__") for base in cls.__bases__)
        and not any("ClassVar" in str(kind) or "InitVar" in str(kind) for kind in annotations.values())
        and all(field.init and field.kw_only is not True for field in _specified(cls, annotations).values())
    )


def _specified(cls: type, names: Iterable[str]) -> dict[str, dataclasses.Field[Any]]:
    """Give the fields of which a class says more than a default."""
    values = {name: cls.__dict__.get(name) for name in names}
    return {name: value for name, value in values.items() if isinstance(value, dataclasses.Field)}


def _made(cls: type) -> type:
    names = tuple(inspect.get_annotations(cls))
    given = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
    specified = _specified(cls, names)
    content = {name: value for name, value in cls.__dict__.items() if name not in given}
    for name in ("__dict__", "__weakref__"):
        content.pop(name, None)
    for name, method in _SHARED.items():
        if name not in content or (name == "__hash__" and content[name] is None):
            content[name] = method
    compared = [name for name in names if name not in specified or specified[name].compare]
    content["__slots__"] = content["__match_args__"] = names
    content["__dataclass_fields__"] = _Fields(given)
    content["_compared"] = property(attrgetter(*compared) if compared else lambda _: ())
    content["_shown"] = tuple(name for name in names if name not in specified or specified[name].repr)
    made = type(cls)(cls.__name__, cls.__bases__, content)
    made.__qualname__ = cls.__qualname__
    made.__init__ = _initialiser(made, names, given)  # type: ignore[misc]
    return made


def _initialiser(cls: type, names: tuple[str, ...], given: dict[str, Any]) -> Any:
    """Compile what sets the fields through their slots, past what keeps others from it."""
    known: dict[str, Any] = {f"_set_{name}": cls.__dict__[name].__set__ for name in names}
    parameters, lines = [], []
    for name in names:
        parameter, value = name, name
        if name in given:
            known[f"_default_{name}"] = default = given[name]
            parameter = f"{name}=_default_{name}"
            if isinstance(default, dataclasses.Field):
                known[f"_default_{name}"], known[f"_make_{name}"] = default.default, default.default_factory
                if default.default_factory is not dataclasses.MISSING:
                    value = f"_make_{name}() if {name} is _default_{name} else {name}"
                elif default.default is dataclasses.MISSING:
                    parameter = name
        parameters.append(parameter)
        lines.append(f"_set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    source = f"def __init__({', '.join(['self', *parameters])}):\n " + "\n ".join(lines or ["pass"])
    exec(source, known)  # noqa: S102 - of the names of a class's own attributes, as `dataclasses` and `namedtuple` do
    made = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    return made


class _Fields:
    """What `dataclasses.fields`, `replace` and `asdict` look for: made when one of them comes to look."""

    def __init__(self, defaults: dict[str, Any]) -> None:
        self._defaults = defaults

    def __set_name__(self, owner: Any, _name: str) -> None:
        self._owner = owner

    def __get__(self, _instance: object, _cls: type) -> dict[str, dataclasses.Field[Any]]:
        annotations = inspect.get_annotations(self._owner)
        twin: Any = dataclasses.dataclass(type("Twin", (), {"__annotations__": annotations, **self._defaults}))
        self._owner.__dataclass_fields__ = twin.__dataclass_fields__
        return self._owner.__dataclass_fields__  # type: ignore[no-any-return]


def _equal(self: Any, other: Any) -> Any:
    same = other.__class__ is self.__class__
    return self._compared == other._compared if same else NotImplemented  # noqa: SLF001


def _hash(self: Any) -> int:
    return hash(self._compared)


@recursive_repr()
def _text(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._shown)
    return f"{self.__class__.__qualname__}({fields})"


def _refuse_to_set(_self: Any, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__slots__]


def _restore(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__slots__, state, strict=True):
        object.__setattr__(self, name, value)


_SHARED = {
    "__dataclass_params__": SimpleNamespace(
        init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=True, match_args=True, slots=True
    ),
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _text,
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _state,
    "__setstate__": _restore,
}
