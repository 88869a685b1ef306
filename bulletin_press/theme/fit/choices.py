"""The arrangements that a theme declares in its theme.toml: ``[fit.<name>]``, each with its values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from bulletin_press.toml.schema import Complaint, Line, Model, close_match

# Bounds of what one theme may declare: the search tries a few in any case.
MOST = 40
# What a value sets in a drawing of charts: its units and bars are so many times as high.
CHARTS = "chart-scale"
# A custom property may not be empty.
NOTHING = "none"

_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
_VALUE = re.compile(r"(?!.*/\*)[\w .,%#+*/()-]+\Z")
_SCALE = re.compile(r"[01]\.\d{1,3}\Z|1\Z")

Way = Literal["tighter", "looser", "parted", "closing"]
Between = Literal["", "sections", "items"]


class Value(Model):
    """One way to arrange what a choice is about.

    Attributes:
        label: what ``press render -v`` calls it.
        way: ``tighter`` and ``looser`` take less or more room than the theme's own way, ``parted`` lets go of what
            jumps to the next page as a whole, ``closing`` makes a last page of its own.
        price: what it costs in looks, in hundredths of an empty page.
        grows: how many times as high its sections become, about, or the pictures, where the choice names no section, or
            each of the cards side by side that are parted; 0 where nobody knows.
        adds: pt that each of them becomes higher besides; where the choice names no section or several, the white
            above sections and items; of what is parted, each card that stood beside another.
        between: whose white ``adds`` changes, where not both: that above ``sections`` or that above ``items``.
        deepens: pt that the type area of each page becomes higher.
        alone: how many times as high becomes what is parted though nothing stood beside it.
        flows: whether what is parted goes through columns, where a page may end at each line.
        into: how many pieces ``parted`` makes of what jumps as a whole; 0: lines.
        sets: properties that the style sheet and the templates read.
    """

    label: Line
    way: Way
    price: Annotated[float, Field(ge=0, le=100)] = 1
    grows: Annotated[float, Field(ge=0, le=10)] = 0
    adds: Annotated[float, Field(ge=-1000, le=1000)] = 0
    between: Between = ""
    deepens: Annotated[float, Field(ge=-200, le=200)] = 0
    alone: Annotated[float, Field(gt=0, le=10)] = 1
    flows: bool = False
    into: Annotated[int, Field(ge=0, le=9)] = 0
    sets: Annotated[dict[Line, Line], Field(max_length=MOST)] = {}


class Choice(Model):
    """What of a theme may be arranged otherwise; where nothing is chosen, as the theme has it.

    ``sections`` are the classes of the sections that it changes, ``imprint`` for what ends the issue; none: all.
    ``grows`` says what its values make higher where it names no section.
    """

    label: Line
    sections: Annotated[tuple[Line, ...], Field(max_length=MOST)] = ()
    grows: Literal["picture", "table"] = "picture"
    values: Annotated[dict[Line, Value], Field(min_length=1, max_length=MOST)]


Choices = Mapping[str, Choice]


def complaints(choices: Choices, properties: frozenset[str]) -> Iterator[Complaint]:
    """What is wrong with the names and the properties of choices.

    Args:
        choices: by name.
        properties: what the theme's options set.
    """
    for name, choice in choices.items():
        if not _NAME.match(name) or name in properties:
            why = "已是选项的名称" if name in properties else "只能用小写字母、数字和 -，以字母开头"
            yield Complaint("wrong-value", ("fit", name), f"“{name}”不能作名称：{why}", at_key=True)
        for key, value in choice.values.items():
            place = ("fit", name, "values", key)
            if not _NAME.match(key):
                yield Complaint("wrong-value", place, f"“{key}”不能作名称：只能用小写字母、数字和 -，以字母开头",
                                at_key=True)
            for setting, typed in value.sets.items():
                if setting == CHARTS and not _SCALE.match(typed):
                    yield Complaint("wrong-value", (*place, "sets", setting), f"{CHARTS} 写成 0.5 到 1.9 的数：{typed}")
                elif setting != CHARTS and not (_NAME.match(setting) and _VALUE.match(typed)):
                    yield Complaint("wrong-value", (*place, "sets", setting),
                                    f"sets 里的 {setting} 只能是长度、颜色和名称：{typed}",
                                    close_match(setting, properties))


def flags(chosen: Mapping[str, str]) -> str:
    """What was chosen as words for an attribute of the page: ``tip-page air-tight``; ``none`` where nothing was."""
    return " ".join(f"{name}-{value}" for name, value in chosen.items()) or NOTHING
