"""同一个名称前后写法不一。

一期里单位的名称写了两样：差一个字，或相邻的两个字颠倒了，多半有一处打错了。以前各期两次以上写作另一样的，
也指出来。

误：大连东软教育科技集团参加了展会，大连东软教育科枝集团展示了最新产品
误：大宇宙设计开发（大连）有限公司参加会议，大宇宙开发设计（大连）有限公司作了发言
正：大连市第一人民医院与大连市第二人民医院
正：大连理工大学与大连海事大学
依据：编辑的通读：同一名称全刊一致。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import compress, count
from operator import add

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.passages import Passage
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.ground.kept import Kept
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy
from bulletin_press.language.spelling import told_apart
from bulletin_press.publication.printed import PrintedIssue, bare

KIND = lazy(r"(?=[有股公集协学商联研大中银基委管实事软产工高开保医])"
            r"(?:有限公司|股份公司|公司|集团|协会|学会|商会|联合会|研究院|研究所|大学|"
            r"学院|中心|银行|基金会|委员会|管理局|实验室|事务所|软件园|产业园|工业园|高新区|开发区|保税区|医院)")
# Read backwards, from where the kind begins.
BEFORE = lazy(r"[\u4e00-\u9fff（）·A-Za-z]{3,30}")
LONGEST = 30
SUFFIX = 2
# So many characters before or behind the slip must agree.
SAME, HEAD, WINDOW = 3, 4, 6
NUMERAL = lazy("[一二三四五六七八九十百千万亿〇零]")
HANZI = lazy(r"[\u4e00-\u9fff]+")
# So often must earlier issues have written it so.
TWICE = 2
_BEFORE: Kept[PrintedIssue, dict[str, int]] = Kept(50, lambda names: 1)


def check(issue: Issue) -> Iterator[At]:
    """Yield the rarer, else the later, of two names that differ by a slip."""
    here = [(name, passage, end) for passage in issue.holding(KIND) for name, end in _named(passage.words)]
    yield from _bodies(here)
    yield from _unlike_before(issue, here)
    yield from _swapped(issue)


def _bodies(found: Sequence[tuple[str, Passage, int]]) -> Iterator[At]:
    """Names of bodies of one kind: compared from their ends, for where they begin is not marked."""
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


def _unlike_before(issue: Issue, found: Sequence[tuple[str, Passage, int]]) -> Iterator[At]:
    """Names that earlier issues wrote otherwise, twice at least, and never as they stand here."""
    before = [(one.name, _BEFORE.made(one, partial(_names_of, one))) for one in issue.printed_before]
    by_end: dict[str, dict[str, None]] = {}
    for _, names in before:
        for name in names:
            by_end.setdefault(name[-SUFFIX:], {})[name] = None
    for name, passage, end in found:
        # What was printed is kept without its brackets.
        typed = bare(name)
        for other in by_end.get(typed[-SUFFIX:], ()):
            if not (size := _slip(typed, other)):
                continue
            as_typed, meant = typed[-size:], other[-size:]
            times = [name for name, names in before for one, count in names.items() if one.endswith(meant)
                     for _ in range(count)]
            if len(times) >= TWICE and not any(one.endswith(as_typed) for one in by_end[typed[-SUFFIX:]]):
                yield At.within(passage, end - _width(name, size), end, f"{times[0]} 这一期写作“{meant}”，名称要一致")
                break


def _width(name: str, size: int) -> int:
    """How many of a name's characters, from its end, are ``size`` without its brackets."""
    return next(width for width in range(size, len(name) + 1) if len(bare(name[len(name) - width :])) == size)


def _names_of(printed: PrintedIssue) -> dict[str, int]:
    """How often each name of a body stands in an earlier issue's sentences and titles."""
    titles = (name.partition(":")[2] for name in printed.names)
    return dict(Counter(name for text in sorted((*printed.sentences, *titles)) for name, _ in _named(text)))


def _named(text: str) -> Iterator[tuple[str, int]]:
    """Each stretch that ends as a body's name, with what may be its beginning; and where it ends."""
    for match in KIND.finditer(text):
        if before := BEFORE.match(text[max(0, match.start() - LONGEST) : match.start()][::-1]):
            yield before.group()[::-1] + match.group(), match.end()


def _slip(name: str, other: str) -> int:
    """How many characters from the end show that one name is the other with a slip; 0 where they are two names."""
    one, two = name[::-1], other[::-1]
    size = min(len(one), len(two))
    at = next((k for k in range(SUFFIX, size) if one[k] != two[k]), size)
    # Two words that changed places, else two characters, else a wrong one.
    width = next((n for n in (2, 1) if one[at : at + n] == two[at + n : at + 2 * n] != ""
                  and one[at + n : at + 2 * n] == two[at : at + n]), 0)
    after = at + (2 * width or 1)
    if one[after : after + SAME] != two[after : after + SAME] or size < after + SAME:
        return 0
    if not width and told_apart(one[at], two[at]):
        return 0
    # What stands before a name in the sentence may differ.
    alike = next((k for k in range(after, size) if one[k] != two[k]), size)
    return alike if alike >= WINDOW + (0 if width else 2) else 0


def _swapped(issue: Issue) -> Iterator[At]:
    """Two neighbouring characters that changed places behind four others: 中电文思海辉, 中电文思辉海."""
    text = issue.words
    # Where each head stood last, before a pair that stands the other way round somewhere.
    seen: dict[str, int] = {}
    # The same character twice is itself the other way round.
    turned = text[::-1]
    flips = {pair for pair in issue.pairs.intersection(map(add, turned, turned[1:])) if pair[0] != pair[1]}
    for at in compress(count(), map(flips.__contains__, issue.neighbours)):
        if at < HEAD:
            continue
        head = text[at - HEAD : at]
        other, seen[head] = seen.get(head, 0), at
        if other and text[other] == text[at + 1] and text[other + 1] == text[at] \
                and HANZI.fullmatch(text, at - HEAD, at + 2) and not NUMERAL.search(text, at, at + 2):
            passage, start = issue.place(at - HEAD)
            meant = text[other - HEAD : other + 2]
            yield At.within(passage, start, start + len(meant), f"前面写作“{meant}”，名称要一致")


RULE = Rule("name-drifts", Severity.WARNING, Issue, check)
