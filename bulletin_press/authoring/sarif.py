"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from bulletin_press.ground.diagnostics import Finding, Severity, Span

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def as_sarif(findings: Sequence[Finding], summaries: Mapping[str, str], version: str, *, escaped: bool = False) -> str:
    """Findings as one run of one tool.

    Args:
        findings: in the order wanted.
        summaries: a sentence for each rule that is known, by its name.
        version: of the press.
        escaped: in ASCII alone, for a stream that is not UTF-8.

    Returns:
        A log; columns are 1-based in code points, ends exclusive, as SARIF has them with ``unicodeCodePoints``.
        A suggestion is a fix that a reader may apply.
    """
    names = sorted({finding.rule for finding in findings})
    rules = [{"id": name, "name": "".join(part.capitalize() for part in name.split("-")),
              "shortDescription": {"text": summaries.get(name) or name}} for name in names]
    log = {
        "$schema": SCHEMA, "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "bulletin-press", "version": version, "language": "zh-CN", "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": [_result(finding, names.index(finding.rule)) for finding in findings],
        }],
    }
    return json.dumps(log, ensure_ascii=escaped, indent=2)


def _result(finding: Finding, index: int) -> dict[str, Any]:
    file = {"uri": quote(finding.span.file.replace("\\", "/"))}
    region = _region(finding.span)
    result: dict[str, Any] = {
        "ruleId": finding.rule, "ruleIndex": index, "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": region}}],
    }
    if finding.suggestion is not None:
        replacement = {"deletedRegion": region, "insertedContent": {"text": finding.suggestion}}
        result["fixes"] = [{"description": {"text": f"改为“{finding.suggestion}”" if finding.suggestion else "删去"},
                            "artifactChanges": [{"artifactLocation": file, "replacements": [replacement]}]}]
    return result


def _region(span: Span) -> dict[str, int]:
    return {"startLine": span.line, "startColumn": span.column, "endLine": span.end_line, "endColumn": span.end_column}
