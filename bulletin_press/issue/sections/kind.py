"""A section kind: one record, and every reader of sections goes by it.

What issue.toml allows, what is checked, counted, printed, listed in the contents, compared with earlier
issues and scaffolded follows from the record alone: no reader knows a kind by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from bulletin_press.document.tree import Item
from bulletin_press.publication.printed import Comparison
from bulletin_press.publication.workspace import Workspace
from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Complaint, Model

if TYPE_CHECKING:
    from bulletin_press.document.exhibits import Exhibits
    from bulletin_press.report.definition import Definition
    from bulletin_press.report.wording import ReportText

F = TypeVar("F", bound=Model)


@dataclass(frozen=True)
class FinishedReport:
    """The data report as the press wrote it, by which definition, and what is shown beside it."""

    text: ReportText
    definition: Definition
    exhibits: Callable[[], Exhibits]


@dataclass(frozen=True)
class Surroundings:
    """Where an item stands, and what its builder may look up.

    ``folder`` is the issue's, ``title`` the section's as printed, ``path`` that of the author's fields,
    ``number`` the item's in its section, from 1. ``written`` is the report, None where there is none.
    """

    workspace: Workspace
    folder: Path
    title: str
    path: KeyPath
    anchor: str
    number: int
    written: Callable[[], FinishedReport | None]


def _nothing_wrong(fields: Model, path: KeyPath, workspace: Workspace) -> list[Complaint]:
    return []


@dataclass(frozen=True)
class Kind(Generic[F]):
    """A section kind.

    Attributes:
        name: its key in issue.toml, and the stem of its anchors.
        title: as printed; a publication may have another.
        words: what it is called in Chinese, where a key is meant: 新闻 for ``news``.
        fields: the author's fields.
        several: whether it holds several items, each under double brackets.
        item: makes an item of fields; None where they come to nothing.
        scaffold: the lines of a new issue below the header, a Jinja template that knows ``date``.
        hint: comment lines above the header of a new issue.
        remark: what its comment line says behind the title.
        numbered: whether it takes a numeral; one that does not closes the issue unless ``order`` says otherwise.
        authored: whether an author writes it. The press itself writes the report, from figures that have
            readers of their own.
        compared: what its items are compared by from issue to issue, and which fields hold running text.
        headline: what the contents say instead of titles, if anything.
        untitled: how the contents count items without titles: where none has one, and further ones.
            By the section's title when not given.
        complaints: what is wrong with fields that are right by themselves.
        like: the kind that themes set it as, for a publication's own section; its own name when not given.
    """

    name: str
    title: str
    words: tuple[str, ...]
    fields: type[F]
    several: bool
    item: Callable[[F, Surroundings], Item | None]
    scaffold: str
    hint: str = ""
    remark: str = ""
    numbered: bool = True
    authored: bool = True
    compared: Comparison = field(default_factory=Comparison)
    headline: Callable[[Surroundings], str | None] | None = None
    untitled: tuple[str, str] | None = None
    complaints: Callable[[F, KeyPath, Workspace], list[Complaint]] = _nothing_wrong
    like: str | None = None

    @property
    def attribute(self) -> str:
        """The attribute of ``IssueFields`` that holds its fields: a name of an author's may be one of pydantic's."""
        return f"section_{self.name}"

    @property
    def marked(self) -> frozenset[str]:
        """The fields of running text, in which marks (paragraphs, lists, tables) are read."""
        return frozenset(self.compared.sentences)

    def of(self, fields: Model) -> Iterator[tuple[KeyPath, F]]:
        """The fields of each of its items in an issue's fields, with their paths."""
        found = getattr(fields, self.attribute)
        if self.several:
            yield from (((self.name, index), one) for index, one in enumerate(found))
        elif found is not None:
            yield (self.name,), found
