"""The strings that an author typed, each with its place: what the rules of copy read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import Model

# Under this key an author types a table, in the marks of a body, to be drawn.
TABLE = "data"


@dataclass(frozen=True)
class Prose:
    """A string that an author typed: what the copy rules read.

    ``marked`` tells whether the marks of ``markup`` are read in it.
    """

    text: str
    path: KeyPath
    marked: bool = False


def prose_of(fields: Model, path: KeyPath, marked: frozenset[str] = frozenset({"body", "intro"}),
             skipped: frozenset[str] = frozenset({"url", "website", "image", "cover", "logo", "file", "ref"})
             ) -> Iterator[Prose]:
    """Every string that an author typed into fields, in the order of the model."""
    for name in type(fields).model_fields:
        value = getattr(fields, name)
        here = (*path, name)
        if isinstance(value, str) and name not in skipped:
            if name not in ("width", "kind"):
                yield Prose(value, here, name in marked or name == TABLE)
        elif isinstance(value, dict):
            # Words by the place that they stand in.
            yield from (Prose(text, (*here, key), marked=True) for key, text in value.items() if isinstance(text, str))
        elif isinstance(value, tuple):
            for index, one in enumerate(value):
                if isinstance(one, Model):
                    yield from prose_of(one, (*here, index), marked, skipped)
                elif isinstance(one, tuple):
                    yield from (Prose(text, (*here, index, at)) for at, text in enumerate(one) if isinstance(text, str))
        elif isinstance(value, Model):
            yield from prose_of(value, here, marked, skipped)
