"""How much an issue has to set."""

from __future__ import annotations

from bulletin_press.document.prose import prose_of
from bulletin_press.issue.manuscript import Manuscript
from bulletin_press.issue.sections.member import MemberFields
from bulletin_press.toml.schema import Model

# As ``size_of`` counts; some thousand pages, a minute of typesetting.
MAX_SIZE = 40_000


def size_of(manuscript: Manuscript) -> int:
    """How much there is to set: a small file can ask for a great deal (a table, a member named often)."""
    members = manuscript.workspace.members if any(
        member.ref for _, member in manuscript.each(MemberFields)) else {}
    models: list[Model] = [one for _, _, one in manuscript.typed()]
    models += [members[member.ref] for _, member in manuscript.each(MemberFields) if member.ref]
    pictures = sum(len(getattr(model, "images", ())) for model in models)
    return 20 * pictures + sum(_size(prose.text) for model in models for prose in prose_of(model, ()))


def _size(text: str) -> int:
    """No less than the lines, table cells and inline marks that a text comes to."""
    rows = [bars for line in text.split("\n") if (bars := line.count("|")) > 1]
    marks = sum(text.count(mark) for mark in ("**", "](", "://", "\\"))
    return len(text) // 30 + text.count("\n") + len(rows) * max(rows, default=0) + marks
