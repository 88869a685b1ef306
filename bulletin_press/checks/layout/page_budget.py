"""页数不合计划。

页数与 [issue] 的 pages 不同；付印的内部资料不是4的倍数（骑马订一张纸四页）；最后一页只有几行。
增删几行文字、调一调图片的大小，就能凑齐。

误：pages = 8，排出来9页，第9页只有两行
正：pages = 8，排出来8页
依据：骑马订的装订要求；界限可在 thresholds.toml 里改。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bulletin_press.checks.rule import At, Rule
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Severity


def check(edition: Edition) -> Iterator[At]:
    """Yield what is wrong with the number of pages, and a last page that is nearly empty."""
    issue, pages = edition.issue, len(edition.pages)
    limits, budget = issue.thresholds, edition.page_budget
    path = ("issue", "pages") if issue.fields.issue.pages else ("issue", "number")
    if budget and pages != budget:
        way = "多" if pages > budget else "少"
        yield At(path, f"计划 {budget} 页，排出来 {pages} 页，{way}了 {abs(pages - budget)} 页："
                       f"{edition.budget_missed(budget)}")
    over = pages % limits.signature
    if issue.workspace.publication.publication.profile == "internal-print" and over:
        yield At(path, f"共 {pages} 页，付印要 {limits.signature} 的倍数：补足 {limits.signature - over} 页，"
                       f"或压缩 {over} 页")
    full = Decimal(edition.pages.fullness(pages - 1)) if pages > 1 else Decimal(1)
    if full < limits.last_page:
        yield At(path, f"最后一页（第 {pages} 页）几乎是空的，只用了约 {full * 100:.0f}%；压缩几行可以省一页")


RULE = Rule("page-budget", Severity.WARNING, Edition, check)
