"""members.toml: the member directory."""

from __future__ import annotations

from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Line, Model, Text, keys_of


class MemberEntry(Model):
    """One firm of the member directory."""

    name: Line
    role: Line | None = None
    website: Line | None = None
    intro: Text | None = None
    logo: Line | None = None
    contact: Line | None = None


def member_keys(path: KeyPath) -> tuple[str, ...]:
    """The keys that members.toml allows in a member's table."""
    return keys_of(MemberEntry)
