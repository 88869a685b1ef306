"""多了或少了一个否定词，意思反了。

“防止不再发生”是要它发生；“切忌不要”“严禁不得”叠了两个否定；“无时无刻”后面要跟“不”。

误：为防止类似事故不再发生，园区排查了仓库。
误：严禁不得带火种入库，无时无刻都要绷紧安全这根弦。
正：为防止类似事故再次发生，避免不必要的损失，防止不合格品出厂，严禁带火种入库。
正：无时无刻不在关注会员，不得不停产，避免不能按期交货
依据：《现代汉语》（黄伯荣、廖序东）“否定不当”一节；《现代汉语词典》（第7版）“无时无刻”条：与“不”呼应。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

KEPT = r"[^，。；：！？“”]"
SLIP = lazy(
    rf"(?P<avert>防止|避免|以免|以防|谨防|严防|防范|预防|杜绝|阻止|制止|禁止|严禁|提防){KEPT}{{0,16}}?(?P<not>不再(?!生)|不要|不会|不致|不至于|没有)"
    rf"(?={KEPT}{{0,10}}(?:发生|出现|发展|扩大|上升|下降|泄漏|泄露|损失|浪费|蔓延|受|被|造成|影响|重演|进入|产生|再|事故|问题))"
    r"|(?P<forbid>严禁|禁止|切忌|切勿|杜绝|谢绝|拒绝|不准|不许|严防|力戒|不得|请勿)(?P<twice>不要|不得(?!不)|不准|不许|不能(?!不)|严禁|禁止|切忌|勿)"
    r"|(?P<always>无时无刻)(?![\u4e00-\u9fff]{0,3}[不没未无])|(?P<written>无时不刻)"
    r"|(?P<lack>毫无|没有丝毫|毫不)(?P<again>没有|毫无|不无)"
    r"|(?P<deny>(?:不可否认|不能否认|毋庸否认|无可否认)[^。；：！？“”]{2,24})(?P<nots>并非|并不是|不是)(?=[^，。；]{2,12}[，。；])"
    r"|(?P<unless>除非)[^。；：！？“”才否不]{2,24}，(?P<then>就|便|都)(?=[能会可])")
WRONG = {"avert": "not", "forbid": "twice", "always": "always", "written": "written", "lack": "again", "deny": "nots",
         "unless": "then"}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each negation that turns what is meant round."""
    for match in copy.finds(SLIP):
        kind = next((name for name in WRONG if match[name]), None)
        if kind is None:
            continue
        typed = match[WRONG[kind]]
        if kind == "always":
            yield Mark(*match.span(kind), "“无时无刻”是“没有一时一刻”，后面要有“不”：“无时无刻不”，或改为“时时刻刻”")
        elif kind == "written":
            yield Mark(*match.span(kind), "应为“无时无刻不”")
        elif kind == "unless":
            yield Mark(*match.span("then"), "“除非”后面用“才”或“否则”")
        else:
            yield Mark(*match.span(WRONG[kind]), f"前面是“{match[kind][:4]}”，再说“{typed}”意思就反了，删去一个")


RULE = Rule("negation-slip", Severity.WARNING, Copy, check, cues=(SLIP,))
