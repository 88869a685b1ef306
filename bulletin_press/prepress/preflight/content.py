"""What a page of any PDF paints, looked at as a print shop does."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from bulletin_press.ground.diagnostics import Severity
from bulletin_press.prepress.preflight.faults import Fault, Limits
from bulletin_press.prepress.preflight.pictures import most_ink
from bulletin_press.prepress.preflight.sheets import trim_of
from bulletin_press.prepress.preflight.spaces import Ink, ink_of, is_screen, resolved
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
    State,
    empty,
    meet,
    times,
)

_DEEP = 12
_BLACK, _SOLID = 0.85, 0.99
_SLACK = 0.01
_LONG = 3.0  # a thin field that is longer than this is a line, points


class Painting:
    """One page gone through; ``reach`` are the boxes of what it paints."""

    def __init__(self, pdf: pikepdf.Pdf, page: pikepdf.Page, limits: Limits) -> None:
        self.pdf, self.limits = pdf, limits
        self.trim = trim_of(page)
        self.reach: list[Box] = []
        self._found: dict[Fault, None] = {}
        self._looked: set[tuple[int, int]] = set()
        self._walk(page.obj, page.obj.get("/Resources", Dictionary()), IDENTITY, None, 0)

    def faults(self) -> Iterator[Fault]:
        """What is wrong with what is painted."""
        yield from self._found

    def _say(self, rule: str, severity: Severity, message: str) -> None:
        self._found[Fault(rule, severity, message)] = None

    def _walk(self, stream: Any, resources: Any, matrix: Matrix, state: State | None, depth: int) -> None:
        if depth > _DEEP:
            return
        reader = Reader(resources.get("/ExtGState"), matrix, state)
        content = pikepdf.Page(stream) if isinstance(stream, Dictionary) else stream
        for instruction in pikepdf.parse_content_stream(content):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self._inline(instruction)
                continue
            operator, operands = str(instruction.operator), instruction.operands
            if operator in PATH_ENDS:
                self._path(operator, reader, resources)
            elif operator in SHOWS:
                self._letters(reader, resources)
            elif operator == "Do":
                self._object(reader, resources, str(operands[0]), depth)
            elif operator == "sh":
                self._shading(resources.get("/Shading", {}).get(str(operands[0])), resources)
            if operator in PATH_ENDS or operator in SHOWS or operator in ("Do", "sh"):
                self._veil(reader.state)
            reader.follow(operator, list(operands))

    # -- what is painted --------------------------------------------------------------------------

    def _path(self, operator: str, reader: Reader, resources: Any) -> None:
        box = reader.painted(operator, [])
        if empty(meet(box, self.trim)) and not self._thin(box):
            return  # marks, outside of what is cut
        colours = [reader.state.fill] if operator in FILLS else []
        if operator in STROKES:
            colours.append(reader.state.stroke)
            width = reader.line_width()
            if width < self.limits.hairline - _SLACK:
                self._say("hairline", Severity.WARNING, f"线太细，{width:.2f} 磅；至少 {self.limits.hairline} 磅")
        inks = [self._ink(colour, resources) for colour in colours]
        painted = [ink for ink in inks if ink is None or ink.process is None or ink.total > 0]
        if painted and operator in FILLS and operator not in STROKES and self._thin(box):
            self._say("hairline", Severity.WARNING,
                      f"线太细，{min(box[2] - box[0], box[3] - box[1]):.2f} 磅；至少 {self.limits.hairline} 磅")
        if painted and not (inks[0] and inks[0].process is None and self._white(colours[0])):
            self.reach.append(box)

    def _thin(self, box: Box) -> bool:
        wide, high = box[2] - box[0], box[3] - box[1]
        return 0.01 < min(wide, high) < self.limits.hairline - _SLACK and max(wide, high) > _LONG

    @staticmethod
    def _white(colour: Colour) -> bool:
        return bool(colour.values) and min(colour.values) >= 1

    def _letters(self, reader: Reader, resources: Any) -> None:
        state = reader.state
        self._font(resources.get("/Font", {}).get(state.font))
        if state.mode in (3, 7) or state.fill.pattern is not None:
            return
        ink = self._ink(state.fill, resources)
        if ink is None or ink.process is None:
            return
        c, m, y, k = ink.process
        if k >= _BLACK and c + m + y > _SLACK:
            self._say("rich-black-text", Severity.ERROR, "黑字不是单黑，掺了别的颜色，套印不准会有彩边")
        elif k >= _SOLID and not ink.others and not state.overprint[1]:
            self._say("black-knocks-out", Severity.WARNING, "黑字没有叠印，套印不准时字的四周会露白")
        elif ink.count > 2 and reader.letter_size() < self.limits.small:
            self._say("small-text-inks", Severity.ERROR,
                      f"小字（不到 {self.limits.small:g} 磅）用了三种以上油墨，套印不准会发虚")

    def _object(self, reader: Reader, resources: Any, name: str, depth: int) -> None:
        drawn = resources.get("/XObject", {}).get(name)
        if drawn is None:
            return
        if drawn.get("/Subtype") == Name.Image:
            self.reach.append(reader.painted("Do", []))
            self._picture(drawn, reader, resources)
        elif drawn.get("/Subtype") == Name.Form:
            own = tuple(float(one) for one in drawn.get("/Matrix", IDENTITY))
            matrix = times((own[0], own[1], own[2], own[3], own[4], own[5]), reader.state.matrix)
            state = State(**{**vars(reader.state), "matrix": matrix})
            self._walk(drawn, drawn.get("/Resources", resources), matrix, state, depth + 1)

    def _picture(self, drawn: Any, reader: Reader, resources: Any) -> None:
        a, b, c, d = reader.state.matrix[:4]
        wide, high = math.hypot(a, b) / 72, math.hypot(c, d) / 72
        if wide and high:
            dpi = min(int(drawn.Width) / wide, int(drawn.Height) / high)
            if dpi < self.limits.dpi and max(wide, high) * 72 > 9:
                self._say("low-resolution", Severity.WARNING,
                          f"图片每英寸只有 {dpi:.0f} 点，至少 {self.limits.dpi:g} 点")
        if "/SMask" in drawn:
            self._say("transparency", Severity.WARNING, "有透明的图片，没有拼合")
        if drawn.get("/ImageMask"):
            self._ink(reader.state.fill, resources)
            return
        space = resolved(drawn.get("/ColorSpace", Name.DeviceRGB), resources)
        if is_screen(space):
            self._say("rgb-picture", Severity.ERROR, "图片是 RGB，不是四色（CMYK）或灰度")
        elif drawn.objgen not in self._looked:
            self._looked.add(drawn.objgen)
            if (most := most_ink(drawn)) > self.limits.ink:
                self._over(most, "图片的")

    def _inline(self, instruction: Any) -> None:
        image = instruction.iimage
        if not image.image_mask and image.mode not in ("L", "1", "CMYK"):
            self._say("rgb-picture", Severity.ERROR, "图片是 RGB，不是四色（CMYK）或灰度")

    def _shading(self, shading: Any, resources: Any) -> None:
        if shading is not None and is_screen(resolved(shading.ColorSpace, resources)):
            self._say("rgb-colour", Severity.ERROR, "有 RGB 的颜色，要四色（CMYK）")

    # -- how it is painted ------------------------------------------------------------------------

    def _ink(self, colour: Colour, resources: Any) -> Ink | None:
        """The inks of a colour; None of a pattern, which is looked at for itself."""
        if colour.pattern is not None:
            self._pattern(resources.get("/Pattern", {}).get(colour.pattern), resources)
            return None
        ink = ink_of(resolved(colour.space, resources), colour.values)
        if ink.process is None:
            self._say("rgb-colour", Severity.ERROR, "有 RGB 的颜色，要四色（CMYK）")
        elif not ink.registration and ink.total > self.limits.ink + _SLACK:
            self._over(ink.total, "")
        return ink

    def _over(self, total: float, what: str) -> None:
        self._say("ink-limit", Severity.ERROR,
                  f"{what}总墨量 {total * 100:.0f}%，超过 {self.limits.ink * 100:.0f}%，会粘脏")

    def _pattern(self, pattern: Any, resources: Any) -> None:
        if pattern is None or pattern.objgen in self._looked:
            return
        if pattern.objgen != (0, 0):
            self._looked.add(pattern.objgen)
        if isinstance(pattern, pikepdf.Stream):
            kept, self.reach = self.reach, []
            self._walk(pattern, pattern.get("/Resources", resources), IDENTITY, None, _DEEP - 2)
            self.reach = kept
        else:
            self._shading(pattern.get("/Shading"), resources)

    def _veil(self, state: State) -> None:
        if state.veiled or min(state.alpha) < 1:
            self._say("transparency", Severity.WARNING, "有半透明的内容，没有拼合")

    def _font(self, font: Any) -> None:
        if font is None or str(font.get("/Subtype")) == "/Type3":
            return
        inner: Sequence[Any] = list(font.get("/DescendantFonts", [])) or [font]
        for one in inner:
            descriptor = one.get("/FontDescriptor")
            if descriptor is None or not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
                name = str(font.get("/BaseFont", "")).lstrip("/") or "没有名称的"
                self._say("font-not-embedded", Severity.ERROR, f"字体没有嵌入：{name}")
