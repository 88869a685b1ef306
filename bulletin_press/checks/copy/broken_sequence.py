"""序数跳了号，或写重了。

“一是……三是……”中间漏了一条，或改稿时删了一条没有改号。

误：一是加强统计监测，二是完善扶持政策，四是加快人才培养
误：第一，提高认识；第三，明确责任
误：（一）建立台账；（二）明确责任；（二）按月通报
正：一是统计，二是扶持；一是人才，二是资金。第一
正：认识；第二，责任。见前述（三）。第三，是的
正：第一产业、第三产业，其一，需求放缓；其二，成本上升
依据：GB/T 15834—2011《标点符号用法》附录B.3；编辑的通读：序数连续。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.passages import Passage
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.numerals import read_chinese_number
from bulletin_press.language.script import lazy

C = "[一二三四五六七八九十]{1,3}"
LEVEL = lazy(rf"(?:(?P<edge>^)|(?<=[，。；：、！？”]))[ \t\u3000]?(?:(?P<shi>{C})是|"
             rf"(?P<yao>[一二三四五六七八九十])要(?=[\u4e00-\u9fff]{{2}})"
             rf"|第(?P<stage>[一二三四五六七八九])(?:步|阶段)(?![走骤队])|第(?P<ordinal>{C})(?:是|"
             rf"[，：])|其(?P<qi>{C})[是，：、]"
             rf"|（(?P<round>{C})）|（(?P<digits>\d{{1,2}})）|(?P<circle>[①-⑳])"
             rf"|(?P<head>(?<![^\n。；]){C})、(?=[^一二三四五六七八九十])|(?P<point>(?<![^\n])\d{{1,2}})[.．](?!\d))")
# （一）资格要求（二）报名方式（三）联系方式: items in one line, with nothing between.
INLINE = lazy(rf"（(?P<round>{C})）")
# 首先…其次…再次…最后….
STEP = lazy("(?:^|(?<=[，。；：“]))(?P<word>首先|其次|再次|最后)(?=[，是要应须]|[\u4e00-\u9fff]{2})")
ORDER = {"首先": 0, "其次": 1, "再次": 2, "最后": 3}
CUE = lazy("其次|第[一二三四五六七八九][步阶]|[一二三四五六七八九十][是要，：）、]|[0-9]）|[①-⑳]|[0-9][.．]")


def check(issue: Issue) -> Iterator[At]:
    """Yield each number of a row that does not follow the one before it, body by body."""
    for _, passages in groupby(issue.holding(CUE), key=lambda passage: (id(passage.table), passage.path)):
        yield from _in_body(list(passages))


def _steps(passage: Passage) -> Iterator[At]:
    """Each 其次 or 再次 that was said before, or comes too late."""
    reached = -1
    for match in STEP.finditer(passage.words):
        number = ORDER[match["word"]]
        if number == 0 or reached < 0:
            reached = number if number == 0 else reached
        elif number <= reached:
            yield At.within(passage, *match.span("word"), f"前面已经说了“{list(ORDER)[reached]}”")
        else:
            reached = number


def _in_body(passages: Sequence[Passage]) -> Iterator[At]:
    last: dict[str, int] = {}
    for passage in passages:
        text = passage.words
        if "首先" in text and "其次" in text:
            yield from _steps(passage)
        inline = text.lstrip().startswith("（一）") and len(INLINE.findall(text)) > 2
        for match in (INLINE if inline else LEVEL).finditer(text) if CUE.search(text) else ():
            kind = str(match.lastgroup)
            number, before = _number(match[kind]), last.get(kind)
            last[kind] = number
            if kind == "round":
                last.pop("digits", None)
            if kind == "head":
                last.pop("round", None)
            if before is None or number in (1, before + 1):
                continue
            back = f"前面是第{before}条，这里又是第{number}条"
            told = f"从第{before}条跳到了第{number}条，中间有没有漏" if number > before else back
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield At.within(passage, start, match.end(), told)


def _number(typed: str) -> int:
    if typed.isdecimal():
        return int(typed)
    return ord(typed) - ord("①") + 1 if "①" <= typed <= "⑳" else read_chinese_number(typed)


RULE = Rule("broken-sequence", Severity.WARNING, Issue, check)
