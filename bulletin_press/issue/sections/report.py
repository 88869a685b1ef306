"""一、数据月报: a period and figures; the press writes the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from bulletin_press.document.markup import TextBlock, blocks_of, stretches
from bulletin_press.document.tree import Item, Origin, Paragraph, plain_text
from bulletin_press.document.tree import Text as Characters
from bulletin_press.issue.sections.kind import Kind, Surroundings
from bulletin_press.language.numerals import Period
from bulletin_press.report.definition import Definition
from bulletin_press.report.wording import ReportText
from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Complaint, Line, Model, Text, close_match, refuse
from bulletin_press.toml.typed_values import period_meant


def _period(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return Period.parse(value)
        except ValueError:
            pass
    meant = period_meant(value.isoformat() if isinstance(value, date) else str(value))
    refuse("wrong-value", meant.message, meant.suggestion, certain=meant.certain and isinstance(value, str))


if TYPE_CHECKING:
    from bulletin_press.document.exhibits import Exhibits

WORDS = "text"
BEFORE, AFTER, NOTE = "before", "after", "note"
_NOTE_SIGN = "注："


class ReportFields(Model):
    """The report's period, the author's words and where its figures came from; every other key is a measure.

    ``text`` holds words by their place: before, after, note, and by paragraph of the definition, its name or number.
    ``source`` prints nothing: ``signed.total`` → ``6月.xlsx!Sheet1!E6``, as ``press import`` writes it.
    """

    model_config = ConfigDict(frozen=True, extra="allow", arbitrary_types_allowed=True)

    period: Annotated[Period, BeforeValidator(_period)]
    source: Annotated[dict[str, Line], Field(max_length=2_000)] = {}
    text: dict[str, Text] = {}

    @property
    def measures(self) -> Mapping[str, Any]:
        """The raw measures, by key."""
        return self.model_extra or {}


def wrong_words(fields: ReportFields, definition: Definition, path: KeyPath) -> list[Complaint]:
    """The words of the author's that have no place in the report."""
    places = (BEFORE, AFTER, NOTE, *definition.paragraph_keys)
    return [Complaint("unknown-key", (*path, WORDS, key),
                      f"月报里没有叫“{key}”的地方，可写的：{'、'.join(places)}", close_match(key, places), at_key=True)
            for key in fields.text if key not in places and key not in definition.paragraph_numbers]


def report_blocks(fields: ReportFields, written: ReportText, definition: Definition, path: KeyPath
                  ) -> tuple[tuple[TextBlock, ...], tuple[int, ...]]:
    """The report's paragraphs and, each in its place, the author's words.

    Args:
        fields: the author's.
        written: what the press wrote.
        definition: names the paragraphs.
        path: of the report in its file.

    Returns:
        The blocks; and for each written paragraph the index of its last block.
    """
    blocks: list[TextBlock] = [*_words(fields, BEFORE, path)]
    last, texts = list[int](), dict(zip(written.numbers, written.paragraphs, strict=True))
    for number, spec in enumerate(definition.paragraphs):
        if number in texts:
            blocks.append(Paragraph((Characters(texts[number]),), Origin((*path, "period"))))
        for key in dict.fromkeys((str(number + 1), spec.name or "")):
            blocks += _words(fields, key, path)
        if number in texts:
            last.append(len(blocks) - 1)
    blocks += _words(fields, AFTER, path)
    note = _words(fields, NOTE, path)
    if note and isinstance(note[0], Paragraph) and not plain_text(note[0].inlines).startswith("注"):
        note = (Paragraph((Characters(_NOTE_SIGN), *note[0].inlines), note[0].origin), *note[1:])
    return (*blocks, *note), tuple(last)


def _words(fields: ReportFields, key: str, path: KeyPath) -> tuple[TextBlock, ...]:
    text = fields.text.get(key)
    return blocks_of(text, (*path, WORDS, key)) if text else ()


def lines_of(blocks: tuple[TextBlock, ...]) -> tuple[str, ...]:
    """The text of blocks, a line a paragraph, an entry or a cell."""
    return tuple(line for block in blocks for inlines in stretches(block) if (line := plain_text(inlines)))


def report_item(fields: ReportFields, around: Surroundings) -> Item | None:
    """The written report as an item; none where there is nothing to say or to show."""
    written = around.written()
    if written is None:
        return None
    blocks, last = report_blocks(fields, written.text, written.definition, around.path)
    exhibits = written.exhibits()
    # Figures that no sentence speaks of are shown all the same.
    if not (blocks or exhibits):
        return None
    return Item(anchor=around.anchor, title=None, blocks=blocks, origin=Origin((*around.path, "period")),
                exhibits=_moved(exhibits, last) or None)


def _moved(exhibits: Exhibits, last: tuple[int, ...]) -> Exhibits:
    """The charts behind the blocks of their paragraphs, where author's words stand between these."""
    if last == tuple(range(len(last))):
        return exhibits
    return replace(exhibits, charts=tuple(replace(chart, after=last[chart.after]) if chart.after < len(last) else chart
                                          for chart in exhibits.charts))


def _headline(around: Surroundings) -> str | None:
    written = around.written()
    return written.text.headline if written else None


# A new issue's report is a skeleton of figures, which the scaffold draws up by the report's definition.
REPORT = Kind("report", "数据月报", ("数据月报", "月报"), ReportFields, False, report_item, scaffold="",
              authored=False, headline=_headline)
