"""Quickly made classes do what those of `dataclasses` do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field
from typing import Any, ClassVar, Generic, TypeVar

import pytest

from searcher import frozen

T = TypeVar("T")


@frozen.dataclass(frozen=True, slots=True)
class Quick:
    """A value."""

    name: str
    count: int = 3
    items: list[int] = field(default_factory=list)

    @property
    def doubled(self) -> int:
        """A property."""
        return self.count * 2


@frozen.dataclass(frozen=True, slots=True)
class Other:
    """A value with the same fields."""

    name: str
    count: int = 3
    items: list[int] = field(default_factory=list)


@frozen.dataclass(frozen=True, slots=True)
class Empty:
    """A value without fields."""


@frozen.dataclass(frozen=True, slots=True)
class Placed:
    """A value with a field that plays no part in equality."""

    text: str
    place: int = field(default=0, repr=False, compare=False)


@frozen.dataclass(frozen=True, slots=True)
class Apart:
    """A value of nothing but a place."""

    place: int = field(default=0, repr=False, compare=False)


@frozen.dataclass(frozen=True, slots=True)
class Boxed(Generic[T]):
    """A value of some type that looks at itself."""

    value: T

    def __post_init__(self) -> None:
        """Refuse nothing."""
        if self.value is None:
            raise ValueError("nothing")


def twin(name: str) -> Any:
    """Give the class as the standard library makes it."""

    @dataclasses.dataclass(frozen=True, slots=True)
    class Slow:
        name: str
        count: int = 3
        items: list[int] = field(default_factory=list)

    Slow.__qualname__ = name
    return Slow


@pytest.mark.parametrize(
    ("given", "named"), [(("a",), {}), (("a", 4), {"items": [1]}), ((), {"name": "b", "count": 0})]
)
def test_is_made_shown_and_compared_as_a_dataclass(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    quick, slow = Quick(*given, **named), twin("Quick")(*given, **named)
    assert repr(quick) == repr(slow)
    assert dataclasses.asdict(quick) == dataclasses.asdict(slow)
    assert dataclasses.astuple(quick) == dataclasses.astuple(slow)
    assert quick == Quick(*given, **named)
    assert quick != dataclasses.replace(quick, count=77)
    assert quick.__match_args__ == slow.__match_args__
    assert [each.name for each in dataclasses.fields(quick)] == [each.name for each in dataclasses.fields(slow)]


@pytest.mark.parametrize(
    ("given", "named"), [((), {}), (("a", 1, [], 4), {}), (("a",), {"nmae": 1}), (("a",), {"name": 1})]
)
def test_refuses_wrong_arguments(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Quick(*given, **named)


def test_nothing_can_be_set_or_deleted_or_added() -> None:
    value = Quick("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.count = 4  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del value.count  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.extra = 4  # type: ignore[attr-defined]
    assert not hasattr(value, "__dict__")
    assert value.count == 3


def test_a_default_is_made_anew_for_each() -> None:
    first, second = Quick("a"), Quick("b")
    first.items.append(1)
    assert second.items == []


def test_values_of_different_classes_differ_though_their_fields_are_equal() -> None:
    assert Quick("a") != Other("a")
    assert Boxed(1) == Boxed(1)
    assert Boxed((1,)) != (1,)
    assert Empty() == Empty()


def test_what_is_not_compared_or_shown_is_left_out() -> None:
    assert Placed("a", 1) == Placed("a", 2) != Placed("b", 1)
    assert hash(Placed("a", 1)) == hash(Placed("a", 2))
    assert repr(Placed("a", 1)) == "Placed(text='a')"
    assert Placed("a", 1).place == 1
    assert Placed("a").place == 0
    assert Apart(1) == Apart(2)
    assert repr(Apart(1)) == "Apart()"


def test_equal_values_have_one_hash_and_those_that_hold_lists_have_none() -> None:
    assert {Boxed("a"), Boxed("a"), Boxed("b")} == {Boxed("a"), Boxed("b")}
    assert len({Empty(), Empty()}) == 1
    with pytest.raises(TypeError):
        hash(Quick("a"))


@pytest.mark.parametrize("value", [Quick("a", 2, [1]), Boxed(Quick("b")), Empty()])
def test_survives_pickling_and_copying(value: object) -> None:
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - written one line above
    assert copy.deepcopy(value) == value


def test_fields_are_the_standard_librarys() -> None:
    assert dataclasses.is_dataclass(Quick)
    name, count, items = dataclasses.fields(Quick)
    assert (name.default, count.default, items.default_factory) == (dataclasses.MISSING, 3, list)
    assert dataclasses.replace(Quick("a", 5), name="b") == Quick("b", 5)


def test_methods_and_what_comes_after_are_kept() -> None:
    assert Quick("a", 4).doubled == 8
    with pytest.raises(ValueError, match="nothing"):
        Boxed(None)
    match Quick("a", 4):
        case Quick("a", count=count):
            assert count == 4
        case _:
            pytest.fail("does not match")


def test_a_value_within_itself_can_be_shown() -> None:
    items: list[Any] = []
    value = Quick("a", items=items)
    items.append(value)
    assert "..." in repr(value)


def test_what_is_beyond_plain_is_left_to_the_standard_library() -> None:
    @frozen.dataclass(frozen=True, slots=True, order=True)
    class Ordered:
        number: int

    @frozen.dataclass(frozen=True, slots=True)
    class Special:
        shown: int
        shared: ClassVar[int] = 7
        made: int = field(init=False, default=0)

    @frozen.dataclass(frozen=True, slots=True)
    class Longer(Quick):
        last: int = 9

    assert Ordered(1) < Ordered(2)
    assert (Special(1).made, Special.shared) == (0, 7)
    assert Longer("a", last=4).name == "a"
    assert len(dataclasses.fields(Longer)) == 4
