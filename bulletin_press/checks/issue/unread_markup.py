r"""没有起作用的标记。

正文里能用的标记只有 **加粗**、==着重号==、{祎：yī}、[文字](https://网址)、### 小标题、“- ”列表和 | 表格 |。
落了单的 **、全角的 ＊＊、Markdown 的斜体、代码、删除线、公式和图片都会照原样印出来。图片另写 image = "images/…"。
网页的标签（<br>、<span>）和记号（&nbsp;）在正文里照它的意思读，不印出来，在标题里会印出来。

误：会议强调**坚持创新引领（后面没有 **）
误：![现场](images/a.jpg)
误：~~作废的话~~、`代码`、*斜体*、没有注文的[^1]
误：令==a==
正：会议强调**坚持创新引领**
正：编制==必须==公开
正：image = "images/a.jpg"，caption = "现场"
正：口径[^1]（另起一行写 [^1]: 以商务部统计制度为准）
依据：本刊的写法，见使用说明第三节；要印出 * 本身，写 \*。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.inline import dotted_at, ruby_at
from bulletin_press.document.notes import note_faults
from bulletin_press.document.passages import Passage, masked
from bulletin_press.document.prose import Prose
from bulletin_press.document.web_text import remnants
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.familiar import SURNAMES
from bulletin_press.language.script import HAN, lazy
from bulletin_press.toml.positions import Table

BOLD = "这里的 ** 没有起作用，会照原样印出来；正文里加粗要前后各一个，在同一段里，紧贴文字"
# Each with words that a text must hold for it to be looked for.
UNDERLINE = "这一行线不印出来；上面若是小标题，请写作 ### 小标题"
_NOT_IN_WORD = "(?<![A-Za-z0-9_*\\\\])"
DOTS = "这里的 == 会照原样印出来；着重号写 ==文字==，首尾要是汉字；别的文字要突出就写 **加粗**"
RUBY = "这里的花括号会照原样印出来；注音写 {祎：yī}：半角的花括号，汉字、冒号、拼音，一字一音，几个音之间空一格"
# Each with words that a text must hold for it to be looked for; what is between the marks is group 1.
SLIPS = [(cue, lazy(pattern, re.M), message) for cue, pattern, message in (
    ("![", r"!\[[^\[\]\n]*\]\([^()\n]*\)", "正文里不能放图片；在这一节另写一行 image = \"images/…\""),
    ("＊＊", "＊＊+", "加粗用半角的 **，这里是全角的，会照原样印出来"),
    ("##", r"^[ \t\u3000]*#{2,6}(?=[^\s#])(?!#{3,}|REF|DIV|N/A)", "小标题的 ### 后面要空一格"),
    ("\n-", r"^-(?=[^\x00-\x7f—–－…])", "列表的“-”后面要空一格"),
    ("｜", r"^[ \t\u3000]*｜[^\n｜]*｜", "表格用半角的 |，这里是全角的"),
    ("--", r"^[ \t\u3000]*:?-{2,}:?[ \t]*\|", "表格的每一行都要以 | 开头"),
    ("]", r"\][ \t]*（https?://[^\s）]*）|\][ \t]+\(https?://[^\s)]*\)",
     "链接写作 [文字](https://网址)，括号用半角，中间不空格"),
    ("[", r"^[ \t\u3000]*(?:[-*+][ \t]+)?\[[ xX√✓]\](?=[ \t])", "任务清单的方框会照原样印出来，请删去，写明是否完成"),
    (":", r":(?<![A-Za-z0-9:\\]:)(?:[a-z][a-z0-9_+-]{1,30}|[+-]1):(?![A-Za-z0-9:])",
     "表情的代码会照原样印出来，请删去"),
    ("~~", r"(?<![~\\])~~(?=[^\s~])([^~\n]+)~~(?!~)", "要删去的话还在，会印出来；请连同 ~~ 一起删去"),
    ("```", r"^[ \t]*```[^`\n]*$", "代码的记号会照原样印出来，请删去这一行"),
    ("<http", r"<https?://[^\s<>]{1,2000}>", "网址两边的 < > 会照原样印出来，请删去"),
    ("$", r"(?<![A-Za-z0-9$\\])\$\$?(?=[^\s\d$])([^$\n\u4e00-\u9fff]{1,200}?)(?<=\S)\$\$?(?![\d$])",
     "数学公式排不出来，会照原样印出；请写成普通的文字，或做成图片"),
    ("==", r"(?<![=\\])==(?=[^\s=])([^=\n]{1,200})(?<=\S)==(?!=)", DOTS),
    ("{", rf"(?<!\\)\{{[ \u3000]*[{HAN}]{{1,12}}[ \u3000]*(?:[:：|｜,，/][^{{}}\n]{{0,60}})?\}}", RUBY),
    ("｛", rf"｛[{HAN}]{{1,12}}[:：|｜][^{{}}｛｝\n]{{0,60}}｝", RUBY),
    ("---", r"\n(?<=[^\s|>#]\n)[ \t]*-{3,}[ \t]*(?=\n|\Z)", UNDERLINE),
    ("===", r"\n(?<=[^\s|>#]\n)[ \t]*={3,}[ \t]*(?=\n|\Z)", UNDERLINE),
)]
NOTES = {
    "unsaid": "这条注没有内容，记号会照原样印出来；在正文最后另起一行写 [^{0}]: 注的话，或删去记号",
    "uncalled": "这条注正文里没有用到，会照原样印成一段；在要加注的地方写 [^{0}]，或删去这一行",
    "twice": "[^{0}] 的注已经有一条了，这一条会照原样印成一段；请换一个记号，或删去",
}
# Read in a text with addresses and `code` blotted out.
WORDS = [(cue, lazy(pattern), message) for cue, pattern, message in (
    ("*", r"(?<![*\\])\*\*\*(?=[^\s*])([^*\n]{1,200})\*\*\*(?!\*)",
     "粗斜体的 *** 有一个 * 会照原样印出来；加粗写 **加粗**"),
    ("__", r"(?<![A-Za-z0-9_\\])__(?=[^\s_])(?![年月日时分])([^_\n]{1,200})(?<=\S)__(?![A-Za-z0-9_])",
     "两条底线的 __ 会照原样印出来；加粗写 **加粗**"),
    ("++", r"(?<![A-Za-z0-9+\\])\+\+(?=[^\s+])([^+\n]{1,200})(?<=\S)\+\+(?!\+)",
     "下划线的 ++ 会照原样印出来；要突出就写 **加粗**"),
    ("*", rf"{_NOT_IN_WORD}\*(?=[^\s*])([^*\n]{{1,200}})(?<=[^\s\\])\*(?![A-Za-z0-9*])",
     "斜体的 * 会照原样印出来；要突出就写 **加粗**，要印出 * 本身写 \\*"),
    ("_", r"(?<![A-Za-z0-9_\\])_(?=[^\s_])([^_\n]{1,200})(?<=[^\s\\])_(?![A-Za-z0-9_])",
     "斜体的 _ 会照原样印出来；要突出就写 **加粗**"),
)]
STARS, HANZI = lazy(r"\*+"), lazy(rf"[{HAN}“《]")
CODE = lazy(r"(?<![`\\])(`{1,2})(?=[^`\n])([^`\n]{1,400})\1(?!`)")
HEADED = lazy(r"[ \t\u3000]*(?:#{1,6}|>|[-*+])(?=[ \t\u3000]+\S)")
LEFT = {
    "tag": "网页的标签{}，请删去", "break": "网页的标签{}，请删去；要另起一段就空一行",
    "entity": "网页的记号{}，请改成字符本身", "link": "网页的链接{}；请写作 [文字](https://网址)",
    "picture": "网页的图片{}；请在这一节另写一行 image = \"images/…\"",
}
ALTERED = {"link", "picture"}


def check(issue: Issue) -> Iterator[At]:
    """Yield each mark that will be printed as it was typed."""
    for passage in issue.passages:
        yield from _stars(passage)
    for table, prose in issue.prose():
        # A title, a caption reads no marks at all: what looks like a list or a tag there may be one.
        for cue, pattern, message in SLIPS if prose.marked else SLIPS[:2]:
            read = set(dotted_at(prose.text) if cue == "==" else ruby_at(prose.text) if cue == "{" else ())
            for match in pattern.finditer(prose.text) if cue in prose.text else ():
                if match.span() not in read:
                    yield At(prose.path, message, table=table, characters=_span(match))
        headed = HEADED.match(prose.text) if not prose.marked and "title" in prose.path[-1:] else None
        if headed:
            yield At(prose.path, "标题前面的记号会照原样印出来，请删去", table=table, characters=_span(headed))
        yield from _notes(table, prose)
        yield from _words(table, prose)
        yield from _left(table, prose)


def _span(match: re.Match[str]) -> tuple[int, int]:
    """A match without the line end and the blanks that it begins with."""
    return match.end() - len(match.group().lstrip(" \t\u3000\n")), match.end()


def _notes(table: Table, prose: Prose) -> Iterator[At]:
    """Calls of notes that say nothing, notes that nothing calls."""
    for one in note_faults(prose.text) if prose.marked else ():
        yield At(prose.path, NOTES[one.fault].format(one.label), table=table, characters=(one.start, one.end))


def _words(table: Table, prose: Prose) -> Iterator[At]:
    """Marks of italics and of code in a body."""
    if not prose.marked:
        return
    for match in CODE.finditer(prose.text) if "`" in prose.text else ():
        if "'" not in match[2]:
            yield At(prose.path, "代码的反引号会照原样印出来，请删去", match[2], table=table, characters=match.span())
    # A star of **bold** is none.
    single = prose.text.replace("**", "")
    found = [(pattern, message) for cue, pattern, message in WORDS if cue in single]
    bare = masked(prose.text) if found else ""
    for pattern, message in found:
        for match in pattern.finditer(bare):
            yield At(prose.path, message, f"**{match[1]}**", table=table, characters=match.span())


def _left(table: Table, prose: Prose) -> Iterator[At]:
    """Tags and entities: a body is printed without them, a title with them."""
    for one in remnants(prose.text):
        if one.kind in LEFT:
            message = LEFT[one.kind].format("没有印出来" if prose.marked else "会照原样印出来")
            # A break amid a line cuts a sentence or a paragraph in two: that is printed.
            before = prose.text[max(0, one.start - 1) : one.start]
            amid = one.kind == "break" and before.strip() and HANZI.match(prose.text, one.end)
            severity = Severity.INFO if prose.marked and one.kind not in ALTERED and not amid else None
            suggestion = one.read.strip() if one.kind == "entity" else None
            yield At(prose.path, message, suggestion, severity, table, (one.start, one.end))


def _masks(text: str, at: int) -> bool:
    """Whether stars stand for what is not to be read: 138****5678, 王**."""
    run = STARS.match(text, at)
    if run is None:
        return False
    while at and text[at - 1] == "*":
        at -= 1
    before, behind = text[at - 1 : at], text[run.end() : run.end() + 1]
    plain = before.isascii() and before.isalnum(), behind.isascii() and behind.isalnum()
    if all(plain) or (any(plain) and run.end() - at > 2):
        return True
    apart = at < 2 or not HANZI.match(text, at - 2) or text[at - 2] in "为是有和与及对由给请姓"
    return before in SURNAMES and apart and not HANZI.match(behind)


def _stars(passage: Passage) -> Iterator[At]:
    """Each ** that was read as two stars."""
    at = passage.text.find("**")
    while at >= 0:
        start, end = passage.place(at, at + 2)
        typed = passage.table.value(passage.path)
        # Two that stood apart in the file, and \\*, are meant to be printed.
        meant = isinstance(typed, str) and (typed[max(0, start - 1) : start] == "\\" or _masks(passage.text, at))
        if end == start + 2 and isinstance(typed, str) and not meant:
            yield At.within(passage, at, at + 2, BOLD)
        at = passage.text.find("**", at + 2)


RULE = Rule("unread-markup", Severity.WARNING, Issue, check)
