"""A sentence of a definition: of which items what is said, in which shape, joined how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from bulletin_press.toml.schema import Line, Model, Text

# Of each kind: what is named in one place is looked for among all of another.
MOST = 500

Form = Literal["measures", "items", "parallel", "ranking", "month", "tally"]
Statement = Literal["value", "growth", "change", "difference", "mom", "month", "share", "share_change", "gap",
                    "contribution", "note"]
# Said where a sentence does not choose: whatever was typed, in this order; ``change`` by the house style.
DEFAULT_SAY: tuple[Statement, ...] = ("value", "growth", "change", "mom", "share", "share_change", "contribution",
                                      "note")


@dataclass(frozen=True)
class Span:
    """A span of the year that a report may speak of beside its period: its last month, its words."""

    last: int
    words: str


SPANS: Mapping[str, Span] = {
    "q1": Span(3, "一季度"), "q2": Span(6, "二季度"), "q3": Span(9, "三季度"), "q4": Span(12, "四季度"),
    "h1": Span(6, "上半年"), "h2": Span(12, "下半年"),
    **{f"m{month}": Span(month, f"{month}月") for month in range(1, 13)}}
SpanKey = Literal["q1", "q2", "q3", "q4", "h1", "h2", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9", "m10",
                  "m11", "m12"]


class Sentence(Model):
    """One sentence.

    Attributes:
        form: the shape: one item's measures, items one by one, items side by side (分别), a ranking, the single
            month, or a count of ups and downs.
        items: what it speaks of.
        measures: in which measures.
        say: what it says of each, in this order; what was typed, where not given.
        change: say how the rate moved, whatever the house style is.
        of: the item that shares, gaps and contributions are of; the one that contains the item, where not given.
        whole: what that is called: 全行业.
        base: what growth is against, where not the year before: 2019, 年初.
        span: the span of the year that it speaks of, where not the report's period.
        subject: what stands before the figures: {item}, {measure}, {short}.
        opening: what stands before a sentence of ``measures`` and ``month``.
        published: the same before a month that was published, not derived.
        one: a ranking of one.
        many: a ranking of several.
        tally: a count of ups and downs.
        words: statements in other words: { share = "占{whole}的比重为{amount}" }.
        over: whether ``parallel`` sets items side by side, or an item's measures.
        total: the item that holds what the ranking sums up to, where it was published.
        of_which: begins with 其中，(or other words, or none) where the sentence before was said; leans on that.
        once: says 同比 once up to the full stop.
        join: joined to the sentence before by this mark instead of a full stop.
        between: the mark between its own clauses.
        last: what joins the last two of a list.
        bracket: what stands in brackets: what follows the values, or all figures behind the name.
    """

    form: Form
    items: tuple[Line, ...] = Field(min_length=1, max_length=MOST)
    measures: tuple[Line, ...] = Field(min_length=1, max_length=MOST)
    say: tuple[Statement, ...] | None = Field(None, min_length=1)
    change: bool | None = None
    of: Line | None = None
    whole: Line | None = None
    base: Line | None = None
    span: SpanKey | None = None
    subject: Text | None = None
    opening: Text = "{item}"
    published: Text | None = None
    one: Text = "第一位为{names}，{measure}{values}"
    many: Text = "前{count}位为{names}，{measure}分别为{values}"
    tally: Text = "{count}项{measure}{tally}"
    words: dict[Statement, Text] = {}
    over: Literal["items", "measures"] = "items"
    total: Line | None = None
    of_which: bool | Text | Literal[""] = False
    once: bool = False
    join: Literal["；", "，"] | None = None
    between: Literal["；", "，", "、"] = "；"
    last: Literal["和", "、", "及", "以及"] = "和"
    bracket: Literal["growth", "figures"] | None = None

    @property
    def said(self) -> tuple[Statement, ...]:
        """What it says of each item, as far as it was typed or can be reckoned."""
        if self.say is None:
            return DEFAULT_SAY
        return tuple(sorted(self.say, key=lambda statement: statement != "value"))

    @property
    def counted(self) -> Statement:
        """What ``tally`` counts the ups and downs of."""
        return "growth" if "growth" in self.said else "mom"

    @property
    def begins(self) -> str:
        """What stands before its figures: its opening; of a month that has none, the month and the item."""
        own = self.form != "month" or "opening" in self.model_fields_set
        return self.opening if own else "{month}当月，{item}"

    @property
    def follows(self) -> bool:
        """Whether it leans on the sentence before: 其中."""
        return self.of_which is not False

    @property
    def named_subject(self) -> str | None:
        """Its subject where that names the item; None where it leans on the sentence before: 折合, {measure}."""
        return self.subject if self.subject and "{item}" in self.subject else None

    def says_change(self, house: bool) -> bool:
        """Whether it says how a rate moved.

        Args:
            house: the house style.
        """
        if self.change is not None:
            return self.change
        return house if self.say is None else "change" in self.say


# The words of a sentence that each form reads.
USED: Mapping[Form, tuple[str, ...]] = {
    "measures": ("opening", "subject"), "month": ("opening", "published", "subject"), "items": ("subject",),
    "parallel": ("subject", "over"), "ranking": ("one", "many", "subject", "total"), "tally": ("tally",)}
SHAPED = ("opening", "published", "one", "many", "tally", "subject", "over", "total")
