"""Charts: what stands where in the drawing. Figures are measured in the SVG itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_press.document.exhibits import (
    Bar,
    Breakdown,
    Caption,
    Chart,
    CompositionChart,
    Growth,
    Part,
    Point,
    RankingChart,
    RunChart,
    Series,
)
from bulletin_press.document.plots import AuthorsChart, Moment, Plot, PlotSeries, PlotValue, Timeline
from bulletin_press.theme.charts import ChartStyle, draw
from bulletin_press.theme.charts.canvas import text_width
from bulletin_press.theme.charts.scale import steps
from bulletin_press.theme.colours import channels, contrasting, luminance, mixed

SVG = "{http://www.w3.org/2000/svg}"
STYLE = ChartStyle(18, 9, 11, ("Bulletin Kai",), ("Bulletin Hei",), ("#1E4B57", "#7E9CA1", "#C9D6D6"), "#1F1F1F",
                   "#4A5254", "#B5402C", "#1E4B57")
OUTLINED = replace(STYLE, unit=28.9, size=12, bar=13, outline="#000000")
CAPTION = Caption("题", "万美元", (), "来源", "替代文字 <&>")


@dataclass(frozen=True)
class Box:
    """A bar or a line of text: its left and right edge, its middle, what it says."""

    left: float
    right: float
    middle: float
    height: float
    text: str
    fill: str


def drawn(chart: Chart | AuthorsChart, width: float = 396, style: ChartStyle = STYLE) -> ElementTree.Element:
    return ElementTree.fromstring(draw(chart, style, width))


def bars(svg: ElementTree.Element) -> list[Box]:
    return [Box(float(rect.attrib["x"]), float(rect.attrib["x"]) + float(rect.attrib["width"]),
                float(rect.attrib["y"]) + float(rect.attrib["height"]) / 2, float(rect.attrib["height"]), "",
                rect.attrib["fill"]) for rect in svg.iter(SVG + "rect")]


def texts(svg: ElementTree.Element) -> list[Box]:
    found = []
    for group in svg.iter(SVG + "g"):
        size, weight = float(group.attrib["font-size"]), int(group.attrib["font-weight"])
        for text in group:
            left = float(text.attrib["x"])
            width = text_width(text.text or "", group.attrib["font-family"].split(", "), size, weight)
            found.append(Box(left, left + width, float(text.attrib["y"]) - 0.36 * size, size, text.text or "",
                             group.attrib["fill"]))
    return sorted(found, key=lambda box: (round(box.middle), box.left))


def growth(rate: str | None) -> Growth | None:
    if rate is None:
        return None
    return Growth("fall" if rate.startswith("-") else "rise", rate.removeprefix("-") + "%", "同比")


def ranking(*rows: tuple[str, str, str | None]) -> RankingChart:
    return RankingChart("m", CAPTION, 0, tuple(Bar(name, Decimal(value), value, growth(rate))
                                               for name, value, rate in rows))


def composition(*wholes: tuple[str, dict[str, float]]) -> CompositionChart:
    return CompositionChart("c", CAPTION, 0, tuple(
        Breakdown(label, tuple(Part(name, Decimal(str(share)), f"{share * 100:.1f}")
                                 for name, share in parts.items())) for label, parts in wholes))


def run_of(*runs: tuple[str, dict[int, float]], base: float | None = 0.8) -> RunChart:
    made = []
    for label, values in runs:
        points = tuple(Point(month, f"1—{month}月", Decimal(str(value)), str(value),
                             Decimal(str(value * base)) if base else None, None, growth("25"))
                       for month, value in values.items())
        gained = {month: value - values[month - 1] for month, value in values.items() if month - 1 in values}
        months = tuple(Point(month, f"{month}月当月", Decimal(str(value)), f"{value:.2f}", None, None, None)
                       for month, value in gained.items())
        made.append(Series(label, "万美元", points, months))
    return RunChart("r", CAPTION, 0, 2022, tuple(made))


# --- every chart ------------------------------------------------------------------------------

names = st.text(st.sampled_from("日本欧盟荷兰中华人民共和国香港特别行政区ABCxyz（）·"), min_size=1, max_size=40)
amounts = st.decimals(0, 10**11, places=2, allow_nan=False).map(str)
rates = st.none() | st.decimals(-100, 9999, places=2, allow_nan=False).map(str)
rankings = st.lists(st.tuples(names, amounts, rates), min_size=1, max_size=10).filter(
    lambda rows: any(Decimal(value) for _, value, _ in rows)).map(lambda rows: ranking(*rows))


@st.composite
def compositions(draw_: st.DrawFn) -> CompositionChart:
    labels = draw_(st.lists(st.text("内外资企业港澳台商ITO", min_size=1, max_size=8), min_size=2, max_size=6,
                            unique=True))
    wholes = []
    for measure in draw_(st.lists(st.sampled_from(["签约额", "接包合同执行额"]), min_size=1, max_size=2, unique=True)):
        weights = draw_(st.lists(st.integers(0, 1000), min_size=len(labels), max_size=len(labels)).filter(sum))
        wholes.append((measure, {name: weight / sum(weights) for name, weight in zip(labels, weights, strict=True)}))
    return composition(*wholes)


@st.composite
def run_charts(draw_: st.DrawFn) -> RunChart:
    months = draw_(st.lists(st.integers(1, 12), min_size=2, max_size=12, unique=True).map(sorted))
    unit = draw_(st.sampled_from([0.002, 7, 73000.55]))
    labels = draw_(st.lists(st.sampled_from(["合同签约额", "接包合同执行额"]), min_size=1, max_size=2, unique=True))
    return run_of(*((label, {month: round(month * unit * (i + 1), 3) for month in months})
                    for i, label in enumerate(labels)), base=draw_(st.sampled_from([None, 0.5, 1.9])))


timelines = st.lists(st.tuples(st.sampled_from(["2021年6月12日", "2025年底"]), names.map(str.strip).filter(bool)),
                     min_size=1, max_size=8).map(
    lambda pairs: Timeline(CAPTION, tuple(Moment(when, what) for when, what in pairs)))


@given(rankings | compositions() | run_charts() | timelines, st.sampled_from([200, 240, 396, 504]),
       st.sampled_from([STYLE, OUTLINED]))
def test_nothing_leaves_the_drawing_and_no_words_touch(chart: Chart | AuthorsChart, width: float,
                                                       style: ChartStyle) -> None:
    svg = drawn(chart, width, style)
    height = float(svg.attrib["height"].removesuffix("pt"))
    assert height % style.unit == pytest.approx(0, abs=0.01) or height % style.unit == pytest.approx(style.unit)
    words = texts(svg)
    for box in (*words, *bars(svg)):
        assert box.left >= -0.3 and box.right <= width + 0.3, box
        assert box.middle - box.height / 2 >= -0.5 and box.middle + box.height / 2 <= height + 0.5, box
    for index, one in enumerate(words):
        for other in words[index + 1 :]:
            if abs(one.middle - other.middle) < 0.4 * (one.height + other.height):
                assert one.right <= other.left + 0.5 or other.right <= one.left + 0.5, (one, other)


def plot(form: Any, *series: tuple[str, str, list[str]]) -> Plot:
    return Plot(form, CAPTION, tuple(f"{2015 + at}年" for at in range(len(series[0][2]))), tuple(
        PlotSeries(label, unit, tuple(PlotValue(None if one == "—" else Decimal(one), one) for one in values))
        for label, unit, values in series))


@pytest.mark.parametrize("width", [240, 396, 504])
@pytest.mark.parametrize("form", ["bars", "columns", "line"])
def test_authors_numbers_stay_in_the_drawing(form: str, width: float) -> None:
    svg = drawn(plot(form, ("出口", "亿元", ["100", "107", "-20.5", "—", "131"]),
                     ("进口", "亿元", ["90", "99", "1", "7", "8"]), ("增长", "%", ["-3.5", "2", "4", "8", "0"])), width)
    height = float(svg.attrib["height"].removesuffix("pt"))
    for box in (*texts(svg), *bars(svg)):
        assert box.left >= -0.3 and box.right <= width + 0.3, box
        assert box.middle - box.height / 2 >= -0.5 and box.middle + box.height / 2 <= height + 0.5, box


def test_a_negative_value_goes_the_other_way_and_a_missing_one_has_no_bar() -> None:
    left, right = bars(drawn(plot("bars", ("增长", "%", ["-10", "20", "—"]))))
    assert left.right == pytest.approx(right.left, abs=0.5)
    assert 2 * (left.right - left.left) == pytest.approx(right.right - right.left, abs=1)
    down, up = bars(drawn(plot("columns", ("增长", "%", ["-10", "20", "—"]))))
    assert down.middle - down.height / 2 == pytest.approx(up.middle + up.height / 2, abs=1)


def test_the_title_is_the_alternative_text() -> None:
    svg = drawn(ranking(("日本", "5", None)))
    title = svg.find(SVG + "title")
    assert title is not None and title.text == CAPTION.alt
    assert svg.attrib["role"] == "img"


def test_a_drawing_has_room_for_something() -> None:
    with pytest.raises(ValueError, match="119"):
        draw(ranking(("日本", "5", None)), STYLE, 119)


def test_a_drawing_is_kept_by_all_that_it_is_made_of():
    """Equal numbers may have other digits: 12.5 is not printed as 12.50."""
    one, other = (draw(ranking(("日本", typed, None), ("美国", "9", None)), STYLE, 396) for typed in ("12.5", "12.50"))
    assert "12.50" in other and "12.50" not in one
    assert draw(ranking(("日本", "12.5", None), ("美国", "9", None)), STYLE, 396) == one
    assert draw(ranking(("日本", "12.5", None), ("美国", "9", None)), STYLE, 300) != one
    assert draw(ranking(("日本", "12.5", None), ("美国", "9", None)), OUTLINED, 396) != one


# --- rankings ---------------------------------------------------------------------------------


@given(rankings)
def test_bars_start_at_nought_and_are_as_long_as_their_values(chart: RankingChart) -> None:
    boxes = bars(drawn(chart))
    values = [bar.value for bar in chart.bars if bar.value]
    assert len({round(box.left, 2) for box in boxes}) == 1
    most, longest = max(values), max(box.right - box.left for box in boxes)
    for value, box in zip(values, boxes, strict=True):
        assert box.right - box.left == pytest.approx(max(float(value / most) * longest, 0.3), abs=0.02)


def test_the_first_stands_out() -> None:
    first, *others = bars(drawn(ranking(("日本", "5", None), ("欧盟", "4", None), ("荷兰", "3", None))))
    assert first.fill == STYLE.tones[0]
    assert {box.fill for box in others} == {STYLE.tones[1]}


def test_growth_stands_after_the_value_in_its_colour() -> None:
    svg = drawn(ranking(("日本", "33203", "-12.93"), ("欧盟", "27292", "23.08")))
    assert [(box.text, box.fill) for box in texts(svg) if box.text not in ("日本", "欧盟")] == [
        ("33203", STYLE.ink), ("▼", STYLE.fall), ("12.93%", STYLE.ink),
        ("27292", STYLE.ink), ("▲", STYLE.rise), ("23.08%", STYLE.ink)]


def test_long_names_stand_above_their_bars_whole() -> None:
    name = "大不列颠及北爱尔兰联合王国（含海外领地和皇家属地，不含直布罗陀）"
    svg = drawn(ranking((name, "98765.12", "1073.29"), ("日本", "5", None)), 240)
    words = "".join(box.text for box in texts(svg))
    assert name in words
    assert min(box.height for box in texts(svg) if box.text in name) == STYLE.size


# --- compositions -----------------------------------------------------------------------------


def test_parts_fill_the_bar_and_narrow_ones_have_their_figures_over_it() -> None:
    svg = drawn(composition(("执行额", {"ITO": 0.74, "BPO": 0.23, "KPO": 0.03})))
    ito, bpo, kpo = bars(svg)
    length = kpo.right - ito.left
    assert (bpo.left - ito.left) / length == pytest.approx(0.74, abs=0.005)
    named = {box.text: box for box in texts(svg)}
    assert named["ITO"].left == pytest.approx(ito.left, abs=0.1) and named["ITO"].middle < ito.middle
    assert named["3.0"].right == pytest.approx(kpo.right, abs=1) and named["KPO"].right < named["3.0"].left
    assert named["KPO"].middle == named["3.0"].middle == named["ITO"].middle
    assert named["74.0"].fill == "#FFFFFF" and named["3.0"].fill == STYLE.ink


def test_bars_of_one_whole_and_of_two_are_of_one_length() -> None:
    ends = [bars(drawn(composition(*wholes)))[-1].right for wholes in (
        [("执行额", {"ITO": 0.74, "BPO": 0.23, "KPO": 0.03})],
        [("签约额", {"外资": 0.77, "内资": 0.14, "其他": 0.09}),
         ("执行额", {"外资": 0.75, "内资": 0.14, "其他": 0.11})])]
    assert ends[0] == pytest.approx(ends[1], abs=0.1)


def test_narrow_parts_of_several_wholes_are_named_at_the_end() -> None:
    whole = {"ITO": 0.74, "BPO": 0.23, "KPO": 0.03}
    svg = drawn(composition(("签约额", whole), ("执行额", whole)))
    kpo = bars(svg)[-1]
    (name,) = [box for box in texts(svg) if box.text == "KPO" and box.middle == pytest.approx(kpo.middle, abs=0.1)]
    assert name.left > kpo.right


def test_more_parts_than_tones_are_told_apart() -> None:
    svg = drawn(composition(("执行额", dict.fromkeys("甲乙丙丁戊", 0.2))))
    shades = [luminance(box.fill) for box in bars(svg)]
    assert shades == sorted(shades) and min(b - a for a, b in pairwise(shades)) > 0.03


# --- the run of the year ------------------------------------------------------------------------


def test_a_few_periods_are_pairs_of_bars() -> None:
    svg = drawn(run_of(("执行额", {5: 500, 6: 600})))
    boxes = bars(svg)
    this_year = [box for box in boxes if box.fill == STYLE.tones[0]]
    before = [box for box in boxes if box.fill == STYLE.tones[1]]
    assert len({round(box.left, 2) for box in boxes}) == 1
    assert [len(this_year), len(before)] == [3, 2]  # May, June, June alone, which has no base
    lengths = [box.right - box.left for box in (*this_year, *before)]
    assert lengths == pytest.approx([lengths[1] * share for share in (5 / 6, 1, 1 / 6, 2 / 3, 0.8)], abs=0.05)
    assert [box.text for box in texts(svg)].count("上年同期") == 1


def test_only_bars_of_one_unit_share_a_scale() -> None:
    chart = run_of(("成交额", {5: 4, 6: 5}), ("成交项目", {5: 400, 6: 500}), base=None)
    one, other = chart.runs
    for runs, equal in (((one, other), False), ((one, replace(other, unit="个")), True)):
        boxes = bars(drawn(replace(chart, runs=runs)))
        lengths = [round(box.right - box.left, 1) for box in boxes]
        assert (lengths[:3] == lengths[3:]) == equal


def test_nought_has_no_bar() -> None:
    chart = run_of(("执行额", {5: 0, 6: 6}), base=0)
    nought = [replace(point, base=Decimal(0), growth=None) for point in chart.runs[0].cumulative]
    svg = drawn(replace(chart, runs=(replace(chart.runs[0], cumulative=tuple(nought), months=()),)))
    assert len(bars(svg)) == 1


def test_more_periods_are_lines_from_nought_dashed_over_gaps() -> None:
    svg = drawn(run_of(("执行额", {2: 200, 3: 300, 5: 500, 6: 600, 7: 700})))
    lines = [path.attrib for path in svg.iter(SVG + "path") if path.attrib["stroke"] == STYLE.tones[0]]
    ends = [tuple(map(float, re.findall(r"[\d.]+", line["d"]))) for line in lines]
    # Nought to February and March to May are unknown.
    assert ["stroke-dasharray" in line for line in lines] == [True, False, True, False, False]
    months = [(x - ends[0][0]) for _, _, x, _ in ends]
    assert months == pytest.approx([months[0] / 2 * month for month in (2, 3, 5, 6, 7)], abs=0.05)
    foot = ends[0][1]
    heights = [foot - y for _, _, _, y in ends]
    assert heights == pytest.approx([heights[-1] * month / 7 for month in (2, 3, 5, 6, 7)], abs=0.05)
    assert [box.text for box in texts(svg) if box.text.endswith("年")] == ["2022年", "2021年"]


def test_january_is_a_month_too() -> None:
    svg = drawn(run_of(("执行额", {1: 100, 2: 200, 3: 300, 4: 400, 5: 500}), base=None))
    columns = bars(svg)
    assert len(columns) == 5 and len({round(box.height, 1) for box in columns}) == 1


# --- scales and colours -------------------------------------------------------------------------


@given(st.decimals("0.0001", 10**12, allow_nan=False, allow_infinity=False), st.integers(2, 6))
def test_scales_start_at_nought_and_hold_the_largest(most: Decimal, count: int) -> None:
    values = steps(most, count)
    assert values[0] == 0 and values[-2] < most <= values[-1]
    assert len(values) <= count + 1
    step = values[1]
    assert all(b - a == step for a, b in pairwise(values))
    assert len(step.normalize().as_tuple().digits) <= 2


def test_colours() -> None:
    assert channels("#1e4B57") == (0x1E, 0x4B, 0x57)
    assert channels("#abc") == (0xAA, 0xBB, 0xCC)
    assert mixed("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mixed("#1E4B57", "#FFFFFF", 0.44) == "#819AA1"
    assert (luminance("#FFFFFF"), luminance("#000")) == (pytest.approx(1), 0)
    assert contrasting("#1E4B57", "#1F1F1F") == "#FFFFFF"
    assert contrasting("#C9D6D6", "#1F1F1F") == "#1F1F1F"
