"""A WeasyPrint line box composed: from its runs to line boxes ready for layout."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from bulletin_press.typeset.advances import lead_of, set_run, whites
from bulletin_press.typeset.boxes import LETTER_PRICE, Box
from bulletin_press.typeset.characters import Edge
from bulletin_press.typeset.items import build_paragraph
from bulletin_press.typeset.linebreak import balance, justify, wrap, wrap_phrases
from bulletin_press.typeset.metrics import Metrics
from bulletin_press.typeset.setting import SetLine, set_lines
from bulletin_press.typeset.spacing import LineStyle
from bulletin_press.typeset.weasyprint_adapter.drawing import DrawnPiece
from bulletin_press.typeset.weasyprint_adapter.names import boxes
from bulletin_press.typeset.weasyprint_adapter.source import LineRuns, Path
from bulletin_press.typeset.weasyprint_adapter.struts import strut_of

Manner = Literal["justified", "ragged", "balanced", "phrased"]
BREAKING = {"ragged": wrap, "balanced": balance, "phrased": wrap_phrases}
Places = list[tuple[Path, Any]]


class ComposedLine(NamedTuple):
    """What a composed line box carries.

    Attributes:
        text: what it says, as copied.
        width: room it takes, em.
        measure: room it was given, em.
        stretch: what each even gap grew, em.
        strut: line height and baseline of its block, px.
    """

    text: str
    width: float
    measure: float
    stretch: float
    strut: tuple[float, float]


class LineComposition:
    """The composed state of one line box.

    Attributes:
        source: its runs and the boxes they came from.
        paragraph: its items.
        strut: line height and baseline, px.

    A place is the path and byte offset at which a line resumes in WeasyPrint's terms.
    """

    def __init__(self, line_box: Any, source: LineRuns, style: LineStyle, manner: Manner) -> None:
        self.source, self.manner = source, manner
        self.paragraph = build_paragraph(source.runs, style, hyphenate=manner == "justified")
        self._line_box = line_box
        self._size = line_box.style["font_size"]
        self._fill_last = manner == "justified" and line_box.style["text_align_last"] == "justify"
        self._broken: dict[tuple[int, tuple[float, ...]], list[SetLine]] = {}
        self._styles: dict[int, Any] = {}
        self._struts: dict[int, tuple[float, float]] = {}
        self._parents: dict[tuple[int, tuple[str, ...]], Any] = {}
        self.strut = strut_of(line_box.style)
        self._kept = [(self._attach(kept.path), (kept.path, kept.box)) for kept in source.kept]

    @cached_property
    def _metrics(self) -> Metrics:
        """The measures of the whole: asked for when it is broken, and twice where a width is looked for."""
        return Metrics(self.paragraph)

    @cached_property
    def places(self) -> list[Path]:
        """Where each item begins."""
        places, run, at, offset = [], -1, 0, 0
        for box in self.paragraph.boxes:
            if box.run != run:
                run, at, offset = box.run, 0, 0
                leaf, text = self.source.leaves[run], self.source.runs[run].text
            offset += len(text[at : box.start].encode())
            at = box.start
            is_text = isinstance(leaf.box, boxes.TextBox)
            places.append((*leaf.path, offset) if is_text else leaf.path)
        return places

    def index_at(self, skip_stack: Any) -> int:
        """Return the item with which a line resumes at a WeasyPrint skip stack."""
        if skip_stack is None:
            return 0
        path: list[int] = []
        while skip_stack is not None:
            ((index, skip_stack),) = skip_stack.items()
            path.append(index or 0)
        return bisect_left(self.places, tuple(path))

    def skip_stack(self, index: int) -> Any:
        """Return the WeasyPrint skip stack of the line that begins with an item."""
        box = self.paragraph.boxes[index]
        offset = len(self.source.runs[box.run].text[: box.start].encode())
        stack: Any = {offset: None} if offset else None
        for at in reversed(self.source.leaves[box.run].path):
            stack = {at: stack}
        return stack

    def lines(self, start: int, profile: Sequence[float]) -> list[SetLine]:
        """Break and set the text from item `start`; kept for every start and profile.

        A page that resumes at one of the breaks of the same measure goes on with them.
        """
        key = (start, tuple(profile))
        if key in self._broken:
            return self._broken[key]
        for (_, measures), known in self._broken.items():
            if len(measures) <= 2 and measures[-1:] == key[1]:
                rest = [line for line in known if line.first >= start]
                if rest and rest[0].first == start:
                    return rest
        lines = self._broken[key] = list(self._break(start, profile))
        return lines

    def _break(self, start: int, profile: Sequence[float]) -> Iterator[SetLine]:
        metrics = Metrics(self.paragraph.since(start)) if start else self._metrics
        fill = self.manner == "justified"
        ends = (
            justify(metrics, profile, fill_last=self._fill_last)
            if fill
            else BREAKING[self.manner](metrics, profile)
        )
        for line in set_lines(metrics, ends, profile, fill=fill, fill_last=self._fill_last):
            yield line._replace(first=line.first + start, last=line.last + start)

    def natural_widths(self) -> list[float]:
        """Return the natural width of each line between forced breaks, px."""
        metrics, widths, first = self._metrics, [], 0
        for last, glue in enumerate(self.paragraph.glues):
            if glue.penalty == float("-inf"):
                widths.append((metrics.right[last] - metrics.left[first]) * self._size)
                first = last + 1
        return widths

    def least_widths(self, start: int) -> list[float]:
        """Return the widths of what no line breaks inside, from item `start` on, px."""
        metrics, widths, first = self._metrics, [], start
        for last in range(start, len(self.paragraph.boxes)):
            if self.paragraph.glues[last].penalty < LETTER_PRICE:
                widths.append((metrics.right[last] - metrics.left[first]) * self._size)
                first = last + 1
        return widths

    def line_box(self, line: SetLine) -> Any:
        """Return the line box of one set line; laid out, it takes exactly the line's width."""
        items = self._pieces(line)
        pieces = (box.__dict__.get("piece") for _, box in items)
        text = "".join(piece.typed for piece in pieces if piece is not None)
        kept = [place for item, place in self._kept if line.first <= item <= line.last]
        if kept:
            items = sorted(items + kept, key=lambda place: place[0])
        box = self._rebuild(self._line_box, (), items, line)
        box.composed = ComposedLine(text, line.width, line.measure, line.stretch, self.strut)
        return box

    def floats(self, start: int) -> list[tuple[int, Any]]:
        """Return the floats from item `start` on, each with the item in whose line it stands."""
        return [(at, box) for at, (_, box) in self._kept if at >= start and box.is_floated()]

    def _attach(self, path: Path) -> int:
        """Return the item in whose line a box without room is kept: the one before it."""
        after = bisect_left(self.places, path)
        begins = not after or self.paragraph.boxes[after - 1].left is Edge.BREAK
        return min(after, len(self.places) - 1) if begins else after - 1

    def _pieces(self, line: SetLine) -> Places:
        """Cut a line into its text boxes, one for each run it touches."""
        found = self.paragraph.boxes[line.first : line.last + 1]
        if len(found) == 1 and found[0].left is Edge.BREAK:  # an empty line keeps its height
            leaf = self.source.leaves[found[0].run]
            return [(leaf.path, self._styled(leaf.box, "\n"))]
        gaps, pieces, at = whites(self.paragraph.boxes, line), Places(), 0
        for run, group in groupby(found, key=attrgetter("run")):
            part = list(group)
            stop = at + len(part)
            if part[-1].left is Edge.BREAK:
                part.pop()
            if part:
                leaf = self.source.leaves[run]
                if part[0].left is Edge.OBJECT:
                    box = _widen(leaf.box, gaps[stop - 1] * self._size)
                else:
                    box = self._piece(leaf.box, part, gaps[at:], found[stop:], line)
                pieces.append((leaf.path, box))
            at = stop
        return pieces

    def _reach(self, tail: Box, gaps: Sequence[float], after: Sequence[Box]) -> float:
        """Return the white from a box to the next glyph, images and edges included, em."""
        reach = 0.0
        for gap, box in zip(gaps, after, strict=False):
            reach += gap + tail.after + box.before
            if box.left is not Edge.OBJECT or _is_leader(self.source.leaves[box.run].box):
                return reach if box.left is not Edge.BREAK else 0.0
            reach, tail = reach + box.width, box
        return 0.0

    def _piece(
        self,
        box: Any,
        part: Sequence[Box],
        gaps: Sequence[float],
        after: Sequence[Box],
        line: SetLine,
    ) -> Any:
        """Return the text box of `part`, all of one run, with what comes `after` in the line."""
        run, last = self.source.runs[part[0].run], len(part) - 1
        reach = self._reach(part[-1], gaps[last:], after) if after else 0.0
        found = set_run(
            part,
            gaps,
            scale=run.scale,
            letter=line.letter,
            lead=lead_of(part[0]) if part[0] is self.paragraph.boxes[line.first] else 0.0,
            reach=reach,
            space=run.measure((" ",))[" "] * run.scale,
            hyphen=part[-1].hyphen and part[-1] is self.paragraph.boxes[line.last],
        )
        piece = self._styled(box, found.text)
        piece.piece = DrawnPiece(
            found.advances,
            found.width * self._size,
            gaps[last] * self._size if after else 0.0,
            found.spans,
            self._struts[id(box)],
        )
        return piece

    def _styled(self, box: Any, text: str) -> Any:
        """Copy a text box with new text that is not broken or collapsed again."""
        if id(box) not in self._styles:
            # Mostly the line's own: where one style serves for both, it is computed once.
            shared = box.style is self._line_box.style
            self._styles[id(box)] = self._parent_style(self._line_box, ()) if shared else _unbroken(box.style)
            self._struts[id(box)] = strut_of(box.style)
        copy = box.copy_with_text(text)
        copy.style = self._styles[id(box)]
        return copy

    def _rebuild(self, box: Any, path: Path, items: Places, line: SetLine) -> Any:
        """Copy the part of the box tree that holds `items`."""
        depth = len(path)
        children: list[Any] = []
        for index, group in groupby(items, key=lambda item: item[0][depth]):
            found = list(group)
            if len(found[0][0]) == depth + 1:
                children.extend(child for _, child in found)
            else:
                child = box.children[index]
                children.append(self._rebuild(child, (*path, index), found, line))
        copy = box.copy_with_children(children)
        copy.style = self._parent_style(box, self._open_sides(path, line))
        return copy

    def _open_sides(self, path: Path, line: SetLine) -> tuple[str, ...]:
        """Return the sides on which an inline box goes on in another line."""
        if path not in self.source.spans:
            return ()
        first, last = self.source.spans[path]
        items, sides = self.paragraph.boxes, []
        if line.first and first <= items[line.first - 1].run:
            sides.append("left")
        if line.last + 1 < len(items) and items[line.last + 1].run <= last:
            sides.append("right")
        return tuple(sides)

    def _parent_style(self, box: Any, open_sides: tuple[str, ...]) -> Any:
        key = (id(box), open_sides)
        if key not in self._parents:
            style = self._parents[key] = _unbroken(box.style)
            for side in open_sides:
                for name in (f"padding_{side}", f"margin_{side}"):
                    style[name] = type(style["padding_top"])(0, "px")
                style[f"border_{side}_width"] = 0
            if box is self._line_box and style["text_align_all"] == "justify":
                style["text_align_all"] = "start"
                if style["text_align_last"] == "justify":
                    style["text_align_last"] = "auto"
        return self._parents[key]


def _is_leader(box: Any) -> bool:
    return isinstance(box, boxes.InlineBox)


def _unbroken(style: Any) -> Any:
    copy = style.copy()
    copy["white_space"] = "pre"
    return copy


def _widen(box: Any, gap: float) -> Any:
    """Copy an atomic box with `gap` more margin behind it, px."""
    margin = box.style["margin_right"]
    if not gap or getattr(margin, "unit", "") != "px":
        return box
    copy = box.copy()
    copy.style = box.style.copy()
    copy.style["margin_right"] = type(margin)(margin.value + gap, "px")
    return copy
