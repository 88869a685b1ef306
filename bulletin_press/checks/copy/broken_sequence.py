"""序数跳了号，或写重了。

“一是……三是……”中间漏了一条，或改稿时删了一条没有改号。

误：一是加强统计监测，二是完善扶持政策，四是加快人才培养
误：第一，提高认识；第三，明确责任
误：（一）建立台账；（二）明确责任；（二）按月通报
误：第一阶段讲授理论，第二阶段实地操作，第四阶段组织考核
误：首先，核验身份；首先，说明费用；最后，签订合同
正：一是统计，二是扶持；一是人才，二是资金。第一
正：认识；第二，责任。见前述（三）。第三，是的
正：第一产业、第三产业，其一，需求放缓；其二，成本上升
正：第一阶段、第三阶段由省里组织，附件1、附件2和附件4须盖章
正：首先，核验身份；其次，说明费用；最后，签订合同
依据：GB/T 15834—2011《标点符号用法》附录B.3；编辑的通读：序数连续。
"""

from __future__ import annotations

import re
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
             rf"(?P<yao>[一二三四五六七八九十])要(?=[\u4e00-\u9fff]{{2}})|第(?P<ordinal>{C})(?:是|"
             rf"[，：]|要(?![务素义件点闻害道塞职]))|其(?P<qi>{C})[是，：、]"
             rf"|（(?P<round>{C})）|（(?P<digits>\d{{1,2}})）|(?P<circle>[①-⑳])"
             rf"|(?P<head>(?<![^\n。；]){C})、(?=[^一二三四五六七八九十])|(?P<point>(?<![^\n])\d{{1,2}})[.．](?!\d))")
# （一）资格要求（二）报名方式（三）联系方式: items in one line, with nothing between.
INLINE = lazy(rf"（(?P<round>{C})）")
# Rows within a sentence: what is numbered stands before the number or after it.
STEPS = ("阶段|步骤?|道工序|道(?=[一-龥])|组|部分|章|环节|单元|板块|节(?![能日省约水电目假课])|类|期工程|梯队|展区|标段"
         "|处|讲|轮|课|篇|站|档|层|点(?=[，：是])|方面(?=[，：是])|个方面")
# 第二阶段结束后: what was named is named again.
AGAIN = "(?![的和与及至到后中、]|结束|完成|期间|以[前后]|之[前后])"
ROW = lazy(rf"第(?P<nth>{C}|\d{{1,2}})(?P<step>{STEPS}){AGAIN}"
           rf"|(?<![第一二三四五六七八九十])(?P<phase>{C})(?P<works>期工程)(?![的和与及至到后中、])"
           rf"|(?<![一二三四五六七八九十])(?P<prize>{C})(?P<grade>等奖)(?=\d|{C}[名个项件位])"
           r"|(?P<ring>[①-⑳])(?=[一-龥“《])(?![和与及或的])"
           r"|(?<![^，。；：])(?P<act>[一二三四五六])(?P<doing>[看查抓比讲问听防建促强保改学])(?=[一-龥]{2})"
           r"|[（(](?P<enclosed>附件|附表)(?P<order>\d{1,2})[）)]"
           r"|(?P<thing>附件|附表|案例|方案|议题|步骤|任务|专题|误区|措施|环节|单元|阶段|模块|建议|问题|课题|要点"
            r"|专场|主题|场景|路线|线路)"
           rf"(?:(?P<figure>\d{{1,2}})(?=[《：:“（.．一-龥])(?![和与及至到、号年月日中的])"
            rf"|(?P<word>{C})(?=[，：:（《“、.．]|[是为谈讲]))"
           r"|(?<![^：；。，])(?P<item>\d{1,2})[.．、](?![\d、])"
            r"|(?<![A-Za-z0-9.])(?P<letter>[A-Ha-h])[.．、](?=[一-龥])"
           r"|(?<![^，。；：])(?P<adverb>首先(?:(?![是在])|(?=是[^。]{2,60}其次是))|其次(?=[，、要是])"
            r"|最后(?=[，、要是]))")
# 首先…；其次…；第四…: the two ways of counting may meet, and then go on.
MET = lazy("首先[，要][^。首]{2,80}?[；，。](?P<second>(?:其次|再次"
           "|然后)[，要是][^。首]{2,80}?[；，。](?P<third>再次[，要是][^。首]{2,80}?[；，。])?)?"
           "第(?P<n>[一二三四五六七八九])(?=[，：])")
# 甲、乙、丁三种: a row of three that leaves one out.
STEMS = lazy("(?:甲、乙、(?P<stem>[丁戊己])|A、B、(?P<big>[D-H])"
            "|(?<![一-龥])一、二、(?P<word>[四五六]))(?=[三3](?:[个种类套组家条款期]))")
MARKS = (*"，。；：、！？”", "")
SAID = lazy("[“”]|[说道]，|表示|指出|认为")
ROW_CUE = lazy(rf"第[二三](?:{STEPS})|二期工程|[件表例案题骤务区施节元段块议点场景线][2二]|2[.．、]|[Bb][.．、]|②|第2"
               rf"|二[看查抓比讲问听防建促强保改学]|二等奖|首先|最后")
CUE = lazy("[乙B]、|[一二三四五六七八九十][是要，：）、]|[0-9]）|[①-⑳]|[0-9][.．]")


def check(issue: Issue) -> Iterator[At]:
    """Yield each number of a row that does not follow the one before it, body by body."""
    for _, passages in groupby(issue.holding(CUE, ROW_CUE), key=lambda passage: (id(passage.table), passage.path)):
        yield from _in_body(list(passages))


def _in_body(passages: Sequence[Passage]) -> Iterator[At]:
    last: dict[str, int] = {}
    for passage in passages:
        text = passage.words
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
        for match in MET.finditer(text) if "首先" in text and "第" in text else ():
            due = 2 + bool(match["second"]) + bool(match["third"])
            if _number(match["n"]) != due:
                yield At.within(passage, match.start("n") - 1, match.end("n"),
                                f"前面数到了{due - 1}，这里是第{_number(match['n'])}，中间有没有漏")
        for match in STEMS.finditer(text) if "、" in text else ():
            key = str(match.lastgroup)
            yield At.within(passage, *match.span(key), f"跳到了“{match[key]}”，中间漏了一个，请核对")
        for start, end, told in _in_sentences(text) if ROW_CUE.search(text) else ():
            yield At.within(passage, start, end, told)


def _in_sentences(text: str) -> Iterator[tuple[int, int, str]]:
    """Each number of a row inside a sentence that does not follow, where the row begins with one and two or repeats.

    首先 and 最后 stand once in a row. Figures with a point may stand in sentences of their own.
    """
    rows: dict[str, list[int]] = {}
    adverbs: dict[str, int] = {}
    last = last_adverb = 0
    for match in ROW.finditer(text):
        if text.find("。", last, match.start()) >= 0:
            rows = {key: row for key, row in rows.items() if key == "item"}
            adverbs.clear()
        last = match.start()
        if word := match["adverb"]:
            said = SAID.search(text, last_adverb, match.start())
            if said:
                adverbs.clear()
            last_adverb = match.end()
            if word == "其次" and not adverbs and text[match.start() - 1 : match.start()] == "：":
                yield *match.span(), "“其次”前面没有“首先”，请核对"
            again = word in adverbs and (word != "其次" or "首先" in adverbs)
            if again or (word == "首先" and adverbs):
                yield *match.span(), f"同一句里“{word}”写了两遍，请核对" if again else f"“{word}”排在了后面，请核对"
            adverbs[word] = 1
            continue
        key, number = _numbered(match)
        row = rows.setdefault(key, [])
        if number == 1:
            row[:] = [1]
            continue
        # A row that skips at its second may name only some; where the number comes again it does not.
        # After a mark ④ is read with the other levels.
        read = key == "①" and text[match.start() - 1 : match.start()] in MARKS
        if len(row) > 1 and number != row[-1] + 1 and not read:
            told = f"前面有了{number}，这里又是{number}"
            if number > row[-1]:
                told = f"从{row[-1]}跳到了{number}，中间有没有漏"
            yield *match.span(), f"“{match.group()}”：{told}"
        if row:
            row.append(number)


def _numbered(match: re.Match[str]) -> tuple[str, int]:
    """What a row's number counts, and the number."""
    if match["letter"]:
        return "letter", ord(match["letter"].upper()) - ord("A") + 1
    if match["item"]:
        return "item", int(match["item"])
    if match["thing"]:
        return match["thing"], int(match["figure"]) if match["figure"] else read_chinese_number(match["word"])
    if match["enclosed"]:
        return f"（{match['enclosed']}", int(match["order"])
    if match["ring"]:
        return "①", _number(match["ring"])
    if match["act"]:
        return match["doing"], read_chinese_number(match["act"])
    if match["prize"]:
        return "等奖", read_chinese_number(match["prize"])
    return match["step"] or match["works"], _number(match["nth"] or match["phase"])


def _number(typed: str) -> int:
    if typed.isdecimal():
        return int(typed)
    return ord(typed) - ord("①") + 1 if "①" <= typed <= "⑳" else read_chinese_number(typed)


RULE = Rule("broken-sequence", Severity.WARNING, Issue, check)
