"""Which functions of WeasyPrint the composer stands in for."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from bulletin_press.typeset.advances import CopiedSpan, with_ellipsis
from bulletin_press.typeset.spacing import LineStyle
from bulletin_press.typeset.weasyprint_adapter.emphasis import draw_dots, has_dots
from bulletin_press.typeset.weasyprint_adapter.flow import Flow
from bulletin_press.typeset.weasyprint_adapter.labels import drawing_labels
from bulletin_press.typeset.weasyprint_adapter.marking import artifact, generating, is_open, linking, marked
from bulletin_press.typeset.weasyprint_adapter.names import (
    PDF,
    PlainStream,
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
from bulletin_press.typeset.weasyprint_adapter.painting import Layers
from bulletin_press.typeset.weasyprint_adapter.readings import draw_reading, reading_of
from bulletin_press.typeset.weasyprint_adapter.references import page_references
from bulletin_press.typeset.weasyprint_adapter.snap import LineGrid
from bulletin_press.typeset.weasyprint_adapter.spans import mark_spans
from bulletin_press.typeset.weasyprint_adapter.struts import strut_of
from bulletin_press.typeset.weasyprint_adapter.tagging import add_tags
from bulletin_press.typeset.weasyprint_adapter.writing import ending, packing, writing

_MARK = "bulletin_press_composer"


Undo = list[Callable[[], None]]


def patch(style: LineStyle) -> Undo:
    """Stand in for a few functions; return what undoes it, the last first.

    Raises:
        RuntimeError: it is done already.
    """
    if hasattr(block, _MARK):
        raise RuntimeError("the composer is installed already")
    undo: Undo = []
    # Known from here on, so that an interrupt in the middle can be mended.
    setattr(block, _MARK, undo)
    undo.append(lambda: delattr(block, _MARK))
    try:
        for owner, name, value in _replacements(style):
            undo.append(_restoring(owner, name))
            if isinstance(owner, dict):
                owner[name] = value
            else:
                setattr(owner, name, value)
    except BaseException:
        unpatch()
        raise
    return undo


def unpatch() -> None:
    """Give WeasyPrint its own functions back, whoever stands in for them; harmless when done twice."""
    undo: Undo = getattr(block, _MARK, [])
    while undo:
        undo.pop()()


def _restoring(owner: Any, name: str) -> Callable[[], None]:
    if isinstance(owner, dict):
        return partial(owner.__setitem__, name, owner[name])
    return partial(setattr, owner, name, getattr(owner, name))


def _replacements(style: LineStyle) -> Iterator[tuple[Any, str, Any]]:
    """Yield whose function, its name, and what stands in for it."""
    flow = Flow(style)
    flow.iter_line_boxes_of = block.iter_line_boxes
    flow.split_text_box_of = inline.split_text_box
    flow.line_box_verticality_of = inline.line_box_verticality
    flow.inline_line_widths_of = preferred.inline_line_widths
    yield block, "iter_line_boxes", flow.iter_line_boxes
    yield inline, "strut", strut_of
    yield inline, "split_text_box", flow.split_text_box
    yield inline, "line_box_verticality", flow.line_box_verticality
    yield preferred, "inline_line_widths", flow.inline_line_widths
    grid = LineGrid()
    grid.block_level_layout_of = block.block_level_layout
    yield block, "block_level_layout", grid.block_level_layout
    layers = Layers()
    layers.dispatch_of = stacking._dispatch
    layers.draw_inline_level_of = draw.draw_inline_level
    layers.draw_block_level_of = draw.draw_block_level
    yield stacking, "_dispatch_children", layers.dispatch_children
    yield draw, "draw_inline_level", layers.draw_inline_level
    yield draw, "draw_block_level", layers.draw_block_level
    yield draw, "draw_text", _drawing(draw.draw_text)
    # Under both names: WeasyPrint compares the one with the other.
    label, labelled = drawing_labels(svg_text), [tag for tag, draws in svg.TAGS.items() if draws is svg_text]
    yield svg, "text", label
    for tag in labelled:
        yield svg.TAGS, tag, label
    yield document, "generate_pdf", generating(document.generate_pdf)
    yield document, "draw_page", packing(document.draw_page)
    yield Stream, "marked", marked
    yield Stream, "artifact", artifact
    yield pdf, "add_links", linking(pdf.add_links)
    yield pdf, "add_tags", add_tags
    yield PDF, "page_references", page_references
    yield PDF, "write", writing(PDF.write)
    yield PlainStream, "data", property(ending(PlainStream.data.fget))


def _spaced_out(style: Any) -> bool:
    """Whether a text is set wide: readers see a space in each of its gaps."""
    return style["letter_spacing"] not in ("normal", 0)


def _drawing(draw_text: Callable[..., None]) -> Callable[..., None]:
    def draw_composed_text(
        stream: Any,
        textbox: Any,
        offset_x: float,
        text_overflow: str,
        block_ellipsis: Any = "none",
    ) -> None:
        """Draw a text box, marked as what it is."""
        if is_open(stream):
            draw_piece(stream, textbox, offset_x, text_overflow, block_ellipsis)
            return
        with marked(stream, textbox, "Span"):  # marks of lists
            draw_piece(stream, textbox, offset_x, text_overflow, block_ellipsis)

    def draw_piece(stream: Any, textbox: Any, offset_x: float, text_overflow: str, block_ellipsis: Any) -> None:
        """Draw a text box; a composed one so that it is copied as it was typed."""
        piece = textbox.__dict__.get("piece")
        if piece is None or textbox.style["visibility"] != "visible":
            draw_text(stream, textbox, offset_x, text_overflow, block_ellipsis)
            return
        layout, spans = textbox.pango_layout, piece.spans
        if block_ellipsis != "none":
            ellipsis = "…" if block_ellipsis == "auto" else block_ellipsis[1]
            layout.text, layout.advances = with_ellipsis(layout.text, layout.advances, ellipsis)
            spans = [CopiedSpan(len(layout.text.encode()), layout.text)]
        layout.stream, first = stream, len(stream.stream)
        draw_text(stream, textbox, offset_x, "clip", "none")
        mark_spans(stream.stream, first, layout.drawn, spans, whole=_spaced_out(textbox.style))
        layout.stream, layout.drawn = None, []
        if has_dots(textbox.style):
            draw_dots(stream, textbox, piece.advances)
        if syllable := reading_of(textbox.style):
            draw_reading(stream, textbox, syllable)

    return draw_composed_text
