"""The order of the scaffold: where a key or a section belongs that is not there yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from bulletin_press.issue.fields import RESERVED, IssueHead
from bulletin_press.issue.sections import KINDS
from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import keys_of

Order = Callable[[KeyPath], Sequence[str]]
"""The keys of the table at a path, in the order in which they are typed; of those it does not name nothing is known."""

_TYPED = re.compile(r"^(?:# )?([a-z_]+) = ", re.M)


@cache
def _section_keys(name: str) -> tuple[str, ...]:
    """The keys of a section's items: those of the scaffold in its order, the others before the text."""
    kind = next((kind for kind in KINDS if kind.name == name), None)
    model = kind.fields if kind else RESERVED.get(name)
    scaffold = _TYPED.findall(kind.scaffold) if kind else []
    others = [key for key in keys_of(model) if key not in scaffold] if model else []
    prose = next((at for at, key in enumerate(scaffold) if key in ("body", "intro")), len(scaffold))
    return (*scaffold[:prose], *others, *scaffold[prose:])


def scaffold_order(path: KeyPath) -> Sequence[str]:
    """The order in which the press itself writes a new issue."""
    if not path:
        return ("issue", *(kind.name for kind in KINDS), "errata", "allow")
    names = [part for part in path if isinstance(part, str)]
    if len(names) == 1:
        return tuple(keys_of(IssueHead)) if names == ["issue"] else ("period",) if names == ["report"] \
            else _section_keys(names[0])
    return _section_keys(names[-1]) if names[-1] in RESERVED else ()


def title_of(section: str) -> str | None:
    """What the comment above a section of the press's own calls it."""
    return {"allow": "保留"}.get(section) or next((kind.title for kind in KINDS if kind.name == section), None)
