"""What is done about a finding, as edits: its words put right, or kept with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_press.authoring.fixing import fixed_text
from bulletin_press.checks.engine import is_waivable
from bulletin_press.desk.store.edits import Edit, Misplaced, Set, differences
from bulletin_press.desk.store.laid import Laid
from bulletin_press.ground.diagnostics import Finding, InputFault
from bulletin_press.toml.positions import Table, parse_table
from bulletin_press.toml.source import Source

ALLOW = "allow"
# Characters that a reason has at least; and that a waiver's words may be made longer by on either side.
LEAST, _AROUND = 2, 24


def fix(laid: Laid, findings: Sequence[Finding]) -> tuple[Edit, ...]:
    """The edits by which the suggestions of findings are followed; one step to be undone.

    Args:
        laid: the file in which they were found; save the edits on its version.
        findings: of that file.

    Raises:
        Misplaced: none of them can be followed safely: a figure, words that have changed.
    """
    text, count = fixed_text(laid.text, findings)
    if not count:
        raise Misplaced("这一处没有有把握的改法，请自己改")
    after = parse_table(Source(laid.name, text)).values
    return tuple(differences(laid.table.values, after))


def keep(table: Table, finding: Finding, reason: str, *, all_of_rule: bool = False) -> Set:
    """The edit by which a finding is kept, with the reason, under ``[allow]``.

    Args:
        table: the file in which it was found.
        finding: what is kept.
        reason: why, of two characters or more.
        all_of_rule: whether all that its rule finds in this issue is kept: not only this one.

    Raises:
        InputFault: the reason says nothing, or the rule cannot be waived.
    """
    reason = " ".join(reason.split())
    if len(reason) < LEAST:
        raise InputFault("请写明保留的理由，两个字以上，例如“已与商务局核对”")
    if not is_waivable(finding.rule):
        raise InputFault("这一处不能保留：请改正它指的地方")
    words = "" if all_of_rule else _words(table, finding)
    before = table.value((ALLOW, finding.rule))
    if not words or isinstance(before, str):
        return Set((ALLOW, finding.rule), reason)
    return Set((ALLOW, finding.rule, words), reason)


def _words(table: Table, finding: Finding) -> str:
    """The words that name this finding and no other: what it marks, with as much round it as that takes."""
    span, text = finding.around or finding.span, table.source.text
    if not finding.marked or span.file != table.source.name or span.line != span.end_line:
        return finding.marked.partition("\n")[0].strip()
    line = table.source.line(span.line)
    start, end = span.column - 1, span.end_column - 1
    for step in range(_AROUND + 1):
        words = line[max(0, start - step) : end + step]
        if text.count(words) == 1 and words == words.strip():
            return words
    return line[start:end].strip()
