"""协定的缩写写错了，或者缩写与名称不相配。

RCEP 常被写成 RECP，CPTPP 常被写成 CPTTP；信息技术外包是 ITO，业务流程外包是 BPO，括号里外要是同一个。

误：RECP生效为企业带来新机遇
误：信息技术外包（BPO）执行额保持增长
正：RCEP生效为企业带来新机遇
正：信息技术外包（ITO）执行额保持增长
依据：各协定的正式文本，商务部《服务外包统计调查制度》；名称和缩写见 treaties.toml。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import lazy
from bulletin_press.publication.authority import Treaties

LATIN = lazy(r"[A-Z]{2}")
BESIDE = lazy(r"[》”]{0,2}[（(](?:简称)?(?P<short>[A-Za-z]{2,8})[）)]")
TURNED = lazy(r"(?<![A-Za-z])(?P<short>[A-Za-z]{2,8})[（(](?:即|全称)?《?(?P<name>[一-龥—]{3,24})》?[）)]")


def check(issue: Issue) -> Iterator[At]:
    """Yield each abbreviation that is misspelt or stands for another name."""
    if not LATIN.search(issue.words):
        return
    treaties = issue.facts("treaties", Treaties)
    meant = {name: short for short, names in treaties.abbreviations.items() for name in names}
    wrong = lazy(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, treaties.misspelt)) or '(?!)'})(?![A-Za-z])")
    for passage in issue.holding(LATIN):
        text = passage.words
        if not LATIN.search(text):
            continue
        for match in wrong.finditer(text):
            right = treaties.misspelt[match.group()]
            yield At.within(passage, *match.span(), f"“{match.group()}”多半是“{right}”写错了", right)
        beside = [(match["short"], match.start("short") - 1, match.end("short") + 1,
                   next((name for name in meant if text.endswith(name, 0, match.start())), None))
                  for match in BESIDE.finditer(text)]
        turned = [(match["short"], *match.span("name"), match["name"] if match["name"] in meant else None)
                  for match in TURNED.finditer(text)]
        for short, start, end, name in (*beside, *turned):
            if name and short not in treaties.abbreviations and _nearly(short, meant[name]):
                yield At.within(passage, start, end, f"{name}是“{meant[name]}”")
            if name and short in treaties.abbreviations and name not in treaties.abbreviations[short]:
                yield At.within(passage, start, end,
                                f"“{short}”是{treaties.abbreviations[short][0]}，{name}是“{meant[name]}”")


def _nearly(short: str, right: str) -> bool:
    """Whether an abbreviation that nobody knows is another with one letter wrong, or two exchanged."""
    return len(short) == len(right) > 2 and short.isupper() and (
        sum(one != other for one, other in zip(short, right, strict=True)) == 1 or sorted(short) == sorted(right))


RULE = Rule("treaty-name", Severity.WARNING, Issue, check)
