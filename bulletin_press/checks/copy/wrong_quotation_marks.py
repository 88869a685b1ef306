"""引号、书名号用错了一种。

简体横排用“”，里面再引用‘’；书、报刊、文件的名称用书名号，里面的书名再用〈〉。直角引号、尖括号不用。

误：协会获得「先进单位」称号，印发了<管理办法>。
误：据“人民日报”报道，学习了“关于加强管理的通知”。
误：获得‘先进单位’称号，印发了〈规划〉。
正：获得“先进单位”称号，印发了《规划》
正：据《人民日报》报道，他说：“这是‘一站式’服务。”
正：“人民日报”客户端，《关于贯彻〈规划〉的通知》
依据：GB/T 15834—2011《标点符号用法》4.8.3.3、4.15.3：引号、书名号的用法。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

KINDS = lazy(
    r"(?P<corner>[「『][^「」『』\n]{1,40}[」』])"
    r"|(?P<angle><{1,2}[\u4e00-\u9fff][^<>\n]{1,40}>{1,2})"
    r"|(?P<paper>“[\u4e00-\u9fff]{2,6}(?:日报|晚报|晨报|时报|周报|周刊|月刊|学报|早报|商报|快报)”)(?!客户端|微信|公众|"
    r"微博|新媒体|视频|号|社|APP|集团|品牌)"
    r"|(?P<document>“(?:关于[^“”‘’《》，。]{4,50}的(?:通知|意见|决定|办法|方案|函|批复|公告|通告|规定|若干措施)|"
    r"中华人民共和国[^“”《》，。]{1,20}[法典]|[^“”《》，。]{2,20}(?:管理办法|管理条例|实施细则|实施方案|暂行规定|"
    r"暂行办法))”)"
    r"|(?P<work>“[^“”《》，。]{2,16}”)(?=(?:一书|一文|这部(?:电影|小说|作品|影片|剧)|这本书|这篇文章|这首歌|杂志|"
    r"期刊))")
SINGLE = lazy(r"(?P<open>‘)(?=[\u4e00-\u9fff])|‘|(?P<close>’)|(?P<begin>“)|(?P<end>”)")
INNER = lazy(r"(?P<title>〈[\u4e00-\u9fff“][^〈〉《》\n]{1,40}〉)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each pair of marks of the wrong kind."""
    text = copy.words
    for match in KINDS.finditer(text):
        kind = str(match.lastgroup)
        inner = match[kind].strip("「」『』<>“”")
        if kind == "corner":
            yield Mark(*match.span(kind), "简体横排的引号用“”", f"“{inner}”")
        else:
            yield Mark(*match.span(kind), "书、报刊、文件的名称用书名号", f"《{inner}》")
    for match in INNER.finditer(text) if "〈" in text else ():
        if text.count("《", 0, match.start()) == text.count("》", 0, match.start()):
            yield Mark(*match.span(), "单用的书名号是《》", f"《{match.group()[1:-1]}》")
    if "‘" in text:
        yield from _single(text)


def _single(text: str) -> Iterator[Mark]:
    """Single quotation marks that stand in no double ones."""
    if ("“" not in text and "”" not in text) or text.count("“") == text.count("”"):
        depth = 0
        for match in SINGLE.finditer(text):
            depth += bool(match["begin"]) - bool(match["end"])
            close = text.find("’", match.end())
            if match["open"] and depth == 0 and 0 < close - match.start() <= 40:
                yield Mark(match.start(), close + 1, "引号先用双的，双引号里再引才用单的",
                           f"“{text[match.end() : close]}”")


RULE = Rule("wrong-quotation-marks", Severity.WARNING, Copy, check)
