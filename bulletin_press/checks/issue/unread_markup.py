r"""没有起作用的标记。

正文里能用的标记只有 **加粗**、[文字](https://网址)、### 小标题、“- ”列表和 | 表格 |。落了单的 **、全角的 ＊＊、
Markdown 的图片和网页的标签都会照原样印出来。图片另写 image = "images/…"。

误：会议强调**坚持创新引领（后面没有 **）
误：![现场](images/a.jpg)
正：会议强调**坚持创新引领**
正：image = "images/a.jpg"，caption = "现场"
依据：本刊的写法，见使用说明第三节；要印出 * 本身，写 \*。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.diagnostics import Severity
from bulletin_press.issue import Issue
from bulletin_press.passages import Passage
from bulletin_press.script import lazy

BOLD = "这里的 ** 没有起作用，会照原样印出来；正文里加粗要前后各一个，在同一段里，紧贴文字"
# Each with words that a text must hold for it to be looked for.
SLIPS = [(cue, lazy(pattern, re.M), message) for cue, pattern, message in (
    ("![", r"!\[[^\[\]\n]*\]\([^()\n]*\)", "正文里不能放图片；在这一节另写一行 image = \"images/…\""),
    ("＊＊", "＊＊+", "加粗用半角的 **，这里是全角的，会照原样印出来"),
    ("##", r"^[ \t\u3000]*#{2,6}(?=[^\s#])", "小标题的 ### 后面要空一格"),
    ("\n-", r"^-(?=[^\x00-\x7f—–－…])", "列表的“-”后面要空一格"),
    ("｜", r"^[ \t\u3000]*｜[^\n｜]*｜", "表格用半角的 |，这里是全角的"),
    ("--", r"^[ \t\u3000]*:?-{2,}:?[ \t]*\|", "表格的每一行都要以 | 开头"),
    ("]", r"\][ \t]*（https?://[^\s）]*）|\][ \t]+\(https?://[^\s)]*\)",
     "链接写作 [文字](https://网址)，括号用半角，中间不空格"),
    ("<", r"</?(?:br|p|b|i|u|em|strong|span|div|font|img|a|table|tr|td|ul|li|h[1-6])(?:[ /][^<>\n]*)?>",
     "网页的标签会照原样印出来，请删去"),
    ("&", "&(?:nbsp|lt|gt|amp|quot);", "网页的记号会照原样印出来，请删去"),
)]


def check(issue: Issue) -> Iterator[At]:
    """Yield each mark that will be printed as it was typed."""
    for passage in issue.passages:
        yield from _stars(passage)
    for table, prose in issue.prose():
        # A title, a caption reads no marks at all: what looks like a list or a tag there may be one.
        for cue, pattern, message in SLIPS if prose.marked else SLIPS[:2]:
            for match in pattern.finditer(prose.text) if cue in prose.text else ():
                yield At(prose.path, message, table=table, characters=match.span())


def _stars(passage: Passage) -> Iterator[At]:
    """Each ** that was read as two stars."""
    at = passage.text.find("**")
    while at >= 0:
        start, end = passage.place(at, at + 2)
        typed = passage.table.value(passage.path)
        # Two that stood apart in the file, and \\*, are meant to be printed.
        if end == start + 2 and isinstance(typed, str) and typed[max(0, start - 1) : start] != "\\":
            yield At.within(passage, at, at + 2, BOLD)
        at = passage.text.find("**", at + 2)


RULE = Rule("unread-markup", Severity.WARNING, Issue, check)
