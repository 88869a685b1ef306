"""Word lists: TOML under ``checks/``, the publication's over the bundled ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationError

from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.ground.kept import Kept
from bulletin_press.language.script import lazy, spelled
from bulletin_press.publication.bundled import BUNDLED, is_bundled
from bulletin_press.toml.positions import KeyPath, plain_values, scan_template, template_source
from bulletin_press.toml.schema import Line, Model, keys_of, read_model, refuse

FOLDER = "checks"
_DIGITS = r"[0-9]++(?>(?:[.,][0-9]++)*)"
_NUMBER = rf"(?<![0-9.,]){_DIGITS}"


class Word(Model):
    """A word of a list: what to write instead, why, and in which company it counts.

    ``preceded`` and ``followed`` list what must stand beside it (``#`` is a digit); ``unless`` lists
    longer expressions that contain it and are right.
    """

    use: Line | None = None
    why: Line | None = None
    preceded: tuple[str, ...] = ()
    followed: tuple[str, ...] = ()
    unless: tuple[Line, ...] = ()

    @property
    def advice(self) -> str:
        """What to do about the word, to follow what is wrong with it in a sentence."""
        return f"，应为“{self.use}”" if self.use else f"：{self.why}" if self.why else "，请换一种说法"


def _words(value: Any) -> Any:
    """``["甲"]`` and ``{"甲" = "乙"}`` are short for tables; ``false`` takes a word off the list."""
    if isinstance(value, list):
        value = dict.fromkeys(value) if all(isinstance(word, str) for word in value) else {"": value}
    if not isinstance(value, dict):
        return value
    if any(not word.strip() for word in value):
        refuse("wrong-value", "词表里有空的词")
    return {word: {} if entry is None else {"use": entry} if isinstance(entry, str) else
            None if entry is False else entry for word, entry in value.items()}


class _File(Model):
    """One file of a list; ``replaces`` drops the bundled one."""

    replaces: bool = False
    words: Annotated[dict[str, Word | None], BeforeValidator(_words)] = {}
    endings: tuple[Line, ...] = ()


class _Bundled(Mapping[str, Word]):
    """The words of a list that is known to be right: each is made when it is asked for.

    Args:
        entries: the values of its ``Word``'s keys, in their order, by word.
    """

    def __init__(self, entries: Mapping[str, tuple[Any, ...]]) -> None:
        self._entries = entries

    def __getitem__(self, word: str) -> Word:
        return Word.model_construct(**dict(zip(Word.model_fields, self._entries[word], strict=True)))

    def __contains__(self, word: object) -> bool:
        return word in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


# What was read, by its text: so many words of lists at most, of which the bundled ones have some 600.
_READ: Kept[str, _File] = Kept(5_000, lambda file: 1 + len(file.words))


# The words of lists by how they begin: so many words at most.
_BEGUN: Kept[tuple[str, ...], Mapping[str, Sequence[str]]] = Kept(20_000, lambda begun: sum(map(len, begun.values())))


@dataclass(frozen=True)
class Hit:
    """A word of a list in a text."""

    start: int
    end: int
    text: str
    word: Word


@dataclass(frozen=True)
class Lexicon:
    """A word list; in a word ``#`` stands for a number. ``endings`` are the last words of names."""

    words: Mapping[str, Word]
    endings: tuple[str, ...] = ()

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The words without a number."""
        return tuple(word for word in self.words if word and "#" not in word)

    @cached_property
    def _numbered(self) -> re.Pattern[str] | None:
        longest = sorted((word for word in self.words if "#" in word), key=lambda word: (-len(word), word))
        return lazy("|".join(re.escape(word).replace(r"\#", _NUMBER) for word in longest)) if longest else None

    def among(self, text: str, pairs: Set[str]) -> Lexicon:
        """The list cut down to the words that a text holds: the same hits in its parts, found sooner.

        ``pairs`` are all that stand side by side in the text, two characters each: most words have none of them.
        """
        words = tuple(self.words)
        begun = _BEGUN.made(words, lambda: _by_beginning(words))
        near = [*begun.get("", ()), *(word for pair in pairs & begun.keys() for word in begun[pair])]
        return Lexicon({word: self.words[word] for word in near
                        if (spelled(word, pairs) and word in text if "#" not in word
                            else all(part in text for part in word.split("#")))},
                       self.endings)

    def find(self, text: str, plain: Iterable[str] | None = None) -> Iterator[Hit]:
        """Each word of the list, the longest where several start.

        Args:
            text: the text.
            plain: of the words without a number those that it may hold; None for all.
        """
        found = [(at, -len(word), at + len(word), word) for word in (self.plain if plain is None else plain)
                 for at in _places(word, text)]
        end = 0
        for start, _, stop, word in sorted([*found, *self._of_numbers(text)]):
            if start >= end:
                end = stop
                if _beside(self.words[word], text, start, stop):
                    yield Hit(start, stop, text[start:stop], self.words[word])

    def _of_numbers(self, text: str) -> Iterator[tuple[int, int, int, str]]:
        """Each word with a number in it: where it stands, less the length of its form, its end, its form."""
        match = self._numbered.search(text) if self._numbered else None
        while match and self._numbered:
            form = re.sub(_DIGITS, "#", match.group())
            if form in self.words:
                yield match.start(), -len(form), match.end(), form
            match = self._numbered.search(text, match.start() + 1)

    def names(self, text: str) -> bool:
        """Whether a text is a name of the list or ends as one."""
        return text in self.words or (bool(self.endings) and text.endswith(self.endings))


def _by_beginning(words: Iterable[str]) -> Mapping[str, Sequence[str]]:
    """Words by their first two characters; those of one, and those with a number there, by none."""
    begun: dict[str, list[str]] = {}
    for word in words:
        begun.setdefault("" if "#" in word[:2] or len(word) < 2 else word[:2], []).append(word)
    return begun


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _beside(word: Word, text: str, start: int, end: int) -> bool:
    """Whether a word stands in the company in which it counts."""
    found = text[start:end]
    for right in word.unless:
        at = right.find(found)
        if 0 <= at <= start and text.startswith(right, start - at):
            return False
    if word.followed and not any(text[end : end + 1].isdecimal() if near == "#" else text.startswith(near, end)
                                 for near in word.followed):
        return False
    digit = text[max(0, start - 1) : start].isdecimal()
    return not word.preceded or any(digit if near == "#" else text.endswith(near, 0, start)
                                    for near in word.preceded)


def _keys(path: KeyPath) -> tuple[str, ...]:
    return keys_of(Word if len(path) > 1 else _File)


def _read(path: Path, folder: Path) -> _File:
    try:
        source = template_source(path, folder)
        return _READ.made(source.text, lambda: _File.model_validate(plain_values(source)))
    except (InputFault, ValidationError):
        # Only a file that is wrong is read a second time, for the places of its faults.
        return read_model(scan_template(path, folder), _File, _keys)


def _bundled(path: Path, folder: Path) -> tuple[_Bundled, tuple[str, ...]]:
    """A list that the press brings along: its words and its endings."""
    def made() -> tuple[dict[str, tuple[Any, ...]], tuple[str, ...]]:
        file = _read(path, folder)
        return {word: tuple(getattr(entry, key) for key in Word.model_fields)
                for word, entry in file.words.items() if entry is not None}, file.endings

    words, endings = BUNDLED.made(path, __file__, made)
    return _Bundled(words), endings


def load_lexicon(name: str, folders: Sequence[Path]) -> Lexicon:
    """Read a list from the template folders, the one that wins first.

    Raises:
        InputFault: with a finding for every wrong key or value.
    """
    words: Mapping[str, Word] = {}
    endings: tuple[str, ...] = ()
    for folder in reversed(folders):
        path = folder / FOLDER / f"{name}.toml"
        if not path.exists():  # a pipe is refused when it is read
            continue
        if is_bundled(folder) and not words:
            words, endings = _bundled(path, folder)
            continue
        file = _read(path, folder)
        words, endings = ({}, ()) if file.replaces else (words, endings)
        words = {word: entry for word, entry in {**words, **file.words}.items() if entry is not None}
        endings += file.endings
    return Lexicon(words, endings)
