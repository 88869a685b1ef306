"""The layout of the file that ships: see bulletin_press/language/word_model.py, which maps it."""

from __future__ import annotations

import re
import struct
import sys
from array import array
from collections import defaultdict

from words import Model

MAGIC = b"BPWM0001"
PAGE = 65536
# Costs are kept as whole numbers: of words to 1/256, of pairs to 1/14 (natural logarithm).
FINE, COARSE = 256, 14
# At most so many groups of sounds for a character.
CODES = 4
HOMOPHONES = (2, 3)
# A word that is rarer than this is no homophone that somebody meant, rarer than that none that was typed.
MEANT, TYPED = -13.0, -14.5


def _bytes(values: array[int]) -> bytes:
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()


def _pairs(model: Model) -> tuple[bytes, bytes, bytes]:
    """Where each word's followers begin (one number a page of words), their low 16 bits, their costs."""
    pages = (len(model.words) + PAGE - 1) // PAGE
    starts, seconds, costs = array("I", [0]), array("H"), bytearray()
    for row in model.followers:
        for page in range(pages):
            for second, log in row:
                if second // PAGE == page:
                    seconds.append(second % PAGE)
                    costs.append(min(255, round(-log * COARSE)))
            starts.append(len(seconds))
    return _bytes(starts), _bytes(seconds), bytes(costs)


def _homophones(model: Model, words: dict[str, str]) -> tuple[bytes, bytes]:
    """For each word where the words of its sound begin in a list, and the list."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, word in enumerate(model.words):
        if len(word) in HOMOPHONES and model.log[number] > TYPED and word in words:
            groups[words[word]].append(number)
    others: dict[int, list[int]] = {}
    for group in groups.values():
        for number in group:
            if meant := [one for one in group if one != number and model.log[one] > MEANT]:
                others[number] = meant
    starts, members = array("I", [0]), array("I")
    for number in range(len(model.words)):
        members.extend(others.get(number, ()))
        starts.append(len(members))
    return _bytes(starts), _bytes(members)


def _tails(model: Model) -> bytes:
    """The words of two to four characters in the order of what follows their first."""
    chosen = [k for k, word in enumerate(model.words) if 2 <= len(word) <= 4]
    return _bytes(array("I", sorted(chosen, key=lambda k: (model.words[k][1:], k))))


def level(reading: str) -> str:
    """A reading with what many do not tell apart levelled: zh/z, ch/c, sh/s, n/l, -ng/-n."""
    flat = re.sub(r"^(z|c|s)h", r"\1", reading)
    flat = re.sub(r"(a|e|i)ng$", r"\1n", flat)
    return re.sub(r"^l(?=[aeiouv])", "n", flat)


def _sounds(chars: list[str], usual: dict[str, list[str]], every: dict[str, list[str]]) -> tuple[bytes, ...]:
    """The groups of one sound, those of nearly one, and the groups of each character, CODES of each kind."""
    found: list[bytes] = []
    codes = array("H")
    of_kind: list[list[list[int]]] = []
    for readings, levelled in ((usual, False), (every, True)):
        groups: dict[str, list[str]] = defaultdict(list)
        for char in chars:
            for reading in dict.fromkeys(level(one) if levelled else one for one in readings.get(char, ())):
                groups[reading].append(char)
        order = sorted(groups)
        found.append("\n".join("".join(groups[reading]) for reading in order).encode())
        of_kind.append([[k + 1 for k, reading in enumerate(order) if char in groups[reading]][:CODES]
                        for char in chars])
    for same, near in zip(*of_kind, strict=True):
        for row in (same, near):
            codes.extend(row + [0] * (CODES - len(row)))
    return found[0], found[1], _bytes(codes)


def pack(model: Model, word_readings: dict[str, str], usual: dict[str, list[str]], every: dict[str, list[str]],
         looks: dict[str, str]) -> bytes:
    """The file.

    Args:
        model: words and their followers.
        word_readings: the sound of each word.
        usual: the usual readings of each character.
        every: all its readings.
        looks: each character with those that look like it.
    """
    chars = sorted(looks)
    parts = ["\n".join(model.words).encode(),
             _bytes(array("H", [min(65535, round(-log * FINE)) for log in model.log])),
             _bytes(array("h", [max(-32768, round(-log * FINE)) for log in model.backoff])),
             *_pairs(model), *_homophones(model, word_readings), _tails(model),
             "".join(chars).encode(), *_sounds(chars, usual, every),
             "\n".join(looks[char] for char in chars).encode()]
    table, at = [], len(MAGIC) + 4 + 8 * len(parts)
    for part in parts:
        at += -at % 4
        table.append((at, len(part)))
        at += len(part)
    out = bytearray(MAGIC + struct.pack("<I", len(parts)) + b"".join(struct.pack("<II", *row) for row in table))
    for (start, _), part in zip(table, parts, strict=True):
        out += bytes(start - len(out)) + part
    return bytes(out)
