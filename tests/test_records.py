"""Classes that ``records`` makes are those that the standard library would have made."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import cached_property
from typing import Any

import pytest

from bulletin_press.ground.records import dataclass as ours

MAKERS: list[Callable[..., Any]] = [dataclasses.dataclass, ours]


def _made(maker: Callable[..., Any]) -> Any:
    class Sample:
        """A class with everything that the package's classes have."""

        name: str
        size: int = 3
        tags: list[str] = dataclasses.field(default_factory=list)
        note: str = dataclasses.field(default="", compare=False)

        @cached_property
        def double(self) -> int:
            return self.size * 2

    return maker(frozen=True)(Sample)


@pytest.fixture(params=MAKERS, ids=["standard", "ours"])
def maker(request: pytest.FixtureRequest) -> Any:
    return request.param


def test_made_with_defaults(maker: Any) -> None:
    sample = _made(maker)
    one, other = sample("甲"), sample("甲", 3, note="乙")
    assert (one.size, one.tags, one.note, one.double) == (3, [], "", 6)
    assert one.tags is not other.tags
    for wrong in (lambda: sample(), lambda: sample("甲", colour=1), lambda: sample("甲", 1, [], "", 5)):
        with pytest.raises(TypeError):
            wrong()


def test_compared_by_what_counts(maker: Any) -> None:
    sample = _made(maker)
    assert sample("甲", tags=()) == sample("甲", tags=(), note="乙")
    assert hash(sample("甲", tags=())) == hash(sample("甲", tags=(), note="乙"))
    assert sample("甲", 1) != sample("甲", 2)
    assert sample("甲") != _made(maker)("甲")
    assert {sample("甲", tags=()): 1}[sample("甲", 3, ())] == 1
    with pytest.raises(TypeError):
        hash(sample("甲"))


def test_frozen(maker: Any) -> None:
    one = _made(maker)("甲")
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.size = 4
    with pytest.raises(dataclasses.FrozenInstanceError):
        one.other = 4
    with pytest.raises(dataclasses.FrozenInstanceError):
        del one.size
    assert one.size == 3


def test_known_to_the_standard_library(maker: Any) -> None:
    one = _made(maker)("甲", 5)
    changed = dataclasses.replace(one, size=6)
    assert (changed.name, changed.size, one.size) == ("甲", 6, 5)
    assert [field.name for field in dataclasses.fields(one)] == ["name", "size", "tags", "note"]
    assert dataclasses.asdict(one) == {"name": "甲", "size": 5, "tags": [], "note": ""}
    match one:
        case object(name="甲", size=size):
            assert size == 5
    assert type(one).__match_args__ == ("name", "size", "tags", "note")


def test_printed(maker: Any) -> None:
    assert repr(_made(maker)("甲")).endswith("Sample(name='甲', size=3, tags=[], note='')")


def test_own_methods_stay(maker: Any) -> None:
    class Same:
        """Equal to whatever is as long."""

        text: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Same) and len(self.text) == len(other.text)  # type: ignore[attr-defined]

        def __repr__(self) -> str:
            return "same"

    same = maker(frozen=True)(Same)
    assert same("甲") == same("乙") and repr(same("甲")) == "same"


def test_a_class_without_fields_and_one_that_inherits(maker: Any) -> None:
    class Empty:
        """Nothing."""

    class Base:
        """One field."""

        first: int

    empty, base = maker(frozen=True)(Empty), maker(frozen=True)(Base)

    class Derived(base):  # type: ignore[misc]
        """Two."""

        second: int = 2

    derived = maker(frozen=True)(Derived)
    assert empty() == empty() and hash(empty()) == hash(empty())
    assert derived(1) == derived(1, 2) and derived(1) != base(1)


def test_the_rest_is_the_standard_librarys() -> None:
    @ours(frozen=True, order=True)
    class Placed:
        line: int

    @ours
    class Open:
        line: int

    assert Placed(1) < Placed(2)
    one = Open(1)
    one.line = 2
    assert one == Open(2)
