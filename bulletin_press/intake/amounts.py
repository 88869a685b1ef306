"""What a cell shows, and which number that is.

A spreadsheet keeps 0.381234 and shows 38.12 %: what a reader of the sheet saw is what goes into an issue, all
digits stay in the provenance. Rounding is half away from nought, as spreadsheets round.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final, Literal

from bulletin_press.intake.grid import Amount, RawCell
from bulletin_press.toml.typed_values import is_sheet_error, number_meant

# "blank" holds no figure on purpose: —, …, nothing; "fault" is one that could not be reckoned.
Content = Amount | Literal["blank", "label", "fault", "date"]

# A number without a format of its own shows as many digits as there are: beyond these it was reckoned.
GENERAL_DECIMALS: Final = 4
ROUNDED_TO: Final = 2
MAX_DIGITS: Final = 25
UNFORMATTED = "这一格没有设小数位数，按两位小数四舍五入"
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]|_.|\*.')
_DIGITS = re.compile(r"[0#?](?:[0#?,]*[0#?])?(?:\.([0#?]*))?(,*)")
_DATES = re.compile(r"[ymdhsYMDHS年月日]")
_BLANKS = frozenset({"", "-", "--", "---", "—", "——", "–", "…", "……", "...", "/", "\\", "*", "·", "无", "暂无",
                     "未公布", "n/a", "na", "x", "?"})
_NUMERIC = re.compile(r"[+-]?(?:\d[\d,]*|\d{1,3}(?:[ \u00a0]\d{3})+)?(?:\.\d+)?%?|[+-]?\d+(?:\.\d+)?e[+-]?\d+|"
                      r"\([\d,.]+%?\)%?", re.I)
_SAID = re.compile(r"(?:同比)?(?:增长|增加|上升|下降|减少|降低|增|降|减|升|负)\d[\d.]*%?|"
                   r"[↑↓▲▼△]\s*\d[\d.]*%?|\d[\d.]*%?[↑↓]|持平|与上年持平")
_QUANTITY = re.compile(r"([+-]?\d[\d,]*(?:\.\d+)?)("
                       r"[万亿千百十]{0,2}(?:美元|元|件|吨|个|家|人|人民币|台|套|项|人次|千瓦时|平方米))")
_MARKS = str.maketrans(dict.fromkeys("−－﹣‐‑", "-") | {"\u3000": " ", "\u00a0": " "})


def content_of(cell: RawCell) -> Content:
    """What a cell is: a number as shown, a label, or no figure."""
    if cell.kind == "number":
        return _shown(cell) or "fault"
    if cell.kind == "text":
        return _typed(cell.text)
    return "date" if cell.kind == "date" else "fault"


def _shown(cell: RawCell) -> Amount | None:
    exact = _decimal(cell.text)
    if exact is None:
        return None
    doubt = "公式取自另一个文件，这里是上次存下的结果" if cell.afar else None
    if cell.shown is not None:  # OpenDocument says itself what is shown
        typed = _typed(cell.shown)
        if isinstance(typed, Amount):
            hidden = exact * 100 if typed.percent else exact
            same = abs(hidden - typed.number) <= Decimal(1).scaleb(-_places(typed.number))
            return Amount(typed.number, _short(hidden) if same else typed.number, typed.percent, typed.unit)
    return _formatted(exact, cell.form, doubt)


def _formatted(exact: Decimal, code: str, doubt: str | None) -> Amount | None:
    """A number in a format code: its decimals, its per cent, its thousands left out."""
    sections = _QUOTED.sub("", code).split(";")
    section = sections[1] if exact < 0 and len(sections) > 1 and sections[1].strip() else sections[0]
    plain = section.replace("\\", "")
    if "!" in section or re.search(r"[0#]\\\.", section):
        return Amount(_short(exact), _short(exact), doubt="这一格的数字格式特别，看不准它显示的是多少")
    percent = "%" in plain
    value = exact * 100 if percent else exact
    digits = _DIGITS.search(plain)
    if digits is None or plain.strip().lower() in ("general", "@", "g/通用格式"):
        if _DATES.search(plain) and plain.strip().lower() not in ("general", "g/通用格式"):
            return None  # a date
        return _unformatted(value, percent, doubt)
    if "E" in plain.upper().replace("GENERAL", "")[digits.start() :]:
        return _unformatted(value, percent, doubt)
    if digits[2]:
        value = value.scaleb(-3 * len(digits[2]))
        doubt = doubt or "这一格按千或百万显示，单位要看清"
    decimals = digits[1] or ""
    shown = _rounded(value, len(decimals))
    least = len(decimals.rstrip("#?"))
    while _places(shown) > least and shown == _rounded(shown, _places(shown) - 1):
        shown = _rounded(shown, _places(shown) - 1)
    return Amount(shown, _short(value), percent, None, doubt)


def _unformatted(value: Decimal, percent: bool, doubt: str | None) -> Amount:
    """A number that shows all its digits; one with many was reckoned, and is rounded."""
    short = _short(value)
    if _places(short) <= GENERAL_DECIMALS:
        return Amount(short, short, percent, None, doubt)
    return Amount(_rounded(value, ROUNDED_TO), short, percent, None, doubt or UNFORMATTED)


def _typed(text: str) -> Content:
    """A text that is a number, a sign of none, or a label."""
    narrow = unicodedata.normalize("NFKC", text.translate(_MARKS)).strip().lstrip("'‘’`").strip()
    narrow = narrow.translate(_MARKS)
    if narrow.lower() in _BLANKS or not narrow.strip("-—–…./ "):
        return "blank"
    if is_sheet_error(narrow):
        return "fault"
    if found := _QUANTITY.fullmatch(narrow.replace(" ", "")):
        number = _decimal(found[1].replace(",", ""))
        return Amount(number, number, unit=found[2]) if number is not None else "label"
    if not (_NUMERIC.fullmatch(narrow) or _SAID.fullmatch(narrow)):
        return "label"
    number = _decimal(narrow)
    if number is not None and "e" not in narrow.lower() and not re.match(r"[+-]?0\d", narrow):
        return Amount(number, number)
    if re.match(r"[+-]?0\d", narrow):
        return "label"  # a code
    advice = number_meant(narrow)
    meant = _decimal(advice.suggestion) if advice and advice.suggestion else None
    if meant is None:
        return "fault" if advice and "e" in narrow.lower() else "label"
    return Amount(meant, meant, "%" in narrow or bool(_SAID.fullmatch(narrow)))


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > MAX_DIGITS:
        return None
    return Decimal(format(number, "f"))


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def _short(number: Decimal) -> Decimal:
    """All digits that mean something: a binary number's fifteen, without zeros at the end."""
    if number == 0:
        return Decimal(0)
    places = min(12, max(0, 14 - number.adjusted()))
    text = format(_rounded(number, places), "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)
