"""Every private name of WeasyPrint that the adapter touches, and the one version that has them.

Nothing else in the package imports a private name. Importing this module on another version may
fail: `install` looks at the version first.
"""

from typing import Any, Final

import weasyprint.css as css
import weasyprint.document as document
import weasyprint.draw as draw
import weasyprint.html as html
import weasyprint.layout.block as block
import weasyprint.layout.inline as inline
import weasyprint.layout.page as page
import weasyprint.layout.preferred as preferred
import weasyprint.pdf as pdf
import weasyprint.stacking as stacking
from pydyf import PDF
from pydyf import Stream as PlainStream
from weasyprint import DEFAULT_OPTIONS, svg
from weasyprint.css.counters import CounterStyle
from weasyprint.css.targets import TargetLookupItem
from weasyprint.document import Document, DocumentMetadata, Page
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.build import build_formatting_structure
from weasyprint.layout import initialize_page_maker, layout_document
from weasyprint.layout.background import layout_backgrounds
from weasyprint.layout.block import collapse_margin
from weasyprint.layout.float import avoid_collisions, float_layout
from weasyprint.layout.leader import handle_leader
from weasyprint.layout.page import make_margin_boxes
from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages
from weasyprint.logger import LOGGER
from weasyprint.pdf import fonts as pdf_fonts
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream
from weasyprint.svg.text import text as svg_text
from weasyprint.text.ffi import FROM_UNITS, TO_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, _font_style_cache_key, strut

__all__ = [
    "DEFAULT_OPTIONS",
    "FROM_UNITS",
    "LOGGER",
    "PDF",
    "SIGNATURES",
    "TO_UNITS",
    "VERSION",
    "CounterStyle",
    "Document",
    "DocumentMetadata",
    "Font",
    "Layout",
    "Page",
    "PlainStream",
    "Stream",
    "TargetLookupItem",
    "avoid_collisions",
    "block",
    "boxes",
    "build_formatting_structure",
    "collapse_margin",
    "css",
    "document",
    "draw",
    "ffi",
    "float_layout",
    "font_key",
    "handle_leader",
    "html",
    "initialize_page_maker",
    "inline",
    "layout_backgrounds",
    "make_margin_boxes",
    "page",
    "pango",
    "pdf",
    "pdf_fonts",
    "preferred",
    "resolve_one_percentage",
    "resolve_percentages",
    "stacking",
    "strut",
    "svg",
    "svg_text",
]

VERSION: Final = "70.0"
font_key = _font_style_cache_key

# Callable → its parameters. A test compares them with what is installed.
SIGNATURES: Final[dict[Any, tuple[str, ...]]] = {
    block.iter_line_boxes: (
        "context",
        "box",
        "position_y",
        "bottom_space",
        "skip_stack",
        "containing_block",
        "absolute_boxes",
        "fixed_boxes",
        "first_letter_style",
        "first_line_style",
    ),
    # The same function as the page's.
    block.block_level_layout: (
        "context",
        "box",
        "bottom_space",
        "skip_stack",
        "containing_block",
        "page_is_empty",
        "absolute_boxes",
        "fixed_boxes",
        "adjoining_margins",
        "first_letter_style",
        "first_line_style",
        "discard",
        "max_lines",
    ),
    collapse_margin: ("adjoining_margins",),
    inline.get_next_linebox: (
        "context",
        "linebox",
        "position_y",
        "bottom_space",
        "skip_stack",
        "containing_block",
        "absolute_boxes",
        "fixed_boxes",
        "first_letter_style",
        "first_line_style",
    ),
    inline.split_text_box: ("context", "box", "available_width", "skip", "is_line_start"),
    inline.line_box_verticality: ("box",),
    inline.atomic_box: (
        "context",
        "box",
        "position_x",
        "skip_stack",
        "containing_block",
        "absolute_boxes",
        "fixed_boxes",
    ),
    preferred.inline_line_widths: (
        "context",
        "box",
        "outer",
        "is_line_start",
        "minimum",
        "skip_stack",
        "first_line",
    ),
    page.remake_page: ("index", "context", "root_box", "html"),
    preferred.max_content_width: ("context", "box", "outer"),
    document.draw_page: ("page", "stream"),
    draw.draw_inline_level: ("stream", "page", "box", "offset_x", "text_overflow", "block_ellipsis"),
    draw.draw_block_level: ("page", "stream", "blocks_and_cells"),
    draw.draw_stacking_context: ("stream", "stacking_context"),
    draw.draw_text: ("stream", "textbox", "offset_x", "text_overflow", "block_ellipsis"),
    avoid_collisions: ("context", "box", "containing_block", "outer"),
    float_layout: (
        "context",
        "box",
        "containing_block",
        "absolute_boxes",
        "fixed_boxes",
        "bottom_space",
        "skip_stack",
    ),
    handle_leader: ("context", "line", "containing_block"),
    resolve_one_percentage: ("box", "property_name", "refer_to"),
    resolve_percentages: ("box", "containing_block"),
    strut: ("style",),
    font_key: ("style", "include_size"),
    svg_text: ("svg", "node", "font_size"),
    document.generate_pdf: ("document", "target", "zoom", "options"),
    pdf.add_links: ("links_and_anchors", "matrix", "pdf", "page", "names", "tags"),
    pdf.add_tags: ("pdf", "document", "pdf_version", "page_streams"),
    stacking._dispatch: ("box", "page", "child_contexts", "blocks", "floats", "blocks_and_cells"),
    stacking._dispatch_children: ("box", "page", "child_contexts", "blocks", "floats", "blocks_and_cells"),
    Stream.marked: ("self", "box", "tag"),
    Stream.artifact: ("self",),
    Layout.__init__: ("self", "style", "justification_spacing", "max_width"),
    Layout.setup: ("self", "style"),
    Layout.set_text: ("self", "text", "justify"),
    Layout.get_first_line: ("self",),
    Layout.reactivate: ("self", "style"),
    Layout.deactivate: ("self",),
    PDF.write: ("self", "output", "version", "identifier", "compress"),
    # Resuming a layout at a page.
    css.find_stylesheets: (
        "wrapper_element",
        "device_media_type",
        "url_fetcher",
        "base_url",
        "font_config",
        "counter_style",
        "color_profiles",
        "page_rules",
        "layers",
    ),
    Document._build_layout_context: ("html", "font_config", "counter_style", "color_profiles", "options"),
    Document.__init__: (
        "self",
        "pages",
        "metadata",
        "url_fetcher",
        "font_config",
        "color_profiles",
        "output_intent",
    ),
    TargetLookupItem.__init__: ("self", "state"),
    build_formatting_structure: (
        "element_tree",
        "style_for",
        "get_image_from_uri",
        "base_url",
        "target_collector",
        "counter_style",
        "footnotes",
    ),
    initialize_page_maker: ("context", "root_box"),
    layout_document: ("html", "root_box", "context", "max_loops"),
    layout_backgrounds: ("page", "get_image_from_uri"),
    make_margin_boxes: ("context", "page", "state"),
    Font.subset: ("self", "to_unicode", "hinting"),
    pdf_fonts.get_hb_object_data: ("hb_object", "ot_color", "glyph"),
}
