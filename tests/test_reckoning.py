"""What templates are given reckoned, by numbers that can be counted by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_press.document.exhibits import (
    Caption,
    Chart,
    CompositionChart,
    Exhibits,
    FigureCell,
    FigureRow,
    FigureTable,
    Growth,
    RankingChart,
)
from bulletin_press.document.tree import (
    Attribution,
    Block,
    BulletList,
    ContentsEntry,
    ContentsGroup,
    Document,
    Entry,
    Front,
    Grid,
    Item,
    Origin,
    Paragraph,
    Section,
    Subheading,
    Text,
)
from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.language.numerals import chinese_number
from bulletin_press.theme.reckoning import Reckoner, Reckoning, points
from bulletin_press.theme.reckoning.front import together
from bulletin_press.theme.reckoning.running import in_words
from bulletin_press.theme.reckoning.settings import Ems, Length, model_at
from bulletin_press.theme.reckoning.text import ems, label_parts, line_count

OPTIONS = {"measure": "200pt", "columns": "20", "half": "95pt", "rows": "22"}
FRONT = Front("刊", None, "会", None, "第8期", None, "2022年", "2022年8月26日", None, False)


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),), Origin(("news", 0, "body")))


def heading(text: str) -> Subheading:
    return Subheading((Text(text),))


def section(*items: Item, kind: str = "news") -> Section:
    return Section(kind, "栏目", "一", "s", items)


def item(*blocks: Block, title: str | None = "题", **more: object) -> Item:
    return Item("a", title, blocks, **more)  # type: ignore[arg-type]


def document(*sections: Section, colophon: tuple[tuple[str, str], ...] = ()) -> Document:
    contents = tuple(ContentsGroup(one.title, tuple(ContentsEntry(i.title or "", i.anchor) for i in one.items))
                     for one in sections)
    return Document("题", "zh-CN", FRONT, contents, sections, colophon)


def reckoner(numbers: dict[str, object], made: Document | None = None) -> Reckoner:
    return Reckoner("ours", Reckoning.model_validate(numbers), OPTIONS, made or document(),
                    lambda chart, width: f'<svg height="{width / 2:.2f}pt">')


# --- texts ----------------------------------------------------------------------------------


def test_lengths() -> None:
    assert [points(one) for one in ("12pt", "25.4mm", "2.54cm")] == [12, pytest.approx(72), pytest.approx(72)]
    with pytest.raises(ValueError, match="em"):
        points("2em")
    assert Length(of="measure", over="columns", plus=3, less=1).among(OPTIONS) == 12
    assert Length(plus=80).among({}) == 80


@pytest.mark.parametrize(("widths", "text", "width"), [
    (Ems(), "大连5A", 4), (Ems(latin=0.5), "大连5A", 3), (Ems(latin=0.5, capital=0.7), "大连5A", 3.2),
    (Ems(latin=0.5, gap=0.25), "大5连", 3), (Ems(latin=0.5), "“大”", 3), (Ems(latin=0.5, only="5"), "大5A", 2.5)])
def test_widths(widths: Ems, text: str, width: float) -> None:
    assert ems(text, widths) == pytest.approx(width)


def test_lines() -> None:
    assert [line_count("字" * count, 10, Ems()) for count in (0, 1, 10, 11, 20, 21)] == [0, 1, 1, 2, 2, 3]
    assert line_count("字" * 10, 10, Ems(doubt=0.01)) == 2


def fit(**more: object) -> Reckoner:
    return reckoner({"fits": {"name": {"room": {"of": "measure"}, "steps": [{"size": 40}], **more}}})


def test_a_text_is_as_large_as_its_room_lets_it() -> None:
    short, long = fit().fitted("name", "四个字宽"), fit().fitted("name", "字" * 10)
    assert (short.size, short.reduced, long.size, long.reduced) == (40, False, 20, True)
    assert fit(digits=2).fitted("name", "字" * 30).size == 6.66
    least = fit(least=12).fitted("name", "字" * 30)
    assert (least.size, least.cramped) == (12, True)
    assert fit(beside=20, beside_least=3).fitted("name", "字" * 7, beside="第8期").size == 20
    assert fit(spread=0.5, filling=1).fitted("name", "字字字").gap == 0.5
    assert fit(spread=0.5, filling=1).fitted("name", "字" * 5).gap == 0


def test_a_long_text_has_steps_and_lines() -> None:
    steps = [{"up_to": 5, "size": 40}, {"size": 30, "lines": 2, "spare": 1}]
    made = fit(steps=steps, line=96).fitted("name", "字" * 9)
    assert (made.size, made.lines, made.line, made.folded) == (30, 2, 48, True)
    assert fit(steps=steps).fitted("name", "字" * 19).size == 18.1


@given(st.text(max_size=60))
def test_no_text_has_no_size(text: str) -> None:
    assert 0 < fit(least=1).fitted("name", text).size <= 40


def test_labels_are_parted_before_their_last_word() -> None:
    assert label_parts("7—8月合刊") == ("7—8月", "合刊")
    assert label_parts("第8期") == ("第8期", "")


# --- blocks ---------------------------------------------------------------------------------


def test_the_length_of_blocks() -> None:
    extent = {"room": {"plus": 10}, "row": 2, "table": 3, "head": 1, "entries": ["简介"], "short": 4, "middling": 12}
    made = reckoner({"extents": {"card": extent}})
    table = Grid(((Text("甲"),),), (((Text("一"),),),) * 3, ("left",))
    assert made.length_of("card", [paragraph("字" * 21)]) == "short"
    assert made.length_of("card", [paragraph("字" * 31)]) == "middling"
    assert made.length_of("card", [table]) == "middling"
    assert made.length_of("card", [table, BulletList(((Text("字"),),) * 3)]) == "long"
    assert made.length_of("card", [Entry("网址", (paragraph("字" * 99),))]) == "short"
    assert made.length_of("card", [Entry("简介", (paragraph("字" * 120),))]) == "long"


def test_what_stands_beside_an_item() -> None:
    side = {"room": {"plus": 60}, "title": 12, "credit": 6, "number": 2, "most": 4, "base": 18, "line": 10}
    made = reckoner({"side": side})
    alone = made.beside(item())
    assert (alone.lines, alone.height) == (1, 0)
    full = made.beside(item(title="字" * 6, number=1, attribution=Attribution("字" * 11, None, None, date(2022, 8, 1))))
    assert (full.lines, full.height) == (2 + 2 + 2 + 1, 18 + 70)


def test_cards_stand_two_side_by_side() -> None:
    numbers = {"cards": {"half": {"of": "half"}, "whole": {"of": "measure"}, "edges": 5},
               "extents": {"card": {"room": {"plus": 10}, "short": 2, "middling": 9}}}
    short, long, endless = (item(paragraph("字" * count)) for count in (10, 50, 200))
    rows = reckoner(numbers).cards(section(short, short, short, long, endless, short))
    assert [[card.kind for card in row] for row in rows] == [
        ["half", "half"], ["whole"], ["whole"], ["open"], ["whole"]]
    assert [(card.half, card.whole) for row in rows[:2] for card in row] == [(85, 200), (85, 200), (90, 190)]


# --- running text ---------------------------------------------------------------------------

TAIL = {"columns": "columns", "measure": {"of": "measure"}, "doubt": 0.5, "spare": 2, "long": 3}


def test_a_source_runs_on_where_the_last_line_has_room() -> None:
    running = reckoner({"running": {"text": TAIL}}).running_text
    near, far = running("text", [paragraph("字" * 5)], credit="来源：甲"), running(
        "text", [paragraph("字" * 13)], credit="来源：甲")
    assert (near.blocks[-1].credit, near.credit) == (True, False)
    assert (far.blocks[-1].credit, far.credit) == (False, True)
    assert running("text", [heading("甲")], more="（详见）").more
    assert running("text", [paragraph("字")], more="（详见）").blocks[-1].more
    assert running("text", [], credit="字" * 18).long


def test_subheadings_are_numbered_where_nobody_did() -> None:
    running = reckoner({"running": {"text": TAIL}}).running_text
    two = running("text", [heading("甲"), paragraph("字"), heading("乙")])
    assert [one.number for one in two.blocks] == [1, 0, 2]
    assert [one.number for one in running("text", [heading("甲")]).blocks] == [0]
    assert [one.number for one in running("text", [heading("1.甲"), heading("乙")]).blocks] == [0, 0]


def chart(after: int, kind: str = "ranking") -> RankingChart:
    return RankingChart(kind, Caption("题", "额", (), "源", "说"), after, (), kind)  # type: ignore[arg-type]


TABLE = FigureTable("table", "题", "期", ("额",), ("万",), (True,), (), (), "源")


def test_charts_wait_for_the_table() -> None:
    shown = Exhibits("期", "市", "万", table=TABLE, charts=(chart(0), chart(1)))
    running = reckoner({"running": {"text": TAIL}}).running_text
    made = running("text", [paragraph("甲"), paragraph("乙"), paragraph("丙")], shown=shown)
    assert [one.table for one in made.blocks] == [True, False, False]
    assert [[(figure.number, figure.chart.after) for figure in one.charts] for one in made.blocks] == [
        [], [(1, 1), (2, 0)], []]


def test_all_charts_wait_for_the_end_of_the_text_where_that_is_chosen() -> None:
    shown = Exhibits("期", "市", "万", table=TABLE, charts=(chart(0), chart(1)))
    numbers = Reckoning.model_validate({"running": {"text": TAIL}})
    waiting = Reckoner("ours", numbers, {**OPTIONS, "charts": "after"}, document(), lambda chart, width: "<svg/>")
    made = waiting.running_text("text", [paragraph("甲"), paragraph("乙"), paragraph("丙")], shown=shown)
    assert [one.table for one in made.blocks] == [True, False, False]
    assert [[figure.number for figure in one.charts] for one in made.blocks] == [[], [], [1, 2]]


def test_charts_follow_what_they_speak_of_and_some_come_last() -> None:
    shown = Exhibits("期", "市", "万", table=TABLE, charts=(chart(0, "run"), chart(0), chart(1)))
    made = reckoner({"placing": {"last": ["run"]}})
    parts = made.placed(item(paragraph("甲"), paragraph("乙"), exhibits=shown))
    assert [[(one.number, one.chart.kind) for one in part.charts] for part in parts] == [
        [(1, "ranking")], [(2, "ranking")], [(3, "run")]]
    assert [part.table for part in parts] == [False, False, True]
    bare = made.placed(item(exhibits=shown))
    assert [len(part.charts) for part in bare] == [2, 1]


def test_rates_are_aligned_on_their_points() -> None:
    rates = [Growth("rise", "12.93%", ""), Growth("fall", "5%", ""), Growth("level", "持平", "")]
    rows = tuple(FigureRow("行", (FigureCell("1", rate),)) for rate in rates)
    table = FigureTable("table", "题", "期", ("额",), ("万",), (True,), rows, (), "源")
    made = [reckoner({}).aligned(rate, table) for rate in rates]
    assert [(one.text, one.missing, one.point) for one in made] == [
        ("12.93", 0, False), ("5", 2, True), ("持平", 0, False)]


def test_numbers_in_words() -> None:
    assert [in_words(one) for one in (1, 10, 12, 20, 99)] == [chinese_number(one) for one in (1, 10, 12, 20, 99)]
    assert [in_words(one) for one in (100, 101, 110, 115, 120, 999)] == [
        "一百", "一百零一", "一百一十", "一百一十五", "一百二十", "九百九十九"]
    assert [one.number for one in reckoner({}).numbered_items(section(item()))] == [""]
    assert [one.number for one in reckoner({}).numbered_items(section(item(), item()))] == ["一", "二"]


def test_a_date_is_not_printed_twice() -> None:
    made, day = reckoner({}), date(2022, 8, 1)
    assert made.opens_with_date(item(paragraph("8 月 1 日，协会召开会议。"), date=day))
    assert not made.opens_with_date(item(paragraph("8月10日，协会召开会议。"), date=day))
    assert not made.opens_with_date(item(paragraph("8月1日")))


# --- the imprint ----------------------------------------------------------------------------


def test_the_imprint_in_rows() -> None:
    numbers = {"pairs": {"room": {"plus": 12}, "first": "发送对象", "heading": "发送", "omitted": ["出刊"],
                         "between": 1, "end": 1}}
    fields = (("电话", "一二"), ("出刊", "八月"), ("地址", "三四"), ("邮箱", "字" * 20), ("发送对象", "会员"))
    made = reckoner(numbers, document(colophon=fields)).paired_imprint("编印：甲", "八月印发")
    assert made.rows == (("发送：会员", ""), ("电话：一二", "地址：三四"), ("邮箱：" + "字" * 20, ""),
                         ("编印：甲", "八月印发"))
    assert made.lines == 1 + 1 + 2 + 1


# --- what a theme does not give -------------------------------------------------------------


def test_numbers_that_are_missing_are_named() -> None:
    made = reckoner({})
    for call, name in ((lambda: made.fitted("name", "甲"), "fits.name"), (lambda: made.beside(item()), "side"),
                       (made.first_page, "opening"), (made.guide, "guide"), (made.imprint_rows, "imprint")):
        with pytest.raises(InputFault, match=rf"版式 ours 的 theme\.toml 没有写 \[reckoning\.{name}\]"):
            call()


def test_every_table_of_numbers_is_known_by_its_path() -> None:
    assert "steps" in model_at(("fits", "name")).model_fields
    assert "up_to" in model_at(("fits", "name", "steps", 0)).model_fields
    assert "over" in model_at(("fits", "name", "room")).model_fields
    assert "taken" in model_at(("guide",)).model_fields


def test_makeups_of_one_subject_share_a_figure() -> None:
    def of(subject: str) -> Caption:
        return Caption("题", subject, (), "来源", "")

    ranking: Chart = RankingChart("markets", of("占比，%"), 0, ())
    ownership, business, sales = (CompositionChart(name, of(subject), 0, ()) for name, subject in
                                  (("a", "离岸占比，%"), ("b", "离岸占比，%"), ("c", "销售额占比，%")))
    assert together((ranking, ownership, business, sales)) == ((ranking,), (ownership, business), (sales,))
    assert together((ownership, ranking, business)) == ((ownership,), (ranking,), (business,))
    assert together(()) == ()
