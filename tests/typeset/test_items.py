from math import inf

from hypothesis import given

from bulletin_press.typeset.boxes import TextRun
from bulletin_press.typeset.characters import Edge
from bulletin_press.typeset.items import build_paragraph
from bulletin_press.typeset.spacing import GENTLE, Space
from typeset.plain import measure, paragraph
from typeset.texts import anything, mixtures


def texts(text: str) -> list[str]:
    return [box.text for box in paragraph(text).boxes]


def test_numbers_keep_their_signs_and_points() -> None:
    assert texts("增长238.15%和-3.5‰") == ["增", "长", "238.15%", "和", "-3.5", "‰"]


def test_doubled_marks_are_one_box() -> None:
    assert texts("——中……") == ["——", "中", "……"]


def test_addresses_are_cut_at_their_separators() -> None:
    assert texts("https://www.a-b.cn/c?d=e") == [
        "https://www.", "a", "-b.", "cn/", "c?", "d=", "e",
    ]  # fmt: skip
    assert texts("2022-07-12/2022-08-12") == ["2022-07-12/2022-08-12"]


def test_compound_words_are_cut_after_their_hyphens() -> None:
    assert texts("state-of-the-art") == ["state-", "of-", "the-", "art"]


def test_clusters_stay_whole() -> None:
    assert texts("👨‍👩‍👧中🇨🇳e\u0301が") == ["👨‍👩‍👧", "中", "🇨🇳", "e\u0301", "が"]


def test_full_width_marks_are_half_an_em() -> None:
    assert [box.width for box in paragraph("，（中").boxes] == [0.5, 0.5, 1.0]


def test_apostrophe_stays_in_its_word() -> None:
    items = paragraph("don’t")
    assert all(glue.penalty == inf for glue in items.glues[:-1])


def test_spaces() -> None:
    kinds = {
        "中 A": Space.DROPPED,
        "5 年": Space.DROPPED,
        "中 国": Space.DRAWN,
        "A B": Space.DRAWN,
        "， A": Space.SILENT,
        "中 （": Space.SILENT,
        "5 ％": Space.SILENT,
        "中 😀": Space.DRAWN,
    }
    assert {text: paragraph(text).boxes[0].space for text in kinds} == kinds


def test_runs_share_a_word_without_a_break() -> None:
    items = paragraph("RC", "EP国家")
    assert items.glues[0].penalty == inf and items.glues[0].width == 0


def test_a_run_that_does_not_wrap_has_no_break() -> None:
    items = build_paragraph([TextRun("中国人民", measure, wraps=False)], GENTLE)
    assert [glue.penalty for glue in items.glues] == [inf, inf, inf, -inf]


def test_forced_breaks() -> None:
    items = paragraph("中", "\n", "\n", "国")
    assert [glue.penalty for glue in items.glues] == [inf, -inf, -inf, -inf]
    assert items.boxes[1].left is Edge.BREAK


def test_nothing_but_white() -> None:
    assert paragraph("  ").boxes == ()


@given(mixtures | anything)
def test_every_character_once_in_order(text: str) -> None:
    boxes = paragraph(text).boxes
    assert "".join(box.text for box in boxes) == "".join(c for c in text if c not in " \t\r\u00a0")
    assert [text[box.start : box.start + len(box.text)] for box in boxes] == [
        box.text for box in boxes
    ]


@given(mixtures | anything)
def test_items_are_well_formed(text: str) -> None:
    boxes, glues, _ = paragraph(text)
    assert len(boxes) == len(glues)
    assert all(glue.shrink >= 0 and glue.stretch >= 0 for glue in glues)
    assert not glues or glues[-1].penalty == -inf
