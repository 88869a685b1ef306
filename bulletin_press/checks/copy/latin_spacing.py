"""汉字与西文、数字之间打了空格。

这里的间隔由排版自动留出；手打的空格宽窄不一，有的有、有的没有，行末还会多出空白。

误：到 2025 年建成
误：来自中国的全球 IT 服务企业
正：到2025年建成，来自中国的全球IT服务企业
正：Digital Economy Partnership Agreement
依据：GB/T 15834—2011没有规定空格；间隔见《中文排版需求》（W3C）3.2.2，由排版处理。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import HAN, lazy

SPACE = lazy(rf"(?<=[{HAN}]) ++(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%‰℃]) ++(?=[{HAN}])")
# A text without any of these is not looked at further.
SPACED = lazy(r"[^\x00-\x7f] | [^\x00-\x7f]")
# 1 总则, 图1 收入变化; never 7 月 8 日.
NUMBERED = lazy(r"(?:[图表]|附[图表件]|案例)?\d[\d.]*[ \t]+(?![年月日号时个家项人名万亿元份次届周天种类部门亩台余多])")
RUNNING = frozenset({"body", "intro"})
MARKED = lazy("[，。；：！？]")
WESTERN = lazy(r"[A-Za-z0-9.,%‰℃+/&'’-]+")
# Where a space keeps apart what belongs to different things.
LISTS = frozenset({"contact", "phone", "address", "permit", "printer", "recipients", "print_run"})


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each space between a hanzi and a Latin letter or a digit."""
    # Of columns loose-columns tells: without its spaces a table is lost.
    if copy.key in LISTS or copy.aligned or not SPACED.search(copy.words):
        return
    running = copy.key in RUNNING
    # A line without marks is a heading, wherever it stands.
    heading = not running or not MARKED.search(copy.words)
    level = NUMBERED.match(copy.words)
    for match in copy.finds(SPACE):
        before_western = copy.words[match.end()].isascii()
        if heading and (before_western or not running) and _parts(copy.words, *match.span()):
            continue
        if level is None or match.end() > level.end():
            yield Mark(*match.span(), "汉字与西文、数字之间不用打空格，排版会留出间隔", "")


def _parts(text: str, start: int, end: int) -> bool:
    """Whether a space parts the halves of a title, as in 飞机坠毁 3人死亡: only one side is spaced."""
    if end - start > 1:
        return False
    after = WESTERN.match(text, end)
    if after:
        return text[after.end() : after.end() + 1] not in ("", " ")
    left = start
    while left > 0 and WESTERN.match(text[left - 1]):
        left -= 1
    return text[left - 1 : left] not in ("", " ")


RULE = Rule("latin-spacing", Severity.INFO, Copy, check, fix=True, needs=" ", cues=(SPACE,))
