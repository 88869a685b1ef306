"""What the values of a choice make of a flow of pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bulletin_press.theme.fit.choices import CHARTS, Between, Choice, Value
from bulletin_press.theme.fit.flowing import Flow
from bulletin_press.typeset.reports import FlowPiece, PieceKind

# White that is so many times what a choice adds to it is white between sections or items.
_BETWEEN = 1.7
# pt of a chart that is its title and note, and does not grow with it.
_TITLE = 24.0
_AFTER = ("charts", "after")
_FOOT = "imprint"
# Lines that stay together where a piece is parted; where it goes through columns.
_KEPT, _LED = 6, 4


@dataclass(frozen=True)
class Change:
    """One value of a choice, as against the one that is chosen now (``None`` is the theme's own)."""

    name: str
    value: str
    now: Value | None
    then: Value | None
    sections: frozenset[str]
    kind: PieceKind = "picture"

    @property
    def price(self) -> float:
        """What it costs, hundredths of an empty page."""
        return self.then.price if self.then else 0.0

    @property
    def deeper(self) -> float:
        """How much deeper pages become, pt."""
        return (self.then.deepens if self.then else 0.0) - (self.now.deepens if self.now else 0.0)


def changes_of(name: str, choice: Choice, now: str, flow: Flow) -> Iterator[Change]:
    """The values of a choice whose effect is known, that of now first."""
    sections, held = frozenset(choice.sections), choice.values.get(now)
    if sections and not any(_of(one, sections) for run in flow.runs for one in run):
        return
    known = {now: held, "": None} | {key: value for key, value in choice.values.items() if _known(value)}
    if held is not None and held.way == "parted":
        known = {now: held}  # how what was parted was before, pages do not tell
    if held is None or _known(held):
        yield from (Change(name, key, held, value, sections, choice.grows) for key, value in known.items())


def _known(value: Value) -> bool:
    return bool(value.deepens or value.grows or value.adds or CHARTS in value.sets or _AFTER in value.sets.items()
                or value.way == "parted")


def changed_by(flow: Flow, pairs: Sequence[Change]) -> Flow:
    """A flow with what values make of its pieces."""
    for way in pairs:
        if way.now is not way.then:
            flow = replace(flow, runs=tuple(tuple(_with(run, way, flow.line)) for run in flow.runs))
    return flow


def _of(one: FlowPiece, sections: frozenset[str]) -> bool:
    """Whether a piece stands in one of these sections."""
    return (_FOOT in sections) if one.kind == "foot" else one.section in sections


def _with(run: Sequence[FlowPiece], way: Change, line: float) -> Iterator[FlowPiece]:
    adds = _adds(way.then) - _adds(way.now)
    grows = ((way.then and way.then.grows) or 1.0) / ((way.now and way.now.grows) or 1.0)
    scale = _scale(way.then) / _scale(way.now)
    after = way.then is not None and _AFTER in way.then.sets.items()
    parted = way.then if way.then is not None and way.then.way == "parted" and not after else None
    # Charts that no text speaks of stand behind it as it is; they come first there.
    held, tail, before, items = list[FlowPiece](), list[FlowPiece](), "", 0
    for one in run:
        if one.section != before:
            yield from (*tail, *held)
            held, tail = [], []
        elif one.kind != "chart":
            held, tail = [*held, *tail], []
        begins, before = one.section != before, one.section
        opens, items = bool(items and one.items and not begins), one.items + items * (not begins)
        if way.sections and not _of(one, way.sections):
            yield one
        elif one.kind == "foot":
            yield replace(one, height=one.height * grows + adds) if way.sections else one
        elif len(way.sections) != 1:
            space = max(0.0, one.space + adds) if _spaced(one, way, adds, begins=begins, opens=opens) else one.space
            yield replace(one, space=space, height=one.height * (grows if one.kind == way.kind else 1))
        elif after and one.kind == "chart":
            tail.append(replace(one, follows=False))
        elif parted and one.height > 4 * line:
            yield from _parted(one, _alone(one, grows, adds, parted.alone), line, parted)
        else:
            high = _TITLE + (one.height - _TITLE) * scale if one.kind == "chart" else one.height * grows
            yield replace(one, height=high + begins * adds)
    yield from (*tail, *held)


def _alone(one: FlowPiece, grows: float, adds: float, alone: float) -> list[float]:
    """How high the parts of a piece are of which none stands beside another any more; the first with its heading."""
    if not one.beside:
        return [one.height * alone]
    high = [max(0.0, each * grows + adds) for each in one.beside]
    return [one.height - max(one.beside) + high[0], *high[1:]]


def _parted(one: FlowPiece, heights: Sequence[float], line: float, value: Value) -> Iterator[FlowPiece]:
    """A piece parted into so many, or each of its parts into lines, of which the first and the last stay together."""
    into = value.into
    over = (one.height - max(one.beside)) / line if one.beside else 0.0
    for number, high in enumerate(heights):
        count, headed = into or max(1, int(high // line)), 0.0 if number else over
        for at in range(count):
            first = not number and not at
            tied = at < headed + (_LED if value.flows else _KEPT) or (not value.flows and count - 2 < at)
            follows = one.follows if first else not into and at > 0 and tied
            yield replace(one, space=one.space if first else 0.0, height=high / count, forced=first and one.forced,
                          follows=follows, items=int(not at), beside=())


def _adds(value: Value | None) -> float:
    """What a value adds, pt; nothing where that is about charts, which are reckoned one by one."""
    return value.adds if value and CHARTS not in value.sets else 0.0


def _spaced(one: FlowPiece, way: Change, adds: float, *, begins: bool, opens: bool) -> bool:
    """Whether the white above a piece is what a choice adds to, where it opens a section or an item in one."""
    between: Between = (way.then and way.then.between) or (way.now and way.now.between) or ""
    return begins if between == "sections" else opens if between == "items" else one.space >= _BETWEEN * abs(adds) > 0


def _scale(value: Value | None) -> float:
    return float(value.sets.get(CHARTS, 1)) if value else 1.0
