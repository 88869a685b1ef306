"""会员介绍里有广告的话。

内部资料不登广告；“最佳”“第一”、价格、销售电话都是广告用语。词表是 superlatives.toml，刊物可以增删。

误：公司是全球最大的服务商，咨询热线400-820-8820
正：公司是信息技术服务商，2021年第一季度收入增长10%
依据：《广告法》第九条；《内部资料性出版物管理办法》第十三条：不得刊登广告。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.sections.member import MemberFields
from bulletin_press.language.script import lazy
from bulletin_press.publication.lexicon import Lexicon

PHONE = lazy(r"(?<![\d-])(?:[48]00-?\d{3}-?\d{4}|1[3-9]\d{9})(?![\d-])")


def check(issue: Issue) -> Iterator[At]:
    """Yield each superlative, price and sales telephone in a member's profile."""
    listed = issue.workspace.members_table
    typed = {(*path, "intro") for path, _ in issue.each(MemberFields)}
    profiles = [passage for passage in issue.passages
                if passage.key == "intro" and (passage.path in typed or passage.table is listed)]
    words = issue.lexicon("superlatives") if profiles else Lexicon({})
    for passage in profiles:
        for hit in words.find(passage.words):
            yield At.within(passage, hit.start, hit.end, f"“{hit.text}”是广告用语，会员介绍请写事实")
        for match in PHONE.finditer(passage.words):
            yield At.within(passage, *match.span(), f"“{match.group()}”是联系电话，不写在介绍里；要登就写在 contact")


RULE = Rule("promotional-superlative", Severity.WARNING, Issue, check)
