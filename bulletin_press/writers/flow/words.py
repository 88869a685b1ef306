"""Words as screens want them: titles that break between words, links as numbered notes, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from bulletin_press.document.plots import AuthorsChart, Timeline
from bulletin_press.document.tree import Call, Inline, Link, Ruby, Strong, Text, plain_text
from bulletin_press.typeset.words import BETWEEN, break_prices

# Stretches of a title: hanzi, or what is no hanzi and stays whole.
_STRETCH = re.compile(r"[\u3400-\u9fff]+|[^\u3400-\u9fff]+")
_OPENING = "（《〈“‘【(["
_CLOSING = "）》〉”’】，。、；：！？)]%％"
FEW = 3
# Between 汉字 and Latin, em.
_GAP = 0.25


def chunks(title: str) -> tuple[str, ...]:
    """A title in pieces between which it may break; a browser that keeps words whole breaks nowhere else."""
    found: list[str] = []
    for match in _STRETCH.finditer(title):
        stretch = match[0]
        if stretch[0] < "\u3400":
            found += re.findall(rf"[{re.escape(_OPENING)}]*[^{re.escape(_OPENING)}]+|.", stretch)
            continue
        prices = break_prices(stretch) if len(stretch) > 1 else ()
        start = 0
        for at, price in enumerate(prices, 1):
            if price <= BETWEEN:
                found.append(stretch[start:at])
                start = at
        found.append(stretch[start:])
    return tuple(_joined(found))


def _joined(pieces: Sequence[str]) -> Iterator[str]:
    """The pieces, marks with what they belong to and numbers with their units."""
    held = ""
    for piece in pieces:
        closes = bool(held) and (piece[0] in _CLOSING or held[-1] in _OPENING)
        numbered = bool(held) and held[-1].isdigit() and len(piece) <= FEW
        if held and not (closes or numbered):
            yield held
            held = ""
        held += piece
    if held:
        yield held


def written_date(day: date) -> str:
    """2022年8月26日."""
    return f"{day.year}年{day.month}月{day.day}日"


@dataclass
class Notes:
    """Links as numbered notes: the same address has one number."""

    _numbers: dict[str, int] = field(default_factory=dict)
    _words: dict[str, str] = field(default_factory=dict)

    def number(self, link: Link) -> int:
        """The number of a link, from 1; a link seen for the first time gets the next."""
        found = self._numbers.setdefault(link.href, len(self._numbers) + 1)
        self._words.setdefault(link.href, plain_text(link.children))
        return found

    def clear(self) -> None:
        """Forget all of them."""
        self._numbers.clear()
        self._words.clear()

    def all(self) -> tuple[tuple[int, str, str], ...]:
        """Every note so far: number, the words that were linked, address."""
        return tuple((number, self._words[href], href) for href, number in self._numbers.items())


def plot_rows(chart: AuthorsChart) -> tuple[tuple[str, ...], ...]:
    """What an author's chart shows, as the rows of a table; the first names the columns where there are several."""
    if isinstance(chart, Timeline):
        return tuple((one.when, one.what) for one in chart.moments)
    head = ("", *(f"{one.label}（{one.unit}）" if one.unit else one.label for one in chart.series))
    rows = [(label, *(one.values[at].text or "—" for one in chart.series)) for at, label in enumerate(chart.labels)]
    return (head, *rows)


def read_aloud(inlines: tuple[Inline, ...]) -> str:
    """Inlines as plain text; a link is followed by its address where that is not its text."""
    parts = []
    for node in inlines:
        match node:
            case Text() | Call():
                parts.append(node.text)
            case Strong():
                parts.append(read_aloud(node.children))
            case Ruby():
                parts.append(plain_text(node.children) + node.reading)
            case Link():
                words, address = plain_text(node.children), node.href.removeprefix("mailto:")
                parts.append(words if words == address else f"{words}（{address}）")
    return "".join(parts)


def ems(text: str) -> float:
    """About how wide a text is, em: 汉字 and their marks one, Latin letters and figures a good half."""
    width, before = 0.0, None
    for char in text:
        latin = char < "\u2010"
        width += (0.32 if char in ".,:;|! " else 0.59) if latin else 1.0
        width += _GAP if before is not None and latin != before else 0.0
        before = latin
    return width


def balanced(text: str, most: float) -> tuple[str, ...]:
    """A title in as few lines as it takes, broken between words, of nearly one length.

    Args:
        text: the title.
        most: how wide a line is, em; a word that is wider is broken.
    """
    pieces = [part for chunk in chunks(text) for part in _cut(chunk, most)]
    fewest = len(_lined(pieces, most))
    return next(lines for step in range(int(4 * most), -1, -1)
                if len(lines := _lined(pieces, most - step / 4)) <= fewest)


def halved(text: str) -> tuple[str, ...]:
    """A name in two lines as near to one length as words allow; a single word is broken in its middle."""
    pieces = chunks(text)
    if len(pieces) < 2:
        half = (len(text) + 1) // 2
        return tuple(filter(None, (text[:half], text[half:])))
    ways = [("".join(pieces[:at]), "".join(pieces[at:])) for at in range(1, len(pieces))]
    return min(ways, key=lambda lines: max(map(ems, lines)))


def _cut(chunk: str, most: float) -> Iterator[str]:
    """A word whole, or where it is wider than a line in as many lines as it takes."""
    start = 0
    for end in range(1, len(chunk) + 1):
        if ems(chunk[start:end]) > most and end - start > 1:
            yield chunk[start:end - 1]
            start = end - 1
    yield chunk[start:]


def _lined(pieces: Sequence[str], most: float) -> tuple[str, ...]:
    """Pieces put into lines one after the other; a piece wider than a line stands alone."""
    lines = [""]
    for piece in pieces:
        if lines[-1] and ems((lines[-1] + piece).strip()) > most:
            lines.append("")
        lines[-1] += piece
    return tuple(line.strip() for line in lines)
