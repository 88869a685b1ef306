"""Lines and headings on the pages, found again in issue.toml."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bulletin_press.checks.rule import At
from bulletin_press.document.tree import Origin
from bulletin_press.edition import Edition
from bulletin_press.issue.issue import Issue
from bulletin_press.typeset.reports import LineReport, PlacedHeading


def marks(edition: Edition, kind: str, worded: Callable[[LineReport], str]) -> Iterator[At]:
    """Yield each reported line of a kind, at the characters of the file that it shows.

    Args:
        edition: the laid-out issue.
        kind: ``overfull``, ``loose`` or ``native``.
        worded: says what is wrong with a line.
    """
    loose = float(edition.issue.thresholds.loose_line)
    for line in edition.pages.lines(loose=loose):
        if line.kind == kind:
            yield _placed(edition.issue, line, worded(line))


def heading_at(edition: Edition, heading: PlacedHeading, message: str) -> At:
    """A complaint about a heading, at the title or the line of a body that it was typed as.

    The title of a section, which no issue holds, is placed at the section's first item.
    """
    if heading.origin:
        return _typed(edition.issue, Origin.parse(heading.origin), heading.text, message)
    for section in edition.issue.document.sections:
        for item in section.items:
            if item.origin and heading.anchor in (section.anchor, item.anchor):
                return At(item.origin.path, message)
    return At(("issue", "number"), message)


def words_at(edition: Edition, origin: str, words: str, message: str) -> At:
    """A complaint about words of a page, at the characters that they were typed as; else at the issue's number.

    Without words it is about the whole that was typed there.
    """
    if not origin:
        return At(("issue", "number"), message)
    place = Origin.parse(origin)
    return _typed(edition.issue, place, words, message) if words else At(place.path, message)


def _placed(issue: Issue, line: LineReport, message: str) -> At:
    """A line without an origin (of a heading, the masthead) is placed at the issue's number."""
    if not line.origin:
        return At(("issue", "number"), message)
    return _typed(issue, Origin.parse(line.origin), line.text, message)


def _typed(issue: Issue, origin: Origin, words: str, message: str) -> At:
    """Words of a page at the characters that they were typed as, from an origin on."""
    text = issue.table.value(origin.path)
    if not isinstance(text, str):
        return At(origin.path, message)
    # What is drawn lacks the spaces and marks that were typed: its first word is enough to go by.
    word = words.strip()[:6]
    at = text.find(word, origin.start) if word else -1
    if at < 0:
        return At(origin.path, message, characters=(origin.start, min(len(text), origin.start + 1)))
    return At(origin.path, message, characters=(at, at + len(word)))
