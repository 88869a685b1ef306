"""A Word file in the making: paragraphs, tables and pictures one below the other, and its bytes.

The library sees to parts and relations; elements are made here, so that their order is what the schema asks for.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from itertools import count
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Emu, Pt

from bulletin_press.writers.word.slots import Piece, Slot, Slots, said
from bulletin_press.writers.word.styles import (
    CELL,
    COLOPHON,
    GAP,
    HEI,
    LINK,
    MEASURE,
    PICTURE,
    SETTINGS,
    numbering_xml,
    styles_xml,
)
from bulletin_press.writers.word.tables import Widths

# What the library's own template brings along and ours is without.
_STRANGE = ("/customXml", "/thumbnail", "/theme", "/stylesWithEffects", "/webSettings", "/fontTable")
# The begin of a JPEG, and the segment that says JFIF 1.01, 72 pixels to the inch, no small picture.
_JPEG, _JFIF = b"\xff\xd8", b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x01\x00\x48\x00\x48\x00\x00"
_FIXED = (1980, 1, 1, 0, 0, 0)
_A4 = (595.28, 841.89)
Element = Any


def _made(tag: str, *children: Element, **attributes: object) -> Element:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


class Paper:
    """A file to which is added at the end; ``slots`` are the paragraphs so far.

    Args:
        colours: a light set of a palette.
        pictures: put them in; without them the file is only good for its ``slots``.
    """

    def __init__(self, colours: Mapping[str, str], *, pictures: bool = True) -> None:
        self._shows = pictures
        self.colours = {name: value.lstrip("#") for name, value in colours.items()}
        self.slots = Slots()
        self._document = Document()
        self._bookmarks, self._pictures = count(1), count(1)
        self._template(colours)
        body = self._document.element.body
        for child in list(body):
            if not child.tag.endswith("}sectPr"):
                body.remove(child)
        self._end = body.find(qn("w:sectPr"))
        self._into: Element = body
        self._size: float | None = None

    def _template(self, colours: Mapping[str, str]) -> None:
        part = self._document.part
        for relations in (part.rels, part.package.rels):
            for ident in [ident for ident, one in relations.items() if one.reltype.endswith(_STRANGE)]:
                del relations[ident]
        part._styles_part._element = parse_xml(styles_xml(colours))
        part.numbering_part._element = parse_xml(numbering_xml(colours))
        part._settings_part._element = parse_xml(SETTINGS)
        section = self._document.sections[0]
        section.page_width, section.page_height = Pt(_A4[0]), Pt(_A4[1])
        section.left_margin = section.right_margin = Pt((_A4[0] - MEASURE) / 2)
        section.top_margin, section.bottom_margin = Pt(74), Pt(68)
        section.header_distance, section.footer_distance = Pt(40), Pt(34)
        section.different_first_page_header_footer = True

    # --- paragraphs -------------------------------------------------------------------------

    def paragraph(self, style: str, *pieces: Piece) -> Slot:
        """A paragraph in a style, with a hidden bookmark that tells where it comes from.

        Args:
            style: its id.
            pieces: what stands in it; a tab is one.
        """
        kept = tuple(piece for piece in pieces if piece.text)
        slot = self.slots.add(kept)
        element = self._begun(style)
        number = next(self._bookmarks)
        element.append(_made("w:bookmarkStart", id=number, name=slot.name))
        for piece in kept:
            self._piece(element, piece)
        element.append(_made("w:bookmarkEnd", id=number))
        return slot

    def gap(self) -> None:
        """A little white, by which tables do not touch."""
        self._begun(GAP)

    def _begun(self, style: str) -> Element:
        element = _made("w:p", _made("w:pPr", _made("w:pStyle", val=style)))
        self._append(element)
        return element

    def _append(self, element: Element) -> None:
        if self._into is self._document.element.body:
            self._end.addprevious(element)
        else:
            self._into.append(element)

    def _piece(self, paragraph: Element, piece: Piece) -> None:
        into = paragraph
        if piece.href:
            ident = self._document.part.relate_to(piece.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            into = OxmlElement("w:hyperlink")
            into.set(qn("r:id"), ident)
            paragraph.append(into)
        for at, text in enumerate(said(piece.text).split("\t")):
            run = _made("w:r", self._run_look(piece))
            if at:
                run.append(_made("w:tab"))
            words = _made("w:t")
            words.text = text
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(words)
            into.append(run)

    def _run_look(self, piece: Piece) -> Element:
        look = _made("w:rPr")
        if piece.href:
            look.append(_made("w:rStyle", val=LINK))
        if piece.strong:
            look.append(_made("w:rFonts", eastAsia=HEI))
            look.append(_made("w:b"))
        if piece.look == "light":
            look.append(_made("w:b", val=0))
            look.append(_made("w:color", val=self.colours["quiet"]))
        elif piece.look in self.colours:
            look.append(_made("w:color", val=self.colours[piece.look]))
        elif piece.look == "small":
            look.extend((_made("w:b", val=0), _made("w:color", val=self.colours["ink"]), _made("w:sz", val=21)))
        if self._size and piece.look != "small":
            look.append(_made("w:sz", val=round(self._size * 2)))
        return look

    @contextmanager
    def sized(self, size: float | None) -> Iterator[None]:
        """What is added meanwhile is set in a size, points; in its style's own where that is None."""
        before, self._size = self._size, size
        yield
        self._size = before

    def numbered(self, style: str, kind: str, number: int, *pieces: Piece) -> Slot:
        """A caption whose number Word counts itself (图1)."""
        slot = self.paragraph(style, Piece(f"{kind}{number}"), *pieces)
        element = self._last()
        run = element.find(qn("w:r"))
        words = run.find(qn("w:t"))
        words.text = kind
        for part in reversed(_field(f" SEQ {kind} \\* ARABIC ", str(number))):
            run.addnext(part)
        return slot

    def _last(self) -> Element:
        return self._end.getprevious() if self._into is self._document.element.body else self._into[-1]

    # --- pictures ---------------------------------------------------------------------------

    def picture(self, data: bytes, alt: str, width: float, tallest: float = math.inf) -> None:
        """A picture in the line, with the words for who does not see it.

        Args:
            data: PNG or JPEG.
            alt: the words.
            width: points.
            tallest: points; a picture that would be higher is narrower.
        """
        if not self._shows:
            return
        from docx.text.paragraph import Paragraph
        from docx.text.run import Run

        element = self._begun(PICTURE)
        run = _made("w:r")
        element.append(run)
        placed = Run(run, Paragraph(element, self._document._body))
        shape = placed.add_picture(io.BytesIO(_headed(data)), width=Pt(width))
        if shape.height > Pt(1) * tallest:
            shape.width, shape.height = Emu(round(shape.width * Pt(tallest) / shape.height)), Pt(tallest)
        number = next(self._pictures)
        # What is not said LibreOffice takes for 9 pt.
        for inline in element.iter(qn("wp:inline")):
            for side in ("distT", "distB", "distL", "distR"):
                inline.set(side, "0")
        for about in element.iter(qn("wp:docPr"), qn("pic:cNvPr")):
            about.set("id", str(number))
            about.set("name", f"图片 {number}")
            about.set("descr", said(alt))

    # --- tables -----------------------------------------------------------------------------

    @contextmanager
    def table(self, widths: Widths, *, ruled: bool = True) -> Iterator[Table]:
        """A table; ``ruled``: with three rules and hairlines."""
        accent, line = self.colours["accent"], self.colours["line"]
        rules = [("top", 8, accent), ("bottom", 8, accent), ("insideH", 2, line)] if ruled else []
        borders = _made("w:tblBorders", *(_made(f"w:{side}", val="single", sz=size, space=0, color=color)
                                          for side, size, color in rules))
        # Said here as well as in the style: LibreOffice heeds no default style of tables.
        margins = _made("w:tblCellMar", _made("w:left", w=0, type="dxa"), _made("w:right", w=0, type="dxa"))
        look = _made("w:tblPr", _made("w:tblW", w=round(sum(widths.columns) * 20), type="dxa"),
                     _made("w:tblInd", w=0, type="dxa"), borders, _made("w:tblLayout", type="fixed"), margins)
        grid = _made("w:tblGrid", *(_made("w:gridCol", w=round(width * 20)) for width in widths.columns))
        element = _made("w:tbl", look, grid)
        self._append(element)
        outer = self._into
        with self.sized(widths.size):
            yield Table(self, element, widths)
        self._into = outer

    # --- the whole --------------------------------------------------------------------------

    def running(self, head: str, draft: str) -> None:
        """What stands on every page: the head (not on the first), the page's number, and that it is a draft."""
        section, outer = self._document.sections[0], self._into
        for header, words in ((section.header, head), (section.first_page_header, "")):
            self._page_line(header._element, "right", f"{draft}　{words}".strip("　"))
        for footer in (section.footer, section.first_page_footer):
            self._page_line(footer._element, "center", "", " PAGE ")
        self._into = outer

    def _page_line(self, element: Element, side: str, words: str, code: str = "") -> None:
        for child in list(element):
            element.remove(child)
        self._into = element
        paragraph = self._begun(COLOPHON)
        paragraph.pPr.append(_made("w:jc", val=side))
        self._piece(paragraph, Piece("— " if code else words))
        if code:
            paragraph.extend(_field(code, "1"))
            self._piece(paragraph, Piece(" —"))

    def file(self, title: str, author: str, day: date, keywords: str) -> bytes:
        """The bytes: the same of the same paragraphs."""
        first = next(self._document.element.body.iter(qn("w:bookmarkStart")))
        number = next(self._bookmarks)
        first.addprevious(_made("w:bookmarkStart", id=number, name=self.slots.whole()))
        first.addprevious(_made("w:bookmarkEnd", id=number))
        about = self._document.core_properties
        about.title, about.author = said(title)[:255], said(author)[:255]
        about.language, about.keywords = "zh-CN", keywords
        about.created = about.modified = datetime(day.year, day.month, day.day)
        about.last_modified_by, about.comments, about.revision = "", "", 1
        made = io.BytesIO()
        self._document.save(made)
        return _packed(made.getvalue())


class Table:
    """A table to which rows are added."""

    def __init__(self, paper: Paper, element: Element, widths: Widths) -> None:
        self._paper, self._element, self._widths = paper, element, widths

    @contextmanager
    def row(self, *, head: bool = False) -> Iterator[Row]:
        """A row that is not broken; a ``head`` is repeated on each page."""
        look = _made("w:trPr", _made("w:cantSplit"), *([_made("w:tblHeader")] if head else []))
        element = _made("w:tr", look)
        self._element.append(element)
        yield Row(self._paper, element, self._widths, head=head)


class Row:
    """A row to which cells are added."""

    def __init__(self, paper: Paper, element: Element, widths: Widths, *, head: bool) -> None:
        self._paper, self._element, self._widths, self._head, self._at = paper, element, widths, head, 0

    @contextmanager
    def cell(self) -> Iterator[None]:
        """The next cell: what the paper is given meanwhile stands in it."""
        columns, side = self._widths.columns, round(self._widths.gap * 10)
        look = _made("w:tcPr", _made("w:tcW", w=round(columns[self._at] * 20), type="dxa"))
        if self._head:
            look.append(_made("w:tcBorders", _made("w:bottom", val="single", sz=8, space=0,
                                                   color=self._paper.colours["accent"])))
        look.append(_made("w:tcMar", _made("w:left", w=side if self._at else 0, type="dxa"),
                          _made("w:right", w=side if self._at < len(columns) - 1 else 0, type="dxa")))
        look.append(_made("w:vAlign", val="bottom" if self._head else "top"))
        element = _made("w:tc", look)
        self._element.append(element)
        self._at += 1
        outer, self._paper._into = self._paper._into, element
        yield
        if element[-1].tag != qn("w:p"):
            self._paper._begun(CELL)
        self._paper._into = outer


def _headed(data: bytes) -> bytes:
    """A picture as the library knows it: a JPEG without the JFIF head, which decoders do without, gets one."""
    if not data.startswith(_JPEG) or data[6:10] in (b"JFIF", b"Exif"):
        return data
    return _JPEG + _JFIF + data[len(_JPEG):]


def _field(code: str, shown: str) -> list[Element]:
    """A field and what it shows until Word counts anew."""
    words = _made("w:instrText")
    words.text = code
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    number = _made("w:t")
    number.text = shown
    inside = (_made("w:fldChar", fldCharType="begin"), words, _made("w:fldChar", fldCharType="separate"), number,
              _made("w:fldChar", fldCharType="end"))
    return [_made("w:r", one) for one in inside]


def _packed(data: bytes) -> bytes:
    """An archive without the hour of its making; its parts in one order, that of the types first."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o600 << 16, 3
            new.writestr(entry, old.read(name))
    return made.getvalue()
