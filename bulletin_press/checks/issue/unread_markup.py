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
from bulletin_press.markup import unread_bold
from bulletin_press.script import HAN

BOLD = "这里的 ** 没有配对，会照原样印出来；加粗要前后各一个 **，在同一段里，紧贴文字"
SLIPS = [(re.compile(pattern, re.M), message) for pattern, message in (
    (r"!\[[^\[\]\n]*\]\([^()\n]*\)", "正文里不能放图片；在这一节另写一行 image = \"images/…\""),
    ("＊＊+", "加粗用半角的 **，这里是全角的，会照原样印出来"),
    (rf"^[ \t\u3000]*#{{2,6}}(?=[{HAN}A-Za-z0-9“《])", "小标题的 ### 后面要空一格"),
    (rf"^[ \t\u3000]*[-*](?=[{HAN}“《])(?![^\n]*\*[ \t]*$)", "列表的“-”后面要空一格"),
    (r"^[ \t\u3000]*｜[^\n｜]*｜", "表格用半角的 |，这里是全角的"),
    (r"^[ \t\u3000]*:?-{2,}:?[ \t]*\|", "表格的每一行都要以 | 开头"),
    (r"\][ \t]*（https?://[^\s）]*）|\][ \t]+\(https?://[^\s)]*\)",
     "链接写作 [文字](https://网址)，括号用半角，中间不空格"),
    (r"</?(?:br|p|b|i|u|em|strong|span|div|font|img|a|table|tr|td|ul|li|h[1-6])(?:[ /][^<>\n]*)?>"
     "|&(?:nbsp|lt|gt|amp|quot);", "网页的标签会照原样印出来，请删去"),
)]
STARS = re.compile(r"\*\*")
# A text without any of these has no slip.
CUE = re.compile(r"\*\*|＊＊|!\[|^[ \t\u3000]*[#*｜:-]|\][ \t（]|[<&][/a-z]", re.M)


def check(issue: Issue) -> Iterator[At]:
    """Yield each mark that will be printed as it was typed."""
    for table, prose in issue.prose():
        if not CUE.search(prose.text):
            continue
        if prose.marked:
            found = [(*span, BOLD) for span in unread_bold(prose.text)]
        else:
            found = [(*match.span(), "这里不能用标记，** 会照原样印出来") for match in STARS.finditer(prose.text)]
        for pattern, message in SLIPS if prose.marked else SLIPS[:2]:
            found += [(*match.span(), message) for match in pattern.finditer(prose.text)]
        for start, end, message in sorted(found):
            yield At(prose.path, message, table=table, characters=(start, end))


RULE = Rule("unread-markup", Severity.WARNING, Issue, check)
