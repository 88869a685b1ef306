"""The issues of a workspace and how far each has come."""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.diagnostics import Severity
from bulletin_press.numerals import chinese_date
from bulletin_press.pipeline import check, output_path
from bulletin_press.reporters import column_width
from bulletin_press.workspace import MEMBERS, PUBLICATION, Workspace


def listing(workspace: Workspace) -> Iterator[str]:
    """A line an issue: name, label, date, what the checks say, whether its PDF is current."""
    for name in workspace.issue_names:
        path = workspace.issue_path(name)
        checked = check(workspace, path)
        errors = sum(finding.severity is Severity.ERROR for finding in checked.findings)
        warnings = sum(finding.severity is Severity.WARNING for finding in checked.findings)
        state = f"错误 {errors}" if errors else f"警告 {warnings}" if warnings else "通过"
        label = checked.issue.issue_label if checked.issue else "读不出"
        day = chinese_date(checked.issue.fields.issue.date) if checked.issue else ""
        output = output_path(workspace, path, "pdf")
        made = "未生成"
        if output.is_file():
            sources = [path, workspace.root / PUBLICATION, workspace.root / MEMBERS,
                       *(path.parent / "images").glob("*")]
            newest = max(source.stat().st_mtime for source in sources if source.exists())
            made = "PDF 已生成" if output.stat().st_mtime >= newest else "PDF 已过时"
        yield "  ".join(_padded(text, width) for text, width in
                        ((name, 14), (label, 12), (day, 16), (state, 8), (made, 0))).rstrip()


def _padded(text: str, width: int) -> str:
    return text + " " * max(0, width - column_width(text))
