"""一、数据月报: a period and figures; the press writes the text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from bulletin_press.document.tree import Item, Origin, Paragraph, Text
from bulletin_press.issue.sections.kind import Kind, Surroundings
from bulletin_press.language.numerals import Period
from bulletin_press.toml.schema import Line, Model, refuse
from bulletin_press.toml.typed_values import period_meant


def _period(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return Period.parse(value)
        except ValueError:
            pass
    meant = period_meant(value.isoformat() if isinstance(value, date) else str(value))
    refuse("wrong-value", meant.message, meant.suggestion, certain=meant.certain and isinstance(value, str))


class ReportFields(Model):
    """The report's period and where its figures came from; every other key is a measure, read by its definition.

    ``source`` prints nothing: ``signed.total`` → ``6月.xlsx!Sheet1!E6``, as ``press import`` writes it.
    """

    model_config = ConfigDict(frozen=True, extra="allow", arbitrary_types_allowed=True)

    period: Annotated[Period, BeforeValidator(_period)]
    source: Annotated[dict[str, Line], Field(max_length=2_000)] = {}

    @property
    def measures(self) -> Mapping[str, Any]:
        """The raw measures, by key."""
        return self.model_extra or {}


def report_item(fields: ReportFields, around: Surroundings) -> Item | None:
    """The written report as an item; none where there is nothing to say or to show."""
    written = around.written()
    if written is None:
        return None
    paragraphs, origin = written.text.paragraphs, Origin((*around.path, "period"))
    exhibits = written.exhibits()
    # Figures that no sentence speaks of are shown all the same.
    if not (paragraphs or exhibits):
        return None
    blocks = tuple(Paragraph((Text(paragraph),), origin) for paragraph in paragraphs)
    return Item(anchor=around.anchor, title=None, blocks=blocks, origin=origin, exhibits=exhibits or None)


def _headline(around: Surroundings) -> str | None:
    written = around.written()
    return written.text.headline if written else None


# A new issue's report is a skeleton of figures, which the scaffold draws up by the report's definition.
REPORT = Kind("report", "数据月报", ("数据月报", "月报"), ReportFields, False, report_item, scaffold="",
              authored=False, headline=_headline)
