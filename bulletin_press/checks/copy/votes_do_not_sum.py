"""票数与到会的人数对不上，或请假的与应到、实到对不上。

赞成、反对、弃权加起来是到会的人数；应到减去实到是请假、缺席的。

误：会议应到理事61人，实到54人，投票结果为赞成51票、反对1票、弃权3票。
误：会议应到委员23人，实到19人，因事请假5人。
正：会议应到理事61人，实到54人，投票结果为赞成51票、反对1票、弃权2票。
正：会议应到委员23人，实到19人，因事请假4人。
依据：编校通则：数与数前后一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

WHO = r"[^，。；、\d]{0,8}"
CALLED = lazy(rf"应到{WHO}(?P<called>\d{{1,5}})[人名位][^。\d]{{0,6}}实(?:际)?到会?{WHO}(?P<came>\d{{1,5}})[人名位]")
AWAY = lazy(r"(?:请假|缺席|未到会?)[^，。；、\d]{0,6}(?P<n>\d{1,5})[人名位]")
# Who votes: what is told of others, or of those that did not, makes the sum another.
CAME = lazy(rf"(?:实(?:际)?到会?|出席|到会|参加表决|收回(?:有效)?表决票"
            rf"|收回(?:有效)?选票|收回){WHO}(?P<came>\d{{1,5}})[人名位张票]")
VOTES = lazy(r"(?:赞成|同意)[^，。；、\d]{0,3}(?P<yes>\d{1,5})票[，、；](?:反对"
             r"|不同意)[^，。；、\d]{0,3}(?P<no>\d{1,5})票[，、；]?"
             r"(?:和)?弃权[^，。；、\d]{0,3}(?P<none>\d{1,5})票")
# 同意156票，反对3票，弃权2票，共收回有效表决票161张.
AFTER = lazy(rf"[，。；]?(?:共|合计|总计|共计)(?:收回|投)?(?:有效)?(?:表决票|选票"
             rf"|票)?(?:数)?(?:为)?{WHO}(?P<came>\d{{1,5}})[张票]")
OTHERS = lazy("回避|未投|未参加表决|无效|废票|委托|列席")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each number of votes, or of those that stayed away, that does not fit the others."""
    text = copy.words
    called = CALLED.search(text) if "应到" in text else None
    away = list(AWAY.finditer(text, called.end())) if called else []
    if called and away and (missing := int(called["called"]) - int(called["came"])) >= 0:
        told = sum(int(match["n"]) for match in away)
        if told != missing:
            yield Mark(away[-1].start("n"), away[-1].end("n") + 1,
                       f"应到{called['called']}、实到{called['came']}，没有到的是{missing}，请核对")
    came = list(CAME.finditer(text)) if "票" in text else []
    for votes in copy.finds(VOTES) if "票" in text and "弃权" in text and not OTHERS.search(text) else ():
        total = sum(int(votes[name]) for name in ("yes", "no", "none"))
        if (said := AFTER.match(text, votes.end())) and int(said["came"]) != total:
            yield Mark(said.start("came"), said.end(), f"三项合计{total}票，请核对")
    for votes in copy.finds(VOTES) if came and not OTHERS.search(text) else ():
        before = [match for match in came if match.end() <= votes.start()]
        total = sum(int(votes[name]) for name in ("yes", "no", "none"))
        if before and total != int(before[-1]["came"]):
            yield Mark(votes.start("yes"), votes.end(), f"三项合计{total}票，前面说的是{before[-1]['came']}，请核对")


RULE = Rule("votes-do-not-sum", Severity.WARNING, Copy, check, needs="0", cues=(CALLED, VOTES))
