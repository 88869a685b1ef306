"""发文字号的写法不合规定。

发文字号由机关代字、年份、发文顺序号组成：年份写全四位，用六角括号“〔〕”括起；顺序号不加“第”字，不编虚位
（1不编为01）。

误：国发（2022）5号
误：国发〔2022〕05号
误：国办函〔2022〕第63号
正：国发〔2022〕5号
正：国发〔2022〕5号、国发〔2022〕15号
正：国办函〔2022〕63号
依据：GB/T 9704—2012《党政机关公文格式》7.2.5。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

NUMBER = lazy(r"(?P<code>[一-龥]{2,10})[ ]?(?P<year>(?P<open>[〔［\[【（(〈])(?P<digits>\d{2}"
              r"|\d{4})(?P<close>[〕］\]】）)〉]))"
              r"[ ]?(?P<number>(?P<ordinal>第?)(?P<zeros>0*)(?P<serial>[1-9]\d{0,4}))(?=[ ]?号(?!楼|线|院|馆|门"
              r"|房|店|机|站|仓|库|船|车|井|厅))")
# Words that end the letters of an organ: without one the words before a bracket are no such letters.
CODES = lazy(r"(?:发|函|字|办|令|公告|电|规|阅|复|通|告|文|议|任|传|党|经|监|法|财|税|商|教|科|银|环|市监|服贸"
             r"|外|人社|工信|"
             r"许可|政|综|贸|纪|署|总|税总|质|审|批|行|函字|厅|局|委|秘|技|改|数|网)\Z")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each part of a document's number that is not as it should be."""
    if "号" not in copy.words:
        return
    for match in copy.finds(NUMBER):
        # Round brackets hold a year in other numbers, too.
        if match["open"] in "（(" and not CODES.search(match["code"]):
            continue
        if len(match["digits"]) == 2:
            if match["open"] == "〔":
                yield Mark(*match.span("year"), "发文字号的年份写全四位", f"〔20{match['digits']}〕")
        elif (match["open"], match["close"]) != ("〔", "〕"):
            yield Mark(*match.span("year"), "发文字号的年份用六角括号", f"〔{match['digits']}〕")
        if match["ordinal"] and (len(match["digits"]) == 4) and not match["code"].endswith(("令", "公告", "告")):
            yield Mark(*match.span("number"), "发文字号不加“第”字", match["serial"])
        elif match["zeros"] and not match["ordinal"]:
            yield Mark(match.start("number"), match.end("number") + 1, "发文字号不编虚位", match["serial"] + "号")


RULE = Rule("document-number", Severity.WARNING, Copy, check, fix=True, needs="号", cues=(NUMBER,))
