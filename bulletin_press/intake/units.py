"""Units of sheets against those of the report: the same, ten times as much, or another thing altogether."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bulletin_press.intake.grid import Amount

_POWERS = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10,
           "千亿": 11, "万亿": 12}
_UNIT = re.compile(r"(万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百|十)?(.*)\Z")
MAX_DECIMALS = 6


@dataclass(frozen=True)
class Converted:
    """A number in the report's unit.

    ``exact`` is all its digits; ``note`` says what was done, ``doubt`` why it is not sure.
    """

    number: Decimal
    exact: Decimal
    note: str | None = None
    doubt: str | None = None


def _split(unit: str) -> tuple[int, str]:
    found = _UNIT.match(unit.replace("人民币", "").strip())
    prefix, base = (found[1] or "", found[2]) if found else ("", unit)
    return _POWERS[prefix], {"": "", "人次": "人次"}.get(base, base)


def converted(amount: Amount, unit: str | None, wanted: str) -> Converted | None:
    """A number of a sheet in the report's unit.

    Args:
        amount: the number as shown, and all its digits.
        unit: the sheet's unit; None where it names none.
        wanted: the report's unit; "" where it has none.

    Returns:
        The number; None where the two units measure different things.
    """
    if unit is None or unit == wanted or unit.replace("人民币", "") == wanted.replace("人民币", ""):
        return Converted(amount.number, amount.exact)
    (power, base), (wanted_power, wanted_base) = _split(unit), _split(wanted)
    if base and base != wanted_base:
        return None
    shift = power - wanted_power
    if not shift:
        return Converted(amount.number, amount.exact)
    shown, exact = (_plain(one.scaleb(shift)) for one in (amount.number, amount.exact))
    note = f"表里是{unit}，已换算成{wanted or '个位'}"
    if amount.number == amount.exact:
        return Converted(shown, exact, note)
    # The sheet shows fewer digits than it holds: in the smaller unit they would be noughts that nobody counted.
    if shift > 0 and _places(exact) <= 2:
        return Converted(exact, exact, note)
    if shift < 0 and _places(shown) <= MAX_DECIMALS:
        return Converted(shown, exact, note)
    return Converted(shown, exact, note, f"表里是{unit}，显示的位数不够换算成{wanted}")


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _plain(number: Decimal) -> Decimal:
    """A number in digits alone; noughts that only the conversion made are no digits of the sheet."""
    text = format(number, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
