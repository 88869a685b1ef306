"""The limits that rules judge by: TOML, the publication's over the bundled ones."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from bulletin_press.diagnostics import InputFault
from bulletin_press.positions import read_template
from bulletin_press.resources import templates_folder
from bulletin_press.schema import Model, first_complaints_of, keys_of, refuse

FILE = Path("checks") / "thresholds.toml"


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        refuse("wrong-type", "这里要写数字，不加引号和单位")
    return Decimal(value)


def _at_least(low: int) -> Any:
    def checked(value: Decimal) -> Decimal:
        if not low <= value <= 10**9:
            refuse("wrong-value", f"这个界限要在 {low} 到 10 亿之间")
        return value
    return checked


Ratio = Annotated[Decimal, BeforeValidator(lambda value: _at_least(1)(_number(value)))]
Amount = Annotated[Decimal, BeforeValidator(lambda value: _at_least(0)(_number(value)))]
Number = Annotated[Decimal, BeforeValidator(_number)]
Count = Annotated[int, Field(ge=0, le=10**6, strict=True)]


class Thresholds(Model):
    """Every limit; the file says which rule reads it, and in what unit."""

    growth_high: Number
    growth_low: Number
    identical_decimals: Count
    month_ratio: Ratio
    base_ratio: Ratio
    reversal_points: Amount
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
        if not path.is_file():
            continue
        table = read_template(path, folder)
        values |= table.values
        try:
            thresholds = Thresholds.model_validate(values)
        except ValidationError as error:
            findings = [complaint.placed(table)
                        for complaint in first_complaints_of(error, lambda path: keys_of(Thresholds))]
            raise InputFault(f"{path} 有 {len(findings)} 处不合要求", findings) from None
    return thresholds
