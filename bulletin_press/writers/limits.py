"""What an outlet's own limits ask of an issue, as findings where the author can do something about it."""

from __future__ import annotations

from bulletin_press.document.tree import Item, Origin
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Finding, InputFault, Severity

# Their names, as ``press explain`` knows them.
PRINT, WECHAT, MAIL, POSTER = "print-refused", "wechat-limit", "mail-limit", "poster-limit"

RULES = frozenset({PRINT, WECHAT, MAIL, POSTER})


class BeyondLimits(InputFault):
    """An outlet cannot be made within its limits; the findings say where and what to do."""


def at_issue(edition: Edition, rule: str, severity: Severity, message: str) -> Finding:
    """A finding about the issue as a whole, at its number."""
    return Finding(rule, severity, message, edition.issue.table.span(("issue", "number")))


def at_item(edition: Edition, item: Item | None, rule: str, severity: Severity, message: str) -> Finding:
    """A finding about an item, at its title or the begin of its text; at the issue's number where nobody typed it."""
    origin = item.origin if item else None
    return at_origin(edition, origin, rule, severity, message)


def at_origin(edition: Edition, origin: Origin | None, rule: str, severity: Severity, message: str) -> Finding:
    """A finding about what was typed at an origin: the whole of a line, a body from there on."""
    if origin is None:
        return at_issue(edition, rule, severity, message)
    table = edition.issue.table
    text = table.value(origin.path)
    if not isinstance(text, str) or (not origin.start and "\n" not in text):
        return Finding(rule, severity, message, table.span(origin.path))
    end = text.find("\n", origin.start)
    return Finding(rule, severity, message,
                   table.characters(origin.path, origin.start, end if end > origin.start else len(text)))
