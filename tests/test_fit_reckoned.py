"""Page fill: pages reckoned from their pieces, and that a layout comes out as reckoned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bulletin_press.edition import open_edition
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import Workspace
from bulletin_press.theme.fit.choices import Choice, Value, Way
from bulletin_press.theme.fit.reckoned import best_first
from bulletin_press.theme.fit.score import LONE, empties, lone_heads, score
from bulletin_press.theme.fit.search import Arrangement, search
from bulletin_press.typeset.reports import FlowPiece, PageFill, PieceKind

ISSUES = Path(__file__).resolve().parents[1] / "issues"
HEIGHT, LINE = 100.0, 5.0


def lines(count: int, section: str = "news") -> list[FlowPiece]:
    return [FlowPiece(section, "text", 0.0, LINE) for _ in range(count)]


def piece(height: float, section: str = "news", kind: PieceKind = "text", space: float = 0.0) -> FlowPiece:
    return FlowPiece(section, kind, space, height)


FOOT = FlowPiece("", "foot", 0.0, 10.0, follows=True)


def page(number: int, pieces: Sequence[FlowPiece]) -> PageFill:
    """A made-up page of 20 lines with these pieces from its top."""
    foot = sum(one.height for one in pieces if one.kind == "foot")
    used = sum(one.height + one.space * (at > 0) for at, one in enumerate(pieces)) - foot
    return PageFill(number, HEIGHT, used, HEIGHT - used - foot, LINE, pieces=tuple(pieces))


def choice(*sections: str, way: Way = "tighter", **values: object) -> Choice:
    return Choice(label="一项", sections=sections, values={"on": Value.model_validate(
        {"label": "改", "way": way, "price": 1, **values})})


def best(choices: dict[str, Choice], pages: Sequence[PageFill], budget: int | None = None) -> dict[str, str]:
    return best_first(choices, {}, pages, budget=budget)[0][1]


SPILT = [page(1, lines(20)), page(2, lines(20)), page(3, [*lines(2), FOOT])]


def test_pages_that_are_deeper_take_what_spilled() -> None:
    assert best({"page": choice(deepens=LINE)}, SPILT) == {}  # the foot finds no room there
    assert best({"page": choice(deepens=3 * LINE)}, SPILT) == {"page": "on"}
    assert best({"page": choice(deepens=2 * LINE)}, [*SPILT[:2], page(3, lines(2))]) == {"page": "on"}


def test_a_box_that_jumped_comes_back_where_it_is_lower() -> None:
    first = [page(1, lines(12)), page(2, [piece(45, "tip"), FOOT])]
    assert best({"tip": choice("tip", grows=0.6)}, first) == {"tip": "on"}
    assert best({"tip": choice("tip", grows=0.9)}, first) == {}


def test_white_between_sections_is_not_white_in_them() -> None:
    full = page(1, [*lines(8), piece(LINE, "policy", space=20), *lines(7, "policy")])
    assert best({"air": choice(adds=-11)}, [full, page(2, lines(2, "policy"))]) == {"air": "on"}
    assert best({"air": choice(adds=-11)}, [full, page(2, [*lines(2, "policy"), FOOT])]) == {}  # the foot has no room
    assert best({"air": choice(adds=-30)}, [full, page(2, lines(2, "policy"))]) == {}  # none is so wide


def test_charts_go_behind_what_they_jumped_before() -> None:
    chart = piece(60, "report", "chart")
    first = [page(1, lines(10, "report")), page(2, [chart, *lines(8, "report")]), page(3, [*lines(4), FOOT])]
    assert best({"exhibits": choice("report", way="parted", sets={"charts": "after"})}, first) == {"exhibits": "on"}


def test_what_is_parted_fills_the_hole_before_it() -> None:
    first = [page(1, lines(8)), page(2, [piece(80, "member")]), page(3, [piece(60, "member"), FOOT])]
    for into in (0, 4):
        assert best({"cards": choice("member", way="parted", into=into)}, first) == {"cards": "on"}


def test_cards_side_by_side_are_reckoned_one_by_one() -> None:
    pair = replace(piece(60, "member"), beside=(60.0, 20.0))
    below = {"cards": choice("member", way="parted", grows=0.5, adds=5)}  # 35 and 15
    behind = [page(2, [pair, *lines(8, "event")]), page(3, [*lines(4, "event"), FOOT])]
    assert best(below, [page(1, lines(9)), *behind]) == {"cards": "on"}
    assert best(below, [page(1, lines(14)), *behind]) == {}  # the first finds no room there
    flows = {"cards": choice("member", way="parted", grows=0.5, adds=5, flows=True)}
    assert best(flows, [page(1, lines(14)), *behind]) == {"cards": "on"}


def test_white_between_items_is_that_above_all_but_the_first_of_a_section() -> None:
    def item(count: int, space: float) -> list[FlowPiece]:
        first, *rest = lines(count, "policy")
        return [replace(first, space=space, items=1), *rest]

    first = [page(1, [*item(6, 0), *item(6, 10), *item(6, 0)]), page(2, [*lines(6, "event"), FOOT])]
    assert best({"air": choice("policy", "event", way="looser", adds=10, between="items")}, first) == {"air": "on"}
    assert best({"air": choice("policy", "event", way="looser", adds=10, between="sections")}, first) == {}
    spilt = [page(1, [*item(6, 0), *item(6, 15), *item(5, 0)]), page(2, lines(1, "policy"))]
    assert best({"air": choice("policy", "event", adds=-5, between="items")}, spilt) == {"air": "on"}
    assert best({"air": choice("policy", "event", adds=-5, between="sections")}, spilt) == {}


def test_the_imprint_may_be_taller() -> None:
    first = [page(1, lines(20)), page(2, [*lines(11), FOOT])]
    assert best({"imprint": choice("imprint", way="looser", adds=10)}, first) == {"imprint": "on"}
    assert best({"imprint": choice("tip", way="looser", adds=10)}, first) == {}


def test_what_is_parted_is_not_put_together_again() -> None:
    cards = {"cards": choice("member", way="parted", price=40)}
    assert [one for _, one in best_first(cards, {"cards": "on"}, SPILT)] == [{"cards": "on"}]


def test_a_choice_past_those_that_are_crossed_is_found() -> None:
    """More choices than are tried all with all: what helps is the last of them."""
    many = {f"c{at}": choice("news", way="looser", adds=90) for at in range(12)}
    assert best({**many, "page": choice(deepens=0.1), "last": choice("news", grows=0.8)}, SPILT) == {"last": "on"}


def test_a_page_that_is_begun_anew_stays_so() -> None:
    first = [page(1, lines(4)), page(2, [replace(lines(1)[0], forced=True), *lines(3)])]
    assert best({"page": choice(deepens=50.0)}, first) == {}


def test_pages_that_do_not_come_out_as_they_are_are_not_reckoned() -> None:
    assert best_first({"page": choice(deepens=LINE)}, {}, [page(1, lines(10)), page(2, lines(10))]) == []
    assert best_first({"page": choice(deepens=LINE)}, {}, [replace(SPILT[0], pieces=())]) == []


# --- a lone exhibit -----------------------------------------------------------------------------


def cut_off(*behind: FlowPiece, high: float = 20) -> list[PageFill]:
    return [page(1, lines(18, "report")), page(2, [piece(high, "report", "chart"), *behind])]


def test_a_chart_cut_from_its_text_is_alone() -> None:
    assert lone_heads(cut_off(*lines(10))) == (1,)
    assert lone_heads(cut_off(*lines(10, "report"))) == ()
    assert lone_heads(cut_off(*lines(10), high=40)) == ()
    assert score([0, 0], lone=1) - score([0, 0]) == pytest.approx(LONE)


def test_a_lone_exhibit_is_brought_back() -> None:
    first = cut_off(*lines(18))
    found = search({"page": choice(deepens=3 * LINE)}, first,
                   lambda arrangement: [page(1, lines(18, "report")), page(2, lines(17))], most=1)
    assert found.best.arrangement == Arrangement({"page": "on"}) and found.layouts == 2


# --- layouts come out as reckoned ---------------------------------------------------------------


@pytest.mark.parametrize(("theme", "chosen"), [
    ("classic", {"page": "longer"}), ("modern", {"page": "shortest", "tip": "large"}), ("gongwen", {"tip": "small"})])
def test_a_layout_is_as_reckoned(theme: str, chosen: dict[str, str]) -> None:
    place = Workspace(ISSUES, date(2022, 9, 1), ISSUES)
    edition = open_edition(read_issue(place, place.issue_path("2022-07")), theme, fits=False)
    choices = {name: one.model_copy(update={"values": {chosen[name]: one.values[chosen[name]]}})
               for name, one in edition.theme.file.fit.items() if name in chosen}
    reckoned = next(cost for cost, made in best_first(choices, {}, edition.pages.fills()) if made == chosen)
    arrangement = Arrangement(chosen)
    made = edition.laid_out(edition.page(edition.pictures, arrangement=arrangement), sweeps=False).fills()
    assert reckoned == pytest.approx(
        score(empties(made), price=arrangement.price(choices), lone=len(lone_heads(made))), abs=0.3)


def test_members_go_through_columns_where_that_is_chosen() -> None:
    place = Workspace(ISSUES, date(2022, 9, 1), ISSUES)
    edition = open_edition(read_issue(place, place.issue_path("2022-07")), "modern", fits=False)
    html = edition.page(edition.pictures, arrangement=Arrangement({"members": "columns"}))
    section = html[html.index('<section class="member">'):]
    section = section[: section.index("</section>")]
    assert '<div class="columns">' in section and 'class="cards"' not in section
    assert section.count('class="card half"') == section.count("<article")
    cards = edition.pages.fills()
    assert [len(one.beside) for page in cards for one in page.pieces if one.beside and one.section == "member"] == [2]
    assert sum(one.items for page in cards for one in page.pieces if one.section == "member") == 2
