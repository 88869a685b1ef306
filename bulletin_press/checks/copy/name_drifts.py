"""同一个名称前后写法不一。

一期里单位的名称写了两样：差一个字，或相邻的两个字颠倒了，多半有一处打错了。

误：大连东软教育科技集团参加了展会，大连东软教育科枝集团展示了最新产品
误：大宇宙设计开发（大连）有限公司参加会议，大宇宙开发设计（大连）有限公司作了发言
正：大连市第一人民医院与大连市第二人民医院
正：大连理工大学与大连海事大学
依据：编辑的通读：同一名称全刊一致。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy
from bulletin_press.language.spelling import told_apart

NAME = lazy(r"[\u4e00-\u9fff（）·A-Za-z]{3,30}?(?:有限公司|股份公司|公司|集团|协会|学会|商会|联合会|研究院|研究所|"
            r"大学|学院|中心|银行|基金会|"
            r"委员会|管理局|实验室|事务所|软件园|产业园|工业园|高新区|开发区|保税区|医院)(?![\u4e00-\u9fff]?(?:有限公司|集团))")
SUFFIX = 2
# So many characters before or behind the slip must agree.
SAME, WINDOW = 3, 6
NUMERAL = lazy("[一二三四五六七八九十百千万亿〇零]")
HANZI = lazy(r"[\u4e00-\u9fff]+")


def check(issue: Issue) -> Iterator[At]:
    """Yield the rarer, else the later, of two names that differ by a slip."""
    yield from _bodies(issue)
    yield from _swapped(issue)


def _bodies(issue: Issue) -> Iterator[At]:
    """Names of bodies of one kind: compared from their ends, for where they begin is not marked."""
    found = [(match.group(), passage, match.end()) for passage in issue.passages
             for match in NAME.finditer(passage.words)]
    count = Counter(name for name, _, _ in found)
    names = sorted(count, key=lambda name: (-count[name], next(n for n, one in enumerate(found) if one[0] == name)))
    by_end: dict[str, list[str]] = {}
    for name in names:
        for other in by_end.setdefault(name[-SUFFIX:], []):
            if size := _slip(name, other):
                for typed, passage, end in found:
                    if typed == name:
                        meant = other[len(other) - size :]
                        yield At.within(passage, end - size, end, f"本期别处写作“{meant}”，名称要一致")
                break
        else:
            by_end[name[-SUFFIX:]].append(name)


def _slip(name: str, other: str) -> int:
    """How many characters from the end show that one name is the other with a slip; 0 where they are two names."""
    size = min(len(name), len(other))
    ends = [(name[-k], other[-k]) for k in range(1, size + 1)]
    wrong = [k for k, (one, two) in enumerate(ends) if one != two]
    if not wrong:
        return 0
    first = wrong[0]
    # Two words that changed places, else two characters, else a wrong one.
    width = next((n for n in (2, 1) if _exchanged(ends[first : first + 2 * n], n)), 0)
    if width:
        alike, last = first + 2 * width, first + 2 * width - 1
    elif told_apart(*ends[first]):
        return 0
    else:
        alike, last = first + 1, first
    rest = next((k for k in range(alike, size) if ends[k][0] != ends[k][1]), size)
    # What stands before a name in the sentence may differ.
    return rest if rest - last > SAME and rest >= WINDOW + (last == first) * 2 else 0


def _exchanged(ends: Sequence[tuple[str, str]], width: int) -> bool:
    """Whether two stretches of so many characters changed places."""
    one, two = "".join(pair[0] for pair in ends), "".join(pair[1] for pair in ends)
    return len(ends) == 2 * width and one[:width] == two[width:] and one[width:] == two[:width]


def _swapped(issue: Issue) -> Iterator[At]:
    """Two neighbouring characters that changed places behind four others: 中电文思海辉, 中电文思辉海."""
    text = issue.words
    seen: dict[str, int] = {}
    for at in range(len(text) - WINDOW + 1):
        seen.setdefault(text[at : at + WINDOW], at)
    start = 0
    for passage in issue.passages:
        words = passage.words
        for at in range(len(words) - WINDOW + 1):
            piece = words[at : at + WINDOW]
            other = seen.get(piece[:-2] + piece[-1] + piece[-2])
            if other is not None and other < start + at and HANZI.fullmatch(piece) and piece[-1] != piece[-2]\
                    and not NUMERAL.search(piece[-2:]):
                meant = text[other : other + WINDOW]
                yield At.within(passage, at, at + WINDOW, f"前面写作“{meant}”，名称要一致")
        start += len(words) + 1


RULE = Rule("name-drifts", Severity.WARNING, Issue, check)
