"""The tables of publication.toml that are no fields: rules, charts, sections of the publication's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from bulletin_press.checks.input_rules import INPUT_RULES
from bulletin_press.desk.server.own_forms import rows_of
from bulletin_press.ground.diagnostics import PressError
from bulletin_press.issue.reports import definition_of
from bulletin_press.publication.workspace import Workspace
from bulletin_press.report.definition_files import NONE


def chosen_rules(values: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """The rules whose weight was chosen: the name, the weight, what the rule says."""
    from bulletin_press.checks.explanations import summaries

    words = summaries()
    return [(name, grade, words.get(name, "")) for name, grade in rows_of(values, "rules")]


def unset_rules(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The rules whose weight may be chosen and is not, with what they say, for a list to choose from."""
    from bulletin_press.checks.explanations import summaries

    set_already = dict(rows_of(values, "rules"))
    return [(name, words) for name, words in sorted(summaries().items()) if name not in set_already
            and name not in INPUT_RULES]


def charts_of(workspace: Workspace, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The charts of the report, and whether each is drawn."""
    held = values.get("charts")
    held = held if isinstance(held, Mapping) else {}
    with suppress(PressError):
        if workspace.publication.report.definition != NONE:
            definition = definition_of(workspace)
            titles = {"key_figures": "要目数字", "table": "数据表"} | {
                name: re.sub(r"\{\w+\}", "几", spec.title) for name, spec in definition.charts.items()}
            return [{"name": name, "title": titles[name], "on": held.get(name, True) is not False}
                    for name in definition.exhibits]
    return []


def own_sections(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """The publication's own sections, and which built-in one each is like."""
    held = values.get("sections")
    own = held.get("own") if isinstance(held, Mapping) else None
    return [{"name": str(name), "title": str(one.get("title", "")), "like": str(one.get("like", ""))}
            for name, one in (own.items() if isinstance(own, Mapping) else ()) if isinstance(one, Mapping)]
