"""What the scanner hands over: faults, places, comments, and names for what nobody can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bulletin_press.toml.advice import KeyPath
from bulletin_press.toml.typed_values import Advice

# Begins the names of what stands at a place that nobody knows; no file can have such a key typed.
LOST = "\x7f"
# A key of a table, which one is not known.
ANY = "?"
# Past this many nobody reads on, and the file is most likely not what it should be.
MAX_FAULTS = 100


@dataclass(frozen=True)
class Fault:
    """A stretch of the text that TOML does not allow, in words for the person who typed it.

    ``certain`` says that the suggestion is beyond doubt. ``path`` is the key whose value is at fault, and
    ``advice`` what is known of that value.
    """

    start: int
    end: int
    message: str
    suggestion: str | None = None
    rule: str = "toml-syntax"
    certain: bool = False
    path: KeyPath = ()
    advice: Advice | None = None


@dataclass(frozen=True)
class Place:
    """Where a key and its value stand (0-based offsets, ends exclusive).

    ``characters`` maps the n characters of a string value to n + 1 offsets; None for others.
    """

    key: tuple[int, int]
    value: tuple[int, int]
    characters: Sequence[int] | None = None


@dataclass(frozen=True)
class Comment:
    """A comment, from its # to the end of its line; ``path`` is the table or list that it stands in."""

    start: int
    end: int
    path: KeyPath


@dataclass(frozen=True)
class Statement:
    """A header, or a key with its value, from its first character to its last; comments are no part of one.

    ``path`` is the header's table, the item's for double brackets, or the key.
    """

    start: int
    end: int
    path: KeyPath
    header: bool


class Stop(Exception):
    """The statement cannot be read on; the fault, from where reading must go on, is recorded."""


class Enough(Exception):
    """There are more faults than anybody reads."""


def typed_lost(key: str | int) -> str:
    """A name that nobody knows, as TOML can have it typed."""
    return f'"\\u007f{str(key)[1:]}"'


def lost_header(path: KeyPath) -> str:
    """The header of a table of which nobody knows the name."""
    return f"[{typed_lost(path[0])}]"
