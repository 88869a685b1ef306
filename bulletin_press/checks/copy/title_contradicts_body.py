"""标题里的数、日子与正文不一样。

标题从正文里来：标题说27个部门，正文是28个；标题说增长，正文同一个数写的是下降；标题的日子正文里没有，
正文写的是另一天。正文里有同样的数就不算。

误：标题“全国服务外包执行额增长14.3%”，正文“全国承接服务外包执行额6454亿元，同比增长13.4%”
正：标题“全国服务外包执行额增长14.3%”，正文“全国承接服务外包执行额6454亿元，同比增长14.3%”
依据：编校通则：题文一致。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.passages import Passage
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.amounts import Amount, Sentence, sentences
from bulletin_press.language.script import lazy

DATE = lazy(r"(\d{1,2})月(\d{1,2})[日号]")
RISE = "增长|上升|提高|上涨|增加"
FALL = "下降|减少|降低|下跌|回落"
TREND = lazy(rf"(?:{RISE}|{FALL})(?:了|约|近|超|至|到)*\Z")
RATE = lazy(r"([一-龥]{2,4}?)(?:同比|环比)?(?:增长|上升|提高|上涨|增加|下降|减少|降低|下跌|回落)(?:了|约|近|超)*\Z")
DIGIT = lazy(r"\d|[一二两三四五六七八九]成|分之|一半|倍")
# Amounts that many things of one news have: alone they do not tell that the same is meant.
COMMON = frozenset(("元", "美元", "%", "人", "", "百分点", "倍", "番"))


def check(issue: Issue) -> Iterator[At]:
    """Yield each figure of a body that its title gives otherwise."""
    bodies: dict[tuple[object, ...], list[Passage]] = {}
    for passage in issue.passages:
        if passage.key == "body":
            bodies.setdefault((id(passage.table), *passage.path[:-1]), []).append(passage)
    every: dict[tuple[object, ...], Places] = {}
    for passage in issue.passages:
        if passage.key == "title" and DIGIT.search(passage.words):
            item = (id(passage.table), *passage.path[:-1])
            if body := bodies.get(item, []):
                yield from _dates(passage, body)
                if item not in every:
                    every[item] = _places(body)
                yield from _amounts(passage, body, every[item])


def _dates(title: Passage, body: Sequence[Passage]) -> Iterator[At]:
    """The first date of a body that has not its title's, where the two lie a few days apart."""
    said = DATE.findall(title.words)
    found = [(one, match) for one in body for match in DATE.finditer(one.words)] if len(said) == 1 else []
    if not found or any(match.groups() == said[0] for _, match in found):
        return
    month, day = map(int, said[0])
    one, match = found[0]
    if one is body[0] and (int(match[1]) == month) != (int(match[2]) == day) and abs(int(match[2]) - day) <= 9:
        yield At.within(one, *match.span(), f"标题里写的是{month}月{day}日，请核对")


Place = tuple[Passage, Sentence, int]
# The amounts of a body by their unit.
Places = Mapping[str, Sequence[Place]]


def _places(body: Sequence[Passage]) -> Places:
    found: dict[str, list[Place]] = {}
    for passage in body:
        for sentence in sentences(passage.words):
            for k, amount in enumerate(sentence.amounts):
                found.setdefault(amount.unit, []).append((passage, sentence, k))
    return found


def _amounts(title: Passage, body: Sequence[Passage], every: Places) -> Iterator[At]:
    for head in sentences(title.words):
        for n, one in enumerate(head.amounts):
            told = _told(head, n, body, every.get(one.unit, ()))
            if told:
                passage, sentence, start, end, message = told
                yield At.within(passage, sentence.start + start, sentence.start + end, message)


def _told(head: Sentence, n: int, body: Sequence[Passage],
          alike: Sequence[Place]) -> tuple[Passage, Sentence, int, int, str] | None:
    """Where the body contradicts an amount of the title, by the amounts of its unit: the words and what to say."""
    one = head.amounts[n]
    same = [place for place in alike if _same(one, place[1].amounts[place[2]])]
    trend = TREND.search(head.between[n])
    if same:
        if one.unit != "%" or not trend or len(same) > 1:
            return None
        passage, sentence, k = same[0]
        other = TREND.search(sentence.between[k])
        if other and bool(re.match(FALL, trend.group())) != bool(re.match(FALL, other.group())):
            start = sentence.amounts[k].start - len(other.group())
            return passage, sentence, start, start + 2, f"标题里写的是“{trend.group()}”，请核对"
        return None
    shown = head.text[one.start : one.end]
    if one.unit == "%" and (label := RATE.search(head.between[n])):
        for passage, sentence, k in alike:
            if TREND.search(sentence.between[k]) and label[1][-2:] in sentence.text[: sentence.amounts[k].start]:
                amount = sentence.amounts[k]
                return passage, sentence, amount.start, amount.end, f"标题里写的是{shown}，请核对"
    noun = head.text[one.end : one.end + 2]
    if one.unit in COMMON or one.hedge or (len(noun) < 2 and n + 1 != len(head.amounts)):
        return None
    first = next((passage for passage in body if sentences(passage.words)), None)
    for passage, sentence, k in alike:
        amount = sentence.amounts[k]
        if (noun and sentence.text.startswith(noun, amount.end)) and passage is first and not amount.hedge:
            words = len(noun)
            return passage, sentence, amount.start, amount.end + words, f"标题里写的是{shown}{noun}，请核对"
    return None


def _same(one: Amount, other: Amount) -> bool:
    """Whether a body's amount may stand in the title so, rounded or hedged."""
    return one.allows(other.low, other.high) or other.allows(one.low, one.high) or \
        abs(one.value - other.value) <= 0.06 * abs(other.value) * (one.scale != "")


RULE = Rule("title-contradicts-body", Severity.WARNING, Issue, check)
