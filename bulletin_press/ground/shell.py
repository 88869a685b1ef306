"""Commands that messages print, for people to copy into a shell."""

from __future__ import annotations

import re

# Letters of any script, and what no POSIX shell reads as anything but itself.
_PLAIN = re.compile(r"[\w@%+:,./\-（）《》【】“”、，。·—]+")


def quoted(path: str) -> str:
    """A path as a shell and ``press`` read it back: in quotes where need be, and never as an option."""
    path = f"./{path}" if path.startswith("-") else path
    if _PLAIN.fullmatch(path):
        return path
    return "'" + path.replace("'", "'\"'\"'") + "'"
