"""Emphasis dots: one under each hanzi, where it stands, and nothing of them copied."""

import re

import pytest

from bulletin_press.typeset.weasyprint_adapter.emphasis import dot_places
from typeset.conftest import Render
from typeset.test_adapter import pdf_text

DOTS = "<span style='--dots: under'>{}</span>"


def circles(document: object) -> int:
    """How many closed curves of four are drawn."""
    data = document.write_pdf(uncompressed_pdf=True)  # type: ignore[attr-defined]
    return len(re.findall(rb" c\n", data)) // 4


@pytest.mark.parametrize(("text", "dots"), [("数字", 2), ("数A字，12经（济）", 4), ("2022、A", 0)])
def test_hanzi_alone_have_dots(render: Render, text: str, dots: int) -> None:
    assert circles(render(f"<p>{DOTS.format(text)}发展</p>")) == dots
    assert circles(render(f"<p>{text}发展</p>")) == 0


def test_dots_go_on_in_the_next_line(render: Render) -> None:
    assert circles(render(f"<p>{DOTS.format('数字经济' * 5)}</p>")) == 20


def test_what_is_copied_stays_whole(render: Render) -> None:
    assert pdf_text(render(f"<p>发展{DOTS.format('数字')}经济</p>")).strip() == "发展数字经济"


def test_a_dot_stands_under_the_middle(render: Render) -> None:
    document = render(f"<p style='text-align: left'>{DOTS.format('数，字')}</p>")
    found = [box for box in document.pages[0]._page_box.descendants() if getattr(box, "piece", None)]  # type: ignore[attr-defined]
    (places,) = [dot_places(box.text, box.piece.advances) for box in found]
    assert places[0] == pytest.approx(0.5) and places[1] == pytest.approx(2.5, abs=0.6)
