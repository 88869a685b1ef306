"""“进一步”漏了“步”，“普遍认为”漏了“认为”。

副词后面没有动词，或固定的说法少了一个字。

误：协会将进一完善会员服务台账。
误：参训学员普遍，课程贴近实际。
正：协会将进一步完善会员服务台账，进一家门，办万家事。
正：参训学员普遍认为，课程贴近实际，这种做法很普遍，效果较好
依据：编辑的通读：词语完整；《现代汉语》（黄伯荣、廖序东）“句子成分残缺”一节。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

STEP = lazy("(?<![每再先又])(?P<step>进一)(?=[完提加推优扩深强促落规健拓增改巩夯激释充细明严畅简压统丰])")
# Those who think or say something.
ALL = lazy(r"(?:学员|企业|代表|会员|专家|人士|[用客]户|群众|居民|商家|师生|[学业]者|大家|负责人|与会人员)(?P<all>普遍"
           r"|纷纷|一致)(?=，)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each 进一 that lacks its 步, and each adverb that lacks its verb."""
    for match in copy.finds(STEP):
        yield Mark(*match.span("step"), "“进一”后面漏了“步”", "进一步")
    for match in copy.finds(ALL):
        yield Mark(*match.span("all"), f"“{match['all']}”后面漏了动词，如“{match['all']}认为”")


RULE = Rule("step-left-out", Severity.WARNING, Copy, check, cues=(STEP, ALL))
