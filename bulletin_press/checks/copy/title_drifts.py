"""同一个人前后职务不一。

一则里先称“局长”、后称“副局长”，总有一处写错了；与最近一期写的不一样，给一个提示。姓名与职务挨着的才看。

误：副会长王志明主持会议。王志明会长介绍了情况。
误：市商务局局长刘建国出席会议。刘建国副局长在讲话中指出，要加强合作。
正：市商务局局长刘建国出席会议。刘建国局长在讲话中指出，要加强合作。
正：市商务局局长刘建国、副局长王志明出席会议。王志明副局长主持会议。
依据：编辑的通读：称谓前后一致。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.passages import Passage
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.familiar import SURNAMES
from bulletin_press.language.script import lazy

POSTS = ("局长|会长|主任|书记|市长|省长|县长|区长|镇长|秘书长|总经理|董事长|理事长|校长|院长|部长|处长|科长|司长"
         "|厅长|行长|所长|"
         "主席|总裁|总监|馆长|社长|台长|主编")
BEFORE = lazy(rf"(?P<vice>副?)(?P<post>{POSTS})(?P<name>[\u4e00-\u9fff]{{2,3}})"
              r"(?=[，。；、：（]|(?:同志|先生|女士)?(?:出席|表示|指出|主持|介绍|讲话|致辞|致词|强调|说|率|带队"
              r"|一行|在|参加|陪同|宣布|作|为|对|代表))")
AFTER = lazy(rf"(?P<vice>副?)(?P<post>{POSTS})")


def check(issue: Issue) -> Iterator[At]:
    """Yield each post of a person that was given otherwise before, body by body."""
    for _, passages in groupby(issue.passages, key=lambda passage: (id(passage.table), passage.path)):
        yield from _in_body(list(passages))
    yield from _unlike_before(issue)


def _in_body(passages: list[Passage]) -> Iterator[At]:
    held: dict[tuple[str, str], str] = {}
    for passage in passages:
        for match in BEFORE.finditer(passage.words):
            if match["name"][0] in SURNAMES:
                held.setdefault((match["name"], match["post"]), match["vice"])
    for (name, post), vice in held.items():
        for passage in passages:
            at = passage.words.find(name)
            while at >= 0:
                after = AFTER.match(passage.words, at + len(name))
                if after and after["post"] == post and after["vice"] != vice:
                    yield At.within(passage, *after.span(), f"同一则里{name}又称“{vice}{post}”，请核对")
                at = passage.words.find(name, at + 1)


def _unlike_before(issue: Issue) -> Iterator[At]:
    """Each person's first post that the newest issue with his name and that post gave otherwise: he may have risen."""
    told = set[tuple[str, str]]()
    for passage in issue.passages:
        for match in BEFORE.finditer(passage.words):
            name, post, vice = match["name"], match["post"], match["vice"]
            if name[0] not in SURNAMES or (name, post) in told:
                continue
            told.add((name, post))
            for one in issue.printed_before:
                held = {("副" if before.endswith("副") else "") for sentence in one.sentences
                        for before, found, _ in (sentence.partition(post + name),) if found}
                if held:
                    if vice not in held:
                        at = At.within(passage, match.start("vice"), match.end("name"),
                                       f"{one.name} 这一期称“{'' if vice else '副'}{post}{name}”，请核对")
                        yield replace(at, severity=Severity.INFO)
                    break


RULE = Rule("title-drifts", Severity.WARNING, Issue, check)
