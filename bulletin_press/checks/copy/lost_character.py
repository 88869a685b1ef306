"""词里丢了一个字，剩下的字自己不成词。

“会员单要……”“桥梁和纽作用”“一如既地”：前面或后面的字定了，缺的是哪个字也就定了。
哪些字只能是一个词的开头、结尾，列在 lost.toml。

误：会员单要高度重视，发挥好桥梁和纽作用。
误：协会将一如既地服务会员，为贯彻实省政府要求，将举新产品发布会。
正：会员单位要高度重视，发挥好桥梁和纽带作用。
正：协会将一如既往地服务会员，为贯彻落实省政府要求，将举行新产品发布会。
依据：编辑的通读：词语完整。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import compress, count
from tomllib import loads

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.ground.resources import templates_folder
from bulletin_press.issue.issue import Issue
from bulletin_press.language.expected import likelier, price
from bulletin_press.language.script import spelled
from bulletin_press.publication.bundled import BUNDLED

# The pieces are found by the two characters that each begins with; those with a mark are beyond doubt.
HEAD, SURE = 2, "!"
# How much likelier a text must be with the whole word, in natural logarithms, where a piece is not.
GAIN, TORN = 1.0, -3.0


@dataclass(frozen=True)
class Pieces:
    """Beginnings of words with what may follow, ends of words with what may stand before: what is meant is first.

    ``torn`` are pieces of which only the model tells whether they are any, with what each may have been.
    """

    begun: Mapping[str, str]
    ended: Mapping[str, str]
    torn: Mapping[str, str]
    sure: Container[str]

    @cached_property
    def heads(self) -> Mapping[str, Sequence[str]]:
        """The pieces by the two characters that each begins with."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for piece in (*self.begun, *self.ended, *self.torn):
            found[piece[:HEAD]].append(piece)
        return found

    def whole(self, text: str, at: int, piece: str) -> str:
        """The word of which a piece in a text, at an index, is left; empty where more of it stands."""
        end = at + len(piece)
        if piece in self.begun:
            behind = text[end : end + 1]
            return "" if behind in self.begun[piece] or behind.isdecimal() else piece + self.begun[piece][0]
        if piece in self.torn:
            # 从有关部门了解到 has no verb before 了.
            if text.startswith("了解", end - 1):
                return ""
            several = self.torn[piece].split()
            return min(several, key=lambda whole: price(text, at, end, whole)) if len(several) > 1 else several[0]
        # 约谈会员: its last character begins another word.
        if text.startswith(("会员", "会计", "会费", "会展"), end - 1):
            return ""
        before = text[max(0, at - 1) : at]
        return "" if before and before in self.ended[piece] else self.ended[piece][0] + piece

    def only(self, piece: str) -> bool:
        """Whether a piece can be the rest of but one word."""
        rest = self.begun.get(piece) or self.ended.get(piece)
        return len(rest) == 1 if rest else " " not in self.torn[piece]


@cache
def pieces() -> Pieces:
    """The pieces that the package carries; read when they are first asked for."""
    path = templates_folder() / "checks" / "lost.toml"
    begun, ended, torn = BUNDLED.made(path, __file__, lambda: tuple(loads(path.read_text("utf-8")).values()))
    return Pieces({piece.lstrip(SURE): rest for piece, rest in begun.items()},
                  {piece.lstrip(SURE): rest for piece, rest in ended.items()}, torn,
                  {piece.lstrip(SURE) for piece in (*begun, *ended) if piece[0] == SURE})


def check(issue: Issue) -> Iterator[At]:
    """Yield each piece of a word that stands without the rest, with the whole."""
    text, pairs, known = issue.words, issue.pairs, pieces()
    near = {head: several for head in known.heads.keys() & pairs
            if (several := [piece for piece in known.heads[head] if spelled(piece, pairs)])}
    for at in compress(count(), map(near.__contains__, issue.neighbours)):
        for piece in near[text[at : at + HEAD]]:
            end = at + len(piece)
            whole = known.whole(text, at, piece) if text.startswith(piece, at) else ""
            if whole and (piece in known.sure or likelier(text, at, end, whole, TORN if piece in known.torn else GAIN)):
                passage, start = issue.place(at)
                yield At.within(passage, start, start + len(piece), f"“{piece}”像是“{whole}”漏了一个字",
                                whole if known.only(piece) else None)
                break


RULE = Rule("lost-character", Severity.WARNING, Issue, check)
