"""Which functions of WeasyPrint the composer stands in for."""

from collections.abc import Callable
from typing import Any

from bulletin_press.typeset.advances import with_ellipsis
from bulletin_press.typeset.spacing import HouseStyle
from bulletin_press.typeset.weasyprint_adapter.drawing import actual_text
from bulletin_press.typeset.weasyprint_adapter.flow import Flow
from bulletin_press.typeset.weasyprint_adapter.labels import drawing_labels
from bulletin_press.typeset.weasyprint_adapter.marking import artifact, generating, is_open, linking, marked
from bulletin_press.typeset.weasyprint_adapter.names import (
    PDF,
    Stream,
    block,
    document,
    draw,
    inline,
    pdf,
    preferred,
    stacking,
    svg,
    svg_text,
)
from bulletin_press.typeset.weasyprint_adapter.painting import dispatching
from bulletin_press.typeset.weasyprint_adapter.references import page_references
from bulletin_press.typeset.weasyprint_adapter.snap import Grid
from bulletin_press.typeset.weasyprint_adapter.struts import strut_of
from bulletin_press.typeset.weasyprint_adapter.tagging import add_tags
from bulletin_press.typeset.weasyprint_adapter.writing import packing, writing

_MARK = "bulletin_press_composer"


def patch(style: HouseStyle) -> list[Callable[[], None]]:
    """Stand in for a few functions; return what undoes it.

    Raises:
        RuntimeError: it is done already.
    """
    if hasattr(block, _MARK):
        raise RuntimeError("the composer is installed already")
    flow = Flow(style)
    flow.iter_line_boxes_of = block.iter_line_boxes
    flow.split_text_box_of = inline.split_text_box
    flow.line_box_verticality_of = inline.line_box_verticality
    flow.inline_line_widths_of = preferred.inline_line_widths
    label = drawing_labels(svg_text)
    grid = Grid()
    grid.block_level_layout_of = block.block_level_layout
    return [
        _replace(block, _MARK, True),
        _replace(block, "block_level_layout", grid.block_level_layout),
        _replace(block, "iter_line_boxes", flow.iter_line_boxes),
        _replace(inline, "strut", strut_of),
        _replace(inline, "split_text_box", flow.split_text_box),
        _replace(inline, "line_box_verticality", flow.line_box_verticality),
        _replace(preferred, "inline_line_widths", flow.inline_line_widths),
        _replace(document, "draw_page", packing(document.draw_page)),
        _replace(document, "generate_pdf", generating(document.generate_pdf)),
        _replace(stacking, "_dispatch", dispatching(stacking._dispatch)),
        _replace(Stream, "marked", marked),
        _replace(Stream, "artifact", artifact),
        _replace(pdf, "add_links", linking(pdf.add_links)),
        _replace(pdf, "add_tags", add_tags),
        _replace(draw, "draw_text", _drawing(draw.draw_text)),
        # Under both names: WeasyPrint compares the one with the other.
        _replace(svg, "text", label),
        *(_replace_entry(svg.TAGS, tag, label) for tag, draws in svg.TAGS.items() if draws is svg_text),
        _replace(PDF, "page_references", page_references),
        _replace(PDF, "write", writing(PDF.write)),
    ]


def _replace(module: Any, name: str, value: Any) -> Callable[[], None]:
    before = getattr(module, name, None)
    setattr(module, name, value)

    def undo() -> None:
        if before is None:
            delattr(module, name)
        else:
            setattr(module, name, before)

    return undo


def _replace_entry(table: dict[str, Any], name: str, value: Any) -> Callable[[], None]:
    before = table[name]
    table[name] = value

    def undo() -> None:
        table[name] = before

    return undo


def _drawing(draw_text: Callable[..., None]) -> Callable[..., None]:
    def draw_composed_text(
        stream: Any,
        textbox: Any,
        offset_x: float,
        text_overflow: str,
        block_ellipsis: Any = "none",
    ) -> None:
        """Draw a text box; a composed one as a span that is copied as it was typed."""
        if not is_open(stream):  # marks of lists
            with marked(stream, textbox, "Span"):
                draw_composed_text(stream, textbox, offset_x, text_overflow, block_ellipsis)
            return
        piece = textbox.__dict__.get("piece")
        if piece is None or textbox.style["visibility"] != "visible":
            draw_text(stream, textbox, offset_x, text_overflow, block_ellipsis)
            return
        layout, typed = textbox.pango_layout, piece.typed
        if block_ellipsis != "none":
            ellipsis = "…" if block_ellipsis == "auto" else block_ellipsis[1]
            layout.text, layout.advances = with_ellipsis(layout.text, layout.advances, ellipsis)
            typed = layout.text
        layout.stream = stream
        stream.stream.append(actual_text(typed))
        draw_text(stream, textbox, offset_x, "clip", "none")
        stream.stream.append(b"EMC")
        layout.stream = None

    return draw_composed_text
