"""Rules between stories in columns: none at the head of a column, and all heads on one line."""

import pytest

from typeset.conftest import Render

CSS = """
@page { size: 210px 120px; margin: 0 }
.columns { columns: 2; column-gap: 10px }
header { border-top: 1px solid; padding-top: 14px; line-height: 15px; break-after: avoid; --rule: between }
header:first-child { border-top-width: var(--first, 1px) }
p { margin: 0; line-height: 15px }
"""
STORY = "<header>题</header>{}"


def drawn(document: object) -> list[tuple[int, float, float]]:
    """Page, height of the words and width of the upper border of each head."""
    return [(at, box.position_y + box.border_top_width + box.padding_top, box.border_top_width)
            for at, page in enumerate(document.pages, 1)  # type: ignore[attr-defined]
            for box in page._page_box.descendants() if box.element_tag == "header" and type(box).__name__ == "BlockBox"]


def story(lines: int) -> str:
    return STORY.format("<p>" + "<br>".join("字" * lines) + "</p>")


@pytest.mark.parametrize(("first", "rules"), [("1px", [1, 1]), ("0", [0, 0])])
def test_heads_of_columns_that_begin_together_are_alike(render: Render, first: str, rules: list[float]) -> None:
    body = f"<div class=columns style='--first: {first}'>{story(3)}{story(3)}</div>"
    heads = drawn(render(body, CSS))
    assert [rule for _, _, rule in heads] == rules
    assert {y for _, y, _ in heads} == ({15} if first == "1px" else {14, 15})


def test_inside_a_column_the_rule_is_drawn(render: Render) -> None:
    heads = drawn(render(f"<div class=columns>{story(1)}{story(1)}{story(5)}</div>", CSS))
    assert [rule for _, _, rule in heads] == [1, 1, 1]


def test_none_where_columns_go_on(render: Render) -> None:
    heads = drawn(render(f"<div class=columns>{''.join(story(6) for _ in range(4))}</div>", CSS))
    assert [(page, rule) for page, _, rule in heads] == [(1, 1), (1, 1), (2, 0), (2, 0)]


def test_lines_and_pictures_at_the_head_are_left_alone(render: Render) -> None:
    body = f"<div class=columns><p>字字字字</p>{story(2)}</div><div class=columns>字<br>字</div>"
    assert [rule for _, _, rule in drawn(render(body, CSS))] == [0]
