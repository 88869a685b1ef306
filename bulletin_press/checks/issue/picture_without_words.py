"""图片没有图题，也没有替代文字。

用读屏软件的人听不到图里是什么，图打不开、印不清时别人也不知道。图题（caption）印在图下，读屏软件也读它；
不想印出来的，写成替代文字（alt）。有图题的不必再写替代文字，除非图里还有图题没说到的内容。
会员的标志（logo）由程序写明是谁家的，不用管。

误：image = "images/a.png"，没有 caption，也没有 alt
误：alt = "图片1"
正：image = "images/a.png"，caption = "大连港集装箱码头"
正：image = "images/a.png"，alt = "折线图：服务出口额从2018年的41亿元升到2022年的86亿元"
依据：GB/T 37668—2019《信息技术 互联网内容无障碍可访问性技术要求与测试方法》、WCAG 2.2 1.1.1：非文本内容要有替代文本。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy

# What says that there is a picture, not which.
_EMPTY = lazy(
    r"(?:图|图片|照片|插图|配图|截图|图表|示意图|image|photo|picture|img|dsc|pic|微信图片)?[\s_\-—]*[\d_\-一二三四五六七八九十]*"
    r"|\S+\.(?:png|jpe?g|webp|gif|bmp|heic)", re.I)


def check(issue: Issue) -> Iterator[At]:
    """Yield each picture that nothing is said of, and each alternative text that says nothing."""
    for picture in issue.pictures:
        path = picture.origin.path
        if not picture.described:
            advice = '下面添一行 caption = "图题"，或 alt = "图里是什么"（不印出来）'
            if "images" in path:
                advice = f'写成 {{ file = "{picture.typed}", caption = "图题" }}，或把 caption 换成 alt（不印出来）'
            yield At(path, f"这张图片没有图题，也没有替代文字，看不见图的读者不知道它是什么。{advice}")
    for table, prose in issue.prose():
        if prose.path[-1] == "alt" and _EMPTY.fullmatch(prose.text.strip()):
            yield At(prose.path, f"替代文字“{prose.text.strip()}”没有说图里是什么，请写明，例如：大连港集装箱码头",
                     table=table)


RULE = Rule("picture-without-words", Severity.WARNING, Issue, check)
