"""A measure of a definition: its name, its unit, what kind of number it is, and its verbs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from bulletin_press.toml.schema import Line, Model, refuse

Kind = Literal["flow", "stock", "index", "rate"]
MAX_UNIT = 20


def _unit(value: object) -> object:
    if isinstance(value, str) and (len(value.strip()) > MAX_UNIT or not value.isprintable()):
        refuse("wrong-value", f"单位要写在一行里，不超过 {MAX_UNIT} 字；没有单位写 \"\"")
    return value.strip() if isinstance(value, str) else value


Unit = Annotated[str, BeforeValidator(_unit)]


@dataclass(frozen=True)
class Verbs:
    """How a measure moves: 增长、下降, and what the size of that is called: 增幅、降幅."""

    rise: str
    fall: str
    risen: str
    fallen: str

    @property
    def marks(self) -> tuple[str, str]:
        """A character each, for counts and turns: 涨, 降."""
        return _mark(self.rise), _mark(self.fall)


def _mark(verb: str) -> str:
    """增 of 增长 and 增加, else the last character: 涨 of 上涨."""
    return verb[0] if verb[0] in "增减降" else verb[-1]


GROWING = Verbs(rise="增长", fall="下降", risen="增幅", fallen="降幅")
STANDING = Verbs(rise="上升", fall="回落", risen="升幅", fallen="降幅")
CLIMBING = Verbs(rise="提高", fall="下降", risen="升幅", fallen="降幅")
RISING = Verbs(rise="上涨", fall="下降", risen="涨幅", fallen="降幅")
_SIZES = {"增长": "增幅", "增加": "增幅", "上涨": "涨幅", "上升": "升幅", "提高": "升幅", "扩大": "增幅",
          "下降": "降幅", "减少": "降幅", "下跌": "跌幅", "回落": "回落幅度", "降低": "降幅", "缩小": "降幅",
          "收窄": "降幅"}


def _two_or_four(words: tuple[str, ...]) -> tuple[str, ...]:
    if len(words) not in (2, 4):
        refuse("wrong-value", "verbs 写两个词（升、降），例如 [\"上涨\", \"下跌\"]；幅度另有叫法的写四个："
                              "[\"上涨\", \"下跌\", \"涨幅\", \"跌幅\"]")
    return words


class Measure(Model):
    """What is measured.

    Attributes:
        label: its name in full.
        short: its name in charts and messages.
        unit: where it differs from the report's; empty for none.
        synonyms: what sheets call it; never printed.
        kind: a flow adds up over the months; a stock, an index and a rate are as they stand: no month is derived of
            them and they may fall. A stock still adds up over its parts.
        signed: may be below nought: a balance, a net flow, a profit.
        verbs: how it moves, up and down; with two more, what the size of either is called.
        growth: whether its growth is a rate or a difference in points; a rate's is a difference.
        link: what stands between name and value; 为 for an index and a rate.
        negative: its name while the value is below nought; it is then printed without a sign: 逆差.
        turns: the words for a change of sign, to above nought and to below: 扭亏为盈.
        zero: what is printed instead of a value of nought: 未发生.
    """

    label: Line
    short: Line | None = None
    unit: Unit | None = None
    synonyms: Annotated[tuple[Line, ...], Field(max_length=500)] = ()
    kind: Kind = "flow"
    signed: bool = False
    verbs: Annotated[tuple[Line, ...], AfterValidator(_two_or_four)] | None = None
    growth: Literal["percent", "points"] | None = None
    link: Line | None = None
    negative: Line | None = None
    turns: tuple[Line, Line] = ("由负转正", "由正转负")
    zero: Line | None = None

    @property
    def own_unit(self) -> str | None:
        """Its unit; None where that is the report's."""
        if self.unit is None and self.kind in ("index", "rate"):
            return "%" if self.kind == "rate" else ""
        return self.unit

    @property
    def in_points(self) -> bool:
        """Whether its growth is a difference in points, not a rate."""
        return self.growth == "points" or (self.growth is None and self.kind == "rate")

    @property
    def points(self) -> str:
        """What such a difference is counted in."""
        return "个百分点" if self.kind == "rate" or self.own_unit == "%" else self.own_unit or "点"

    @property
    def moves(self) -> Verbs:
        """Its verbs."""
        return self.own_verbs or (CLIMBING if self.in_points else RISING if self.kind == "index" else GROWING)

    @property
    def own_verbs(self) -> Verbs | None:
        """Its verbs where the definition names them."""
        if self.verbs is None:
            return None
        rise, fall, *sizes = self.verbs
        risen, fallen = sizes or (_SIZES.get(rise, "增幅"), _SIZES.get(fall, "降幅"))
        return Verbs(rise, fall, risen, fallen)

    @property
    def stands(self) -> bool:
        """Whether its value itself is compared from month to month, not its growth."""
        return self.kind in ("index", "rate")

    @property
    def steps(self) -> Verbs:
        """The verbs of its value itself from month to month."""
        return self.own_verbs or (STANDING if self.kind == "index" else CLIMBING)

    @property
    def accumulates(self) -> bool:
        """Whether its values add up over the months of a year, and so never fall."""
        return self.kind == "flow" and not self.signed

    @property
    def unbounded(self) -> bool:
        """Whether nothing can be reckoned from its growth: it may be below nought, or moves in points."""
        return self.signed or self.in_points

    @property
    def adds_up(self) -> bool:
        """Whether its parts add up to the whole."""
        return self.kind in ("flow", "stock")
