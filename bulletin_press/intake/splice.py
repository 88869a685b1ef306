"""Figures into the text of issue.toml: only what changes is touched, comments, order and digits stay.

A commented line of the scaffold (``# total = [数值, 同比]``) is filled where it stands; what is nowhere yet goes
to the end of its table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bulletin_press.ground.diagnostics import PressError
from bulletin_press.toml.positions import KeyPath, Table, parse_table
from bulletin_press.toml.source import Source

SOURCE = "source"
_SCAFFOLD = re.compile(r"#[#\s]*([A-Za-z_][\w-]*)[ \t]*=[ \t]*(\[[^\]#\n]*\]|\[[ \t]*(?=#|$)|[^#\n]*[^#\s])")
_OF_SCAFFOLD = re.compile(r"#\s*(?:[A-Za-z_][\w-]*\s*=|\[|\])")


@dataclass(frozen=True)
class Numbers:
    """What is written of one figure; ``more`` by its key: mom, share …"""

    value: Decimal | None
    growth: Decimal | None = None
    previous: Decimal | None = None
    month: tuple[Decimal | None, ...] = ()
    more: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def parts(self) -> Mapping[str, Decimal]:
        """What it says of the figure itself, by key, in the order it is written in."""
        before = self.previous if self.growth is None else None
        named = (("value", self.value), ("growth", self.growth), ("previous", before), *self.more.items())
        return {key: number for key, number in named if number is not None}

    def toml(self, name: str | None = None) -> str:
        """The figure as TOML: ``1.5``, ``[1.5, -2]``, ``{ value = … }``; with a name a row of a ranking."""
        parts = self.parts
        if self.month or self.value is None or parts.keys() - {"value", "growth"}:
            texts = [f"name = {quoted(name)}"] if name is not None else []
            texts += [f"{key} = {number:f}" for key, number in parts.items()]
            return "{ " + ", ".join([*texts, *([f"month = {self._alone()}"] if self.month else [])]) + " }"
        texts = [*([quoted(name)] if name is not None else []), *(f"{number:f}" for number in parts.values())]
        return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"

    def _alone(self) -> str:
        """The month alone: ``[1.5, -2]``, of a rate alone ``{ growth = -2 }``."""
        value, *rates = self.month
        if value is None:
            return f"{{ growth = {rates[0]:f} }}"
        return f"[{', '.join(f'{one:f}' for one in self.month if one is not None)}]"


@dataclass(frozen=True)
class Setting:
    """A figure, or a ranking of named ones, for one key of the report; ``label`` is what it is called.

    ``span`` is the span of the year (q1, h1) where it is not the report's period.
    """

    measure: str
    item: str
    label: str
    figure: Numbers | None = None
    ranking: tuple[tuple[str, Numbers], ...] = ()
    span: str | None = None

    @property
    def table(self) -> tuple[str, ...]:
        """The table of the report in which it stands."""
        return (self.span, self.measure) if self.span else (self.measure,)

    @property
    def path(self) -> KeyPath:
        """Where it stands in issue.toml."""
        return ("report", *self.table, self.item)


def quoted(text: str) -> str:
    """A TOML string of one line."""
    kept = "".join(char for char in text if char.isprintable())
    return '"' + kept.replace("\\", "\\\\").replace('"', '\\"') + '"'


def spliced(table: Table, settings: Sequence[Setting], sources: Mapping[str, str],
            titles: Mapping[str, str]) -> str:
    """The text of an issue with figures in their places.

    Args:
        table: the issue; it has a ``[report]``.
        settings: what is to be written.
        sources: where each figure comes from, for ``[report.source]``.
        titles: what the head of a table that is missing says of it, by measure.

    Raises:
        PressError: the text is such that a figure cannot be put in safely; nothing has been changed.
    """
    splice = _Splice(table, titles)
    for setting in settings:
        splice.put(setting)
    splice.put_sources(sources)
    text = splice.text()
    _require_meant(Source(table.source.name, text), settings, sources)
    return text


def _require_meant(source: Source, settings: Sequence[Setting], sources: Mapping[str, str]) -> None:
    """Refuse a text that does not say what it was to say."""
    found = parse_table(source)
    for setting in settings:
        raw = found.value(setting.path)
        right = [same(row, numbers, name) for row, (name, numbers) in zip(raw, setting.ranking, strict=False)] \
            if setting.ranking and isinstance(raw, list) and len(raw) == len(setting.ranking) else \
            [bool(setting.figure) and setting.figure is not None and same(raw, setting.figure)]
        if not all(right):
            raise PressError(f"{source.name} 里 {'.'.join(map(str, setting.path))} 的写法特别，没有把握改，什么也没有写"
                             "；请把这一项改成 键 = [数值, 同比] 再导入")
    if any(found.value(("report", SOURCE, key)) != said for key, said in sources.items()):
        raise PressError(f"{source.name} 里 [report.source] 的写法特别，没有把握改，什么也没有写")


def parts_of(raw: Any) -> tuple[Any, Any, Any]:
    """The value, the growth and the previous value of a figure as typed; None for what is not there."""
    if isinstance(raw, dict):
        return raw.get("value"), raw.get("growth"), raw.get("previous")
    if isinstance(raw, list):
        numbers = raw[1:] if raw and isinstance(raw[0], str) else raw
        return (numbers[0] if numbers else None), (numbers[1] if len(numbers) > 1 else None), None
    return raw, None, None


def same(raw: Any, numbers: Numbers, name: str | None = None) -> bool:
    """Whether a figure as typed says all that is to be written."""
    value, growth, _ = parts_of(raw)
    typed_name = raw.get("name") if isinstance(raw, dict) else raw[0] if isinstance(raw, list) and raw else None
    more = all(isinstance(raw, dict) and raw.get(key) == number for key, number in numbers.more.items())
    return (numbers.value is None or value == numbers.value) and more and \
        (numbers.growth is None or growth == numbers.growth) and (name is None or typed_name == name)


@dataclass
class _Splice:
    """Edits of a text, by place; put together at the end."""

    table: Table
    titles: Mapping[str, str]
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    inserted: dict[int, list[str]] = field(default_factory=dict)
    made: dict[str, list[str]] = field(default_factory=dict)

    @property
    def before(self) -> str:
        return self.table.source.text

    def put(self, setting: Setting) -> None:
        """Put a figure or a ranking where it belongs."""
        raw = self.table.value(setting.path)
        if raw is not None:
            if setting.ranking:
                self._over_ranking(setting, raw)
            elif setting.figure:
                self._over_figure(setting.path, raw, setting.figure)
        elif not self._into_scaffold(setting):
            self._at_end(setting.table, f"{self._line(setting)}{self._comment(setting)}")

    def _line(self, setting: Setting) -> str:
        if setting.figure:
            return f"{setting.item} = {setting.figure.toml()}"
        rows = "".join(f"  {numbers.toml(name)},\n" for name, numbers in setting.ranking)
        return f"{setting.item} = [\n{rows}]"

    def _comment(self, setting: Setting) -> str:
        return f"    # {setting.label}" if setting.figure else ""

    def _over_figure(self, path: KeyPath, raw: Any, numbers: Numbers) -> None:
        """Change what differs of a figure that is there."""
        value, growth, _ = parts_of(raw)
        span = self.table.places[path].value
        inline = self.before.startswith("{", span[0])
        bare = not isinstance(raw, dict)
        if bare and (not isinstance(raw, list) or numbers.more or numbers.value is None or (
                len(raw) < 2 and numbers.growth is not None)):
            self.edits.append((*span, numbers.toml()))
            return
        keys: tuple[KeyPath, KeyPath] = ((*path, "value"), (*path, "growth"))
        if isinstance(raw, list):
            first = 1 if raw and isinstance(raw[0], str) else 0
            keys = ((*path, first), (*path, first + 1))
        if isinstance(raw, dict):
            for key, number in numbers.parts.items():
                self._over_key(path, raw, key, number, ", " if inline else "\n")
            return
        if numbers.value is not None and value != numbers.value:
            self._replace(keys[0], numbers.value)
        if numbers.growth is not None and growth != numbers.growth:
            if growth is not None:
                self._replace(keys[1], numbers.growth)
            else:
                self._after(keys[0], f", {numbers.growth:f}")

    def _over_key(self, path: KeyPath, raw: Mapping[str, Any], key: str, number: Decimal, mark: str) -> None:
        """One number of a figure that is typed as a table."""
        if raw.get(key) == number or (key == "previous" and "growth" in raw):
            return
        if key in raw:
            self._replace((*path, key), number)
        else:
            at = "value" if "value" in raw and key == "growth" else list(raw)[-1]
            self._after((*path, at), f"{mark}{key} = {number:f}")

    def _replace(self, path: KeyPath, number: Decimal) -> None:
        place = self.table.places.get(path)
        if place:
            self.edits.append((*place.value, f"{number:f}"))

    def _after(self, path: KeyPath, text: str) -> None:
        place = self.table.places.get(path)
        if place:
            self.edits.append((place.value[1], place.value[1], text))

    def _over_ranking(self, setting: Setting, raw: Any) -> None:
        """Change the numbers of the same names; other names make another list."""
        rows = raw if isinstance(raw, list) else []
        names = [row.get("name") if isinstance(row, dict) else row[0] if isinstance(row, list) and row else None
                 for row in rows]
        if names == [name for name, _ in setting.ranking]:
            for index, (row, (_, numbers)) in enumerate(zip(rows, setting.ranking, strict=True)):
                self._over_figure((*setting.path, index), row, numbers)
        else:
            text = self._line(setting).partition("= ")[2]
            self.edits.append((*self.table.places[setting.path].value, text))

    def _into_scaffold(self, setting: Setting) -> bool:
        """Fill the commented line, or lines, that wait for a figure; whether there were any."""
        comments = [one for one in self.table.comments if one.path[: len(setting.path) - 1] == setting.path[:-1]]
        for index, comment in enumerate(comments):
            text = self.before[comment.start : comment.end]
            found = _SCAFFOLD.match(text)
            if not found or found[1] != setting.item or not self._alone(comment.start):
                continue
            if setting.figure:
                line = self._line(setting)
                room = _width(found[0]) + len(text[found.end() :]) - len(text[found.end() :].lstrip())
                rest = text[found.end() :].lstrip()
                new = line + (" " * max(2, room - _width(line)) + rest if rest else "")
                self.edits.append((comment.start, comment.end, new))
            else:
                last = next((one for one in comments[index + 1 :]
                             if re.fullmatch(r"#\s*\]\s*", self.before[one.start : one.end])), comment)
                note = text[found.end() :].strip()
                head, _, rows = self._line(setting).partition("\n")
                self.edits.append((comment.start, last.end, head + (f"    {note}" if note else "") + "\n" + rows))
            return True
        return False

    def _alone(self, start: int) -> bool:
        """Whether nothing stands before a comment on its line."""
        return not self.before[self.before.rfind("\n", 0, start) + 1 : start].strip()

    # --- what is nowhere yet ----------------------------------------------------------------

    def _at_end(self, table: tuple[str, ...], line: str) -> None:
        """A line at the end of a table of the report; the table is made where there is none."""
        ends = [end for path, end in self._ends() if path[: len(table) + 1] == ("report", *table)]
        if ends:
            self.inserted.setdefault(self._line_end(max(ends)), []).append(line)
        else:
            self.made.setdefault(".".join(table), []).append(line)

    def _ends(self) -> Iterator[tuple[KeyPath, int]]:
        for path, place in self.table.places.items():
            if path[:1] == ("report",):
                yield path, max(place.key[1], place.value[1] if len(path) > 2 or path[-1] == "period" else 0)

    def _line_end(self, offset: int) -> int:
        end = self.before.find("\n", offset)
        return len(self.before) if end < 0 else end

    def put_sources(self, sources: Mapping[str, str]) -> None:
        """Say where each figure came from."""
        for key, said in sources.items():
            place = self.table.places.get(("report", SOURCE, key))
            if place:
                self.edits.append((*place.value, quoted(said)))
            else:
                self._at_end((SOURCE,), f"{quoted(key)} = {quoted(said)}")

    def _report_end(self) -> int:
        """The end of the report's last line, those of its scaffold with it."""
        ends = [end for _, end in self._ends()]
        ends += [one.end for one in self.table.comments if one.path[:1] == ("report",)
                 and _OF_SCAFFOLD.match(self.before[one.start : one.end])]
        return self._line_end(max(ends, default=0))

    def text(self) -> str:
        """The text with all edits."""
        edits = list(self.edits)
        for at, lines in self.inserted.items():
            edits.append((at, at, "".join(f"\n{line}" for line in lines)))
        if self.made:
            end = self._report_end()
            tables = "".join(f"\n\n[report.{name}]{self._title(name)}\n" + "\n".join(lines)
                             for name, lines in self.made.items())
            edits.insert(0, (end, end, tables))  # of two at one place that which is put in first comes to stand behind
        text = self.before
        # From the end, so that the places still to come stay true; of two at one place the later one first.
        for start, end, new in sorted(edits, key=lambda edit: edit[:2], reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def _title(self, name: str) -> str:
        title = self.titles.get(name)
        return f"{' ' * max(2, 18 - len(name))}# {title}" if title else ""


def _width(text: str) -> int:
    """Columns that a text takes on a screen."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
