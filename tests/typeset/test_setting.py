import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_press.typeset.advances import lead_of, set_run, whites, with_ellipsis
from bulletin_press.typeset.characters import Edge
from bulletin_press.typeset.metrics import WORD_MOST
from bulletin_press.typeset.spacing import COMPACT, GENTLE, SOLID_GIVE, LineStyle, StretchOrder
from typeset.plain import paragraph, set_text, width
from typeset.texts import mixtures

styles = st.sampled_from([GENTLE, COMPACT])


@given(mixtures, st.integers(12, 40), styles)
def test_gaps_add_up_to_the_width(text: str, em: int, style: LineStyle) -> None:
    if not paragraph(text).boxes:
        return
    items, lines = set_text(text, em, style=style)
    for line in lines:
        boxes = items.boxes[line.first : line.last + 1]
        letters = sum(box.letters * (min(line.letter, WORD_MOST) if box.small else line.letter) for box in boxes)
        total = sum(box.width for box in boxes) + sum(line.gaps) + letters
        assert total == pytest.approx(line.width, abs=1e-6)
        assert line.width <= line.measure + 1e-6 or line.stretch <= 0


@given(mixtures, st.integers(12, 40), styles)
def test_lines_keep_within_their_bounds(text: str, em: int, style: LineStyle) -> None:
    if not paragraph(text).boxes:
        return
    items, lines = set_text(text, em, style=style)
    for line in lines:
        for gap, glue in zip(line.gaps, items.glues[line.first : line.last], strict=True):
            hair = SOLID_GIVE if glue.stretch_rank == StretchOrder.LETTER else 0
            assert gap >= glue.width - glue.shrink - hair - 1e-6


def test_latin_gaps_are_symmetric() -> None:
    items, lines = set_text("数字贸易额RCEP国家数字贸易额数字贸易", 12)
    at = [box.text for box in items.boxes].index("RCEP")
    assert lines[0].gaps[at - 1] == pytest.approx(lines[0].gaps[at])


def test_brackets_give_way_before_commas_and_commas_before_stops() -> None:
    _, (line, *_) = set_text("数字（贸易）数，字。数字贸易数字贸易数字贸易数字", 11, style=COMPACT)
    assert line.width == pytest.approx(11)
    items, (line, *_) = set_text("数（字）贸，易。数字贸易数数", 9.5, style=COMPACT)
    by_text = {items.boxes[i].text: gap for i, gap in enumerate(line.gaps)}
    assert by_text["）"] <= by_text["，"] <= by_text["。"]


def pens(text: str, em: float) -> tuple[str, list[int]]:
    items, (line, *_) = set_text(text, em)
    boxes = items.boxes[line.first : line.last + 1]
    gaps = whites(items.boxes, line)
    found = set_run(boxes, gaps, scale=1, letter=line.letter, lead=lead_of(boxes[0]))
    return found.text, list(found.advances.pens)


def test_pen_positions() -> None:
    assert pens("中国人", 10) == ("中国人", [1000, 2000, 3000])
    assert pens("（中）", 10)[1] == [500, 1500, 2000]
    assert pens("中（国", 10)[1] == [1000, 2000, 3000]
    assert pens("中A国", 10) == ("中 A 国", [1250, 1250, 2000, 2000, 3000])  # with spaces that are not copied
    assert pens("中 国", 10) == ("中 国", [1250, 2250])


@given(st.text("数字经济发展，。（）", min_size=40, max_size=80), st.integers(8, 20))
def test_full_lines_end_on_the_measure(text: str, em: int) -> None:
    items, lines = set_text(text, em)
    for line in lines[:-1]:
        boxes = items.boxes[line.first : line.last + 1]
        found = set_run(boxes, whites(items.boxes, line), scale=1, letter=0, lead=lead_of(boxes[0]))
        if abs(line.width - em) < 1e-6:
            trailing = boxes[-1].width if boxes[-1].left is not Edge.OPEN else 1.0
            assert found.advances.pens[-1] == pytest.approx(em * 1000, abs=1)
            assert trailing <= 1.0


def test_ellipsis_takes_the_place_of_what_it_hides() -> None:
    items, (line,) = set_text("数字经济", 10)
    run = set_run(items.boxes, whites(items.boxes, line), scale=1, letter=0, lead=0)
    text, advances = with_ellipsis(run.text, run.advances, "…")
    assert text == "数字经…" and advances.pens[-1] == 4000
    assert width(text) == 4


def test_what_is_copied_otherwise_than_drawn_is_a_span_of_its_own() -> None:
    def spans(text: str, **more: float | bool) -> list[tuple[int, str]]:
        items, (line, *_) = set_text(text, 30)
        return list(set_run(items.boxes, whites(items.boxes, line), scale=1, letter=0, lead=0, **more).spans)

    assert spans("中国，人") == [(12, "中国，人")]
    assert spans("中国A人，国", space=0.25) == [(3, "中"), (7, "国"), (9, "A"), (18, "人，国")]
    assert spans("AB CD，国") == [(11, "AB CD，国")]
    assert spans("中 A国") == [(4, "中"), (6, "A"), (9, "国")]  # the typed space is dropped
    assert spans("中， 国") == [(3, "中"), (6, "， "), (9, "国")]  # and this one copied, not drawn
    assert spans("中abc", hyphen=True) == [(4, "中"), (8, "abc")]
    assert spans("中国", reach=0.3, space=0.25) == [(3, "中"), (7, "国")]
    assert spans("中国", reach=0.04, space=0.25) == [(6, "中国")]


def test_a_hidden_space_ends_where_the_next_glyph_begins() -> None:
    items, (line, *_) = set_text("中国A", 30)
    found = set_run(items.boxes, whites(items.boxes, line), scale=1, letter=0, lead=0, space=0.2)
    assert (found.text, list(found.advances.pens)) == ("中国 A", [1000, 2050, 2250, 2750])
