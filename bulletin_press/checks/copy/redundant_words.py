"""意思重复，或两种说法混在一起。

“截至到”“凯旋归来”“比上年同期相比”之类，去掉一半才通。词表是 redundant.toml，刊物可以增删。

误：截至到7月底，平台注册企业达1200家
误：比上年同期相比增长12%，切忌不要漏填
正：截至7月底，比上年同期增长12%
正：切忌漏填，涉及到场人数
依据：《现代汉语》（黄伯荣、廖序东）“成分赘余”“句式杂糅”各节；《现代汉语词典》（第7版）各条的释义。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue


def check(issue: Issue) -> Iterator[At]:
    """Yield each expression that says a thing twice."""
    words = issue.lexicon("redundant")
    for passage, hit in issue.hits(words):
        why = f"：{hit.word.why}" if hit.word.why else "意思重复"
        yield At.within(passage, hit.start, hit.end, f"“{hit.text}”{why}", hit.word.use)


RULE = Rule("redundant-words", Severity.WARNING, Issue, check)
