"""Random edits of an issue's text as people make them, and the pages that a whole layout gives."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from bulletin_press.desk.live.pages import LivePages
from bulletin_press.theme.fit.search import Arrangement
from bulletin_press.typeset.live import Leaf

_BODIES = re.compile(r"^(?:body|intro) = '''\n(.*?)'''", re.M | re.S)
_TITLES = re.compile(r'^title = "([^"\n]+)"', re.M)
_ITEMS = re.compile(r"^\[\[(?:news|policy|event)\]\]\n.*?(?=^\[|^# ──|\Z)", re.M | re.S)
_WORDS = "数据要素市场建设取得进展，各地加快布局。企业认为政策及时有效，下一步将继续推进试点工作，完善配套措施。"


def typed(chance: random.Random) -> str:
    """Some words, few or many."""
    start = chance.randrange(len(_WORDS) - 12)
    return _WORDS[start : start + chance.choice((1, 1, 1, 2, 3, 6, 12))] * chance.choice((1, 1, 1, 1, 4))


def _plain(body: str, chance: random.Random) -> tuple[int, int] | None:
    """A paragraph of plain text in a body: where it begins and ends."""
    spans = [one.span() for one in re.finditer(r"[^\n]{12,}", body) if one[0][0] not in "|-#>[!:"]
    return chance.choice(spans) if spans else None


def edited(text: str, chance: random.Random) -> tuple[str, str]:
    """What kind of edit, and the text after it."""
    kind = chance.choice(("type", "type", "type", "type", "cut", "cut", "paragraph", "join", "title", "item"))
    if kind == "title":
        one = chance.choice([*_TITLES.finditer(text)])
        return kind, text[: one.end(1)] + chance.choice(("了", "（上）", "的若干新进展")) + text[one.end(1) :]
    if kind == "item":
        items = [*_ITEMS.finditer(text)]
        one = chance.choice(items)
        return kind, text[: one.start()] + text[one.end() :] if chance.random() < 0.5 else \
            text[: one.start()] + '[[event]]\nbody = """\n' + typed(chance) + '。\n"""\n\n' + text[one.start() :]
    body = chance.choice([*_BODIES.finditer(text)])
    span = _plain(body[1], chance)
    if span is None:
        return "none", text
    first, last = body.start(1) + span[0], body.start(1) + span[1]
    at = chance.randrange(first + 1, last)
    if text[at - 1] in "[](*)=:" or text[at] in "[](*)=:":
        at = last
    if kind == "type":
        return kind, text[:at] + typed(chance) + text[at:]
    if kind == "cut":
        end = min(last, at + chance.choice((1, 2, 5, 30, 90)))
        return kind, text[:at] + text[end:]
    if kind == "paragraph":
        return kind, text[:last] + "\n\n" + typed(chance) + "。" + text[last:]
    return kind, text[:first].rstrip("\n") + text[first:] if span[0] else text


def whole_leaves(pages: LivePages, text: str) -> tuple[Leaf, ...]:
    """The pages of a text, laid out whole in the arrangement of the last whole layout."""
    whole = pages.whole
    assert whole is not None
    edition = pages._edition(text, whole.draft)
    arrangement = None if whole.chosen is None else Arrangement(whole.chosen, whole.moved or {})
    html = edition.page(edition.pictures, arrangement=arrangement)
    return tuple(replace(leaf, picture=b"") for leaf in pages._setter.leaves(edition.laid_out(html), pages.width))
