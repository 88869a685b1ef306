"""What a rule is, and what rules read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from bulletin_press.document.passages import Passage, masked
from bulletin_press.ground.diagnostics import Severity, Span
from bulletin_press.issue.issue import Issue
from bulletin_press.language.presence import Presence
from bulletin_press.language.required import Need, every
from bulletin_press.language.script import needs_of
from bulletin_press.language.ways import in_turn
from bulletin_press.publication.thresholds import Thresholds, load_thresholds
from bulletin_press.report.added_months import AddedMonths
from bulletin_press.report.definition import Definition
from bulletin_press.report.figures import EarlierReport, Figure, ReportFigures
from bulletin_press.report.gains import Gain
from bulletin_press.report.slips import Limits, Slip, slips
from bulletin_press.toml.positions import KeyPath, Table

if TYPE_CHECKING:
    from bulletin_press.edition import Edition


class Family(StrEnum):
    """The families of rules, as ``--only`` names them; each is a folder."""

    DATA = "data"
    COPY = "copy"
    ISSUE = "issue"
    GLYPH = "glyph"
    LAYOUT = "layout"


@dataclass(frozen=True)
class Mark:
    """A stretch of a ``Copy`` or ``Lettering`` that is at fault; offsets into its text.

    ``standard`` tells that the standard alone asks for it: newspapers write otherwise.
    """

    start: int
    end: int
    message: str
    suggestion: str | None = None
    severity: Severity | None = None
    standard: bool = False


@dataclass(frozen=True)
class At:
    """A value of issue.toml, or of another ``table``, that is at fault, by its path.

    Where ``characters`` are given, they alone of the string: from the first to before the second.
    A ``span`` stands for all of that: a place in a file that is no TOML.
    """

    path: KeyPath
    message: str
    suggestion: str | None = None
    severity: Severity | None = None
    table: Table | None = None
    characters: tuple[int, int] | None = None
    span: Span | None = None

    @classmethod
    def within(cls, passage: Passage, start: int, end: int, message: str, suggestion: str | None = None) -> At:
        """Characters ``start`` to ``end`` (exclusive) of a passage."""
        return cls(passage.path, message, suggestion, None, passage.table, passage.place(start, end))


@dataclass(frozen=True)
class Copy:
    """A stretch of prose as readers see it: one paragraph, title, caption or table cell.

    The marks of ``markup`` are not in it; ``key`` is the TOML key that it was typed under.
    ``words`` is the text with addresses and code blotted out, of the same length.
    ``aligned`` tells of a line with columns that spaces keep apart.
    """

    text: str
    key: str = "body"
    aligned: bool = False

    @classmethod
    def of(cls, passage: Passage) -> Copy:
        """A passage as copy; what was blotted out of it once is not looked for again."""
        copy = cls(passage.text, passage.key, passage.aligned)
        copy.__dict__["words"] = passage.words
        return copy

    @cached_property
    def words(self) -> str:
        """The text with its addresses blotted out: no rule about words reads them."""
        return masked(self.text)

    def finds(self, pattern: re.Pattern[str]) -> Iterable[re.Match[str]]:
        """What a ``lazy`` pattern, whose matches are never empty, finds in the words.

        In a review only what the passage may hold of it is tried (see ``Presence.may_hold``).
        """
        held: tuple[Presence, int] | None = self.__dict__.get("held")
        if held is None:
            return pattern.finditer(self.words)
        presence, number = held
        known = presence.known.get(id(pattern)) or presence.may_hold(pattern)
        if known.figures:
            return pattern.finditer(self.words) if known.figures[number] == "1" else ()
        ways = known.ways.get(number)
        if ways is None:
            return ()
        return ways[0].finditer(self.words) if len(ways) == 1 else in_turn(ways, self.words)

    def held_by(self, presence: Presence | None, number: int = 0) -> None:
        """Let it be read as the text of a number among those whose characters are known; None ends that."""
        if presence is None:
            self.__dict__.pop("held", None)
        else:
            self.__dict__["held"] = presence, number


@dataclass(frozen=True)
class Written:
    """A whole body with its marks, as typed."""

    text: str


@dataclass(frozen=True)
class Lettering:
    """Every character of a string that will be set, and the font stack that it is set in."""

    text: str
    families: Sequence[str]


@dataclass(frozen=True)
class Data:
    """A report's figures, what they mean, the comparable ones before, newest first, and the limits.

    ``a_year_before`` is the report of the same period of last year, where an issue printed it.
    """

    figures: ReportFigures
    definition: Definition
    earlier: Sequence[EarlierReport] = ()
    thresholds: Thresholds = field(default_factory=load_thresholds)
    a_year_before: EarlierReport | None = None

    def label(self, measure: str, item: str, name: str | None = None) -> str:
        """What to call a figure in a message: 日本接包合同执行额."""
        spec = self.definition.items[item]
        return (name or spec.short or spec.label_in(self.figures.period)) + self.definition.measures[measure].label

    def last(self, measure: str, item: str, name: str | None = None) -> tuple[EarlierReport, Figure] | None:
        """The newest earlier report that has a figure, and the figure there."""
        for report in self.earlier:
            if figure := report.figures.find(measure, item, name):
                return report, figure
        return None

    def slipped(self, figure: Figure, earlier: Figure, stretch: AddedMonths) -> bool:
        """Whether a figure and an earlier one were typed in different units (see ``unit-slip``)."""
        limits = self.thresholds
        return stretch.slipped(figure.value, earlier.value, limits.unit_factor, limits.unit_tolerance)

    def unit_slipped(self, measure: str, item: str, name: str | None, figure: Figure) -> bool:
        """Whether a figure differs from its newest earlier one by a unit."""
        last = self.last(measure, item, name)
        return last is not None and self.slipped(figure, last[1],
                                                 AddedMonths(last[0].figures.period, self.figures.period))

    @cached_property
    def gains(self) -> tuple[Gain, ...]:
        """Every figure that adds up over the months with its newest earlier one, where both are in one unit."""
        found = []
        for measure, item, name, figure in self.figures.every():
            if not self.definition.measures[measure].accumulates or figure.revised:
                continue
            if last := self.last(measure, item, name):
                stretch = AddedMonths(last[0].figures.period, self.figures.period)
                if not self.slipped(figure, last[1], stretch):
                    found.append(Gain(self.label(measure, item, name), figure, last[1], stretch, measure, item, name))
        return tuple(found)

    @cached_property
    def slips(self) -> tuple[Slip, ...]:
        """The figures that were probably typed wrong, by what their siblings gained."""
        limits = self.thresholds
        return slips(self.gains, Limits(float(limits.growth_deviations), float(limits.value_deviations),
                                        float(limits.value_deviations_alone)))

    @cached_property
    def explained(self) -> frozenset[int]:
        """The figures, by identity, that are probably typed wrong or left as they were: one rule is to speak."""
        slipped = {id(one.now) for slip in self.slips for one in (slip.gain, slip.other) if one}
        return frozenset(slipped | {id(gain.now) for gain in self.gains if gain.left})

    @property
    def unexplained(self) -> Iterator[Gain]:
        """The gains of all other figures."""
        return (gain for gain in self.gains if id(gain.now) not in self.explained)


Subject = TypeVar("Subject", Copy, Written, Lettering, Data, Issue, "Edition")


@dataclass(frozen=True)
class Rule(Generic[Subject]):
    """A rule: a fault's name, how bad it is, what it reads, and the function that finds it.

    Its family is the folder of its file; what it catches, why, 误 and 正 and its source stand in
    the file's docstring, which ``press explain`` prints. ``in_copy`` finds the same fault in prose.
    ``needs`` are characters of which a passage holds at least one wherever a rule of copy marks
    something, "0" for every digit: all other passages are passed over.
    ``cues`` are patterns, all ``lazy``, of which one matches in a passage wherever such a rule marks
    something: passages that lack the characters that those need are passed over.
    ``echoes`` tells that it marks something only where characters stand twice (see ``Presence.echoing``).
    ``exchanges`` tells that it finds words that stand for others: only the characters that differ are shown.
    With ``fix`` every suggestion that it makes is beyond doubt: ``press check --fix`` follows them.
    """

    name: str
    severity: Severity
    subject: type[Subject]
    check: Callable[[Subject], Iterator[Mark | At]]
    waivable: bool = True
    in_copy: Callable[[Copy], Iterator[Mark]] | None = None
    fix: bool = False
    needs: str = ""
    cues: tuple[re.Pattern[str], ...] = ()
    echoes: bool = False
    exchanges: bool = False

    @cached_property
    def needed(self) -> Need:
        """What a passage must hold (see ``required``); None where the rule reads all."""
        return every(((self.needs,) if self.needs else None, needs_of(*self.cues)))

    def read_in(self, presence: Presence) -> Sequence[int]:
        """The numbers of the texts that it reads, ascending: it marks nothing in the others."""
        if self.echoes:
            return presence.echoing
        return presence.read_by(self.cues, self.needs) if self.cues else presence.holding(self.needed)
