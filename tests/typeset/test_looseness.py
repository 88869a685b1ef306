"""Loose lines: how far they may go, and that none is looser than the breaks of its text allow."""

from math import inf
from pathlib import Path

import pytest

from bulletin_press.typeset.advances import set_run, whites
from bulletin_press.typeset.characters import Edge
from bulletin_press.typeset.linebreak import justify
from bulletin_press.typeset.metrics import LETTER_MOST, WORD_MOST, Metrics, shares
from bulletin_press.typeset.setting import set_lines
from bulletin_press.typeset.spacing import (
    COMPACT,
    COMPOUND_UNIT_PRICE,
    GENTLE,
    SOLID_GIVE,
    SPACE_SHARE,
    LineStyle,
)
from typeset.plain import paragraph, set_text

TEXTS = {
    name: (Path(__file__).parent / f"{name}.txt").read_text("utf-8").splitlines()
    for name in ("prose", "figures", "essay", "mixed")
}


def growth(metrics: Metrics, first: int, last: int, measure: float) -> float:
    """Return what each even gap of a line must grow, em; inf where the line cannot be set."""
    slack = measure - (metrics.right[last] - metrics.left[first])
    if slack < 0:
        room = metrics.shrink_right[last] - metrics.shrink_left[first]
        return 0.0 if -slack <= room + 1e-6 else inf
    slack -= sum(rank[last] - rank[first] for rank in metrics.stretches[:2])
    if slack <= 0 or metrics.penalties[last] == -inf:
        return 0.0
    even = metrics.stretches[2][last] - metrics.stretches[2][first]
    letters = metrics.letters_right[last] - metrics.letters_left[first]
    small = metrics.small_right[last] - metrics.small_left[first]
    return max(shares(slack, even, letters, small, metrics.most(first, last))) if even + letters else inf


def least_growth(metrics: Metrics, measure: float) -> float:
    """Return the growth of the loosest line where breaks are chosen for that and part no unit, em."""
    count = len(metrics.penalties)
    reached = {0: 0.0}
    for first in range(count):
        if first not in reached:
            continue
        for last in range(first, count):
            if metrics.right[last] - metrics.left[first] > 2 * measure:
                break
            if metrics.penalties[last] < COMPOUND_UNIT_PRICE:
                each = growth(metrics, first, last, measure - 2 if not first else measure)
                worst = max(reached[first], each)
                reached[last + 1] = min(reached.get(last + 1, inf), worst)
    return reached[count]


@pytest.mark.parametrize("style", [GENTLE, COMPACT], ids=lambda style: style.name)
@pytest.mark.parametrize("measure", [36.0, 30.0, 24.0, 20.0])
@pytest.mark.parametrize("name", TEXTS)
def test_no_line_is_looser_than_it_must_be(name: str, measure: float, style: LineStyle) -> None:
    bound = 0.05 if measure > 25 else 0.10
    for text in TEXTS[name]:
        metrics = Metrics(paragraph(text, style=style))
        profile = (measure - 2, measure)
        ends = justify(metrics, profile)
        lines = list(set_lines(metrics, ends, profile, fill=True, fill_last=False))
        loosest = max(line.stretch for line in lines)
        if loosest > bound:
            assert loosest <= least_growth(metrics, measure) + 0.002, text


def test_figures_and_capitals_join_a_loose_line() -> None:
    items, (line, *_) = set_text("全市实现RCEP生产总值3812.4亿元，经济123456789", 20.8)
    letters = sum(box.letters for box in items.boxes[: line.last + 1])
    assert letters == 3 + 5
    assert 0.02 < line.letter == pytest.approx(line.stretch)


def test_small_letters_give_less() -> None:
    items, (line, *_) = set_text("全市实现Abcdef总值增长1234567890123", 13)
    boxes = items.boxes[line.first : line.last + 1]
    assert [box.text for box in boxes if box.small] == ["Abcdef"]
    assert WORD_MOST < line.letter <= line.stretch
    run = set_run(boxes, whites(items.boxes, line), scale=1, letter=line.letter, lead=0)
    spread = list(run.advances.letters.values())
    assert spread == pytest.approx([1000 * WORD_MOST] * 5)
    assert run.width == pytest.approx(13)


def test_the_spaces_of_a_western_line_grow_before_its_neighbours_gape() -> None:
    text = "中" * 4 + "condition of each outcome based work of the time to its own ends，" + "中" * 20
    for style in (GENTLE, COMPACT):
        items, (line, *_) = set_text(text, 18, style=style)
        assert 0 < line.stretch < 0.08 and line.width == pytest.approx(18)
        spaces = [gap for gap, glue in zip(line.gaps, items.glues, strict=False) if glue.stretch_rank == 0]
        assert spaces == [pytest.approx(0.5 + SPACE_SHARE * line.stretch)] * 3


def test_figures_give_only_so_much() -> None:
    _, (line, *_) = set_text("总值3812.4亿元1234567890123456", 9)
    assert line.letter == LETTER_MOST < line.stretch
    assert line.width == pytest.approx(9)


def test_hanzi_are_set_a_hair_closer_to_spare_a_gaping_line() -> None:
    text = "中" * 10 + "，" + "中" * 10 + "12345，" + "中" * 20
    items, (line, *_) = set_text(text, 23.8)
    assert line.width == pytest.approx(23.8)
    pairs = zip(line.gaps, items.boxes[: line.last], items.boxes[1:], strict=False)
    solid = [gap for gap, left, right in pairs if left.left is right.left is Edge.HAN]
    assert -SOLID_GIVE <= min(solid) < 0
