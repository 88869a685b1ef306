"""Composed text boxes: their layout without Pango, and their drawing."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from bulletin_press.typeset.advances import Advances, CopiedSpan
from bulletin_press.typeset.weasyprint_adapter.glyphs import place_glyphs
from bulletin_press.typeset.weasyprint_adapter.names import Layout
from bulletin_press.typeset.weasyprint_adapter.spans import DrawnGlyph


class DrawnPiece(NamedTuple):
    """What a composed text box carries.

    Attributes:
        advances: where its glyphs go.
        width: from its first glyph to its last, px.
        gap: white between it and what follows in the line, px.
        spans: its text as copied.
        strut: line height and baseline of its style, px.
    """

    advances: Advances
    width: float
    gap: float
    spans: Sequence[CopiedSpan]
    strut: tuple[float, float]

    @property
    def typed(self) -> str:
        """All that is copied."""
        return "".join(span.typed for span in self.spans)


class ComposedLayout(Layout):  # type: ignore[misc]
    """A Pango layout that is only built to be drawn, with the composer's advances."""

    def __init__(self, style: Any, text: str, advances: Advances) -> None:
        self.justification_spacing, self.max_width = 0, None
        self.text, self.advances = text, advances
        self.first_line_direction = 0
        self.stream: Any = None
        letter = style["letter_spacing"]
        self.spread: float = 0.0 if letter == "normal" else letter
        self.drawn: list[DrawnGlyph] = []
        if style["text_decoration_line"] != "none":
            self.setup(style)  # the thickness of underlines is asked for before drawing
            self.deactivate()

    def get_first_line(self) -> tuple[Any, Any]:
        """Return the line with its glyphs in place."""
        line, index = super().get_first_line()
        if self.stream is not None:
            self.drawn = place_glyphs(line, self.advances, self.stream, self.spread)
        return line, index


def lay_out_piece(box: Any, piece: DrawnPiece) -> Any:
    """Return the laid-out copy of a composed text box."""
    laid_out = box.copy()
    laid_out.width, laid_out.margin_right = piece.width, piece.gap
    laid_out.pango_layout = ComposedLayout(box.style, box.text, piece.advances)
    line_height, laid_out.baseline = piece.strut
    laid_out.height = box.style["font_size"]
    laid_out.margin_top = laid_out.margin_bottom = (line_height - laid_out.height) / 2
    return laid_out
