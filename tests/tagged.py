"""The structure of a PDF as a screen reader finds it: elements, their content, and what is drawn outside of them."""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from outloud.model import Document

# Page, stream (0 for the page's own, else its object number), number of the sequence.
Content = tuple[int, int, int]
PAINTING = frozenset({"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "INLINE IMAGE"})


@dataclass
class Element:
    """A structure element; ``kids`` are elements and content in order, ``notes`` its annotations."""

    role: str
    node: Any
    parent: Element | None
    kids: list[Element | Content] = field(default_factory=list)
    notes: list[tuple[int, int]] = field(default_factory=list)

    def elements(self) -> Iterator[Element]:
        """Itself and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.elements()

    def contents(self) -> Iterator[Content]:
        """Its content, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.contents()
            else:
                yield kid

    def all(self, *roles: str) -> list[Element]:
        """The elements of these roles."""
        return [one for one in self.elements() if one.role in roles]

    def children(self) -> list[Element]:
        """The elements among its kids."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def attribute(self, name: str) -> Any:
        """An attribute (``/Scope``), None where it has none."""
        return self.node.A.get(name) if "/A" in self.node else None


@dataclass
class Tagged:
    """A PDF's structure.

    Attributes:
        root: its document.
        drawn: the sequences that something is drawn in, in the order of drawing.
        loose: operators that draw outside of any sequence, and nested ones: page and operator.
        texts: what each sequence says, as it is copied.
        artifacts: what is copied of those that are not read.
        claimed: what the way back from content and annotations leads to, by key.
    """

    root: Element
    drawn: list[Content]
    loose: list[tuple[int, str]]
    texts: dict[Content, str]
    artifacts: list[str]
    claimed: dict[int, Any]

    def text(self, element: Element) -> str:
        """What is read of an element, without white space."""
        return "".join("".join(self.texts.get(one, "") for one in element.contents()).split())


def tagged(data: bytes) -> Tagged:
    """The structure of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        tops = pdf.Root.StructTreeRoot.K
        assert len(tops) == 1
        root = _element(tops[0], None, pages, 0)
        found = Tagged(root, [], [], {}, [], {})
        for number, page in enumerate(pdf.pages):
            _Walk(found, number).stream(page.obj, page.obj.get("/Resources"), 0)
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        for key, value in zip(numbers[::2], numbers[1::2], strict=True):
            is_list = isinstance(value, pikepdf.Array)
            found.claimed[int(key)] = [one.objgen for one in value] if is_list else value.objgen
        for element in root.elements():
            element.node = _plain(element.node)
    _spell_out(found, data)
    return found


def _spell_out(found: Tagged, data: bytes) -> None:
    """Read by its glyphs what is not said in words."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        document = Document(file.name)
        for page, stream, number in found.drawn:
            if (page, stream, number) not in found.texts and not stream:
                text = document.content(page).mcid_text.get((None, number), "")
                found.texts[page, stream, number] = text
        document.close()


class _Plain(dict[str, Any]):
    """A dictionary that outlives its PDF."""

    def __getattr__(self, name: str) -> Any:
        return self[f"/{name}"]


def _plain(node: Any) -> _Plain:
    kept = _Plain({"objgen": node.objgen})
    for key in ("/Alt", "/Lang", "/ID"):
        if key in node:
            kept[key] = str(node[key])
    if "/A" in node:
        kept["/A"] = {key: [str(one) for one in value] if isinstance(value, pikepdf.Array) else str(value)
                      for key, value in node.A.items()}
    return kept


def _element(node: Any, parent: Element | None, pages: dict[Any, int], page: int) -> Element:
    made = Element(str(node.S)[1:], node, parent)
    page = pages[node.Pg.objgen] if "/Pg" in node else page
    if parent is not None:
        assert node.P.objgen == parent.node.objgen
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            made.kids.append((page, 0, kid))
        elif kid.get("/Type") == "/MCR":
            stream = kid.Stm.objgen[0] if "/Stm" in kid else 0
            made.kids.append((pages[kid.Pg.objgen], stream, int(kid.MCID)))
        elif kid.get("/Type") == "/OBJR":
            made.notes.append(kid.Obj.objgen)
        else:
            made.kids.append(_element(kid, made, pages, page))
    return made


class _Walk:
    """What is drawn on a page, with the drawings in it."""

    def __init__(self, found: Tagged, page: int) -> None:
        self.found, self.page = found, page
        self.open: list[Content | str | None] = []
        self._said: list[bool] = []  # of each of them, whether it is said in words
        self._letters: dict[int, str] = {}

    def stream(self, holder: Any, resources: Any, number: int) -> None:
        """Read a content stream."""
        depth = len(self.open)
        for operands, operator in pikepdf.parse_content_stream(holder):
            name = str(operator)
            if name in ("BDC", "BMC"):
                self._begin(operands, number)
            elif name == "EMC":
                self.open.pop()
                self._said.pop()
            elif name == "Tf":
                self._letters = _letters(resources.Font[str(operands[0])])
            elif name in PAINTING:
                self._paint(name, operands, resources)
        assert len(self.open) == depth

    def _begin(self, operands: Any, number: int) -> None:
        properties = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
        outer = [one for one in self.open if one is not None]
        self._said.append("/ActualText" in properties)
        if "/MCID" in properties or str(operands[0]) == "/Artifact":
            if outer:
                self.found.loose.append((self.page, "nested"))
            is_artifact = str(operands[0]) == "/Artifact"
            self.open.append("artifact" if is_artifact else (self.page, number, int(properties["/MCID"])))
            return
        self.open.append(None)
        if "/ActualText" in properties and outer:
            self._copy(bytes(properties["/ActualText"])[2:].decode("utf-16-be"), outer[-1])

    def _copy(self, copied: str, outer: Content | str) -> None:
        if isinstance(outer, tuple):
            self.found.texts[outer] = self.found.texts.get(outer, "") + copied
        else:
            self.found.artifacts.append(copied)

    def _paint(self, name: str, operands: Any, resources: Any) -> None:
        outer = next((one for one in self.open if one is not None), None)
        if name == "TJ" and outer is not None and not any(self._said):
            codes = b"".join(bytes(one) for one in operands[0] if isinstance(one, pikepdf.String))
            letters = [self._letters.get(code[0] << 8 | code[1], "") for code in _pairs(codes)]
            self._copy("".join(letters), outer)
        if name == "Do":
            drawing = resources.XObject[str(operands[0])]
            if drawing.Subtype == "/Form":
                self.stream(drawing, drawing.get("/Resources", resources), drawing.objgen[0] if outer is None else 0)
                return
        if outer is None:
            self.found.loose.append((self.page, name))
        elif isinstance(outer, tuple) and outer not in self.found.drawn[-1:]:
            self.found.drawn.append(outer)


def _pairs(codes: bytes) -> Iterator[bytes]:
    return (codes[at : at + 2] for at in range(0, len(codes) - 1, 2))


def _letters(font: Any) -> dict[int, str]:
    """What a font says its glyphs stand for."""
    if "/ToUnicode" not in font:
        return {}
    said = re.findall(rb"<([0-9a-fA-F]+)> *<([0-9a-fA-F]+)>", font.ToUnicode.read_bytes())
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in said}


def rising(numbers: list[int]) -> int:
    """The length of the longest part that rises."""
    from bisect import bisect_left

    tails: list[int] = []
    for number in numbers:
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
    return len(tails)
