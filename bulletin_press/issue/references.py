"""What other issues are called, and what of them can be linked to, read without validating their files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bulletin_press.document.references import Lead, Reference
from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.publication.workspace import Workspace

_UNKNOWN = Lead("", "")
# Tables of issue.toml that are no sections.
_NO_SECTIONS = frozenset({"issue", "allow", "errata"})


def lead_to(workspace: Workspace, reference: Reference, own: str) -> Lead:
    """What to call the issue that is meant, without an address.

    Args:
        workspace: the publication.
        reference: to whatever issue: it may not be there.
        own: the name of the issue that refers to it.
    """
    if reference.issue == own:
        return Lead("本期", "本期")
    head = values_of(workspace, reference.issue).get("issue")
    if not isinstance(head, Mapping):
        return _UNKNOWN
    label, number = head.get("label"), head.get("number")
    called = label if isinstance(label, str) and label.strip() else f"第{number}期" if number else ""
    return Lead(f"本刊{workspace.year_of(reference.issue)}年{called}", called) if called else _UNKNOWN


def anchors_in(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The anchors that the page of an issue has, in the order of its file: items first of each section.

    Args:
        values: the issue's file as plain values.
    """
    found = list[str]()
    for key, value in values.items():
        if key in _NO_SECTIONS or not value:
            continue
        found += [f"{key}-{number}" for number in range(1, len(value) + 1 if isinstance(value, list) else 2)]
        found.append(f"s-{key}")
    return (*found, *(["errata"] if values.get("errata") else []))


def values_of(workspace: Workspace, name: str) -> Mapping[str, Any]:
    """An issue's plain values; none where there is no such issue, or its file is not TOML."""
    if name not in workspace.issue_names:
        return {}
    try:
        return workspace.plain(name)
    except InputFault:
        return {}
