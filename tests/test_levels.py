"""The levels of official texts: which numbered paragraphs are headings, and how much of them."""

from __future__ import annotations

import pytest

from bulletin_press.document.tree import Inline, Paragraph, Strong, Subheading, Text, plain_text
from bulletin_press.theme.reckoning.levels import levelled


def paragraph(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(one) if isinstance(one, str) else one for one in inlines))


@pytest.mark.parametrize(("text", "level", "head"), [
    ("一、总体要求", 1, "一、总体要求"),
    ("（一）培育主体。支持企业转型。", 2, "（一）培育主体。"),
    ("(十二）培育主体", 2, "(十二）培育主体"),
    ("1.做大做强。给予奖励。", 3, "1.做大做强。"),
    ("（1）首次突破。给予奖励。", 4, "（1）首次突破。"),
    # Entries of a list, numbers and long paragraphs are no headings.
    ("（一）摸清底数；", 0, ""), ("（二）分类施策。", 0, ""), ("1.5万亿元", 0, ""), ("一、" + "长" * 30, 0, ""),
    ("一是总体要求", 0, ""), ("（一）" + "长" * 30 + "。后面还有。", 0, ""), ("", 0, "")])
def test_headings(text: str, level: int, head: str) -> None:
    found = levelled(paragraph(text))
    assert (found.level, plain_text(found.head)) == (level, head)
    assert plain_text((*found.head, *found.rest)) == text
    assert found.alone == (bool(level) and not found.rest)


def test_every_character_keeps_its_place() -> None:
    found = levelled(paragraph(Text("（一）主体。支持", 7), Strong((Text("企业", 17),))))
    assert found.head == (Text("（一）主体。", 7),)
    assert found.rest == (Text("支持", 13), Strong((Text("企业", 17),)))


def test_emphasis() -> None:
    strong = Strong((Text("（一）主体。"),))
    assert levelled(paragraph(strong, "支持。")).head == (strong,)
    # A heading that ends within emphasis cannot be parted from the rest.
    assert levelled(paragraph(Strong((Text("（一）主体。支持"),)), "企业。")).level == 0


def test_a_subheading_is_a_heading_whatever_it_says() -> None:
    found = levelled(Subheading((Text("（一）摸清底数；"),)))
    assert (found.level, found.alone) == (2, True)
    assert levelled(Subheading((Text("摸清底数"),))).level == 0
