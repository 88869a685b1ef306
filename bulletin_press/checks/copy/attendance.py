"""到会人数比应到的还多，或出席、缺席与应到对不上。

应到多少、实到多少、请假多少，实到不会比应到多，实到加缺席就是应到；发出的票数不会比收回的少。

误：应到理事45人，实到48人
误：应到会员120名，实到98名，请假12名
正：应到理事45人，实到38人
正：应到会员120名，实到108名，请假12名
依据：编校通则：数与数前后一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

GAP = r"[^。；\d]{0,12}?"
MET = lazy(rf"(?P<whole>报名|应到|应出席|应参会|应参加|发出|发放"
            rf"|邀请){GAP}(?P<n>\d{{1,6}})(?P<unit>[人名位家份张户个])[^"
           rf"。；\d]{{0,6}}?[，,、（]"
           rf"{GAP}(?P<part>实到|实际到会|实际出席|实际参会|到会|出席|收回|回收){GAP}(?P<m>\d{{1,6}})(?P=unit)"
           rf"(?:[，,、]{GAP}(?:缺席|请假|未到|因故未到|缺勤){GAP}(?P<k>\d{{1,5}})(?P=unit))?")
PASSED = lazy(rf"(?:参加(?:面试|考试|笔试|体检|投票|评选|测试|考核|初选|比赛)|报名|应聘|参评|参赛|受检|抽检|报考"
              rf"|投标)[^。；\d]{{0,8}}?(?P<n>\d{{1,6}})"
              rf"(?P<unit>[人名家位件项批份个])[^。；\d]{{0,4}}?[，,、]{GAP}(?:录用|录取|通过|合格|获奖|入选|中标"
              rf"|入围|达标|当选){GAP}(?P<m>\d{{1,6}})(?P=unit)")
ALL = ("应到", "应出席", "应参会", "应参加")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each number of those present that those called cannot give."""
    for match in copy.finds(MET):
        whole, part = int(match["n"]), int(match["m"])
        counted = match["whole"] in ALL
        if match["whole"] == "邀请" or (counted and match["part"] in ("收回", "回收")):
            continue
        if part > whole and match["whole"] != "报名":
            yield Mark(match.start("m"), match.end("m") + 1, f"{match['part']}{part}比{match['whole']}{whole}还多，请"
                                                             f"核对")
        elif match["k"] and (counted or match["whole"] == "报名") and part <= whole and part + int(match["k"]) != whole:
            yield Mark(match.start("k"), match.end("k") + 1,
                       f"{match['part']}{part}、缺席{match['k']}，加起来不是{whole}")
    for match in copy.finds(PASSED):
        if int(match["m"]) > int(match["n"]):
            yield Mark(match.start("m"), match.end("m") + 1, f"{match['m']}比{match['n']}还多，请核对")


RULE = Rule("attendance", Severity.WARNING, Copy, check, needs="0", cues=(MET, PASSED))
