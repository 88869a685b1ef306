"""What is copied of a drawn text: marked as it was typed wherever the glyphs would say something else.

A reader takes the place of a marked span's characters from the whole span, so spans are as short as can be;
what reads right by itself is not marked at all, and a search lands on the glyph.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple

from bulletin_press.typeset.advances import CopiedSpan

_SHOWN: Final = re.compile(rb"\[(.*)\] TJ", re.DOTALL)
_PART: Final = re.compile(rb"<([0-9a-fA-F]*)>|([^<>]+)")


class DrawnGlyph(NamedTuple):
    """A glyph that is shown.

    Attributes:
        glyph: its number; negative where the fonts have none.
        font: the PDF font that shows it, with what it takes its glyphs for.
        end: byte offset in the text at which its characters end.
    """

    glyph: int
    font: Any
    end: int


def actual_text(typed: str) -> bytes:
    """Return the PDF operator that opens a span copied as `typed`."""
    code = (b"\xfe\xff" + typed.encode("utf-16-be", "replace")).hex().upper().encode()
    return b"/Span <</ActualText <" + code + b">>> BDC"


def mark_spans(operators: list[Any], first: int, glyphs: Sequence[DrawnGlyph], spans: Sequence[CopiedSpan],
               *, whole: bool = False) -> None:
    """Mark what a text was drawn with.

    Args:
        operators: those of the stream; from `first` on those that drew the text.
        first: index of the first of them.
        glyphs: what they show, in order.
        spans: what is to be copied.
        whole: as one span, whatever its glyphs say: of a label set wide, in whose gaps readers see spaces.
    """
    cuts = [_Cut(0, "".join(span.typed for span in spans))] if whole and glyphs else list(_cuts(glyphs, spans))
    places = {cut.first for cut in cuts}
    drawn, at, marked = operators[first:], 0, False
    del operators[first:]
    for operator in drawn:
        shown = _SHOWN.fullmatch(operator) if isinstance(operator, bytes) else None
        if shown is None:
            if operator == b"ET" and marked:
                operators.append(b"EMC")
                marked = False
            operators.append(operator)
            continue
        for part in _parts(shown[1], at, glyphs, places):
            if cuts and at >= cuts[0].first:
                cut = cuts.pop(0)
                if marked:
                    operators.append(b"EMC")
                marked = cut.typed is not None
                if cut.typed is not None:
                    operators.append(actual_text(cut.typed))
            operators.append(b"[" + part.code + b"] TJ")
            at += part.glyphs


class _Cut(NamedTuple):
    """A span that begins with a glyph, and what is said of it; None where its glyphs say it."""

    first: int
    typed: str | None


class _Part(NamedTuple):
    code: bytes
    glyphs: int


def _cuts(glyphs: Sequence[DrawnGlyph], spans: Sequence[CopiedSpan]) -> Iterator[_Cut]:
    at, pending, plain, over = 0, "", False, 0
    for span in spans:
        first, start = at - over, at
        while at < len(glyphs) and glyphs[at].end <= span.end:
            at += 1
        pending += span.typed
        if at == start:  # nothing of it is shown, or a ligature goes on
            continue
        before, over = over, 0
        for begin, part in _fonts(glyphs, first, at):
            # Chrome takes the first of the objects of a span for all of it: what is of several fonts is several.
            said = "".join(map(_said, part))
            bare = said[before:] if begin == first else said
            if begin + len(part) == at or not pending.startswith(bare):
                break
            if bare != said or not plain:
                yield _Cut(begin, None if bare == said else bare)
            pending, plain, before, first = pending.removeprefix(bare), bare == said, 0, begin + len(part)
        if not pending:
            # A space in the font of what follows is a part of that: of a span of nothing readers see the gap.
            over = at - first
            continue
        right = pending == "".join(_said(glyph) for glyph in glyphs[first:at])
        if not (right and plain):
            yield _Cut(first, None if right else pending)
        pending, plain = "", right
    if over:
        yield _Cut(at - over, "")


def _fonts(glyphs: Sequence[DrawnGlyph], first: int, stop: int) -> Iterator[tuple[int, Sequence[DrawnGlyph]]]:
    """Yield the glyphs `first` to before `stop` by font: where each part begins, and its glyphs."""
    for _, group in groupby(range(first, stop), key=lambda at: id(glyphs[at].font)):
        part = list(group)
        yield part[0], [glyphs[at] for at in part]


def _said(glyph: DrawnGlyph) -> str:
    return str(glyph.font.to_unicode.get(glyph.glyph, "\0")) if glyph.glyph >= 0 else "\0"


def _parts(code: bytes, at: int, glyphs: Sequence[DrawnGlyph], cuts: set[int]) -> Iterator[_Part]:
    """Cut what an operator shows, from glyph `at` on, where spans begin."""
    made, count = b"", 0
    for part in _PART.finditer(code):
        if part[2] is not None:
            made += b" " + part[2] if made and made[-1:] != b">" else part[2]
            continue
        digits, start = part[1], 0
        while start < len(digits):
            if at + count in cuts and count:
                yield _Part(made.replace(b"><", b""), count)
                at, made, count = at + count, b"", 0
            size = 2 if glyphs[at + count].font.bitmap else 4
            made += b"<" + digits[start : start + size] + b">"
            start, count = start + size, count + 1
    if made:
        yield _Part(made.replace(b"><", b""), count)
