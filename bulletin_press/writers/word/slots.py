"""What a paragraph of the Word edition comes from: by this a reviser's changes find their way back."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bulletin_press.document.tree import Inline, Link, Origin, Remark, Ruby, Strong, Text
from bulletin_press.toml.positions import KeyPath

MARK = "_p_"
WHOLE = "_p_all_"
# A bookmark's name has 40 characters at most.
_MOST_SLUG = 22
_OTHER = re.compile(r"[^A-Za-z0-9]+")
# What XML cannot say.
_UNSAYABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Place = tuple[KeyPath, int]
"""A character of an author's: the path of its string, and its index there."""


@dataclass(frozen=True)
class Piece:
    """Characters of one kind; ``path`` is None of the press's own words, ``start`` the first one's place."""

    text: str
    path: KeyPath | None = None
    start: int = 0
    strong: bool = False
    href: str | None = None
    look: str = ""


def said(text: str) -> str:
    """A text without the characters that XML cannot say: each is a question mark, so that all keep their places."""
    return _UNSAYABLE.sub("?", text)


def digest(text: str) -> str:
    """Eight hexadecimal digits of a text."""
    return hashlib.blake2s(text.encode("utf-8"), digest_size=4).hexdigest()


@dataclass(frozen=True)
class Slot:
    """A paragraph as written.

    ``name`` is its bookmark's, with the digest of its text; ``at`` has for every character its place in the author's
    text, None of the press's own; ``strong`` tells by character which are bold, "0" and "1".
    """

    name: str
    text: str
    at: tuple[Place | None, ...]
    strong: str

    @property
    def path(self) -> KeyPath | None:
        """The first string that it comes from."""
        return next((place[0] for place in self.at if place), None)

    @property
    def identity(self) -> str:
        """The name without the digest."""
        return identity_of(self.name)


def identity_of(name: str) -> str:
    """A bookmark's name without the digest of its text."""
    return name.rpartition("_")[0]


def digest_of(name: str) -> str:
    """The digest in a bookmark's name."""
    return name.rpartition("_")[2]


@dataclass
class Slots:
    """The paragraphs written so far."""

    made: list[Slot] = field(default_factory=list)
    _numbers: Counter[str] = field(default_factory=Counter)

    def add(self, pieces: Sequence[Piece]) -> Slot:
        """Another paragraph, with a name that no other has."""
        text = "".join(said(piece.text) for piece in pieces)
        at: list[Place | None] = []
        for piece in pieces:
            at += [None if piece.path is None else (piece.path, piece.start + i) for i in range(len(piece.text))]
        path = next((piece.path for piece in pieces if piece.path is not None), None)
        slug = "_".join(filter(None, (_OTHER.sub("", str(part)) for part in path or ("own",))))[:_MOST_SLUG]
        self._numbers[slug] += 1
        strong = "".join(("1" if piece.strong else "0") * len(piece.text) for piece in pieces)
        slot = Slot(f"{MARK}{slug}_{self._numbers[slug]}_{digest(text)}", text, tuple(at), strong)
        self.made.append(slot)
        return slot

    def whole(self) -> str:
        """The name of a bookmark that tells whether a file was made with just these paragraphs of the author's."""
        return WHOLE + digest("\n".join(slot.name for slot in self.made if slot.path))


def pieces_of(inlines: tuple[Inline, ...], origin: Origin | None, *, strong: bool = False,
              href: str | None = None) -> Iterator[Piece]:
    """Inlines as pieces."""
    for node in inlines:
        match node:
            case Remark():
                yield Piece(node.text, None, 0, strong, href)
            case Text():
                yield Piece(node.text, origin.path if origin else None, node.start, strong, href)
            case Strong():
                yield from pieces_of(node.children, origin, strong=True, href=href)
            case Ruby():
                yield from pieces_of(node.children, origin, strong=strong, href=href)
                yield Piece(node.reading, None, 0, strong, href)
            case Link():
                yield from pieces_of(node.children, origin, strong=strong, href=node.href)
