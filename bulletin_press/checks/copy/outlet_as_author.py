"""作者写成了媒体或网站。

报社、网站、通讯社是来源，写在 source；author 只写人名。媒体名和常见的词尾见词表 outlets.toml。

误：author = "中国经济网"
正：source = "中国经济网"，author = "李俊"
依据：《著作权法》第二十四条：指明作者姓名或者名称；转载的通例是来源与作者分列。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.publication.lexicon import Lexicon


def check(issue: Issue) -> Iterator[At]:
    """Yield each publisher or site among the authors."""
    authors = [passage for passage in issue.passages if passage.key == "author"]
    outlets = issue.lexicon("outlets") if authors else Lexicon({})
    for passage in authors:
        for name in re.finditer(r"[^、，,；;/|]+", passage.text):
            bare = name.group().strip()
            if outlets.names(bare):
                start = name.start() + name.group().index(bare)
                yield At.within(passage, start, start + len(bare), f"“{bare}”是媒体或网站，应写在来源（source）里")


RULE = Rule("outlet-as-author", Severity.WARNING, Issue, check)
