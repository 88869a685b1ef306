"""What ``press import`` prints before it asks: what goes where, what does not, and why."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from bulletin_press.intake.importing import Proposal, TypedRow
from bulletin_press.intake.matching import Left, Match, Several, Taken
from bulletin_press.intake.memory import FILE
from bulletin_press.report.sentence import SPANS

_STATES = {"new": "", "same": "已填，相同", "more": "已填一部分，补上其余", "differs": "已填的不同"}
_WORDS = {"mom": "环比", "share": "占比", "share_change": "占比变化", "contribution": "拉动"}
_OF = {"growth": " 的同比", "previous": " 的上年数", "month": " 的当月数", "month.growth": " 的当月同比"} | {
    key: f" 的{words}" for key, words in _WORDS.items()}
_MOST = 8
_LINES = 16


def told(proposal: Proposal) -> Iterator[str]:
    """The lines of a proposal."""
    period = f"{proposal.period.year}年{proposal.period.words('nbs')}"
    yield f"{proposal.file} → {proposal.table.source.name} 的 [report]（{period}）"
    for said in proposal.notices:
        yield f"注意：{said}"
    for said in proposal.doubts:
        yield f"拿不准：{said}"
    measure: tuple[str, ...] = ()
    for entry in proposal.entries:
        if entry.setting.table != measure:
            measure = entry.setting.table
            spec, span = proposal.definition.measures[entry.setting.measure], entry.setting.span
            said = f"{SPANS[span].words} " if span else ""
            yield f"\n[report.{'.'.join(measure)}] {said}{spec.label}（{spec.unit or proposal.unit}）"
        yield from _entry(entry)
    if proposal.entries:
        yield ""
    yield from _several(proposal.matching.several)
    yield from _months(proposal)
    yield from _left(proposal.matching.left)


def _entry(entry: TypedRow) -> Iterator[str]:
    state = _STATES[entry.state]
    if entry.setting.ranking:
        yield f"  {entry.setting.item}（{entry.setting.label}）{'  ' + state if state else ''}"
        for match in entry.matches:
            yield "    " + _row(match.key[2] or "", match)
    else:
        match = entry.matches[0]
        said = f"{state}：{entry.typed}" if entry.state == "differs" else state
        yield "  " + _padded(entry.setting.item, 16) + _row(_called(match), match) + (
            f"  【{said}】" if said else "")
    if entry.setting.ranking and entry.state == "differs":
        yield f"    【已填的不同：{entry.typed}】"
    for doubt in dict.fromkeys(one for match in entry.matches for one in match.doubts):
        yield f"    拿不准：{doubt}"
    for note in dict.fromkeys(one.note for match in entry.matches for one in match.own if one.note):
        yield f"    {note}"


def _called(match: Match) -> str:
    """What a person would call a figure: by its value, else by what there is of it."""
    return next((one.evidence.label for one in (*match.own, match.month) if one), "")


def _row(label: str, match: Match) -> str:
    growth = f"同比 {match.growth.number:f}" if match.growth else \
        f"上年 {match.previous.number:f}" if match.previous else ""
    said = " ".join([growth, *(f"{_WORDS[key]} {one.number:f}" for key, one in match.more.items())]).strip()
    cells = "、".join(one.evidence.at for one in match.own)
    value = f"{match.value.number:f}" if match.value else ""
    return f"{_padded(label, 34)} {value:>14}  {said}{' ' * max(0, 14 - _width(said))} {cells}"


def _several(several: Sequence[Several]) -> Iterator[str]:
    if not several:
        return
    yield "两格都对得上，没有写："
    for one in several:
        key = ".".join(part for part in one.key if part)
        cells = "、".join(f"{cell.at}（{cell.amount.number:f}，{cell.label}）"
                         for cell in one.cells[:_MOST] if cell.amount)
        hand = f"{one.key[0]}.{one.key[1]}" + ("" if one.role == "value" else f".{one.role}")
        yield f"  {key}{_OF.get(one.role, '')}：{cells}"
        yield f"    要用哪一格，写在 {FILE} 那张表的 cells 里：cells = {{ \"{hand}\" = \"{one.cells[0].at}\" }}"


def _months(proposal: Proposal) -> Iterator[str]:
    months = [match for match in proposal.matching.matches if match.month and match.key[:2] not in proposal.months]
    if months:
        cells = "、".join(_at(match.month) for match in months[:4] if match.month)
        yield f"表里还有{proposal.period.month}月当月的数（{cells}{'……' if len(months) > 4 else ''}），" \
              "月报里没有说它的句子，没有写"


def _at(taken: Taken) -> str:
    return taken.evidence.at


def _left(left: Sequence[Left]) -> Iterator[str]:
    words = {"blank": "没有数（空、— 等）", "fault": "算不出来的格（#DIV/0!、没有存下结果的公式等）",
             "period": "别的月份、年份的数"}
    if not left:
        return
    yield "没有用上的："
    for one in left[:_LINES]:
        cells = one.cells
        # What is not known is named already.
        named = "、".join(cell.at if "：" in one.why else f"{cell.at} {cell.label}".strip() for cell in cells[:3])
        yield f"  {words.get(one.why, one.why)}：{named}{f'……共 {len(cells)} 格' if len(cells) > 3 else ''}"
    if len(left) > _LINES:
        yield f"  ……还有 {len(left) - _LINES} 种"
    if any(one.why.startswith("不认识") for one in left):
        yield f"  不认识的名称，写在 {FILE} 的 [labels] 里就认识了，例如 \"表里的叫法\" = \"项目的键\"；不要的写 \"\""


def _width(text: str) -> int:
    """Columns that a text takes on a screen."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, width: int) -> str:
    """A text filled up with blanks to a width on the screen, or cut to it."""
    shown, used = "", 0
    for char in text:
        wide = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if used + wide > width:
            break
        shown, used = shown + char, used + wide
    return shown + " " * (width - used)
