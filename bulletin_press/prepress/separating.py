"""The engine's PDF in inks: every colour of its content streams, pictures, gradients and patterns.

What shines through is put together with what it stands on, as a picture of that place; all above it
stays letters and lines. Nothing is left of tags, links and the screen's colours.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from bulletin_press.prepress import pictures
from bulletin_press.prepress.colour import BLACK, Inks, Separation
from bulletin_press.prepress.state import (
    FILLS,
    IDENTITY,
    PATH_ENDS,
    SHOWS,
    STROKES,
    Box,
    Colour,
    Matrix,
    Reader,
    empty,
    inverse,
    meet,
    number,
)

if TYPE_CHECKING:
    from PIL.Image import Image

# Letters below this size, and lines below this width, points, keep to two inks.
FINE_LETTERS, FINE_LINE = 14.0, 1.5
# Up to this thickness, points, what is all but black is a rule, and black alone as letters are.
_RULE = 8.0
# What shines through becomes a picture of so many pixels to the inch.
FLAT_DPI = 300
_OVER, _KNOCK = Name.PressOver, Name.PressKnock
_DROPPED = frozenset({"BDC", "BMC", "EMC", "MP", "DP", "gs", "ri", "rg", "RG", "g", "G", "k", "K", "cs", "CS", "sc",
                      "SC", "scn", "SCN"})
_Made = list[tuple[Sequence[Any], Operator]]


class Separating:
    """Brings the pages of one file to inks, in place.

    Args:
        pdf: the engine's file; it must not change otherwise meanwhile.
        separation: what makes inks of colours.
    """

    def __init__(self, pdf: pikepdf.Pdf, separation: Separation) -> None:
        self.pdf, self.separation = pdf, separation
        self.source = io.BytesIO()
        pdf.save(self.source)
        self._done: set[tuple[int, int]] = set()

    def run(self) -> None:
        """Bring all pages to inks."""
        for index, page in enumerate(self.pdf.pages):
            resources = page.obj.get("/Resources", Dictionary())
            made = _Page(self, index, page, resources)
            content = made.content(pikepdf.parse_content_stream(page))
            for key in ("/Group", "/Annots", "/Tabs", "/StructParents"):
                if key in page.obj:
                    del page.obj[key]
            page.obj.Contents = self.pdf.make_stream(content)
            page.obj.Resources = made.resources()

    def once(self, stream: pikepdf.Object) -> bool:
        """Whether an object is met for the first time."""
        first = stream.objgen not in self._done
        self._done.add(stream.objgen)
        return first


class _Stream:
    """One content stream on its way to inks."""

    def __init__(self, whole: Separating, resources: pikepdf.Object, matrix: Matrix = IDENTITY) -> None:
        self.whole, self.found = whole, resources
        self.reader = Reader(resources.get("/ExtGState"), matrix)
        self.added: dict[str, pikepdf.Object] = {}
        self.made: _Made = []
        # What the stream that is made says at this point; None: nothing yet.
        self._said: dict[str, Any] = {"fill": None, "stroke": None, "over": False}
        self._kept: list[dict[str, Any]] = []
        self.seen: dict[tuple[int, int, int], None] = {(255, 255, 255): None}

    def content(self, instructions: Sequence[Any]) -> bytes:
        """The stream in inks."""
        for index, instruction in enumerate(instructions):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                raise ValueError("a picture inside a content stream")
            operator, operands = str(instruction.operator), instruction.operands
            if operator in PATH_ENDS or operator in SHOWS or operator in ("Do", "sh"):
                self._paint(index, operator, operands)
            elif operator not in _DROPPED:
                self._keep(operator)
                self.made.append((operands, instruction.operator))
            self.reader.follow(operator, operands)
        return bytes(pikepdf.unparse_content_stream(self.made))

    def _keep(self, operator: str) -> None:
        if operator == "q":
            self._kept.append(dict(self._said))
        elif operator == "Q" and self._kept:
            self._said = self._kept.pop()

    def resources(self) -> Dictionary:
        """What the stream needs of resources."""
        made = Dictionary()
        for key in ("/Font", "/XObject", "/Pattern", "/Shading"):
            if key in self.found and len(self.found[key]):
                made[key] = self.found[key]
        made.ExtGState = Dictionary({
            str(_OVER): Dictionary(OP=True, op=True, OPM=1), str(_KNOCK): Dictionary(OP=False, op=False, OPM=0)})
        if self.added:
            objects = Dictionary(dict(made.get("/XObject", Dictionary()).items()))
            for name, added in self.added.items():
                objects[name] = added
            made.XObject = objects
        return made

    # -- painting ---------------------------------------------------------------------------------

    def _paint(self, index: int, operator: str, operands: Sequence[Any]) -> None:
        reader, state = self.reader, self.reader.state
        drawn = self._object(operands) if operator == "Do" else None
        if self._shines(operator, drawn):
            if operator in PATH_ENDS:
                self.made.append(([], Operator("n")))  # the path may clip
            self.flatten(index, operator, operands)
            return
        if drawn is not None:
            self._draw(drawn)
        if operator == "sh":
            self.whole_shading(self.found.Shading[str(operands[0])])
        letters = operator in SHOWS
        fine = reader.letter_size() < FINE_LETTERS if letters else False
        if letters or operator in FILLS or drawn is not None:
            thin = self._thickness(operator)
            inks = self._set("fill", state.fill, letters=letters or thin < _RULE, fine=fine or thin < FINE_LINE)
            if letters:
                self._overprint(inks == BLACK)
        if operator in STROKES or (letters and state.mode in (1, 2)):
            self._set("stroke", state.stroke, letters=letters or reader.line_width() < _RULE,
                      fine=fine or reader.line_width() < FINE_LINE)
        if not letters:
            self._overprint(False)
        self.made.append((operands, Operator(operator)))

    def _thickness(self, operator: str) -> float:
        """How thick a field is where it is thinnest: the engine draws rules as fields."""
        if operator not in FILLS:
            return math.inf
        box = self.reader.painted(operator, [])
        return min(box[2] - box[0], box[3] - box[1])

    def _shines(self, operator: str, drawn: pikepdf.Object | None) -> bool:
        state = self.reader.state
        fields, strokes = state.alpha
        if state.veiled or (operator not in STROKES and fields < 1) or (operator in STROKES and strokes < 1):
            return True
        if operator in FILLS and (fields < 1 or self._pattern_shines(state.fill)):
            return True
        return drawn is not None and shines_through(drawn)

    def _pattern_shines(self, colour: Colour) -> bool:
        if colour.pattern is None:
            return False
        pattern = self.found.Pattern[colour.pattern]
        return isinstance(pattern, pikepdf.Stream) and shines_through(pattern)

    def flatten(self, index: int, operator: str, operands: Sequence[Any]) -> None:
        """Put what shines through together with what it stands on; only pages can."""
        raise ValueError(f"transparency in a form: {operator}")

    def _object(self, operands: Sequence[Any]) -> pikepdf.Object:
        return self.found.XObject[str(operands[0])]

    def _draw(self, drawn: pikepdf.Object) -> None:
        if not self.whole.once(drawn):
            return
        if drawn.get("/Subtype") == Name.Image:
            assert isinstance(drawn, pikepdf.Stream)
            pictures.separate(drawn, self.whole.separation)
        else:
            self._inner(drawn)

    def _inner(self, form: pikepdf.Object) -> None:
        """A form or the cell of a pattern."""
        assert isinstance(form, pikepdf.Stream)
        inner = _Stream(self.whole, form.get("/Resources", self.found))
        form.write(inner.content(pikepdf.parse_content_stream(form)))
        form.Resources = inner.resources()
        for key in ("/Group", "/StructParents", "/StructParent"):
            if key in form:
                del form[key]

    # -- colours ----------------------------------------------------------------------------------

    def _set(self, which: str, colour: Colour, *, letters: bool, fine: bool) -> Inks | None:
        """Say a colour, unless it is said already; its inks, None of a pattern."""
        if colour.pattern is not None:
            self._set_pattern(which, colour.pattern)
            return None
        rgb = self._rgb(colour)
        separation = self.whole.separation
        inks = separation.letters(rgb, fine=fine) if letters else separation.field(rgb, fine=fine)
        if not letters:
            self.seen[round(rgb[0] * 255), round(rgb[1] * 255), round(rgb[2] * 255)] = None
        if self._said[which] != inks:
            self._said[which] = inks
            self.made.append((list(inks), Operator("k" if which == "fill" else "K")))
        return inks

    def _set_pattern(self, which: str, name: str) -> None:
        pattern = self.found.Pattern[name]
        if self.whole.once(pattern):
            if isinstance(pattern, pikepdf.Stream):
                self._inner(pattern)
            else:
                self.whole_shading(pattern.Shading)
        self._said[which] = name
        small = which == "fill"
        self.made.append(([Name.Pattern], Operator("cs" if small else "CS")))
        self.made.append(([Name(name)], Operator("scn" if small else "SCN")))

    def _rgb(self, colour: Colour) -> tuple[float, float, float]:
        """A colour as the screen has it.

        Raises:
            ValueError: it is in a space that the engine is not known to use.
        """
        space = colour.space
        if space not in ("/DeviceRGB", "/DeviceGray"):
            known = self.found.get("/ColorSpace", Dictionary()).get(space)
            if known is None or str(known[0]) != "/ICCBased" or len(colour.values) not in (1, 3):
                raise ValueError(f"colours in {space}")
        values = colour.values * 3 if len(colour.values) == 1 else colour.values
        return values[0], values[1], values[2]

    def _overprint(self, wanted: bool) -> None:
        if self._said["over"] != wanted:
            self._said["over"] = wanted
            self.made.append(([_OVER if wanted else _KNOCK], Operator("gs")))

    def whole_shading(self, shading: pikepdf.Object) -> None:
        """A gradient in inks: at its stops."""
        if str(shading.ColorSpace) == "/DeviceCMYK" or not self.whole.once(shading):
            return
        for function in _stops(shading.Function):
            for key in ("/C0", "/C1"):
                r, g, b = (float(one) for one in function[key])
                function[key] = Array([*map(number, self.whole.separation.field((r, g, b)))])
            function.Range = Array([0, 1] * 4)
        shading.ColorSpace = Name.DeviceCMYK


class _Page(_Stream):
    """The content of a page: what shines through can be seen here with what it stands on."""

    def __init__(self, whole: Separating, index: int, page: pikepdf.Page, resources: pikepdf.Object) -> None:
        super().__init__(whole, resources)
        self.index = index
        left, bottom, right, top = (float(one) for one in page.mediabox)
        self.box: Box = (left, bottom, right, top)

    def flatten(self, index: int, operator: str, operands: Sequence[Any]) -> None:
        """See ``_Stream``."""
        box = meet(self._reach(operator, operands), self.box)
        if empty(box):
            return
        image = _seen(self.whole.source, self.index, index, self.box, box)
        name = f"/PressFlat{len(self.added)}"
        self.added[name] = pictures.picture_of(self.whole.pdf, image, self.whole.separation, self.seen)
        self._overprint(False)
        try:
            back = inverse(self.reader.state.matrix)
        except ZeroDivisionError:
            return
        place = (box[2] - box[0], 0.0, 0.0, box[3] - box[1], box[0], box[1])
        shows = operator in SHOWS
        self.made += [([], Operator("ET"))] if shows else []
        self.made += [([], Operator("q")), ([*map(number, back)], Operator("cm")),
                      ([*map(number, place)], Operator("cm")), ([Name(name)], Operator("Do")), ([], Operator("Q"))]
        self.made += [([], Operator("BT")), ([*map(number, self.reader.line)], Operator("Tm"))] if shows else []

    def _reach(self, operator: str, operands: Sequence[Any]) -> Box:
        drawn = self._object(operands) if operator == "Do" else None
        if drawn is not None and drawn.get("/Subtype") != Name.Image:
            return self.reader.state.clip
        return self.reader.painted(operator, operands)


def shines_through(drawn: pikepdf.Object, depth: int = 0) -> bool:
    """Whether a picture or a form lets what is under it shine through, anywhere."""
    if drawn.get("/Subtype") == Name.Image:
        return "/SMask" in drawn or "/Mask" in drawn
    resources = drawn.get("/Resources", Dictionary())
    graphics = resources.get("/ExtGState", Dictionary())
    for state in graphics.values():
        if float(state.get("/ca", 1)) < 1 or float(state.get("/CA", 1)) < 1 or (
                "/SMask" in state and str(state.SMask) != "/None"):
            return True
    return depth > 8 or any(shines_through(one, depth + 1) for one in resources.get("/XObject", Dictionary()).values())


def _stops(function: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The parts of a gradient's function that go from one colour to another.

    Raises:
        ValueError: it is of a kind that the engine is not known to write.
    """
    if isinstance(function, pikepdf.Array):
        raise ValueError("a function for each colour")
    kind = int(function.FunctionType)
    if kind == 3:
        for one in function.Functions:
            yield from _stops(one)
    elif kind == 2:
        yield function
    else:
        raise ValueError(f"a function of type {kind}")


def _seen(source: io.BytesIO, page: int, upto: int, whole: Box, box: Box) -> Image:
    """What a page looks like in a box when it is drawn up to an operator, that one included."""
    import pypdfium2

    part = pikepdf.open(source)
    one = part.pages[page]
    instructions = list(pikepdf.parse_content_stream(one))[: upto + 1]
    one.obj.Contents = part.make_stream(pikepdf.unparse_content_stream(instructions))
    if "/Annots" in one.obj:
        del one.obj["/Annots"]
    one.obj.MediaBox = one.obj.CropBox = Array([*map(number, box)])
    target = io.BytesIO()
    part.save(target)
    document = pypdfium2.PdfDocument(target.getvalue())
    try:
        bitmap = document[page].render(scale=FLAT_DPI / 72)
        image: Image = bitmap.to_pil().convert("RGB").copy()
        return image
    finally:
        document.close()
