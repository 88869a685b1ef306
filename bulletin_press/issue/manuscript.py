"""A manuscript: what an author typed for one issue, read and validated, before anything is made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from bulletin_press.ground.diagnostics import Span
from bulletin_press.issue.fields import IssueFields
from bulletin_press.issue.sections.kind import Kind
from bulletin_press.publication.workspace import Workspace
from bulletin_press.toml.positions import KeyPath, Table
from bulletin_press.toml.schema import Model

F = TypeVar("F", bound=Model)


@dataclass(frozen=True)
class Manuscript:
    """An issue's file, its validated fields, and the sections that its publication has."""

    workspace: Workspace
    name: str
    table: Table
    path: Path
    fields: IssueFields
    kinds: tuple[Kind[Any], ...]

    @property
    def folder(self) -> Path:
        """The folder that the issue's pictures lie in."""
        return self.path.parent

    @property
    def issue_label(self) -> str:
        """第8期, or the label of a combined or special issue."""
        head = self.fields.issue
        return head.label or f"第{head.number}期"

    def span(self, path: KeyPath) -> Span:
        """Where a value of issue.toml stands."""
        return self.table.span(path)

    def typed(self) -> Iterator[tuple[Kind[Any], KeyPath, Model]]:
        """Every item that is typed: its kind, its path, its fields; by the kinds' own order."""
        for kind in self.kinds:
            for path, one in kind.of(self.fields):
                yield kind, path, one

    def each(self, model: type[F]) -> Iterator[tuple[KeyPath, F]]:
        """The items with fields of one model, whatever their section is called: its own sections too."""
        for _, path, one in self.typed():
            if isinstance(one, model):
                yield path, one
