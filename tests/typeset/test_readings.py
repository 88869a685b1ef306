"""Readings above 汉字: read from what was typed, drawn without a text of their own, told in words elsewhere."""

from __future__ import annotations

import re

import pytest

from bulletin_press.document.inline import parse_inline
from bulletin_press.document.tree import Ruby, Text, plain_text
from bulletin_press.writers.flow.words import read_aloud
from bulletin_press.writers.word.slots import pieces_of
from typeset.conftest import Render
from typeset.test_adapter import pdf_text

ABOVE = "<span style='--reading: {}'>{}</span>"


@pytest.mark.parametrize(("typed", "told"), [
    ("会长{祎：yī}到会", "会长祎（yī）到会"), ("{晟煜:shèng yù}", "晟煜（shèng yù）"),
    ("{张祎： Zhāng Yī}", "张祎（Zhāng Yī）"),
    ("**{翀：chōng}**", "翀（chōng）"), ("{祎晟：yī}", "{祎晟：yī}"), ("{祎：衣}", "{祎：衣}"),
    (r"\{祎：yī}", "{祎：yī}"),
    ("{祎|yī}", "{祎|yī}"), ("{a: b}", "{a: b}")])
def test_a_syllable_to_each_character(typed: str, told: str) -> None:
    inlines = parse_inline(typed)
    assert read_aloud(inlines) == told
    assert "".join(piece.text for piece in pieces_of(inlines, None)) == told


def test_it_knows_where_it_was_typed() -> None:
    before, ruby, behind = parse_inline("会长{祎晟：yī shèng}到")
    assert (before, ruby, behind) == (Text("会长", 0), Ruby((Text("祎晟", 3),), ("yī", "shèng")), Text("到", 15))
    assert isinstance(ruby, Ruby) and ruby.pairs == (("祎", "yī"), ("晟", "shèng"))
    assert plain_text((before, ruby, behind)) == "会长祎晟到"


def drawn(document: object) -> list[tuple[float, float]]:
    """Where curves end that are drawn, pt."""
    data = document.write_pdf(uncompressed_pdf=True)  # type: ignore[attr-defined]
    return [(float(x), float(y)) for x, y in re.findall(rb"([-\d.]+) ([-\d.]+) c\n", data)]


def test_it_is_drawn_and_not_copied(render: Render) -> None:
    plain, read = render("<p>会长祎到会</p>"), render(f"<p>会长{ABOVE.format('yī', '祎')}到会</p>")
    assert not drawn(plain) and drawn(read)
    assert pdf_text(read).strip() == "会长祎到会"


def test_it_stands_above_the_middle_and_the_line_keeps_its_height(render: Render) -> None:
    document = render("<p style='text-align: left'>会长" + ABOVE.format("zhuāng", "祎") + "到会" * 30 + "</p>")
    page = document.pages[0]._page_box  # type: ignore[attr-defined]
    box = next(box for box in page.descendants() if getattr(box, "text", "") == "祎")
    size, points = box.style["font_size"], drawn(document)
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    middle = (left + right) / 2
    assert middle == pytest.approx(box.position_x + size / 2, abs=size * 0.1)
    assert right - left <= 1.25 * size
    assert max(y for _, y in points) < box.position_y + box.baseline - 0.84 * size
    heights = [line.height for line in page.descendants() if type(line).__name__ == "LineBox"]
    assert len(heights) > 1 and max(heights) == pytest.approx(min(heights))
