"""报头缺少必填的项。

profile = "internal-print"（内部资料性出版物）要印出准印证号、发送对象、印刷单位和印数。电子版不要求。

误：profile = "internal-print"，没有 permit
正：permit = "（辽）LB第2022001号"，recipients、printer、print_run 也都填上
依据：《内部资料性出版物管理办法》第十四条。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue

# The organiser, the number and the date are required of every issue by the schema.
REQUIRED = {
    "internal-print": {"permit": "准印证号", "recipients": "发送对象", "printer": "印刷单位", "print_run": "印数"}}


def check(issue: Issue) -> Iterator[At]:
    """Yield each field of the masthead that the publication's profile requires and that is not there."""
    masthead = issue.workspace.publication.publication
    for key, label in REQUIRED.get(masthead.profile, {}).items():
        if getattr(masthead, key) is None:
            yield At(("publication", "profile"), f"内部资料要印出{label}：请在 [publication] 里填 {key}",
                     table=issue.workspace.publication_table)


RULE = Rule("missing-masthead-field", Severity.ERROR, Issue, check)
