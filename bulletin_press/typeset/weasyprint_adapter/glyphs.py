"""Glyphs as Pango lays them out: measuring them, and giving them the composer's advances."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from bulletin_press.typeset.advances import Advances
from bulletin_press.typeset.weasyprint_adapter.names import (
    FROM_UNITS,
    TO_UNITS,
    Layout,
    ffi,
    font_key,
    pango,
)
from bulletin_press.typeset.weasyprint_adapter.spans import DrawnGlyph

_GLYPH_SIZE: Final = ffi.sizeof("PangoGlyphInfo") // 4
_WIDTH_AT: Final = (
    ffi.offsetof("PangoGlyphInfo", "geometry") + ffi.offsetof("PangoGlyphGeometry", "width")
) // 4
_OFFSET_AT: Final = (
    ffi.offsetof("PangoGlyphInfo", "geometry") + ffi.offsetof("PangoGlyphGeometry", "x_offset")
) // 4
_EMPTY: Final = 0x0FFFFFFF
_UNKNOWN: Final = 0x10000000
# Pango rounds what it moves a spaced letter by to whole pixels where hinting says so.
_HINTED: Final = TO_UNITS * 0.51


class GlyphRun(NamedTuple):
    """The glyphs of one Pango run.

    Attributes:
        font: the `PangoFont *`.
        ends: byte offset in the line's text at which each glyph's cluster ends; n values.
        numbers: the glyph structures as 32-bit integers, writable.
    """

    font: Any
    ends: list[int]
    numbers: memoryview


def glyph_runs(line: Any) -> Iterator[GlyphRun]:
    """Yield the left-to-right runs of a `PangoLayoutLine *`."""
    run = line.runs
    while run != ffi.NULL:
        glyph_item = run.data
        run = run.next
        item, string = glyph_item.item, glyph_item.glyphs
        count = string.num_glyphs
        if not count:
            continue
        clusters = ffi.unpack(string.log_clusters, count)
        end, ends = item.length, [0] * count
        for i in range(count - 1, -1, -1):
            ends[i] = item.offset + end
            if i and clusters[i - 1] != clusters[i]:
                end = clusters[i]
        numbers = memoryview(ffi.buffer(string.glyphs, count * _GLYPH_SIZE * 4)).cast("i")
        yield GlyphRun(item.analysis.font, ends, numbers)

# The size that widths are measured at, px: large enough that rounding stays out of the four places that are kept.
_MEASURED: Final = 128.0


class Measurer:
    """Widths of strings in one style, em, measured between two 汉字 as they will stand."""

    def __init__(self, style: Any, widths: dict[str, float]) -> None:
        self._style = style
        self._widths = widths

    def __call__(self, strings: Iterable[str]) -> Mapping[str, float]:
        """Return a table that holds at least `strings`; unknown ones are laid out in one go."""
        unknown = [string for string in strings if string not in self._widths]
        if unknown:
            self._measure(unknown)
        return self._widths

    def _measure(self, strings: list[str]) -> None:
        layout = Layout(self._style)
        pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
        heads = ["n" if _is_continued(string) else "" for string in strings]
        layout.set_text("中" + "".join(f"{head}{string}中" for head, string in zip(heads, strings, strict=True)))
        line, _ = layout.get_first_line()
        at: dict[int, int] = {}
        for run in glyph_runs(line):
            for i, end in enumerate(run.ends):
                width = run.numbers[i * _GLYPH_SIZE + _WIDTH_AT]
                at[end] = at.get(end, 0) + width
        size = self._style["font_size"] * TO_UNITS
        start = len("中".encode())
        for head, string in zip(heads, strings, strict=True):
            start += len(head)
            stop = start + len(string.encode())
            width = sum(at.get(end, 0) for end in range(start + 1, stop + 1))
            self._widths[string] = round(width / size, 4)
            start = stop + len("中".encode())
        layout.deactivate()


def _is_continued(string: str) -> bool:
    """Whether a string stands behind a letter in any text: behind 汉字 its hyphen would be shaped as theirs."""
    return string[0] == "-" and string[1:2].isalpha()


def measurer(style: Any) -> Measurer:
    """Return the measurer of a style; styles that shape alike share one."""
    own: Measurer | None = style.__dict__.get("known_measurer")
    if own is None:
        own = style.known_measurer = _shared_measurer(style)
    return own


def _shared_measurer(style: Any) -> Measurer:
    size = style["font_size"]
    letter = style["letter_spacing"]
    spacing = 0 if letter == "normal" else round(letter / size, 5)
    key = f"{font_key(style)}|{spacing}|{round(style['word_spacing'] / size, 5)}"
    # Kept by the render's own configuration of fonts, so that they go with it.
    known: dict[str, Measurer] = style.font_config.__dict__.setdefault("known_measurers", {})
    if key not in known:
        # The widths outlive the styles: the next page in the same fonts need not measure them again.
        widths = style.font_config.__dict__.setdefault("known_widths", {}).setdefault(key, {})
        known[key] = Measurer(_at_one_size(style), widths)
    return known[key]


def _at_one_size(style: Any) -> Any:
    """A style at the size that all are measured at.

    Pango rounds to 1/1024 px: measured at the size of whoever comes first, a width in em would depend on what was
    set before, in the last place that is kept.
    """
    same, factor = style.copy(), _MEASURED / style["font_size"]
    same["font_size"] = _MEASURED
    if style["letter_spacing"] != "normal":
        same["letter_spacing"] = style["letter_spacing"] * factor
    same["word_spacing"] = style["word_spacing"] * factor
    return same


def place_glyphs(line: Any, advances: Advances, stream: Any, spread: float = 0.0) -> list[DrawnGlyph]:
    """Give the glyphs of a Pango line their advances; return those that will be shown.

    Args:
        line: a `PangoLayoutLine *`, left to right.
        advances: where its glyphs go.
        stream: the PDF stream that will show them, which knows the widths a reader assumes.
        spread: letter spacing of their style, px.
    """
    # Pango moves a spaced letter by half its spacing, but not the first of a line: the first gap would be wider.
    shift = round(spread / 2 * TO_UNITS)
    targets = dict(zip(advances.ends, advances.pens, strict=True))
    lead, letters = advances.lead, advances.letters
    pen, natural, base, begin = 0, 0.0, 0, 0
    drawn = []
    for run in glyph_runs(line):
        font, size = stream.add_font(run.font)
        unit, numbers, ends = size * TO_UNITS / 1000, run.numbers, run.ends
        last = len(ends) - 1
        for i, end in enumerate(ends):
            at = i * _GLYPH_SIZE
            if shift and abs(numbers[at + _OFFSET_AT] - shift) < _HINTED:
                numbers[at + _OFFSET_AT] = 0
            own = numbers[at + _WIDTH_AT] / unit
            natural += own
            stop = None
            if i == last or ends[i + 1] != end:
                stop = targets.get(end)
                if letters:
                    # A ligature takes what was meant for all its letters.
                    natural += sum(letters.get(at, 0.0) for at in range(begin + 1, end + 1))
                begin = end
            if stop is None:
                stop = base + round(natural)
            else:
                base, natural = stop, 0.0
            width = font.widths.get(numbers[at])
            if width is None:
                width = _reader_width(numbers[at], run.font, font, size, stream)
            kept = stop - pen == width and -0.4 < own - width < 0.4
            if lead or not kept or numbers[at + _OFFSET_AT]:
                _set_advance(numbers, at, stop - pen, width, size, lead)
            lead, pen = 0, stop
            if numbers[at] != _EMPTY:
                drawn.append(DrawnGlyph(-1 if numbers[at] & _UNKNOWN else numbers[at], font, end))
    return drawn


def _reader_width(glyph: int, pango_font: Any, font: Any, size: float, stream: Any) -> int:
    """Return the width a PDF reader will assume, thousandths of an em; −1 for no real glyph."""
    if glyph == _EMPTY or glyph & _UNKNOWN:
        return -1
    pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
    width: int = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
    font.widths[glyph] = width
    return width


def _set_advance(
    numbers: memoryview, at: int, advance: int, width: int, size: float, lead: int
) -> None:
    """Set one glyph's advance, thousandths of an em, as the drawing code will read it.

    It turns `width + offset − advance` into a whole number by cutting off the fraction, so
    advances are set .3 beyond the number that is meant; and it reads horizontal offsets as
    thousandths of an em whatever the font size. A glyph that is not real keeps its width.
    """
    if width < 0:
        if numbers[at] == _EMPTY:
            numbers[at + _WIDTH_AT] = round(advance * size)
        return
    if lead:
        numbers[at + _OFFSET_AT] -= round(lead * size)
    kerning = width + round(numbers[at + _OFFSET_AT] / size) - advance
    bias = 0.3 if kerning > 0 else -0.3 if kerning < 0 else 0.0
    numbers[at + _WIDTH_AT] = round((advance - bias) * size * TO_UNITS / 1000)
