"""Reading an issue: from its file to validated fields, or to a finding for every place that is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bulletin_press.ground.diagnostics import Finding, InputFault, Span
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.issue import sections
from bulletin_press.issue.fields import allowed_keys, fields_model, tables_with
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.line_up import claimed, kinds_of, section_names
from bulletin_press.issue.manuscript import Manuscript
from bulletin_press.issue.reports import read_report
from bulletin_press.issue.sections.base import NO_EXTENSION
from bulletin_press.issue.sections.kind import Kind
from bulletin_press.issue.size import MAX_SIZE, size_of
from bulletin_press.publication.workspace import Workspace
from bulletin_press.report.definition import Definition
from bulletin_press.report.figure_reading import thousands
from bulletin_press.toml.advice import is_amount
from bulletin_press.toml.complaints import Complaint, complaints_of, undamaged, unfit
from bulletin_press.toml.positions import Table
from bulletin_press.toml.typed_values import in_unit


def read_issue(workspace: Workspace, path: Path) -> Issue:
    """Read and validate an issue.

    Raises:
        InputFault: with a finding for every place that is wrong.
    """
    elsewhere: InputFault | None = None
    try:
        kinds: tuple[Kind[Any], ...] = kinds_of(workspace)
    except InputFault as fault:  # of another file: what is wrong with this one is told all the same
        kinds, elsewhere = sections.KINDS, fault
    table = workspace.scanned(path, section_names(kinds))
    complaints: list[Complaint] = []
    manuscript: Manuscript | None = None
    try:
        fields = fields_model(kinds).model_validate(table.values)
        manuscript = Manuscript(workspace, path.parent.name, table, path, fields, kinds)
    except ValidationError as error:
        complaints += complaints_of(error, (), allowed_keys(kinds), tables_with(kinds))
    if elsewhere:
        own = claimed(workspace)  # sections that are meant, and not known for the fault
        complaints = [one for one in complaints if not (
            one.rule == "unknown-key" and len(one.path) == 1 and one.path[0] in own)]
    figures, definition = None, None
    try:
        if not elsewhere:
            figures, definition, found = read_report(workspace, table)
            complaints += found
            complaints += _further(manuscript, complaints) if manuscript else []
    except InputFault as fault:
        elsewhere = fault
    _raise_faults(table, complaints, path.parent, elsewhere, workspace, definition)
    assert manuscript is not None
    return Issue(workspace, manuscript.name, table, path, manuscript.fields, kinds, figures, definition)


def _further(manuscript: Manuscript, complaints: Sequence[Complaint]) -> list[Complaint]:
    """What is wrong with fields that are right by themselves.

    Raises:
        InputFault: the member directory is needed and cannot be read.
    """
    found = [complaint for kind, path, one in manuscript.typed()
             for complaint in kind.complaints(one, path, manuscript.workspace)]
    if not (complaints or found or manuscript.table.faults) and size_of(manuscript) > MAX_SIZE:
        found.append(Complaint(
            "wrong-value", (), "这一期的内容太多，排不下：段落、表格、链接和图片合起来请减到一千页以内，"
            "或分成几期"))
    return found


def _raise_faults(table: Table, complaints: Sequence[Complaint], folder: Path, elsewhere: InputFault | None,
                  workspace: Workspace, definition: Definition | None) -> None:
    """Raise an InputFault with all that is wrong with an issue's file, and with others that it needs."""
    complaints = [_with_extension(complaint, table, folder) for complaint in undamaged(complaints, table)]
    commas = [comma for comma in thousands(table)
              if not any(_overlap(comma.span, fault.span) for fault in table.findings())]
    # What such a number does to the list that it stands in is no second mistake.
    said = (*_syntax(table, workspace, definition), *(one.placed(table) for one in complaints))
    findings = commas + [found for found in said
                         if not any(_overlap(found.span, comma.span) for comma in commas)]
    if elsewhere and not (findings and elsewhere.findings):
        raise elsewhere
    if findings:
        raise unfit(table.source.name, findings, elsewhere=elsewhere.findings if elsewhere else ())


def _syntax(table: Table, workspace: Workspace, definition: Definition | None) -> Iterator[Finding]:
    """The faults of an issue's text; of a number typed with its unit, whether it is the unit wanted."""
    for fault, finding in zip(table.faults, table.findings(), strict=True):
        known = fault.advice and fault.advice.quantity and definition and fault.path[:1] == ("report",)
        if known and fault.advice and definition:
            spec = definition.measures.get(str(fault.path[1]))
            house = workspace.publication.report.unit
            own = spec.own_unit if spec else None
            unit = "%" if not is_amount(fault.path) else house if own is None else own
            advice = in_unit(fault.advice, unit)
            yield replace(finding, message=advice.message, suggestion=advice.suggestion, fixable=advice.certain)
        else:
            yield finding


def _overlap(one: Span, other: Span) -> bool:
    return (one.line, one.column) < (other.end_line, other.end_column) and \
        (other.line, other.column) < (one.end_line, one.end_column)


def _with_extension(complaint: Complaint, table: Table, folder: Path) -> Complaint:
    """A complaint about a picture without an extension, with the name of the file that was meant."""
    typed = table.value(complaint.path)
    if complaint.message != NO_EXTENSION or not isinstance(typed, str):
        return complaint
    for place in (typed.strip(), f"images/{typed.strip()}"):
        with suppress(OSError):
            if not is_inside((folder / place).parent, folder):
                continue
            for file in sorted((folder / place).parent.iterdir()):
                if file.stem == Path(place).name and file.suffix.lower() in (".png", ".jpg", ".jpeg", ".webp"):
                    meant = place + file.suffix
                    return replace(complaint, message=f"{NO_EXTENSION}：写成 {meant}", suggestion=f'"{meant}"')
    return complaint
