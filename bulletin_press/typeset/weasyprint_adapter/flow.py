"""The composer's place in WeasyPrint's inline layout."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import Any, NamedTuple

from bulletin_press.typeset.setting import SetLine
from bulletin_press.typeset.spacing import LineStyle
from bulletin_press.typeset.weasyprint_adapter.composition import LineComposition, Manner
from bulletin_press.typeset.weasyprint_adapter.drawing import lay_out_piece
from bulletin_press.typeset.weasyprint_adapter.names import (
    avoid_collisions,
    boxes,
    float_layout,
    handle_leader,
    inline,
    resolve_one_percentage,
    resolve_percentages,
)
from bulletin_press.typeset.weasyprint_adapter.source import WRAPPING, LineRuns, NativeSetting
from bulletin_press.typeset.weasyprint_adapter.struts import strut_of

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
MANNERS: dict[str, Manner] = {
    "justified": "justified",
    "ragged": "ragged",
    "balanced": "balanced",
    "phrased": "phrased",
}
# Lines narrower than this beside a float are moved below it, em.
LEAST_MEASURE = 4.0

KEPT = 64
LineBoxes = Iterator[tuple[Any, Any]]


def manner_of(line_box: Any) -> Manner | None:
    """Tell how a line box is to be set; None where the composer leaves it alone.

    The custom property `--setting` says it outright (`justified`, `ragged`, `balanced`,
    `phrased`, `native`); else headings are balanced, `text-align: justify` is justified, all else ragged.
    """
    style = line_box.style
    if style["white_space"] not in WRAPPING or style["direction"] != "ltr":
        return None
    if not (style["lang"] or "").lower().startswith("zh") or not style["font_size"]:
        return None
    wanted = [getattr(token, "value", "") for token in style["__setting"] or ()]
    for word in wanted:
        if word == "native":
            return None
        if word in MANNERS:
            return MANNERS[word]
    if line_box.element_tag in HEADINGS:
        return "balanced"
    return "justified" if style["text_align_all"] == "justify" else "ragged"


def _measures(
    context: Any, line_box: Any, containing_block: Any, position_y: float
) -> Sequence[float]:
    """Return the measure of each line down the page, em; the last holds for all further ones."""
    size, profile = line_box.style["font_size"], []
    if context.excluded_shapes:
        line_height, _ = strut_of(line_box.style)
        bottom = max(shape.position_y + shape.margin_height() for shape in context.excluded_shapes)
        probe = line_box.copy()
        probe.width, probe.height, probe.position_y = LEAST_MEASURE * size, line_height, position_y
        while probe.position_y < bottom and line_height:
            _, at, width = avoid_collisions(context, probe, containing_block, outer=False)
            profile.append(width / size)
            probe.position_y = at + line_height
    profile.append(containing_block.width / size)
    while len(profile) > 1 and abs(profile[-1] - profile[-2]) < 1e-6:
        profile.pop()
    return profile


def _measures_beside(
    context: Any, line_box: Any, containing_block: Any, position_y: float, floats: Sequence[Any]
) -> Sequence[float]:
    """Return the measures with the floats of the paragraph's own first line in their places."""
    shapes = context.excluded_shapes
    context.excluded_shapes = list(shapes)
    for box in floats:
        probe = box.copy()
        probe.position_x, probe.position_y = containing_block.content_box_x(), position_y
        float_layout(context, probe, containing_block, [], [], -inf, None)
    measures = _measures(context, line_box, containing_block, position_y)
    context.excluded_shapes = shapes
    return measures


class Plan(NamedTuple):
    """The lines of a line box from where it resumes."""

    composed: LineComposition
    lines: Sequence[SetLine]
    indent: float


class Flow:
    """The functions that stand in for WeasyPrint's own, calling them for what is not composed."""

    def __init__(self, style: LineStyle) -> None:
        self.style = style
        self._compositions: OrderedDict[Any, tuple[Any, LineComposition]] = OrderedDict()
        self.iter_line_boxes_of: Callable[..., LineBoxes]
        self.split_text_box_of: Callable[..., Any]
        self.line_box_verticality_of: Callable[..., Any]
        self.inline_line_widths_of: Callable[..., Iterator[float]]

    def iter_line_boxes(
        self,
        context: Any,
        box: Any,
        position_y: float,
        bottom_space: float,
        skip_stack: Any,
        containing_block: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
        first_letter_style: Any,
        first_line_style: Any,
    ) -> LineBoxes:
        """Yield (laid-out line, where to resume), composed where the line box is Chinese."""
        reason = ""
        try:
            if manner_of(box) and (first_letter_style or first_line_style):
                raise NativeSetting("a first line or letter of its own style")
            plan = self._plan(context, box, containing_block, position_y, skip_stack)
        except NativeSetting as error:
            plan, reason = None, str(error)
        if plan is not None:
            for line, resume_at in self._lines(
                context, plan, position_y, bottom_space, containing_block,
                absolute_boxes, fixed_boxes,
            ):  # fmt: skip
                yield line, resume_at
            return
        for line, resume_at in self.iter_line_boxes_of(
            context, box, position_y, bottom_space, skip_stack, containing_block,
            absolute_boxes, fixed_boxes, first_letter_style, first_line_style,
        ):  # fmt: skip
            if line is not None and reason:
                line.native_reason = reason
            yield line, resume_at

    def _composition(
        self, context: Any, line_box: Any, containing_block: Any | None
    ) -> LineComposition | None:
        """Return the composition of a line box; of those made last some are kept.

        A line box is laid out again when a page is made anew or a column is measured.

        Raises:
            NativeSetting: it holds what the composer does not set.
        """
        manner = manner_of(line_box)
        if manner is None:
            return None
        source = LineRuns(context, line_box, containing_block)
        width = None if containing_block is None else containing_block.width
        key = (id(line_box), source.text, width)
        _, found = self._compositions.pop(key, (None, None))
        if found is None:
            found = LineComposition(line_box, source, self.style, manner)
        self._compositions[key] = line_box, found  # held, so that its id is not given again
        if len(self._compositions) > KEPT:
            self._compositions.popitem(last=False)
        return found if found.paragraph.boxes else None

    def _plan(
        self, context: Any, box: Any, containing_block: Any, position_y: float, skip_stack: Any
    ) -> Plan | None:
        """Break what remains of a line box; None where there is nothing to compose.

        Raises:
            NativeSetting: it holds what the composer does not set.
        """
        if manner_of(box) is None:
            return None
        resolve_percentages(box, containing_block)
        composed = self._composition(context, box, containing_block)
        start = composed.index_at(skip_stack) if composed else 0
        if composed is None or start >= len(composed.paragraph.boxes):
            return None
        box.text_indent = 0
        if skip_stack is None:
            resolve_one_percentage(box, "text_indent", containing_block.width)
        floats = composed.floats(start)
        measures = _measures_beside(
            context, box, containing_block, position_y, [each for _, each in floats]
        )
        first = measures[0] - box.text_indent / box.style["font_size"]
        profile = [first, *measures[1:]] if len(measures) > 1 else [first, *measures]
        if len(measures) == 1 and not box.text_indent:
            profile = list(measures)
        lines = composed.lines(start, profile)
        if floats and floats[-1][0] > lines[0].last:
            raise NativeSetting("a float inside the paragraph")
        return Plan(composed, lines, box.text_indent)

    def _lines(
        self,
        context: Any,
        plan: Plan,
        position_y: float,
        bottom_space: float,
        containing_block: Any,
        absolute_boxes: Any,
        fixed_boxes: Any,
    ) -> LineBoxes:
        composed, lines, indent = plan
        for line in lines:
            line_box = composed.line_box(line)
            line_box.text_indent = indent if line is lines[0] else 0
            laid_out, _ = inline.get_next_linebox(
                context, line_box, position_y, bottom_space, None, containing_block,
                absolute_boxes, fixed_boxes, None, None,
            )  # fmt: skip
            if laid_out is None:
                continue
            handle_leader(context, laid_out, containing_block)
            position_y = laid_out.position_y + laid_out.height
            more = line.last + 1 < len(composed.paragraph.boxes)
            yield laid_out, composed.skip_stack(line.last + 1) if more else None

    def split_text_box(
        self, context: Any, box: Any, available_width: Any, skip: Any, is_line_start: bool = True
    ) -> Any:
        """Lay out a composed text box whole; others as WeasyPrint does."""
        piece = box.__dict__.get("piece")
        if piece is None:
            return self.split_text_box_of(context, box, available_width, skip, is_line_start)
        return lay_out_piece(box, piece), None, False

    def line_box_verticality(self, box: Any) -> Any:
        """Place the boxes of a line; those of a composed line within its line height."""
        if "composed" in box.__dict__:
            _keep_to_strut(box, *box.composed.strut, shift=0.0)
        return self.line_box_verticality_of(box)

    def inline_line_widths(
        self,
        context: Any,
        box: Any,
        outer: bool,
        is_line_start: bool,
        minimum: bool,
        skip_stack: Any = None,
        first_line: bool = False,
    ) -> Iterator[float]:
        """Yield the intrinsic widths of lines, those of Chinese ones with the composer's gaps."""
        line = box.__dict__.get("composed")
        if line is not None:
            yield line.width * box.style["font_size"] - 1e-3
            return
        widths = self._intrinsic_widths(context, box, minimum, skip_stack)
        if widths is None:
            yield from self.inline_line_widths_of(
                context, box, outer, is_line_start, minimum, skip_stack, first_line
            )
        else:
            yield from widths

    def _intrinsic_widths(
        self, context: Any, box: Any, minimum: bool, skip_stack: Any
    ) -> list[float] | None:
        if not isinstance(box, boxes.LineBox) or manner_of(box) is None:
            return None
        try:
            composed = self._composition(context, box, None)
        except NativeSetting:
            return None
        if composed is None:
            return None
        if minimum:
            start = min(composed.index_at(skip_stack), len(composed.paragraph.boxes) - 1)
            return composed.least_widths(start)
        widths = composed.natural_widths()
        indent = box.style["text_indent"]
        if getattr(indent, "unit", "") == "px":
            widths[0] += indent.value
        return widths


def _keep_to_strut(box: Any, line_height: float, baseline: float, *, shift: float) -> None:
    """Give the inline boxes of a line its line height and baseline, whatever their fonts.

    Each keeps its place and its background; only the room it claims in the line changes. What is
    aligned otherwise than by its baseline, or has a taller line height of its own, is left alone.
    """
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        align = child.style["vertical_align"]
        if align != "baseline" and not isinstance(align, int | float):
            continue
        at = shift - (align if align != "baseline" else 0)
        inline_box = isinstance(child, boxes.InlineBox)
        if inline_box or isinstance(child, boxes.TextBox):
            piece = child.__dict__.get("piece")
            own, _ = piece.strut if piece is not None else strut_of(child.style)
            if own <= line_height + 1e-6 or own == inf:
                wanted = baseline + at
                child.margin_top += wanted - child.baseline
                child.margin_bottom += line_height - child.margin_height()
                child.baseline = wanted
            if inline_box:
                _keep_to_strut(child, line_height, baseline, shift=at)
