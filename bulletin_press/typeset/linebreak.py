"""Where the lines end: optimal breaking over whole paragraphs (Knuth and Plass, 1981).

A line's badness says what its white must suffer; the breaks with the least sum of badness and
penalties are taken. Unlike TeX the sum is not squared: badness is convex already, and plain sums
keep prices comparable over styles. Cost is O(n·k) for n items and k items to the line.
"""

from collections.abc import Sequence
from itertools import groupby
from math import inf
from operator import add, sub
from typing import Final, Protocol

from bulletin_press.typeset.boxes import Box
from bulletin_press.typeset.characters import ENCLITICS, IDEOGRAPHS, Edge
from bulletin_press.typeset.metrics import LETTER_FROM, WORD_MOST, Metrics, shares
from bulletin_press.typeset.spacing import COMPOUND_UNIT_PRICE, Space
from bulletin_press.typeset.words import BETWEEN, GOOD, WITHIN_WORD, break_prices

TOLERANCES: Final = (0.05, 0.10, 0.3, inf)
NARROW: Final = 25.0
LONE_PRICE: Final = 3000.0
SHORT_PRICE: Final = 300.0
# Two characters and a stop.
SHORT_LINE: Final = 2.6
EPSILON: Final = 1e-6
RIGID_PRICE: Final = 2e4
OVERFULL_PRICE: Final = 1e6
INSIDE_BRACKETS: Final = 400
BEFORE_PARTICLE: Final = 40


# A break that can be reached: first box of the next line, its number, total price, the node before.
Node = tuple[int, int, float, int]


class Fit(Protocol):
    """How a line is judged."""

    lone_price: float
    tight_left: Sequence[float]
    tight_right: Sequence[float]
    loose_left: Sequence[float]
    loose_right: Sequence[float]

    def badness(self, first: int, last: int, measure: float, final: bool) -> float:
        """Judge the line of boxes `first` to `last`; inf where it cannot be set."""


class Justified:
    """Lines that fill the measure; the last of a paragraph is set naturally."""

    def __init__(self, metrics: Metrics, tolerance: float, *, fill_last: bool = False) -> None:
        self.metrics, self.tolerance = metrics, tolerance
        self.style = metrics.paragraph.style
        self._rounds = [
            (*metrics.give(rank), share, price) for rank, share, price in self.style.rounds if metrics.give(rank)[1][-1]
        ]
        self.fill_last = fill_last
        self.lone_price = LONE_PRICE if tolerance == inf else inf
        word, latin, even = metrics.stretches
        self._left, self._right = metrics.left, metrics.right
        self._letters_left, self._letters_right = metrics.letters_left, metrics.letters_right
        self._bounded: list[float] = list(map(add, word, latin))
        self._even = even
        self.tight_left: Sequence[float] = list(map(sub, metrics.left, metrics.shrink_left))
        self.tight_right: Sequence[float] = list(map(sub, metrics.right, metrics.shrink_right))
        self.loose_left: Sequence[float] = [0.0] * len(metrics.left)
        self.loose_right: Sequence[float] = [inf] * len(metrics.left)
        if tolerance < inf:
            bounded, share = self._bounded, tolerance.__mul__
            loose = list(map(add, bounded, map(share, even)))
            small = min(tolerance, WORD_MOST) - tolerance
            head = list(map(add, loose, map(share, metrics.letters_left)))
            tail = list(map(add, loose, map(share, metrics.letters_right)))
            if metrics.small_right[-1] and small:
                head = list(map(add, head, map(small.__mul__, metrics.small_left)))
                tail = list(map(add, tail, map(small.__mul__, metrics.small_right)))
            self.loose_left = list(map(add, metrics.left, head))
            self.loose_right = list(map(add, metrics.right, tail))

    def badness(self, first: int, last: int, measure: float, final: bool) -> float:
        """Judge by what white is taken (in CLREQ's order, at a price each) or added."""
        slack = measure - (self._right[last] - self._left[first])
        if slack < -EPSILON:
            return self._squeezed(first, last, -slack)
        if final and not self.fill_last:
            return 0.0
        slack -= self._bounded[last] - self._bounded[first]
        if slack < EPSILON:
            return 0.0
        even = self._even[last] - self._even[first]
        letters = self._letters_right[last] - self._letters_left[first]
        each = slack / even if even else inf
        if letters and each > LETTER_FROM:
            metrics = self.metrics
            small = metrics.small_right[last] - metrics.small_left[first]
            each = max(shares(slack, even, letters, small, metrics.most(first, last)))
        if each > self.tolerance:
            return inf
        if each == inf:
            return RIGID_PRICE * slack
        # Past help, all lines are equally bad: three characters in one line beat a line for each.
        price = self.style.stretch * slack + self.style.stretch_curve * each * each
        return min(price, RIGID_PRICE * slack)

    def _squeezed(self, first: int, last: int, need: float) -> float:
        price = 0.0
        for before, behind, share, weight in self._rounds:
            room = (behind[last] - before[first]) * share
            if room:
                taken = room if room < need else need
                price += weight * taken
                need -= taken
                if need < EPSILON:
                    return self.style.squeeze * price + self.style.squeeze_curve * price * price
        return OVERFULL_PRICE * (1 + need) if self.tolerance == inf else inf


class Ragged:
    """Lines set naturally, as full as they go."""

    lone_price = LONE_PRICE
    slack_price = 20.0

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self.tight_left: Sequence[float] = metrics.left
        self.tight_right: Sequence[float] = metrics.right
        self.loose_left: Sequence[float] = [0.0] * len(metrics.left)
        self.loose_right: Sequence[float] = [inf] * len(metrics.left)

    def badness(self, first: int, last: int, measure: float, final: bool) -> float:
        """Judge by the square of the white left at the line end."""
        slack = measure - (self.metrics.right[last] - self.metrics.left[first])
        if slack < -EPSILON:
            return OVERFULL_PRICE * (1 - slack)
        return 0.0 if final else self.slack_price * slack * slack


class Balanced(Ragged):
    """Lines of a heading: as few as the measure allows, as equal as they can be."""

    def __init__(self, metrics: Metrics, lines: int) -> None:
        super().__init__(metrics)
        self.target = metrics.right[-1] / max(1, lines)

    def badness(self, first: int, last: int, measure: float, final: bool) -> float:
        """Judge by the square of the distance from the mean; of two the last is the shorter."""
        width = self.metrics.right[last] - self.metrics.left[first]
        if width > measure + EPSILON:
            return OVERFULL_PRICE * (1 + width - measure)
        return 4.0 * (width - self.target) ** 2 + (0.1 * width if final else 0.0)


class Phrased(Ragged):
    """Lines of a list of titles: as full as they go where a word ends."""

    # A line five characters short at a word's end is better than one three short inside a word: 高质|量发展.
    slack_price = 2.0


def _final_price(metrics: Metrics, first: int, last: int, lone_price: float) -> float:
    """Price a last line that is one character (孤字), or shorter than an indent."""
    if not first or (first == last and metrics.paragraph.boxes[last].left is Edge.BREAK):
        return 0.0
    body = 0
    for box in metrics.paragraph.boxes[first : last + 1]:
        if not box.is_mark and box.left is not Edge.BREAK:
            # An object is no 孤字: words that are kept together, say.
            body += len(box.text) if box.left is not Edge.OBJECT else 5
            if body > 4:
                return 0.0
    if body <= 1:
        return lone_price
    width = metrics.right[last] - metrics.left[first]
    return SHORT_PRICE if width < SHORT_LINE else 0.0


def search(
    metrics: Metrics, fit: Fit, profile: Sequence[float], penalties: Sequence[float]
) -> tuple[int, ...] | None:
    """Choose the breaks with the least total of badness and penalties.

    Args:
        metrics: the measured paragraph of n boxes.
        fit: how a line is judged.
        profile: measure of each line, em; the last holds for all further lines.
        penalties: n prices of breaking after a box; inf never, −inf always.

    Returns:
        Index of the last box of each line, ascending, the last n − 1; None where some line
        cannot be set under `fit`.
    """
    nodes: list[Node] = [(0, 0, 0.0, -1)]
    best: dict[int, Node]
    low, widest, deepest = 0, max(profile), len(profile) - 1
    following = metrics.right[1:]
    for last, penalty in enumerate(penalties):
        if penalty == inf:
            continue
        # Of a run of boxes without width (thousands of zero-width spaces) only the end is a place to
        # break: the others would make the same line, and all lines between them be compared.
        if penalty != -inf and following[last] - metrics.right[last] < EPSILON:
            continue
        final = penalty == -inf
        tight, loose = fit.tight_right[last] - widest - EPSILON, fit.loose_right[last] - profile[deepest]
        while low < len(nodes) - 1 and fit.tight_left[nodes[low][0]] < tight:
            low += 1
        best = {}
        early = deepest if deepest <= 1 and not final else -1
        for index in range(low, len(nodes)):
            first, line, total, _ = nodes[index]
            if line == early and fit.loose_left[first] > loose:
                break
            price = total + fit.badness(first, last, profile[line], final)
            price += _final_price(metrics, first, last, fit.lone_price) if final else penalty
            after = line + 1 if line < deepest else deepest
            if price < (best[after][2] if after in best else inf):
                best[after] = (last + 1, after, price, index)
        if final:
            if not best:
                return None
            low = len(nodes)
        nodes.extend(best.values())
    return _trace(nodes)


def _trace(nodes: Sequence[Node]) -> tuple[int, ...]:
    end = nodes[-1][0]
    at = min((i for i, node in enumerate(nodes) if node[0] == end), key=lambda i: nodes[i][2])
    ends = []
    while at > 0:
        ends.append(nodes[at][0] - 1)
        at = nodes[at][3]
    return tuple(reversed(ends))


def justify(
    metrics: Metrics, profile: Sequence[float], *, fill_last: bool = False
) -> tuple[int, ...]:
    """Break a paragraph into lines that fill their measures.

    Args:
        metrics: the measured paragraph of n ≥ 1 boxes.
        profile: measure of each line, em; the last holds for all further lines.
        fill_last: whether the last line is justified too.

    Returns:
        Index of the last box of each line, ascending; the last is n − 1.

    Never fails for want of a good break: where nothing fits a line is left overfull. The stretch
    allowed grows in steps, so that one hard line does not loosen a whole paragraph's
    search; narrow measures skip the first. Where lines can be had only by parting figures from
    their units, the next step is tried too: the prices decide.
    """
    for tolerance in TOLERANCES[1 if max(profile) < NARROW else 0 :]:
        fit = Justified(metrics, tolerance, fill_last=fill_last)
        ends = search(metrics, fit, profile, metrics.penalties)
        if ends and (tolerance > TOLERANCES[1] or not _parts_dearly(metrics, ends)):
            return ends
    raise AssertionError("unlimited tolerance always breaks")


def _parts_dearly(metrics: Metrics, ends: Sequence[int]) -> bool:
    return any(metrics.penalties[end] >= COMPOUND_UNIT_PRICE for end in ends)


def wrap(metrics: Metrics, profile: Sequence[float]) -> tuple[int, ...]:
    """Break a paragraph into ragged lines; arguments and result as for `justify`."""
    ends = search(metrics, Ragged(metrics), profile, metrics.penalties)
    assert ends
    return ends


def balance(metrics: Metrics, profile: Sequence[float]) -> tuple[int, ...]:
    """Break a heading into the fewest lines, equally long, at its better breaks.

    Arguments and result as for `justify`. A break inside 《》, “” or brackets, inside a word,
    before a particle or within a figure is taken only where the measure leaves no other.
    """
    fewest = wrap(metrics, profile)
    if len(fewest) == 1:
        return fewest
    penalties = heading_penalties(metrics)
    ends = search(metrics, Balanced(metrics, len(fewest)), profile, penalties)
    return ends if ends and len(ends) <= len(fewest) else fewest


def wrap_phrases(metrics: Metrics, profile: Sequence[float]) -> tuple[int, ...]:
    """Break a line of a list of titles: as full as they go, at its better breaks.

    Arguments and result as for `justify`.
    """
    fewest = wrap(metrics, profile)
    if len(fewest) == 1:
        return fewest
    ends = search(metrics, Phrased(metrics), profile, heading_penalties(metrics))
    return ends if ends and len(ends) <= len(fewest) else fewest


def heading_penalties(metrics: Metrics) -> list[float]:
    """Price the breaks of a heading: after a mark or a space is best, inside brackets worst."""
    boxes, depth, prices = metrics.paragraph.boxes, 0, []
    words = _word_prices(boxes)
    for i, price in enumerate(metrics.penalties):
        depth += (boxes[i].left is Edge.OPEN) - (boxes[i].left is Edge.CLOSE)
        if abs(price) != inf:
            after = boxes[i + 1]
            if boxes[i].text == "\u200b":
                price -= 40
            elif not (boxes[i].is_mark or boxes[i].space is Space.DRAWN):
                price += GOOD if after.left is Edge.OPEN else words.get(i, BETWEEN)
            # 等级, 着力, 过程: there it is the beginning of a word, no particle.
            particle = after.text in ENCLITICS and words.get(i + 1) != WITHIN_WORD
            price += INSIDE_BRACKETS * (depth > 0) + BEFORE_PARTICLE * particle
        prices.append(price)
    return prices


def _word_prices(boxes: Sequence[Box]) -> dict[int, float]:
    """Price the breaks between neighbouring 汉字: index of the box before → price."""
    prices: dict[int, float] = {}
    for plain, group in groupby(range(len(boxes)), key=lambda i: boxes[i].left in IDEOGRAPHS):
        if plain:
            at = list(group)
            found = break_prices("".join(boxes[i].text for i in at))
            prices.update(zip(at, found, strict=False))
    return prices
