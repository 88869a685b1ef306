"""The data reports of issues: which figures there are, by which definition they are read."""

from __future__ import annotations

from pydantic import ValidationError

from bulletin_press.ground.diagnostics import Finding, InputFault, Severity
from bulletin_press.issue.sections.report import ReportFields, wrong_words
from bulletin_press.language.guesses import perhaps
from bulletin_press.language.numerals import Period
from bulletin_press.publication.workspace import PUBLICATION, Workspace, template_folders
from bulletin_press.report.definition import Definition
from bulletin_press.report.definition_files import NONE, load_definition
from bulletin_press.report.figure_reading import read_figures
from bulletin_press.report.figures import ReportFigures
from bulletin_press.toml.complaints import Complaint, unfit
from bulletin_press.toml.key_names import close_match
from bulletin_press.toml.positions import Table


def read_report(workspace: Workspace, table: Table
                ) -> tuple[ReportFigures | None, Definition | None, list[Complaint]]:
    """The figures of an issue, the report that they are for, and what is wrong with them.

    Raises:
        InputFault: publication.toml or the report's definition is wrong.
    """
    raw = table.values.get("report")
    if not isinstance(raw, dict):
        return None, None, []
    if workspace.publication.report.definition == NONE:
        where = workspace.shown(workspace.root / PUBLICATION)
        message = f"{where} 里写着 definition = \"none\"（不出数据月报），这一期却有 [report]：" \
                  "删去整节 [report]，或在那里写上月报的名称"
        return None, None, [Complaint("wrong-value", ("report",), message, at_key=True)]
    definition = definition_of(workspace)
    try:
        fields = ReportFields.model_validate(raw)
    except ValidationError:
        # The period is complained of; the figures are looked at all the same.
        measures = {key: value for key, value in raw.items() if key not in ReportFields.model_fields}
        return None, definition, read_figures(measures, Period(1, 1), definition, ("report",),
                                              workspace.publication.report.unit)[1]
    figures, complaints = read_figures(fields.measures, fields.period, definition, ("report",),
                                       workspace.publication.report.unit)
    return figures, definition, [*complaints, *wrong_words(fields, definition, ("report",))]


def figures_of(workspace: Workspace, name: str, definition: Definition | None) -> ReportFigures | None:
    """The figures of another issue, read without the places that findings need: an issue has many.

    Raises:
        InputFault: its file cannot be read, or its report is wrong.
    """
    raw = workspace.plain(name).get("report")
    if raw is None or definition is None:
        return None
    try:
        fields = ReportFields.model_validate(raw)
    except ValidationError:
        raise InputFault(f"{name} 的 [report] 不合要求") from None
    figures, complaints = read_figures(fields.measures, fields.period, definition, ("report",))
    if complaints:
        raise InputFault(f"{name} 的 [report] 有 {len(complaints)} 处不合要求")
    return figures


def definition_of(workspace: Workspace) -> Definition:
    """The publication's report definition; where there is none so named, publication.toml says it.

    Raises:
        InputFault: there is none of that name, or it is wrong.
    """
    try:
        definition = load_definition(workspace.publication.report.definition, template_folders(workspace))
        _expect_known_charts(workspace, definition)
        return definition
    except InputFault as fault:
        if fault.findings:
            raise
        span = workspace.publication_table.span(("report", "definition"))
        raise InputFault(fault.message, [Finding("wrong-value", Severity.ERROR, fault.message, span)]) from None


def _expect_known_charts(workspace: Workspace, definition: Definition) -> None:
    """Raise an InputFault where publication.toml turns off what the report does not have."""
    findings = []
    for name in workspace.publication.charts:
        if name not in definition.exhibits:
            guess = close_match(name, definition.exhibits)
            hint = perhaps(guess, f"。可用的：{'、'.join(definition.exhibits) or '（无）'}")
            findings.append(Finding("unknown-key", Severity.ERROR, f"这种数据月报没有“{name}”这个图表{hint}",
                                    workspace.publication_table.key_span(("charts", name)), guess))
    if findings:
        raise unfit("[charts]", findings)
