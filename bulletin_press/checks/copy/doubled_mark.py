"""两个点号连在一起。

逗号、句号、分号、冒号、顿号不连用，多半是改稿时多留了一个；问号、叹号可以叠用，但后面不再加句号。

误：工作进展顺利，，成效明显
误：各项任务已经完成，。
正：工作进展顺利，成效明显。
正：这是真的吗？！太好了！！
依据：GB/T 15834—2011《标点符号用法》4.1—4.7、5.1。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

# Three and more 。 are a mistyped ellipsis: another rule's.
DOUBLED = lazy(r"(?!。{3})(?<!。)[，、；：。](?>(?:[ \t\u3000]*+[，、；：。])+)|[？！][，、；：。]++|。”[。，、]|，”，")
# A text without any of these has no such run.
CUE = lazy("[，、；：。？！][，、；：。 \t\u3000]|[。，]”[。，、]")
RANK = "、，；："


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each run of marks that do not stand together."""
    for match in copy.finds(DOUBLED) if CUE.search(copy.words) else ():
        typed = match.group()
        yield Mark(*match.span(), f"“{typed}”里的标点重复了", _meant(re.sub(r"\s", "", typed)))


def _meant(typed: str) -> str | None:
    """The one mark that was meant, where there is no doubt."""
    if "”" in typed:
        return None
    if typed[0] in "？！":
        return typed[0] if set(typed[1:]) == {"。"} else None
    if len(set(typed)) == 1:
        return typed[0]
    # 逗号之后又打了句号: the sentence ends here.
    return "。" if typed[-1] == "。" and set(typed[:-1]) <= set(RANK) else None


RULE = Rule("doubled-mark", Severity.WARNING, Copy, check, fix=True, cues=(DOUBLED,))
