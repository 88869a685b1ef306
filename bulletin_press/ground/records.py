"""``@dataclass`` as the standard library has it, made sooner.

The standard one compiles seven functions for every frozen class: for the classes that ``press check``
loads, more than a tenth of its time. This one compiles ``__init__`` alone; comparing, hashing, printing
and refusing are closures over the fields' names. ``field``, ``replace`` and ``fields`` work on both.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls: type | None = None, /, *, frozen: bool = False, order: bool = False) -> Any:
        """Make a class of its annotations; whatever is not plainly frozen goes to the standard library."""
        make = _record if frozen and not order else dataclasses.dataclass(frozen=frozen, order=order)
        return make if cls is None else make(cls)


_UNSET = object()
_PLAIN = dataclasses.dataclass(init=False, repr=False, eq=False)


def _record(cls: type) -> type:
    """Make a frozen class of a class's annotations; methods of its own stay."""
    _PLAIN(cls)
    fields = dataclasses.fields(cls)
    made = {"__init__": _init(fields), "__repr__": _repr([one.name for one in fields if one.repr]),
            "__eq__": _eq([one.name for one in fields if one.compare]),
            "__hash__": _hash([one.name for one in fields if (one.compare if one.hash is None else one.hash)]),
            "__setattr__": _refuse_assignment, "__delattr__": _refuse_deletion}
    for name, method in made.items():
        # Python itself writes ``__hash__ = None`` into a class with an ``__eq__`` of its own.
        if vars(cls).get(name) is None:
            setattr(cls, name, method)
    return cls


def _init(fields: tuple[dataclasses.Field[Any], ...]) -> Any:
    """The one function that is worth compiling: it runs for every object."""
    names: dict[str, Any] = {"_put": object.__setattr__, "_UNSET": _UNSET}
    parameters, body = ["self"], []
    for one in fields:
        value = one.name
        if one.default is not dataclasses.MISSING:
            names[f"_default_{one.name}"] = one.default
            parameters.append(f"{one.name}=_default_{one.name}")
        elif one.default_factory is not dataclasses.MISSING:
            names[f"_make_{one.name}"] = one.default_factory
            parameters.append(f"{one.name}=_UNSET")
            value = f"_make_{one.name}() if {one.name} is _UNSET else {one.name}"
        else:
            parameters.append(one.name)
        body.append(f" _put(self, {one.name!r}, {value})\n")
    exec(f"def __init__({', '.join(parameters)}):\n{''.join(body) or ' pass'}", names)
    return names["__init__"]


def _repr(names: list[str]) -> Any:
    def __repr__(self: Any) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({shown})"

    return __repr__


def _eq(names: list[str]) -> Any:
    # With the class among them there are always enough for a tuple.
    values = attrgetter("__class__", "__class__", *names)

    def __eq__(self: Any, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return __eq__


def _hash(names: list[str]) -> Any:
    values = attrgetter("__class__", "__class__", *names)

    def __hash__(self: Any) -> int:
        return hash(values(self))

    return __hash__


def _refuse_assignment(self: object, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deletion(self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
