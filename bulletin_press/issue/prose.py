"""What an author typed into an issue, string by string: what the rules read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulletin_press.document.passages import Passage
from bulletin_press.document.prose import Prose, prose_of
from bulletin_press.issue.manuscript import Manuscript
from bulletin_press.issue.sections.member import MemberFields
from bulletin_press.issue.sections.report import ReportFields
from bulletin_press.toml.positions import KeyPath, Table

# Fields of publication.toml that are no text, or no Chinese.
_NO_TEXT = frozenset({"theme", "profile", "definition", "website", "email"})
_ADDRESSES = ("url", "website")


def prose_in(manuscript: Manuscript) -> Iterator[tuple[Table, Prose]]:
    """Every string that an author typed, with the file that it stands in."""
    for table, prose in _prose(manuscript):
        # A line is stripped when it is read: positions count from what was typed.
        typed = table.value(prose.path)
        yield table, Prose(typed, prose.path, prose.marked) if isinstance(typed, str) else prose


def addresses_in(manuscript: Manuscript) -> Iterator[Passage]:
    """Every address of a site that is typed into a field of its own."""
    table, workspace = manuscript.table, manuscript.workspace
    places = [(table, path) for _, path, _ in manuscript.typed()]
    places += [(workspace.publication_table, ("publication",))]
    listed = workspace.members_table
    places += [(listed, (member.ref,)) for _, member in manuscript.each(MemberFields) if listed and member.ref]
    for where, path in places:
        for key in _ADDRESSES:
            text = where.value((*path, key))
            if isinstance(text, str):
                yield Passage(text, (*path, key), where, range(len(text) + 1))


def _prose(manuscript: Manuscript) -> Iterator[tuple[Table, Prose]]:
    table, workspace = manuscript.table, manuscript.workspace
    for kind, path, one in manuscript.typed():
        for prose in prose_of(one, path, kind.marked):
            yield table, prose
        if isinstance(one, ReportFields):
            yield from ((table, prose) for prose in _notes(one.measures, path))
    if label := manuscript.fields.issue.label:
        yield table, Prose(label, ("issue", "label"))
    for number, erratum in enumerate(manuscript.fields.errata):
        yield table, Prose(erratum.text, ("errata", number, "text"))
    yield from _listed(manuscript)
    publication = workspace.publication
    for model, key in ((publication.publication, "publication"), (publication.report, "report")):
        for prose in prose_of(model, (key,), skipped=_NO_TEXT):
            if prose.path in workspace.publication_table.places:
                yield workspace.publication_table, prose


def _notes(value: object, path: KeyPath) -> Iterator[Prose]:
    """The notes of figures, however deep they stand."""
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, one in pairs:
        if key == "note" and isinstance(one, str):
            yield Prose(one, (*path, key))
        else:
            yield from _notes(one, (*path, key))


def _listed(manuscript: Manuscript) -> Iterator[tuple[Table, Prose]]:
    """What members.toml says of the members that this issue prints."""
    workspace, seen = manuscript.workspace, set[str]()
    table = workspace.members_table
    for _, member in manuscript.each(MemberFields):
        if table and member.ref and member.ref not in seen:
            seen.add(member.ref)
            for prose in prose_of(workspace.members[member.ref], (member.ref,)):
                yield table, prose
