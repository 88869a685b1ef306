"""What became of the lines: those too full, too loose, or set without the composer."""

from collections.abc import Iterator
from typing import Any

from bulletin_press.typeset.reports import LineReport
from bulletin_press.typeset.weasyprint_adapter.structure import is_decoration


def line_reports(
    document: Any, *, attribute: str = "data-origin", loose: float = 0.1
) -> tuple[LineReport, ...]:
    """Report the lines of a rendered document.

    Args:
        document: what `weasyprint.HTML.render` returned while the composer was installed.
        attribute: name of the attribute that says where an element comes from.
        loose: stretch of each even gap from which a line is loose, em.
    """
    found: list[LineReport] = []
    for number, page in enumerate(document.pages, 1):
        for line, origin in _lines(page._page_box, attribute, ""):
            report = _report(line, number, origin, loose)
            if report is not None:
                found.append(report)
    return tuple(found)


def _lines(box: Any, attribute: str, origin: str) -> Iterator[tuple[Any, str]]:
    box = getattr(box, "_box", box)  # what is absolutely positioned stands behind a placeholder
    if is_decoration(box):
        return  # a running head or a proof's mark is no copy: nobody could rewrite it
    element = getattr(box, "element", None)
    if element is not None:
        origin = element.attrib.get(attribute, origin)
    state = box.__dict__
    if "composed" in state or "native_reason" in state:
        yield box, origin
    for child in state.get("children", ()):
        yield from _lines(child, attribute, origin)


def _report(line: Any, page: int, origin: str, loose: float) -> LineReport | None:
    size = line.style["font_size"]
    if "native_reason" in line.__dict__:
        text = "".join(box.text for box in line.descendants() if hasattr(box, "text"))
        return LineReport("native", text, line.width / size, page, origin, line.native_reason)
    composed = line.composed
    excess = composed.width - composed.measure
    if excess > 1e-3:
        return LineReport("overfull", composed.text, round(excess, 3), page, origin, "")
    if composed.stretch > loose:
        return LineReport("loose", composed.text, round(composed.stretch, 3), page, origin, "")
    return None
