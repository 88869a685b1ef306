"""注释、批注和修订的残留：内部的话和删去的话，不能印出去。

网页的注释 <!-- … --> 从来不印。写在标题里的、没有收尾的注释，和从 Word 带来的批注、修订记录，认不准到哪里为止，
要删去才能生成。带删除线的话（<del>、<s>、{+新+}[-旧-]）在正文里不排，但哪一句算数要由人定，也要删去才能生成。

误：[批注 1：此数未核]
误：会员<del>400</del><ins>420</ins>家，会员{+420+}[-400-]家
正：把这些话删去；写给自己看的话放在 # 后面，不放在引号里
正：会员420家
依据：批注和修订记录是内部意见，不属于稿件。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.prose import Prose
from bulletin_press.document.web_text import remnants
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy

_NAME = r"[^\[\]【】\n:：]{0,20}"
_REMNANT = lazy(
    rf"[\[【](?:批注|批註|备注|编辑注|编者按?注|审稿|校注|Comment(?:ed)?)(?![文集论])[^\[\]【】\n]{{0,400}}[\]】]"
    rf"|(?:批注|批註|Comment(?:ed)?) ?[\[【]{_NAME}[\]】]\s*[:：]?"
    rf"|\[{_NAME}\d\]\s*(?:批注|删除了?|插入了?|设置了格式)\s*[:：]?"
    r"|(?:(?<=\n)|\A)[ \t\u3000]*(?:带格式的?|删除的内容|插入的内容|设置了格式|已删除|已插入"
    r"|Formatted|Deleted|Inserted)(?:[:：] ?|\[[^\]\n]{1,20}\][:：] ?)")
_REVISED = {
    "deleted": "这是删去了的话，修订的记号还在；确要删去就连同记号一起删去，要保留就只删记号",
    "open deletion": "这里开始的是删去了的话，却没有收尾的标记，会印出来；请把要删的话连同这个标记一起删去",
    "revision": "修订的记号还在，请删去记号，留下要印的话",
}
_CUE = ("批", "注", "omment", "带格式", "删除", "插入", "格式", "审稿", "ormatted", "eleted", "nserted")


def check(issue: Issue) -> Iterator[At]:
    """Yield each comment, and what Word leaves of comments and tracked changes."""
    for table, prose in issue.prose():
        for start, end, message, severity in _found(prose):
            yield At(prose.path, message, None, severity, table, (start, end))


def _found(prose: Prose) -> Iterator[tuple[int, int, str, Severity]]:
    for one in remnants(prose.text):
        if one.kind == "comment" and prose.marked:
            yield one.start, one.end, "这段注释没有印出来；用不着就删去", Severity.INFO
        elif one.kind == "comment":
            yield one.start, one.end, "标题、来源这样的一行里不能写注释，请删去", Severity.ERROR
        elif one.kind == "open comment":
            end = one.end if prose.text.find("\n", one.start) < 0 else prose.text.find("\n", one.start)
            yield one.start, end, "这段注释没有收尾的 -->，从这里到末尾都不会印出来；请补上，或删去", Severity.ERROR
        elif one.kind in _REVISED:
            yield one.start, one.end, _REVISED[one.kind], Severity.ERROR
    if any(cue in prose.text for cue in _CUE):
        for match in _REMNANT.finditer(prose.text):
            start = match.end() - len(match.group().lstrip(" \t\u3000"))
            yield start, match.end(), "像是 Word 的批注或修订记录，会印出来，请连同后面的话一起删去", Severity.ERROR


RULE = Rule("private-remnant", Severity.ERROR, Issue, check)
