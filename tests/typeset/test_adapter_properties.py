import html
import logging
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from typeset.conftest import Render, line_boxes, typed_lines
from typeset.texts import mixtures

SPACES = re.compile(r"[ \u00a0]+")
WRAPPERS = ["{}", "<b>{}</b>", "<a href='https://a.cn'>{}</a>", "<i><b>{}</b></i>", "{}<br>"]
quickly = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(autouse=True)
def quiet() -> None:
    """The square font lacks most characters; that is said in the log at drawing."""
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)


def body(parts: list[tuple[str, str]]) -> str:
    return "".join(wrapper.format(html.escape(text)) for text, wrapper in parts)


parts = st.lists(st.tuples(mixtures, st.sampled_from(WRAPPERS)), min_size=1, max_size=4)


@quickly
@given(parts, st.integers(30, 200), st.sampled_from(["justify", "left"]))
def test_every_character_once_in_order(
    render: Render, parts: list[tuple[str, str]], width: int, align: str
) -> None:
    document = render(f"<p style='width: {width}px; text-align: {align}'>{body(parts)}</p>")
    wanted = "".join(text for text, _ in parts).replace("\n", " ")
    found = "".join(typed_lines(document))
    assert SPACES.sub("", found) == SPACES.sub("", wanted)
    document.write_pdf(pdf_tags=True)


@quickly
@given(parts, st.integers(120, 300))
def test_pages_of_two_widths_lose_nothing(
    render: Render, parts: list[tuple[str, str]], width: int
) -> None:
    css = f"@page :first {{ size: {width}px 30px }} @page {{ size: 90px 45px }}"
    document = render(f"<p>{body(parts)}</p>", css + " p { orphans: 1; widows: 1 }")
    wanted = "".join(text for text, _ in parts).replace("\n", " ")
    assert SPACES.sub("", "".join(typed_lines(document))) == SPACES.sub("", wanted)


@quickly
@given(parts, st.integers(80, 200))
def test_lines_keep_their_height(render: Render, parts: list[tuple[str, str]], width: int) -> None:
    document = render(f"<p style='width: {width}px'>{body(parts)}</p>")
    composed: list[Any] = [line for line in line_boxes(document) if "composed" in line.__dict__]
    assert all(abs(line.height - 15) < 1e-6 for line in composed)
