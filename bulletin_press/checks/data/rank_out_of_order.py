"""排名没有从大到小，或“前三”列的不是三项。

“前三大市场”按数值从大到小排列；次序不对，不是数抄错了，就是行放错了；标出来的是挪开它、
次序就对的那一行。正文里写“前三”，后面就要列三项；以“等”字收尾的不算。

误：日本 25394、荷兰 19051、欧盟 21283；前三大市场为日本和欧盟
正：日本 25394、欧盟 21283、荷兰 19051；前三大市场为日本、欧盟和荷兰
依据：排名的通例。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bulletin_press.checks.rule import At, Copy, Data, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.numerals import plain
from bulletin_press.language.script import lazy

COUNTS = {word: number for number, word in enumerate("〇一二三四五六七八九十")} | {"两": 2}
JOINT = lazy(r"以及|[和与及]")
ONE_NAME = ("业", "务", "类", "品")
BRACKETS = lazy(r"（[^（）]*）|\([^()]*\)")
FIRST = lazy(r"((?<![年月日以之目此提从空])前([二两三四五六七八九十]|\d{1,2})"
                   r"(?:[大位名强家]|(?=的[^，。]{1,8}(?:依次|分别|[为是])|[省市国]|家企业)))[^，。；：、！？中有之\d]{0,12}?"
                   r"(?:(?:依次|分别|主要)?[为是]|：)([^，。；：！？]*[、和与及][^，。；：！？]*)")


def check(data: Data) -> Iterator[At]:
    """Yield each place without which the ranking would descend: as few as can be."""
    for ranking in data.figures.rankings.values():
        kept = _descending([ranked.figure.value for ranked in ranking])
        for index, ranked in enumerate(ranking):
            if index in kept:
                continue
            value = ranked.figure.value
            low = next((ranking[at] for at in kept if at < index and ranking[at].figure.value < value), None)
            other, way = (low, "后") if low else (next(
                ranking[at] for at in reversed(kept) if at > index and ranking[at].figure.value > value), "前")
            yield At(ranked.figure.value_path, f"{ranked.name}{plain(value)}排在{other.name}"
                                               f"{plain(other.figure.value)}之{way}，次序不是从大到小")


def _descending(values: Sequence[Decimal]) -> tuple[int, ...]:
    """The indices of the longest run of values, not always side by side, that never rises; the first of several."""
    best: list[tuple[int, ...]] = []
    for index in reversed(range(len(values))):
        after = [run for run in best if values[run[0]] <= values[index]]
        best.append((index, *max(after, key=lambda run: (len(run), -run[0]), default=())))
    return max(best, key=lambda run: (len(run), -run[0]), default=())


def check_copy(copy: Copy) -> Iterator[Mark]:
    """Yield each 前三 that is followed by a list of surely other than three."""
    if "前" not in copy.text:
        return
    text = BRACKETS.sub(lambda match: "〇" * len(match.group()), copy.text)
    for match in FIRST.finditer(text):
        number = COUNTS[match[2]] if match[2] in COUNTS else int(match[2])
        fewest, most = _listed(match[3])
        if not fewest <= number <= most and "等" not in match[3]:
            listed = str(most) if fewest == most else f"{fewest}到{most}"
            yield Mark(match.start(1), match.end(3), f"写的是“{match[1]}”，后面列了{listed}项")


def _listed(words: str) -> tuple[int, int]:
    """The fewest and the most items that a list may have: 和 joins the last two, or is a part of a name."""
    *others, last = words.split("、")
    joints = len(JOINT.findall(last))
    # 批发和零售业 is one name; 荷兰和德国 are two.
    sure = joints == 1 and not last.endswith(ONE_NAME) and not any(JOINT.search(other) for other in others)
    return len(others) + 1 + sure, len(others) + 1 + len(JOINT.findall(words))


RULE = Rule("rank-out-of-order", Severity.ERROR, Data, check, in_copy=check_copy)
