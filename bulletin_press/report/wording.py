"""The written report: planned paragraphs as text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bulletin_press.report.definition import Definition
from bulletin_press.report.figures import ReportFigures
from bulletin_press.report.forms import Shapes, Terms
from bulletin_press.report.phrases import ReportStyle
from bulletin_press.report.plan import PlannedParagraph, comparable_before, headline_fact, plan

__all__ = ["ReportStyle", "ReportText", "Writer", "write_report"]


@dataclass(frozen=True)
class ReportText:
    """The written report: its paragraphs, and the line that the contents quote.

    ``numbers`` are the paragraphs' places in the definition, from 0, one each.
    """

    headline: str | None
    paragraphs: tuple[str, ...]
    numbers: tuple[int, ...] = ()


class Writer(Shapes):
    """The words of one report, from the lead of a paragraph to its full stop."""

    def paragraph(self, planned: PlannedParagraph) -> str:
        """A paragraph: its lead and its sentences, ending with a full stop."""
        text = ""
        for sentence in planned.sentences:
            spec = sentence.sentence
            if text:
                text += spec.join or "。"
            if not spec.join:
                self.against = ""
            if spec.follows and text:
                text += "其中，" if spec.of_which is True else self.filled(str(spec.of_which))
            text += self.sentence(sentence)
        self.against = ""
        return self.filled(planned.lead) + text + "。"

    def headline(self, figures: ReportFigures) -> str | None:
        """The figure that the contents quote: the first measure given, with its growth."""
        spec, found = self.definition.headline, headline_fact(self.definition, figures)
        if spec is None or found is None:
            return None
        measure = self.definition.measures[found.measure]
        growth = self.growth(found.rate, measure, found.base, comparable=found.comparable).text if found.rate \
            else self.link(found) + self.value(found)
        return self.filled(spec.text, measure=self.measure(found), growth=growth, item=self.item(found))


def terms_of(paragraphs: Iterable[PlannedParagraph]) -> Terms:
    """The comparable terms (可比口径) of what is going to be said."""
    rates = [fact.comparable for paragraph in paragraphs for sentence in paragraph.sentences
             for group in sentence.groups for fact in group if fact.rate and "growth" in fact.says]
    from_first = rates[rates.index(True) :] if True in rates else []
    return Terms(uniform=len(from_first) > 1 and all(from_first))


def write_report(definition: Definition, figures: ReportFigures, style: ReportStyle,
                 earlier: ReportFigures | None = None) -> ReportText:
    """Write the report.

    Args:
        definition: what is said.
        figures: this issue's figures.
        style: the house style.
        earlier: the figures of the last issue, for the change and the derived month; those of
            another year or of a later period are passed over.

    Returns:
        The paragraphs, each ending with a full stop; none where there are no figures.
    """
    usable = earlier if earlier and comparable_before(earlier.period, figures.period) else None
    planned = plan(definition, figures, usable, change=style.change, month=style.month)
    writer = Writer(definition, style, figures.period, usable.period if usable else None, terms_of(planned))
    written: Sequence[str] = [writer.paragraph(paragraph) for paragraph in planned]
    return ReportText(writer.headline(figures), tuple(written), tuple(paragraph.number for paragraph in planned))
