"""Which glyphs of a drawn text are marked with what is copied of them."""

from types import SimpleNamespace
from typing import Any

from bulletin_press.typeset.advances import CopiedSpan
from bulletin_press.typeset.weasyprint_adapter.spans import DrawnGlyph, actual_text, mark_spans

FONT = SimpleNamespace(to_unicode={1: "中", 2: "A", 3: " ", 4: "₂"}, bitmap=False)
OTHER = SimpleNamespace(to_unicode={9: "₂"}, bitmap=False)


def marked(operators: list[Any], glyphs: list[DrawnGlyph], *spans: tuple[int, str]) -> list[Any]:
    drawn = [b"q", b"BT", *operators, b"ET", b"S"]
    mark_spans(drawn, 1, glyphs, [CopiedSpan(*span) for span in spans])
    assert drawn[:2] == [b"q", b"BT"] and drawn[-2:] == [b"ET", b"S"]
    return drawn[2:-2]


def test_what_reads_right_is_not_marked() -> None:
    glyphs = [DrawnGlyph(1, FONT, 3), DrawnGlyph(2, FONT, 4)]
    assert marked([b"[<0001>-250<0002>] TJ"], glyphs, (4, "中A")) == [b"[<0001>-250<0002>] TJ"]


def test_a_space_that_is_not_copied_is_in_the_span_of_its_box() -> None:
    glyphs = [DrawnGlyph(number, FONT, end) for number, end in ((1, 3), (1, 6), (3, 7), (2, 8))]
    found = marked([b"[<000100010003>-5<0002>] TJ"], glyphs, (3, "中"), (7, "中"), (8, "A"))
    assert found == [b"[<0001>] TJ", actual_text("中"), b"[<00010003>-5] TJ", b"EMC", b"[<0002>] TJ"]


def test_a_span_is_closed_before_the_text_ends() -> None:
    assert marked([b"[<0001>] TJ"], [DrawnGlyph(1, FONT, 3)], (3, "中 ")) == [
        actual_text("中 "), b"[<0001>] TJ", b"EMC"]  # fmt: skip


def test_a_glyph_that_stands_for_another_character_or_for_none_is_marked() -> None:
    for number in (1, -1):
        assert marked([b"[<0001>] TJ"], [DrawnGlyph(number, FONT, 3)], (3, "国"))[0] == actual_text("国")


def test_of_a_span_of_two_fonts_the_first_is_read_by_its_glyphs() -> None:
    glyphs = [DrawnGlyph(2, FONT, 1), DrawnGlyph(9, OTHER, 4), DrawnGlyph(3, OTHER, 5)]
    found = marked([b"[<0002>] TJ", b"/f 11 Tf", b"[<00090003>] TJ"], glyphs, (5, "A₂"))
    assert found == [b"[<0002>] TJ", b"/f 11 Tf", actual_text("₂"), b"[<00090003>] TJ", b"EMC"]


def test_numbers_that_stand_side_by_side_stay_two() -> None:
    assert marked([b"[<0001>-40<>-20.5<0002>] TJ"], [DrawnGlyph(1, FONT, 3), DrawnGlyph(2, FONT, 4)], (4, "中A")) == [
        b"[<0001>-40 -20.5<0002>] TJ"]  # fmt: skip


def test_a_space_in_the_font_of_what_follows_is_in_the_span_of_that() -> None:
    glyphs = [DrawnGlyph(9, OTHER, 3), DrawnGlyph(3, FONT, 4), DrawnGlyph(2, FONT, 5), DrawnGlyph(9, OTHER, 8)]
    found = marked([b"[<0009>] TJ", b"/f 11 Tf", b"[<0003>-5<0002>] TJ", b"/g 11 Tf", b"[<0009>] TJ"], glyphs,
                   (4, "₂"), (8, "A₂"))
    assert found == [b"[<0009>] TJ", b"/f 11 Tf", actual_text("A"), b"[<0003>-5<0002>] TJ", b"/g 11 Tf", b"EMC",
                     b"[<0009>] TJ"]


def test_a_space_that_nothing_follows_says_nothing() -> None:
    found = marked([b"[<0009>] TJ", b"/f 11 Tf", b"[<0003>] TJ"], [DrawnGlyph(9, OTHER, 3), DrawnGlyph(3, FONT, 4)],
                   (4, "₂"))
    assert found == [b"[<0009>] TJ", b"/f 11 Tf", actual_text(""), b"[<0003>] TJ", b"EMC"]
