"""Composing without a layout engine: 汉字 and marks an em, Latin half an em, spaces a quarter."""

from collections.abc import Iterable, Mapping, Sequence

from bulletin_press.typeset.boxes import Box, TextRun
from bulletin_press.typeset.items import BoxedParagraph, build_paragraph
from bulletin_press.typeset.linebreak import justify
from bulletin_press.typeset.metrics import Metrics
from bulletin_press.typeset.setting import SetLine, set_lines
from bulletin_press.typeset.spacing import GENTLE, LineStyle, Space


def width(string: str) -> float:
    return sum(0.25 if c == " " else 0.5 if c < "\u2000" else 1.0 for c in string)


def measure(strings: Iterable[str]) -> Mapping[str, float]:
    return {string: width(string) for string in strings}


def paragraph(*texts: str, style: LineStyle = GENTLE) -> BoxedParagraph:
    return build_paragraph([TextRun(text, measure) for text in texts], style)


def typed(boxes: Sequence[Box]) -> str:
    """Return boxes as text, with the spaces that are kept."""
    kept = (Space.SILENT, Space.DRAWN)
    return "".join(box.text + (box.typed if box.space in kept else "") for box in boxes)


def set_text(
    text: str, em: float, indent: float = 0.0, style: LineStyle = GENTLE
) -> tuple[BoxedParagraph, list[SetLine]]:
    items = paragraph(text, style=style)
    metrics, profile = Metrics(items), (em - indent, em)
    ends = justify(metrics, profile)
    return items, list(set_lines(metrics, ends, profile, fill=True, fill_last=False))


def lines_of(text: str, em: float, indent: float = 0.0, style: LineStyle = GENTLE) -> list[str]:
    items, lines = set_text(text, em, indent, style)
    return [typed(items.boxes[line.first : line.last + 1]) for line in lines]
