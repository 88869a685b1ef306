"""顿号与连词、“等”字叠用。

并列的最后一项前有了“和”“与”“及”“以及”，就不再用顿号；“等”字前面也不用。
报纸在“以及”前常用，[style] marks = "newspaper" 就不提。

误：覆盖金融、物流、和医疗三个领域
误：由高校、企业、以及行业组织、等发起
正：覆盖金融、物流和医疗，提高质量，以及扩大规模
正：公开、和平、和谐，以及“引进来”、与“走出去”并重
依据：GB/T 15834—2011《标点符号用法》4.5：顿号表示并列词语之间的停顿，连词已经表示并列。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

JOINED = lazy(r"(?<=[\u4e00-\u9fffA-Za-z0-9%])、(?P<word>以及|和(?!龙市|[平谐睦解美气约蔼煦田县静林顺硕记布睿邦讯玺])"
              r"|与(?![会时共众日其否])|及(?![时格至其])|等(?![级候离待量效额同式温差于高保腰价闲深号分到])|等等)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each 顿号 before a conjunction or 等."""
    for match in copy.finds(JOINED) if "、" in copy.words else ():
        yield Mark(match.start(), match.end(), f"“{match['word']}”前面不用顿号", match["word"],
                   standard=match["word"] in ("以及", "及"))


RULE = Rule("comma-before-conjunction", Severity.WARNING, Copy, check, needs="、", cues=(JOINED,))
