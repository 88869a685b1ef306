"""从网页、报纸上带来的残余。

“本报讯”“责任编辑：某某”“打印本页”是原来那家媒体的话，转载时删去；&nbsp; 是网页的记号；“见下表”“详见附件”
而这一则没有表、没有附件，读者找不到。

误：本报讯（记者某某）商务部公布上半年数据。
误：各项指标见下表。（这一则没有表）
误：要做好储罐降温[3]，严禁超压（[3]是网上引文的标记）
误：活动安排详见附件。（这一则没有附件）
正：商务部公布上半年数据。
正：储罐降温措施见[3号文](https://www.gov.cn/3)
正：各项指标见下表。（下面有表）
正：活动安排见协会网站。
依据：《报刊转载规定》与编校通则：转载不带原媒体的版头和编务文字，文中所指要有着落。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.prose import Prose
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy
from bulletin_press.toml.positions import Table

CUE = lazy(r"侵[权删]|公众号|链接|长按|原文|下转|上接|\[\d{1,2}\]|[本编校审供撰][报刊网辑对核稿]|编辑|&|打印|字号"
           r"|[上下]一篇|[见如][上下附表图]|见附|待[补核填]"
           "|阅读次数|浏览|窗口|来源：|分享到")
REMNANT = lazy(
    r"(?:(?<=\n)|\A)(?P<lead>本(?:报|刊|网|台|社)(?:讯|综合消息|北京(?:\d+月\d+日)?(?:讯|电)|[一-龥]{2,4}(?:\d{1,2}月)?\d{1,2}日[电讯]))"
    r"|[（(【\[]?(?:责任编辑|本文编辑|责编|编辑|校对|审核|审校|值班编辑|终审|初审|复审|编审|网络编辑"
    r"|版面编辑|见习编辑)(?:[：:][ ]?|(?<=编辑) )[一-龥 、]{2,12}[）)】\]]?"
    r"(?=\s*(?:\n|\Z))"
    r"|[（(](?:下转|上接|转|接)[^（()）]{0,4}第?[一二三四五六七八九十\d]{1,2}版[）)]"
    r"|(?:本文|文章)?(?:转自|转载自|来源于)[^，。\n]{0,12}公众号|侵(?:权)?(?:必|即|请联系|联系|请)?删除?|如有侵权[^。\n]{0,8}(?:联系|删)[^。\n]{0,8}"
    r"|复制(?:此)?链接(?:打开|到|至)[^，。\n]{0,10}|长按识别[^，。\n]{0,6}|(?:点击)?[左右]下角[^，。\n]{0,4}阅读原文"
    r"|打印本页|关闭窗口|(?:(?<=\n)|\A)(?:上一篇|下一篇)[：:][^\n]{0,60}"
    r"|字号[：:]?[ ]?[【\[]?大[ ]?中[ ]?小[】\]]?|分享到[：:]|[【\[]打印[】\]]|[【\[]关闭[】\]]"
    r"|(?:浏览|阅读|点击)(?:次数|量)[：:][ ]?\d+|(?:我要|发表)评论(?=\s*(?:\n|\Z))"
    r"|&(?:nbsp|ensp|emsp|thinsp|#160|#xa0|#xA0);?")
TO_COME = lazy(r"(?<![有尚亟还期等对接招看优款善])待(?:补充?|核实?|填写?)(?=[。；，]|\Z)")
# Marks of citations, where the text has no list of what they cite.
CITED = lazy(r"(?<=[\u4e00-\u9fff。，；”》）])(?:\[\d{1,2}(?:[-,，–]\d{1,2})?\]){1,6}(?![(:：\d号])")
CITES = lazy(r"(?:(?<=\n)|\A)\s*\[1\]|参考文献|注释")
TABLE = lazy(r"(?:见|如|详见)(?P<what>下表|附表\d?|表[一二三\d])|(?P<above>上表)(?=所示|中|显示)")
PICTURE = lazy(r"(?:见|如|详见)(?P<what>下图|附图\d?|图[一二三\d](?!书|们))|(?P<above>上图)(?=所示|中|显示)")
ATTACHED = lazy(r"(?:详?见|参见|见)(?P<what>附件\d?|附录\d?|附后)")
FORM = lazy(r"[（(][^（()）]{0,8}(?:格式|样式|样表|模板|范本|表格|名单|式样)\Z")
HAS_ATTACHED = lazy(r"(?:(?<=\n)|\A)\s*(?:#+\s*|\*\*)?(?:附件|附录|附)\s*[\d一二三]?\s*[：:\n]|\[[^\]]*附件[^\]]*\]\(")


def check(issue: Issue) -> Iterator[At]:
    """Yield what other media left in a text, and what it points to and has not."""
    for table, prose in issue.prose():
        text = prose.text
        if not CUE.search(text):
            continue
        for match in REMNANT.finditer(text):
            start, end = match.span("lead") if match["lead"] else match.span()
            yield At(prose.path, "这是网页、报纸上带来的话，请删去", "", None, table, (start, end))
        for match in CITED.finditer(text) if "[" in text and not CITES.search(text) else ():
            yield At(prose.path, "这是引文的标记，这里没有它指的文献，请删去", "", None, table, match.span())
        for match in TO_COME.finditer(text):
            yield At(prose.path, "这里还没有写完，请补上，或删去", None, None, table, match.span())
        if prose.marked:
            yield from _pointing(issue, table, prose)


def _pointing(issue: Issue, table: Table, prose: Prose) -> Iterator[At]:
    """What a body points to and its item has not: a table, a picture, an attachment."""
    text = prose.text
    item: Any = table.value(prose.path[:-1]) if len(prose.path) > 1 else None
    fields = item if isinstance(item, dict) else {}
    has_picture = bool(fields.get("image") or fields.get("images")) or "![" in text
    has_table = "\n|" in text or text.startswith("|") or "\t" in text or has_picture
    has_attached = bool(fields.get("url") or fields.get("more")) or bool(HAS_ATTACHED.search(text))
    wanted = ((TABLE, has_table, "表"), (PICTURE, has_picture, "图"), (ATTACHED, has_attached, "附件"))
    for pattern, has, what in wanted:
        for match in pattern.finditer(text) if not has else ():
            group = "above" if "above" in pattern.groupindex and match["above"] else "what"
            # （格式见附件2）: of a form that is handed out it may be said without it.
            form = what == "附件" and FORM.search(text, max(0, match.start() - 12), match.start())
            yield At(prose.path, f"这一则没有{what}，请补上，或改成说明", None, Severity.INFO if form else None, table,
                     match.span(group))


RULE = Rule("reprint-remnant", Severity.WARNING, Issue, check)
