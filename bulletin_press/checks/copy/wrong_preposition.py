"""介词用错了：由、于写成了同音、近音的字。

谁主持、谁承办，用“由”不用“有”；某年某月某日举行，用“于”不用“与”。后面接着办事的人或日子的才看。

误：会议有市商务局副局长主持。
误：会议与8月12日上午召开，会期半天。
正：会议由市商务局副局长主持。会上有嘉宾发言。
正：会议于8月12日上午召开。8月10日与8月12日各办一场。
依据：《现代汉语词典》（第7版）“由”“于”“与”各条。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

HELD = "会议|活动|论坛|仪式|培训班?|大会|座谈会|研讨会|发布会|年会|展会|博览会|比赛|大赛|项目|课程|讲座|工作"
BY = lazy(rf"(?:(?:{HELD})|(?<=[，。])(?:分别)?)(?P<wrong>有)(?=[^，。；、：的了过没专哪谁]{{2,22}}(?:主持|主办"
          rf"|承办|负责|牵头|主讲|致辞|授课)(?:[，。；]|$))")
ON = lazy(rf"(?:(?:{HELD}|公司|协会|平台|办法|[将已拟定])(?:定|将|已|拟)?)(?P<wrong>与)(?=(?:20\d\d年|今年|明年"
          rf"|去年)?(?:\d{{1,2}}月\d{{1,2}}日|20\d\d年\d{{1,2}}月)(?!至|与|和))")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each 有 that stands for 由, and each 与 that stands for 于."""
    text = copy.words
    for match in BY.finditer(text) if "有" in text else ():
        yield Mark(*match.span("wrong"), "谁来办用“由”", "由")
    for match in ON.finditer(text) if "与" in text else ():
        yield Mark(*match.span("wrong"), "什么时候用“于”", "于")


RULE = Rule("wrong-preposition", Severity.WARNING, Copy, check, needs="有与")
