"""A WeasyPrint line box as runs for the composer, and the places of its characters."""

from typing import Any, NamedTuple

from bulletin_press.typeset.boxes import OBJECT, TextRun
from bulletin_press.typeset.characters import RIGHT_TO_LEFT
from bulletin_press.typeset.weasyprint_adapter.glyphs import measurer
from bulletin_press.typeset.weasyprint_adapter.names import (
    boxes,
    inline,
    preferred,
    resolve_percentages,
)

Path = tuple[int, ...]
WRAPPING = ("normal", "pre-line")


class NativeSetting(Exception):
    """The line box holds what the composer does not set; its text says what."""


class RunBox(NamedTuple):
    """A text box or an atomic box, and its run."""

    path: Path
    box: Any


class CarriedBox(NamedTuple):
    """A box that is not text: absolute, floated, running, empty, or a footnote."""

    path: Path
    box: Any


class LineRuns:
    """The runs of a line box.

    Attributes:
        leaves: one for each run.
        runs: what the composer reads.
        kept: boxes to carry along.
        spans: path of each inline box → indices of its first and last run.
    """

    def __init__(self, context: Any, line_box: Any, containing_block: Any | None) -> None:
        self.leaves: list[RunBox] = []
        self.runs: list[TextRun] = []
        self.kept: list[CarriedBox] = []
        self.spans: dict[Path, tuple[int, int]] = {}
        self._context, self._block = context, containing_block
        self._size = line_box.style["font_size"]
        self._walk(line_box, (), clings=False)

    @property
    def text(self) -> tuple[str, ...]:
        """What was read, to notice that it has changed."""
        return tuple(run.text for run in self.runs)

    def _walk(self, parent: Any, path: Path, *, clings: bool) -> None:
        for index, box in enumerate(parent.children):
            at = (*path, index)
            if not box.is_in_normal_flow():
                if box.is_floated() and self._block is None:
                    raise NativeSetting("a float inside the paragraph")
                self.kept.append(CarriedBox(at, box))
            elif isinstance(box, boxes.TextBox):
                self._text(box, at, clings=clings)
            elif isinstance(box, boxes.InlineBox) and not box.is_leader:
                self._inline(box, at, clings=clings)
            else:
                self._object(box, at)

    def _text(self, box: Any, path: Path, *, clings: bool) -> None:
        style = box.style
        if not box.text:
            return
        if not style["font_size"]:
            raise NativeSetting("text of no size")
        if RIGHT_TO_LEFT.search(box.text):
            raise NativeSetting("text from right to left")
        run = TextRun(
            box.text,
            measurer(style),
            style["font_size"] / self._size,
            wraps=style["white_space"] in WRAPPING,
            clings=clings,
        )
        self.leaves.append(RunBox(path, box))
        self.runs.append(run)

    def _inline(self, box: Any, path: Path, *, clings: bool) -> None:
        if box.style["box_decoration_break"] == "clone":
            raise NativeSetting("a decoration cloned at line breaks")
        first = len(self.runs)
        raised = box.style["vertical_align"]
        clings = clings or (isinstance(raised, int | float) and raised != 0)
        self._walk(box, path, clings=clings)
        before, after = self._decoration(box)
        if len(self.runs) > first:
            self.runs[first].before += before
            self.runs[-1].after += after
            self.spans[path] = (first, len(self.runs) - 1)
        else:
            self.kept = [kept for kept in self.kept if kept.path[: len(path)] != path]
            if before + after:
                self._add_object(box, path, before + after)
            else:
                self.kept.append(CarriedBox(path, box))

    def _decoration(self, box: Any) -> tuple[float, float]:
        """Return margin, border and padding ahead and behind, em of the paragraph."""
        resolve_percentages(box, self._block or (0, 0))
        sides = []
        for side in ("left", "right"):
            margin = getattr(box, f"margin_{side}")
            width = 0 if margin == "auto" else margin
            width += getattr(box, f"padding_{side}") + getattr(box, f"border_{side}_width")
            sides.append(width / self._size)
        return sides[0], sides[1]

    def _object(self, box: Any, path: Path) -> None:
        if isinstance(box, boxes.InlineBox):  # a leader: one unit of its pattern
            width = preferred.max_content_width(self._context, box)
        elif not isinstance(box, boxes.AtomicInlineLevelBox):
            raise NativeSetting(f"a {type(box).__name__}")
        elif self._block is None:
            width = preferred.max_content_width(self._context, box)
        else:
            resolve_percentages(box, self._block)
            laid_out = inline.atomic_box(self._context, box, 0, None, self._block, [], [])
            width = laid_out.margin_width()
        self._add_object(box, path, width / self._size)

    def _add_object(self, box: Any, path: Path, width: float) -> None:
        self.leaves.append(RunBox(path, box))
        self.runs.append(TextRun(OBJECT, _no_measure, width=width))


def _no_measure(_: object) -> dict[str, float]:
    return {}
