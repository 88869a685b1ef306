"""两个汉字之间打了空格。

一句话中间的空格多半是粘贴或手误留下的；连打两个以上的，排出来是一块空白。词句并列、有意留的一个空格（如引号里的口号、
标题里的两个短句、诗句、对齐用的全角空格）不算。

误：协会将继续推动 数字经济发展，服务会员单位。
误：协会动态  通知公告
正：协会将继续推动数字经济发展，服务会员单位。
正：以“全球服务 互惠共享”为主题，协会举办年会。
依据：GB/T 15834—2011《标点符号用法》：停顿用标点，不用空格。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import HAN, lazy

SPACE = lazy(rf"(?<=[{HAN}]) +(?=[{HAN}])")
# A text without any of these is not looked at further.
SPACED = lazy(r"[^\x00-\x7f] +[^\x00-\x7f]")
SPREAD = lazy(rf"(?<![{HAN}])(?:[{HAN}] +){{5,}}[{HAN}](?![{HAN}])")
CLAUSE = lazy("[^，。；：、！？（）《》“”‘’—…]+")
RUNNING = frozenset({"body", "intro"})
# 第三十七条 修改章程, 一、 总则: a level keeps its gap.
LEVEL = lazy(r"[ \u3000]*(?:第[一二三四五六七八九十百千零〇]{1,6}[章节条款编篇]|附则|附件[一二三四五六七八九十]?"
             r"|[一二三四五六七八九十]{1,3}是?)\Z")
# Where a space keeps apart what belongs to different things.
LISTS = frozenset({"contact", "phone", "address", "permit", "printer", "recipients", "print_run"})
QUOTED = {"“": "”", "‘": "’", "《": "》", "（": "）"}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each run of spaces between hanzi, and a single one in the midst of a sentence."""
    # Of columns loose-columns tells: without its spaces a table is lost.
    if copy.key in LISTS or copy.aligned or not SPACED.search(copy.words):
        return
    spread = [match.span() for match in SPREAD.finditer(copy.words)]
    for start, end in spread:
        yield Mark(start, end, "每个字之间都打了空格，多半是从 PDF 带来的，请删去空格",
                   copy.words[start:end].replace(" ", ""))
    sentence = copy.key in RUNNING and "。" in copy.words
    for clause in CLAUSE.finditer(copy.words):
        text = clause.group()
        spaces = list(SPACE.finditer(text))
        meant = not sentence or len({len(part) for part in text.split()}) == 1 or _quoted(copy.words, *clause.span())
        for match in spaces:
            if any(start <= clause.start() + match.start() < end for start, end in spread):
                continue
            if LEVEL.match(copy.words[: clause.start() + match.start()]):
                continue
            if len(match.group()) > 1:
                yield Mark(clause.start() + match.start(), clause.start() + match.end(),
                           f"两个汉字之间连打了{len(match.group())}个空格，请删去，或改用标点、另起一段")
            elif not meant:
                yield Mark(clause.start() + match.start(), clause.start() + match.end(),
                           "句子中间多打了空格，请删去，或改用标点")


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether a clause stands alone in its quotation marks: a slogan."""
    return start > 0 and QUOTED.get(text[start - 1]) == text[end : end + 1]


RULE = Rule("stray-space", Severity.WARNING, Copy, check, needs=" ", cues=(SPACED,))
