"""顿号用错了地方。

并列的书名号之间、引号之间不用顿号（报纸和公文常用，只作提示；[style] marks = "newspaper" 就不提）；
阿拉伯数字的层次后面用圆点，“（一）”后面什么也不用，“第一”“首先”后面用逗号。

误：《办法》、《规定》自9月1日起施行
误：1、推进平台建设
误：第一、要检查线路；第二，要清除杂物
正：《办法》《规定》自9月1日起施行，日本、韩国次之
正：第一，要检查线路；第一、二产业，首先、其次
正：1.推进平台建设；第1、2条；1、3、5月；《办法》（试行）、《规定》；“一国两制”、“港人治港”、高度自治
依据：GB/T 15834—2011《标点符号用法》4.5.3.5；附录B.3：序次语之后的标点。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import HAN, lazy

BETWEEN = lazy("、(?:(?<=》、)(?=《)|(?<=”、)(?=“)|(?<=〉、)(?=〈)|(?<=’、)(?=‘))")
LEVEL = lazy(
    rf"(?:^|(?<=[。；：]))[ \t\u3000]?(?:(?P<digits>\d{{1,2}})、(?=[ \t]?[{HAN}A-Za-z“《])"
    r"|(?P<bracket>[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[）)]|[①-⑳])、)")
# 第一、二产业 and 首先、其次 are things in a row.
ORDER = lazy("(?<![^，。；：])(?P<word>第[一二三四五六七八九十]{1,2}|首先|其次|再次|最后)(?P<mark>、)"
             "(?=[一-龥]{2})(?![一二三四五六七八九十]|第[一二三四五六七八九十]|首先|其次|再次|最后)")
# 进入罐区前、请先触摸: a clause of time is parted by a comma.
CLAUSE = lazy("(?<=[一-龥]{2}[前后时])(?P<mark>、)(?=(?:与会)?(?:代表|来宾|嘉宾|选手|学员|专家)(?:们|一行)|与会|大家|双方|全体|考察团|调研组|代表团|主办方|(?:他|她)们?|请|应当?|须|必须|要(?![素求点闻道件])|不得|严禁|禁止|务必|切勿"
            "|协会|我们|记者|企业应)")
# A text without any of these has no such level.
ITEMS, LONGEST = 12, 60
NUMBERED = lazy("[0-9）)①-⑳]、")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each 顿号 between quotations or titles, and after a level's number."""
    for match in copy.finds(BETWEEN):
        if _among_bare(copy.words, match.start()):
            continue
        yield Mark(*match.span(), f"{copy.words[match.start() - 1]} 与 {copy.words[match.end()]} 之间不用顿号", "",
                   standard=True)
    for match in copy.finds(LEVEL) if NUMBERED.search(copy.words) else ():
        number = match["digits"] or match["bracket"]
        start = match.end() - len(number) - 1
        if match["digits"]:
            yield Mark(start, match.end(), f"层次序数“{number}”后面用圆点，不用顿号", f"{number}.")
        else:
            yield Mark(start, match.end(), f"层次序数“{number}”后面不用标点", number)
    for match in copy.finds(ORDER):
        yield Mark(*match.span("mark"), f"“{match['word']}”后面用逗号", "，")
    for match in copy.finds(CLAUSE):
        yield Mark(*match.span("mark"), "分句之间用逗号", "，")


def _among_bare(text: str, at: int) -> bool:
    """Whether the items on both sides of a 顿号 stand in a row with one that has no marks: it keeps them all."""
    close, opening = text[at - 1], text[at + 1]
    start, end = at, at
    # So many items, each so long, are looked at: enough of any sentence.
    for _ in range(ITEMS):
        if start <= 0 or text[start - 1] != close:
            break
        start = text.rfind(opening, max(0, start - LONGEST), start)
        if text[start - 1 : start] != "、" or start < 1:
            break
        start -= 1
    for _ in range(ITEMS):
        if text[end + 1 : end + 2] != opening:
            break
        end = text.find(close, end + 1, end + LONGEST) + 1
        if end == 0 or text[end : end + 1] != "、":
            break
    before = text[start : start + 1] == "、" and text[start - 1 : start] not in ("", close)
    return before or (end > 0 and text[end : end + 1] == "、" and text[end + 1 : end + 2] != opening)


RULE = Rule("enumeration-comma-misuse", Severity.WARNING, Copy, check, fix=True, needs="、",
            cues=(BETWEEN, LEVEL, ORDER, CLAUSE))
