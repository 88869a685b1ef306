"""Sheets of paper: pages brought to one size and a multiple of four, their boxes, marks, two on a side.

All lengths are points. A page's own space starts at the left foot of its trimmed form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pikepdf
from pikepdf import Array, Dictionary, Name

from bulletin_press.prepress.state import number

MM = 72 / 25.4
SIGNATURE = 4
# Marks begin so far outside the bleed, and are so long and so thick.
_AWAY, _LONG, _THICK = 2 * MM, 5 * MM, 0.25
_CIRCLE = 0.5523
_FOLD = "[3 2] 0 d"
_ALL = "/PressAll"
_SAME = 1.0

Blanks = Literal["end", "before-last"]


@dataclass(frozen=True)
class Leaf:
    """A page as a form: what it draws, in the space of its trimmed size; None is a blank one."""

    form: pikepdf.Object | None


@dataclass(frozen=True)
class Sheet:
    """The measures of what is cut: width and height of the trimmed form, and what goes over its edges."""

    width: float
    height: float
    bleed: float

    @property
    def slug(self) -> float:
        """What there is of paper around the trimmed form."""
        return self.bleed + _AWAY + _LONG


def leaves(source: pikepdf.Pdf, target: pikepdf.Pdf, bleed: float, blanks: Blanks) -> tuple[list[Leaf], Sheet]:
    """The pages of a file, of one size, as many as make whole sheets.

    Pages that lie (wide tables) are turned so that their head is at the left.

    Args:
        source: pages with a TrimBox, in inks.
        target: where they will go.
        bleed: what goes over the edges.
        blanks: where empty pages go.
    """
    first = _box(source.pages[0].obj.TrimBox)
    width, height = first[2] - first[0], first[3] - first[1]
    made = []
    for page in source.pages:
        left, bottom, right, top = _box(page.obj.TrimBox)
        form = page.as_form_xobject()
        form.BBox = Array([number(one) for one in (left - bleed, bottom - bleed, right + bleed, top + bleed)])
        if abs(right - left - height) < _SAME and abs(top - bottom - width) < _SAME < abs(width - height):
            form.Matrix = Array([0, 1, -1, 0, number(width + bottom), number(-left)])
        else:
            form.Matrix = Array([1, 0, 0, 1, number(-left), number(-bottom)])
        for key in ("/Group", "/StructParents"):
            if key in form:
                del form[key]
        made.append(Leaf(target.copy_foreign(form)))
    empty = [Leaf(None)] * (-len(made) % SIGNATURE)
    made = [*made[:-1], *empty, made[-1]] if blanks == "before-last" else [*made, *empty]
    return made, Sheet(width, height, bleed)


def single(target: pikepdf.Pdf, pages: Sequence[Leaf], sheet: Sheet, *, marks: bool) -> None:
    """Put each page on a sheet of its own."""
    for leaf in pages:
        page = _new_page(target, sheet, marks)
        content = ""
        if leaf.form is not None:
            page.Resources.XObject = Dictionary({"/Leaf": leaf.form})
            content = "q /Leaf Do Q"
        page.Contents = target.make_stream((content + (_marks(sheet) if marks else "")).encode("ascii"))


def sides(pages: int) -> list[tuple[int, int]]:
    """Which two pages, from 0, stand on each side of the sheets of a saddle stitched booklet, from the outermost.

    Args:
        pages: how many there are, a multiple of four.
    """
    found = []
    for sheet in range(pages // SIGNATURE):
        found.append((pages - 1 - 2 * sheet, 2 * sheet))
        found.append((2 * sheet + 1, pages - 2 - 2 * sheet))
    return found


def creep(side: int, thickness: float) -> float:
    """How far the pages of a side move to the fold: what the sheets around theirs are thick.

    Args:
        side: from 0, the outermost sheet's first.
        thickness: of the paper.
    """
    return side // 2 * thickness


def booklet(target: pikepdf.Pdf, pages: Sequence[Leaf], sheet: Sheet, *, thickness: float, marks: bool) -> None:
    """Put the pages side by side on sheets that are folded once, and stitched through the fold."""
    whole = Sheet(2 * sheet.width, sheet.height, sheet.bleed)
    bleed, width, height = sheet.bleed, sheet.width, sheet.height
    for side, (left, right) in enumerate(sides(len(pages))):
        page = _new_page(target, whole, marks)
        moved, content = creep(side, thickness), []
        objects = Dictionary()
        for name, index, start, shift in (("/Left", left, -bleed, moved), ("/Right", right, width, width - moved)):
            if (form := pages[index].form) is not None:
                objects[name] = form
                content.append(f"q {start:.4f} {-bleed:.4f} {width + bleed:.4f} {height + 2 * bleed:.4f} re W n "
                               f"1 0 0 1 {shift:.4f} 0 cm {name} Do Q")
        page.Resources.XObject = objects
        drawn = " ".join(content) + (_marks(whole, fold=width) if marks else "")
        page.Contents = target.make_stream(drawn.encode("ascii"))


def _new_page(target: pikepdf.Pdf, sheet: Sheet, marks: bool) -> Any:
    margin = sheet.slug if marks else sheet.bleed
    target.add_blank_page(page_size=(100, 100))
    page = target.pages[-1].obj
    page.MediaBox = _around(sheet, margin)
    page.BleedBox = _around(sheet, sheet.bleed)
    page.TrimBox = _around(sheet, 0)
    page.Resources = Dictionary()
    if marks:
        page.Resources.ColorSpace = Dictionary({_ALL: _registration(target)})
    return page


def _registration(target: pikepdf.Pdf) -> Array:
    """The colour of marks: on every plate."""
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, target.make_indirect(Dictionary(
        FunctionType=2, Domain=Array([0, 1]), C0=Array([0, 0, 0, 0]), C1=Array([1, 1, 1, 1]), N=1,
        Range=Array([0, 1] * 4)))])


def _marks(sheet: Sheet, fold: float | None = None) -> str:
    """Marks where to cut and, dashed, where to fold; crosses that the plates meet in, at the middle of the sides."""
    near, far = sheet.bleed + _AWAY, sheet.slug
    width, height = sheet.width, sheet.height
    lines = [(x, y) for x in (0.0, width) for y in (0.0, height)]
    drawn = []
    for x, y in lines:
        across, up = (-1 if x == 0 else 1), (-1 if y == 0 else 1)
        drawn.append(_line(x + across * near, y, x + across * far, y))
        drawn.append(_line(x, y + up * near, x, y + up * far))
    middle, arm = near + _LONG / 2, _LONG / 2
    centres = [(-middle, height / 2), (width + middle, height / 2)]
    centres += [] if fold is not None else [(width / 2, -middle), (width / 2, height + middle)]
    for x, y in centres:
        drawn += [_line(x - arm, y, x + arm, y), _line(x, y - arm, x, y + arm), _circle(x, y, arm * 0.6)]
    content = f"\nq {_ALL} CS 1 SCN {_THICK} w " + " ".join(drawn) + " S"
    if fold is not None:
        folded = [_line(fold, -near, fold, -far), _line(fold, height + near, fold, height + far)]
        content += f" {_FOLD} " + " ".join(folded) + " S"
    return content + " Q"


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f"{x:.3f} {y:.3f} m {to_x:.3f} {to_y:.3f} l"


def _circle(x: float, y: float, r: float) -> str:
    k = r * _CIRCLE
    parts = [f"{x + r:.3f} {y:.3f} m"]
    corners = (((x + r, y + k), (x + k, y + r), (x, y + r)), ((x - k, y + r), (x - r, y + k), (x - r, y)),
               ((x - r, y - k), (x - k, y - r), (x, y - r)), ((x + k, y - r), (x + r, y - k), (x + r, y)))
    parts += [" ".join(f"{px:.3f} {py:.3f}" for px, py in corner) + " c" for corner in corners]
    return " ".join(parts)


def _around(sheet: Sheet, margin: float) -> Array:
    return Array([number(-margin), number(-margin), number(sheet.width + margin), number(sheet.height + margin)])


def _box(box: pikepdf.Object) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(one) for one in box)
    return left, bottom, right, top
