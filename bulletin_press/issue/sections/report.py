"""一、数据月报: a period and figures; the press writes the text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from bulletin_press.document.tree import Item, Origin, Paragraph, Text
from bulletin_press.language.numerals import Period
from bulletin_press.report.wording import ReportText
from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Line, Model, refuse
from bulletin_press.toml.typed_values import period_meant

if TYPE_CHECKING:
    from bulletin_press.document.exhibits import Exhibits


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


def report_item(text: ReportText, exhibits: Exhibits, path: KeyPath, anchor: str) -> Item:
    """The written report as an item.

    Args:
        text: the paragraphs.
        exhibits: what is shown beside them.
        path: where the report's fields stand.
        anchor: the item's anchor.
    """
    blocks = tuple(Paragraph((Text(paragraph),), Origin((*path, "period"))) for paragraph in text.paragraphs)
    return Item(anchor=anchor, title=None, blocks=blocks, origin=Origin((*path, "period")),
                exhibits=exhibits or None)
