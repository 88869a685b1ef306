"""What must add up across measures or items: 进出口 = 出口 + 进口, 顺差 = 出口 − 进口."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from bulletin_press.toml.schema import Line, Model


class Identity(Model):
    """One sum that always holds: ``result`` is all of ``plus`` less all of ``minus``.

    ``between`` says what the names are: measures, for each item that has them all, or items, for each measure. All
    must be in one unit.
    """

    label: Line
    between: Literal["measures", "items"]
    result: Line
    plus: tuple[Line, ...] = Field(min_length=1, max_length=50)
    minus: tuple[Line, ...] = Field((), max_length=50)

    @property
    def names(self) -> tuple[str, ...]:
        """Every measure or item that takes part, the result first."""
        return (self.result, *self.plus, *self.minus)
