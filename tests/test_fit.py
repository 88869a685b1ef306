"""Page fill: the score, the search, text that flows up; and the samples, arranged."""

from __future__ import annotations

import hashlib
import itertools
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from shares import share
from typer.testing import CliRunner

from bulletin_press.cli.app import app
from bulletin_press.document.exhibits import Caption
from bulletin_press.document.moved import moved
from bulletin_press.document.plots import Timeline
from bulletin_press.document.tree import (
    Document,
    Drawn,
    Front,
    Item,
    Origin,
    Paragraph,
    Picture,
    Pictures,
    Section,
    Subheading,
)
from bulletin_press.document.tree import Text as Words
from bulletin_press.edition import Edition, open_edition
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import ISSUE, Workspace
from bulletin_press.theme.fit.choices import Choice, Value, Way, flags
from bulletin_press.theme.fit.joint import together
from bulletin_press.theme.fit.score import bad_pages, empties, score
from bulletin_press.theme.fit.search import Arrangement, Found, flowing_up, search
from bulletin_press.theme.fit.words import lines_over, missed
from bulletin_press.typeset.reports import ItemLines, PageFill

ISSUES = Path(__file__).resolve().parents[1] / "issues"
HEIGHT, LINE = 100.0, 5.0


def page(empty: float, number: int = 1, *sections: str, opens: str = "", texts: tuple[float, ...] = ()) -> PageFill:
    """A made-up page of 20 lines; as much of it is empty, at its foot."""
    return PageFill(number, HEIGHT, HEIGHT * (1 - empty), HEIGHT * empty, LINE, sections, opens,
                    tuple((f"p:{at}", height) for at, height in enumerate(texts)))


def pages(*empty: float) -> list[PageFill]:
    return [page(share, number, "news" if number < len(empty) else "tip") for number, share in enumerate(empty, 1)]


def choice(way: Way, *sections: str, price: float = 1) -> Choice:
    return Choice(label="一项", sections=sections, values={"on": Value(label="改", way=way, price=price)})


def find(choices: Mapping[str, Choice], first: Sequence[PageFill],
         made: Mapping[str, Sequence[PageFill] | None], most: int = 3,
         budget: int | None = None) -> tuple[Found, list[str]]:
    """A search among made-up pages, by what is chosen; and what was asked for."""
    asked = list[str]()

    def lay_out(arrangement: Arrangement) -> Sequence[PageFill] | None:
        asked.append(" ".join(sorted([*flags(arrangement.chosen).split(), *arrangement.moved])))
        return made.get(asked[-1], first)

    return search(choices, first, lay_out, most=most, budget=budget), asked


# --- the score ----------------------------------------------------------------------------------


def test_holes_within_bounds_cost_nothing() -> None:
    assert score([0, 0.1, 0.33]) == pytest.approx(3 * 0.2)
    assert not bad_pages([0, 0.25, 0.33])


def test_only_what_is_beyond_the_bound_counts() -> None:
    assert score([0.35, 0.5, 0]) == pytest.approx(0.6 + 0.1 + 0.25 + 0.3 * (0.25 + 0.4) + 2 * 0.1)
    assert score([0, 0.5]) == pytest.approx(0.4 + 0.5 - 1 / 3 + 0.1)
    assert bad_pages([0.35, 0.5, 0.4]) == (0, 1, 2)


def test_a_page_more_must_be_worth_its_paper() -> None:
    assert score([0.4, 0]) - 0.2 < score([0.28, 0]) < score([0, 0, 0]) < score([0.36, 0])


def test_a_fuller_page_is_better_though_none_is_bad() -> None:
    assert score([0, 0.1, 0]) < score([0, 0.17, 0]) < score([0, 0.24, 0]) < score([0, 0, 0, 0])


def test_a_number_of_pages_goes_before_holes() -> None:
    assert score([0.9, 0.9], budget=2) < score([0, 0, 0], budget=2)
    assert score([0, 0, 0], budget=3) == score([0, 0, 0])


def test_liberties_have_a_price() -> None:
    assert score([0], price=3, moves=2) == pytest.approx(0.2 + 0.03 + 0.04)


def test_the_last_page_is_as_empty_as_its_largest_hole() -> None:
    inner, last = PageFill(1, 100, 60, 55, 5), PageFill(2, 100, 60, 20, 5)
    assert empties([inner, last]) == (0.4, 0.2)


# --- the search ---------------------------------------------------------------------------------


def test_full_pages_are_left_alone() -> None:
    found, asked = find({"air": choice("tighter")}, pages(0.2, 0.1, 0.3), {})
    assert not asked and found.best is found.first and found.layouts == 1


def test_a_change_that_helps_is_kept() -> None:
    found, _ = find({"tip": choice("closing", "tip")}, pages(0, 0, 0.7), {"tip-on": pages(0, 0, 0.1)})
    assert found.best.arrangement.chosen == {"tip": "on"}


def test_one_that_does_not_is_not() -> None:
    found, asked = find({"tip": choice("closing", "tip")}, pages(0, 0, 0.7), {"tip-on": pages(0, 0, 0.69)})
    assert asked and found.best is found.first


def test_small_holes_before_a_nearly_empty_page_are_let_go_of() -> None:
    choices = {"air": choice("tighter", "tip"), "cards": choice("parted", "news")}
    _, few = find(choices, pages(0.2, 0.2, 0.2, 0.7), {})
    _, none = find(choices, pages(0, 0, 0, 0.7), {})
    assert few[0] == "cards-on" and none[0] == "air-on"


def test_several_bad_pages_are_mended_at_once() -> None:
    choices = {"cards": choice("parted", "news"), "tip": choice("closing", "tip")}
    found, asked = find(choices, pages(0.6, 0, 0.7), {"cards-on tip-on": pages(0, 0, 0)})
    assert asked == ["cards-on tip-on"] and found.best.score == pytest.approx(0.6 + 0.02)


def test_what_stands_behind_the_hole_is_not_tried() -> None:
    first = [page(0.6, 1, "news"), page(0, 2, "news"), page(0, 3, "tip")]
    assert find({"tip": choice("parted", "tip")}, first, {})[1] in ([], ["none"])


@pytest.mark.parametrize("most", [0, 1, 2])
def test_the_search_is_bounded(most: int) -> None:
    choices = {name: choice("tighter") for name in ("a", "b", "c", "d")}
    found, asked = find(choices, pages(0.6, 0, 0.9), {}, most)
    assert len(asked) <= most and found.layouts == len(asked) + 1


def test_an_arrangement_that_cannot_be_set_is_passed_over() -> None:
    found, _ = find({"tip": choice("closing", "tip")}, pages(0, 0.7), {"tip-on": None})
    assert found.best is found.first


def test_a_number_of_pages_is_looked_for() -> None:
    choices = {"air": choice("tighter"), "tip": choice("closing")}
    found, _ = find(choices, pages(0, 0, 0), {"air-on": pages(0, 0)}, budget=2)
    assert found.best.arrangement.chosen == {"air": "on"}


# --- text flows up ------------------------------------------------------------------------------


def test_a_hole_before_a_picture_is_filled_with_the_text_behind_it() -> None:
    first = [page(0.4, 1, "news"), page(0, 2, "news", opens="news/0/images:0", texts=(15, 15, 15, 15)), page(0, 3)]
    assert list(flowing_up(first, [0])) == [("news/0/images:0", 3)]
    found, asked = find({}, first, {"news/0/images:0 none": pages(0, 0, 0)})
    assert asked and found.best.arrangement.moved == {"news/0/images:0": 3}


def document(*blocks: Paragraph | Subheading | Pictures) -> Document:
    front = Front("刊", None, "会", None, "第1期", None, "2022年", "1月1日", None, internal=False)
    section = Section("news", "资讯", "一", "news", (Item("news-1", "题", tuple(blocks)),))
    return Document("刊", "zh-CN", front, (), (section,), ())


def text(words: str) -> Paragraph:
    return Paragraph((Words(words),), Origin(("news", 0, "body")))


def picture(name: str) -> Pictures:
    return Pictures((Picture(Path(name), name, name, None, None, Origin(("news", 0, name))),))


def test_order_is_kept_but_for_the_picture() -> None:
    one, two, head, three = text("一"), text("二"), Subheading((Words("题"),)), text("三")
    made = moved(document(picture("a"), one, two, head, three, picture("b")), {"news/0/a:0": 9})
    assert made.sections[0].items[0].blocks == (one, two, picture("a"), head, three, picture("b"))


def test_a_picture_does_not_pass_another() -> None:
    made = moved(document(picture("a"), picture("b"), text("一")), {"news/0/a:0": 1})
    assert made == document(picture("a"), picture("b"), text("一"))


def test_a_chart_flows_down_as_a_picture_does() -> None:
    chart, one = Drawn(Timeline(Caption("图", "", (), "", ""), ()), Origin(("news", 0, "body"), 3)), text("一")
    made = moved(document(chart, one), {str(chart.origin): 1})
    assert made.sections[0].items[0].blocks == (one, chart)


# --- what is foretold ---------------------------------------------------------------------------


def ended(*pages: tuple[float, float], tip: float = 0) -> list[PageFill]:
    """Made-up pages by what is used of them and their largest hole, shares; how high the tip on the last one is."""
    return [PageFill(number, HEIGHT, HEIGHT * used, HEIGHT * gap, LINE, ("tip",) if number == len(pages) else ("news",),
                     heights=(HEIGHT * (tip if number == len(pages) else used),))
            for number, (used, gap) in enumerate(pages, 1)]


def growing(**values: Value) -> dict[str, Choice]:
    return {"tip": Choice(label="小贴士", sections=("tip",), values=values)}


def test_the_value_that_fills_the_last_page_is_tried_first() -> None:
    little = Value(label="少", way="looser", adds=LINE)
    much = Value(label="多", way="looser", grows=6)
    right = Value(label="正好", way="looser", grows=2)
    first = ended((1, 0), (0.3, 0.5), tip=0.3)
    _, asked = find(growing(little=little, much=much, right=right), first, {}, most=1)
    assert asked == ["tip-right"]
    _, asked = find(growing(little=little, much=much), first, {})
    assert not asked  # neither can: one leaves too much, the other runs over


def test_a_last_page_that_is_drawn_back_is_not_filled() -> None:
    small = Value(label="小", way="tighter", grows=0.7)
    large = Value(label="大", way="looser", grows=1.5)
    first = ended((1, 0), (0.4, 0.6), (0.5, 0.35), tip=0.5)  # with the imprint, .65: too high by a line
    _, asked = find(growing(large=large, small=small), first, {}, most=1)
    assert asked == ["tip-small"]


def test_a_closing_page_is_for_what_is_alone_on_it() -> None:
    closing = growing(page=Value(label="自成末页", way="closing"))
    alone = ended((1, 0), (0.2, 0.7), tip=0.2)
    shared = [alone[0], replace(alone[1], sections=("event", "tip"), heights=(40.0, 40.0))]
    assert find(closing, alone, {})[1] == ["tip-page"]
    assert find(closing, shared, {})[1] == []


# --- a number of pages that is missed ------------------------------------------------------------


def test_the_lines_that_are_too_many_are_counted() -> None:
    assert lines_over(pages(0.1, 0.2, 0.5), 2) == 6  # ten on the third page, room for four on the second


def test_what_is_cheapest_to_cut_is_named() -> None:
    items = [ItemLines("news/0", 30), ItemLines("news/1", 7), ItemLines("news/2", 3)]
    said = missed(pages(0.1, 0.2, 0.5), 2, items, {"news/0": "长", "news/1": "中", "news/2": "短"})
    assert "约 6 行" in said and said.index("“中”约 7 行") < said.index("“长”约 30 行") and "短" not in said
    assert "都不够" in missed(pages(0, 0, 0), 2, items[2:], {"news/2": "短"})
    assert "再添约 11 行" in missed(pages(0, 0.5), 3, items, {})


# --- the samples --------------------------------------------------------------------------------


def edition(name: str, theme: str, *, fits: bool = True) -> Edition:
    place = Workspace(ISSUES, date(2022, 9, 1), ISSUES)
    return open_edition(read_issue(place, ISSUES / name / ISSUE), theme, fits=fits)


@pytest.mark.parametrize(("name", "theme"), share(
    itertools.product(["2022-07", "2022-08"], ["classic", "modern", "gongwen"]),
    [("2022-07", "modern"), ("2022-08", "classic"), ("2022-08", "gongwen")]))
def test_the_samples_are_full(name: str, theme: str) -> None:
    fitted = edition(name, theme)
    fills = fitted.pages.fills()
    assert not bad_pages(empties(fills)), empties(fills)
    assert fitted.fit and fitted.fit.best.score <= fitted.fit.first.score
    plain = edition(name, theme, fits=False)
    assert len(fitted.pages) <= len(plain.pages)
    assert [one.text for one in fitted.pages.headings()] == [one.text for one in plain.pages.headings()]


def test_the_same_issue_gives_the_same_bytes() -> None:
    made = {hashlib.sha256(edition("2022-08", "modern").pdf()).hexdigest() for _ in range(2)}
    assert len(made) == 1


def test_a_switch_and_a_number(tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        command = ["-w", str(ISSUES), "render", "2022-08", "-v", "-o", str(tmp_path / "a.pdf")]
        done = CliRunner().invoke(app, [*command, *arguments])
        assert done.exit_code == 0
        return done.output

    assert "版面" not in run("--theme", "modern", "--no-fit")
    assert "得分" in run("--theme", "modern")
    said = run("--theme", "classic", "--pages", "5")
    assert "计划 5 页" in said and "多出约" in said


def test_theme_toml_and_publication_toml_are_checked(tmp_path: Path) -> None:
    root = tmp_path / "issues"
    shutil.copytree(ISSUES, root, ignore=shutil.ignore_patterns("out"))
    typed = (root / "publication.toml").read_text(encoding="utf-8")
    for value, fits in (("false", False), ("true", True)):
        (root / "publication.toml").write_text(f"{typed}\n[theme]\nfit = {value}\n", encoding="utf-8")
        place = Workspace(root, date(2022, 9, 1), root)
        assert open_edition(read_issue(place, root / "2022-08" / ISSUE)).theme.fits is fits
        assert open_edition(read_issue(place, root / "2022-08" / ISSUE), "modern").theme.fits is fits
    (root / "publication.toml").write_text(f'{typed}\n[theme]\nfit = "false"\n', encoding="utf-8")
    done = CliRunner().invoke(app, ["-w", str(root), "check", "2022-08"])
    assert done.exit_code == 1 and "不要引号" in done.output


# --- several choices at once --------------------------------------------------------------------


def sets(**values: Value) -> Choice:
    return Choice(label="每面", values=values)


def test_deeper_pages_draw_a_short_end_back() -> None:
    page = sets(long=Value(label="长", way="tighter", deepens=LINE),
                short=Value(label="短", way="looser", deepens=-LINE))
    assert together({"page": page}, {}, pages(0, 0, 0, 0, 0.88)) == {"page": "long"}
    assert together({"page": page}, {}, pages(0, 0, 0, 0, 0, 0.5)) == {"page": "short"}  # 5 lines pushed over
    assert together({"page": page}, {}, pages(0, 0.5)) is None  # a line moves nothing of the kind


def test_what_one_choice_cannot_two_do() -> None:
    choices = {"page": sets(short=Value(label="短", way="looser", deepens=-LINE)),
               "tip": Choice(label="小贴士", sections=("tip",), values={
                   "large": Value(label="大", way="looser", adds=4 * LINE)})}
    first = ended((1, 0), (1, 0), (0.4, 0.6), tip=0.4)
    assert together(choices, {}, first) == {"page": "short", "tip": "large"}
    assert together({"tip": choices["tip"]}, {}, first) is None


def test_what_jumped_does_not_come_back_for_a_line() -> None:
    page = sets(long=Value(label="长", way="tighter", deepens=LINE))
    jumped = pages(0, 0.2, 0, 0.9)
    assert together({"page": page}, {}, jumped) is None
    cards = {"page": page, "cards": choice("parted", "news")}
    assert together(cards, {}, pages(0, 0, 0, 0.9)) is None


def test_a_choice_made_may_be_made_otherwise() -> None:
    page = sets(long=Value(label="长", way="tighter", deepens=LINE), longer=Value(label="更长", way="tighter", price=2,
                                                                                 deepens=2 * LINE))
    assert together({"page": page}, {"page": "long"}, pages(0, 0, 0, 0, 0.88)) == {"page": "longer"}


def test_what_mends_the_middle_and_spoils_the_end_is_followed() -> None:
    choices = {"cards": choice("parted", "news"), "tip": growing(right=Value(label="大", way="looser", grows=2))["tip"]}
    first = [page(0.5, 1, "news"), page(0, 2, "news"), page(0.3, 3, "tip")]
    spoilt = [page(0.1, 1, "news"), page(0.1, 2, "news"), replace(page(0.6, 3, "tip"), heights=(40.0,))]
    full = pages(0.1, 0.1, 0.2)
    found, asked = find(choices, first, {"cards-on": spoilt, "cards-on tip-right": full}, most=2)
    assert asked == ["cards-on", "cards-on tip-right"] and found.best.empty == pytest.approx((0.1, 0.1, 0.2))
