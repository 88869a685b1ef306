"""The limits that rules judge by: TOML, the publication's over the bundled ones."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from bulletin_press.ground.resources import templates_folder
from bulletin_press.toml.positions import scan_template
from bulletin_press.toml.schema import Model, keys_of, read_model, refuse
from bulletin_press.toml.typed_values import number_meant

FILE = Path("checks") / "thresholds.toml"


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        meant = number_meant(value) if isinstance(value, str) else None
        refuse("wrong-type", "这里要写数字，不加引号和单位", meant.suggestion if meant else None,
               certain=bool(meant and meant.certain))
    return Decimal(value)


def _at_least(low: int) -> Any:
    def checked(value: Decimal) -> Decimal:
        if not low <= value <= 10**9:
            refuse("wrong-value", f"这个界限要在 {'负 10 亿' if low < 0 else low} 到 10 亿之间")
        return value
    return checked


Ratio = Annotated[Decimal, BeforeValidator(lambda value: _at_least(1)(_number(value)))]
Amount = Annotated[Decimal, BeforeValidator(lambda value: _at_least(0)(_number(value)))]
Number = Annotated[Decimal, BeforeValidator(lambda value: _at_least(-10**9)(_number(value)))]
Count = Annotated[int, Field(ge=0, le=10**6, strict=True)]


class Thresholds(Model):
    """Every limit; the file says which rule reads it, and in what unit."""

    growth_high: Number
    growth_low: Number
    identical_decimals: Count
    not_updated_decimals: Count
    period_months: Count
    month_ratio: Ratio
    base_ratio: Ratio
    reversal_points: Amount
    growth_deviations: Amount
    value_deviations: Amount
    value_deviations_alone: Amount
    unit_factor: Ratio
    unit_tolerance: Ratio
    picture_dpi: Count
    screen_dpi: Annotated[Count, Field(ge=72)]
    signature: Annotated[Count, Field(ge=1)]
    last_page: Amount
    loose_line: Amount


def load_thresholds(folders: Sequence[Path] = ()) -> Thresholds:
    """Read the limits.

    Args:
        folders: template folders, the one that wins first; the bundled one is always the last.

    Raises:
        InputFault: with a finding for every wrong key or value.
    """
    values: dict[str, Any] = {}
    bundled = templates_folder()
    for folder in (bundled, *(folder for folder in reversed(folders) if folder != bundled)):
        path = folder / FILE
        if not path.exists():  # a pipe is refused when it is read
            continue
        table = scan_template(path, folder)
        values |= table.values
        thresholds = read_model(table, Thresholds, lambda path: keys_of(Thresholds), values=values)
    return thresholds
