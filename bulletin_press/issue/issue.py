"""An issue: a manuscript with its figures, and what is made of it, each when it is first asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, chain
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING

from bulletin_press.document.passages import Passage, passages_of
from bulletin_press.document.prose import Prose
from bulletin_press.document.references import Reference, led
from bulletin_press.document.tree import Document, Origin, Picture
from bulletin_press.ground.diagnostics import PressError, Span
from bulletin_press.issue.composing import compose, cover_of, items_of, printed_kinds
from bulletin_press.issue.manuscript import Manuscript
from bulletin_press.issue.prose import addresses_in, prose_in
from bulletin_press.issue.references import lead_to
from bulletin_press.issue.reports import figures_of
from bulletin_press.issue.sections.kind import FinishedReport
from bulletin_press.issue.sections.report import ReportFields, lines_of, report_blocks
from bulletin_press.issue.size import size_of
from bulletin_press.language.numerals import Period
from bulletin_press.language.presence import Presence
from bulletin_press.language.required import Need, of_words
from bulletin_press.language.script import needs_of
from bulletin_press.pictures import LoadedPicture, PictureFault, load_picture
from bulletin_press.publication.authority import Facts, load_facts
from bulletin_press.publication.lexicon import Hit, Lexicon, load_lexicon
from bulletin_press.publication.printed import IssueMark, PrintedIssue, marks_before, printed_before
from bulletin_press.publication.thresholds import Thresholds, load_thresholds
from bulletin_press.publication.workspace import template_folders, valid_name
from bulletin_press.report.definition import Definition
from bulletin_press.report.figures import EarlierReport, ReportFigures
from bulletin_press.toml.positions import KeyPath, Table

if TYPE_CHECKING:
    import re

    from bulletin_press.document.exhibits import Exhibits
    from bulletin_press.report.wording import ReportStyle, ReportText


MONTHS = 12
# Last year's report may have come out so many months earlier or later in the year.
LATE = 3


@dataclass(frozen=True)
class Issue(Manuscript):
    """One issue: what was typed, its figures and, made when asked for, what is printed."""

    figures: ReportFigures | None
    definition: Definition | None

    # --- what the rules read ----------------------------------------------------------------

    def prose(self) -> Iterator[tuple[Table, Prose]]:
        """Every string that an author typed, with the file that it stands in."""
        return iter(self._prose)

    @cached_property
    def _prose(self) -> tuple[tuple[Table, Prose], ...]:
        return tuple(prose_in(self))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every string that an author typed, in passages."""
        return tuple(passage for table, prose in self.prose() for passage in passages_of(table, prose))

    @cached_property
    def passages_of_fields(self) -> Mapping[KeyPath, Sequence[Passage]]:
        """The passages of each group of fields, in order, by the path of the group: of an article, a member."""
        found: dict[KeyPath, list[Passage]] = {}
        for passage in self.passages:
            found.setdefault(passage.path[:-1], []).append(passage)
        return found

    @cached_property
    def printed_before(self) -> tuple[PrintedIssue, ...]:
        """What the issues before this one printed, newest first."""
        return printed_before(self.workspace, self.name, {kind.name: kind.compared for kind in self.kinds})

    @property
    def mark(self) -> IssueMark:
        """How the issue is told from the others."""
        head = self.fields.issue
        return IssueMark(self.name, head.number, head.date, head.label is not None)

    @cached_property
    def marks_before(self) -> tuple[IssueMark, ...]:
        """The marks of the issues before this one, newest first; none where its folder's name is of no form."""
        return marks_before(self.workspace, self.mark) if valid_name(self.name) else ()

    @cached_property
    def words(self) -> str:
        """The words of all passages, a line each: what a rule looks into before it looks closely."""
        return "\n".join(passage.words for passage in self.passages)

    @cached_property
    def presence(self) -> Presence:
        """Which characters the passages hold."""
        return Presence([passage.text for passage in self.passages])

    def holding(self, *patterns: re.Pattern[str]) -> Iterator[Passage]:
        """The passages in whose words one of some patterns, all ``lazy``, may match: the rest lack what they need."""
        return self.meeting(needs_of(*patterns))

    def meeting(self, need: Need) -> Iterator[Passage]:
        """The passages that hold what is needed (see ``required``)."""
        return (self.passages[at] for at in self.presence.holding(need))

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[Passage, re.Match[str]]]:
        """Each match of a ``lazy`` pattern in the words of the passages, with its passage."""
        for passage in self.holding(pattern):
            for match in pattern.finditer(passage.words):
                yield passage, match

    def hits(self, lexicon: Lexicon) -> Iterator[tuple[Passage, Hit]]:
        """Each word of a list in the words of the passages, with its passage."""
        held: dict[int, list[str]] = {}
        for word in lexicon.plain:
            at = self.words.find(word)
            while at >= 0:
                number = bisect_right(self._ends, at)
                held.setdefault(number, []).append(word)
                at = self.words.find(word, self._ends[number])
        if numbered := lexicon.words.keys() - set(lexicon.plain):
            for number in self.presence.holding(of_words(numbered)):
                held.setdefault(number, [])
        for number in sorted(held):
            passage = self.passages[number]
            for hit in lexicon.find(passage.words, held[number]):
                yield passage, hit

    def place(self, at: int) -> tuple[Passage, int]:
        """The passage that a character of ``words`` stands in, and where in it."""
        number = bisect_right(self._ends, at)
        return self.passages[number], at - (self._ends[number - 1] if number else 0)

    @cached_property
    def _ends(self) -> Sequence[int]:
        """Where each passage ends in ``words``, with its line."""
        return tuple(accumulate(len(passage.words) + 1 for passage in self.passages))

    @cached_property
    def neighbours(self) -> Sequence[str]:
        """The n - 1 pairs of characters that stand side by side in ``words``, in order."""
        return list(map(add, self.words, self.words[1:]))

    @cached_property
    def pairs(self) -> frozenset[str]:
        """Every two characters that stand side by side in ``words``: most words of a list have none of them."""
        return frozenset(self.neighbours)

    def addresses(self) -> Iterator[Passage]:
        """Every address of a site that is typed into a field of its own."""
        return addresses_in(self)

    def lexicon(self, name: str) -> Lexicon:
        """A word list, the publication's words over the bundled ones, as far as this issue has them.

        Raises:
            InputFault: a file of the list is wrong.
        """
        return load_lexicon(name, template_folders(self.workspace)).among(self.words, self.pairs)

    def facts(self, name: str, model: type[Facts]) -> Facts:
        """A table of what is so, the publication's over the bundled one.

        Raises:
            InputFault: a file of the table is wrong.
        """
        return load_facts(name, model, template_folders(self.workspace))

    @cached_property
    def pictures(self) -> Mapping[Picture, LoadedPicture | PictureFault]:
        """Every picture of the issue, decoded, or why it could not be."""
        files: dict[Path, LoadedPicture | PictureFault] = {}
        loaded: dict[Picture, LoadedPicture | PictureFault] = {}
        # Not by the document, which has the charts drawn up: what the press writes has no pictures.
        kinds = [kind for kind in printed_kinds(self) if kind.authored]
        cover = cover_of(self)
        shown = (one for kind in kinds for item in items_of(self, kind, self._written) for one in item.pictures())
        for picture in chain([cover] if cover else [], shown):
            if picture.file not in files:
                # A logo of the member directory lies in the workspace, everything else in the issue.
                folder = self.folder if picture.file.is_relative_to(self.folder) else self.workspace.root
                try:
                    files[picture.file] = load_picture(picture.file, folder)
                except PictureFault as fault:
                    files[picture.file] = fault
            loaded[picture] = files[picture.file]
        return loaded

    @cached_property
    def size(self) -> int:
        """How much there is to set: 40,000 is some thousand pages."""
        return size_of(self)

    # --- the report -------------------------------------------------------------------------

    @cached_property
    def thresholds(self) -> Thresholds:
        """The limits that rules judge by.

        Raises:
            InputFault: the publication's file of limits is wrong.
        """
        return load_thresholds(template_folders(self.workspace))

    @cached_property
    def earlier_figures(self) -> Mapping[str, ReportFigures | None]:
        """The reports of earlier issues that may hold figures of this one's year, newest first.

        By the issues' names. None is one that cannot be read: this issue must not fail for it.
        """
        found: dict[str, ReportFigures | None] = {}
        for name in self.workspace.earlier(self.name) if self.figures else ():
            # No issue before the year began can hold figures of that year.
            if self.figures is None or self.workspace.year_of(name) < self.figures.period.year:
                break
            try:
                figures = figures_of(self.workspace, name, self.definition)
            except PressError:
                found[name] = None
            else:
                found |= {name: figures} if figures else {}
        return found

    @property
    def last_report(self) -> EarlierReport | None:
        """The newest earlier report that can be read, of whatever period."""
        return next((EarlierReport(name, figures) for name, figures in self.earlier_figures.items() if figures), None)

    @cached_property
    def a_year_before(self) -> EarlierReport | None:
        """The report of the same period of last year, where an issue of about then printed it."""
        if self.figures is None:
            return None
        now = self.figures.period
        about = {name: abs(self.months_since(name) - MONTHS) for name in self.workspace.earlier(self.name)}
        for name in sorted((name for name, off in about.items() if off <= LATE), key=lambda name: about[name]):
            with suppress(PressError):
                figures = figures_of(self.workspace, name, self.definition)
                if figures and figures.period == Period(now.year - 1, now.month, now.single):
                    return EarlierReport(name, figures)
        return None

    @cached_property
    def last_year(self) -> tuple[ReportFigures, ...]:
        """The cumulative reports of the year before, up to this one's month, that earlier issues printed."""
        found = []
        now = self.figures.period if self.figures else None
        for name in self.workspace.earlier(self.name) if now and not now.single else ():
            if now and self.workspace.year_of(name) < now.year - 1:
                break
            with suppress(PressError):
                figures = figures_of(self.workspace, name, self.definition)
                if figures and now and figures.period.year == now.year - 1 and not figures.period.single \
                        and figures.period.month <= now.month:
                    found.append(figures)
        return tuple(found)

    def months_since(self, name: str) -> int:
        """How many months an earlier issue came out before this one, by their folders or dates."""
        return self.workspace.month_of(self.name) - self.workspace.month_of(name)

    @property
    def earlier_this_year(self) -> bool:
        """Whether the workspace has an earlier issue that may hold figures of this one's year."""
        return self.figures is not None and any(
            self.workspace.year_of(name) >= self.figures.period.year
            for name in self.workspace.earlier(self.name))

    @cached_property
    def earlier_reports(self) -> tuple[EarlierReport, ...]:
        """The reports of earlier issues that can be compared with this one's, newest first."""
        return tuple(EarlierReport(name, figures) for name, figures in self.earlier_figures.items()
                     if figures and self.figures and figures.period.before(self.figures.period))

    @cached_property
    def report_text(self) -> ReportText | None:
        """The written report, or None where the issue has none."""
        # Late, as below: the rules read the figures, not what is written of them.
        from bulletin_press.report.wording import write_report

        if self.figures is None or self.definition is None:
            return None
        return write_report(self.definition, self.figures, self.house_style, self._report_before)

    @property
    def _report_before(self) -> ReportFigures | None:
        """The newest earlier report that the text may speak of, where the house or the report wants that."""
        from bulletin_press.report.plan import comparable_before

        style, own = self.workspace.publication.style, self.definition
        wanted = style.change or style.month or (own and own.looks_back)
        found = (one for one in (self.earlier_figures.values() if wanted else ())
                 if one and self.figures and comparable_before(one.period, self.figures.period))
        return next(found, None)

    @property
    def house_style(self) -> ReportStyle:
        """What the publication decides about its report's words."""
        from bulletin_press.report.wording import ReportStyle

        settings, style = self.workspace.publication.report, self.workspace.publication.style
        return ReportStyle(settings.region, settings.short_region, settings.source, settings.unit,
                          self.fields.issue.date, style.period, style.over_100, style.lead,
                          style.change, style.month)

    @cached_property
    def exhibits(self) -> Exhibits:
        """What the report shows beside its text; nothing where the issue has none."""
        # Late: ``press check`` shows nothing.
        from bulletin_press.document.exhibits import Exhibits
        from bulletin_press.report.display import exhibits_of

        if self.figures is None or self.definition is None:
            return Exhibits("", "", "")
        return exhibits_of(self.definition, self.figures, self.house_style,
                           [report.figures for report in self.earlier_reports],
                           self.workspace.publication.charts,
                           self.last_year if any(one.kind == "run" for one in self.definition.charts.values()) else ())

    def _written(self) -> FinishedReport | None:
        text = self.report_text
        return FinishedReport(text, self.definition, lambda: self.exhibits) if text and self.definition else None

    @property
    def report_lines(self) -> tuple[str, ...]:
        """The report as text: what the press wrote with the author's words, a paragraph a line."""
        text, definition = self.report_text, self.definition
        return tuple(line for path, fields in self.each(ReportFields) if text and definition
                     for line in lines_of(report_blocks(fields, text, definition, path)[0]))

    # --- the document -----------------------------------------------------------------------

    @cached_property
    def document(self) -> Document:
        """The issue as a tree of blocks; links to other issues are words that say where to look."""
        return self.document_leading(lambda reference: None)

    def document_leading(self, address: Callable[[Reference], str | None]) -> Document:
        """The issue as a tree of blocks.

        Args:
            address: where a link to another issue leads; None where it can lead nowhere.
        """
        return led(self._composed, lambda one: replace(lead_to(self.workspace, one, self.name), address=address(one)))

    @cached_property
    def _composed(self) -> Document:
        return compose(self, self._written)


def origin_span(issue: Issue, origin: Origin) -> Span:
    """Where a block's text starts in issue.toml."""
    return issue.table.characters(origin.path, origin.start, origin.start + 1)
