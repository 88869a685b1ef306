"""Which characters are taken for each other: by their readings, or by their looks."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

# A reading counts that is at most so much rarer than a character's first (natural logarithm).
RARER = 2.0
# How alike two drawings are (cosine), and how many neighbours a character has at most.
ALIKE, MOST = 0.66, 28
SIZE = 24


def hanzi() -> list[str]:
    """The 6,763 characters of GB/T 2312."""
    cells = (bytes([a, b]).decode("gb2312", "ignore") for a in range(0xB0, 0xF8) for b in range(0xA1, 0xFF))
    return [char for char in cells if char]


def readings(text: str) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, str]]:
    """The readings of characters that are usual, all of them, and the first of each word."""
    single: dict[str, dict[str, float]] = defaultdict(dict)
    words: dict[str, str] = {}
    for line in text.splitlines():
        parts = re.split(r"[\t ]", line)
        if len(parts) < 2:
            continue
        if len(parts[0]) == 1:
            single[parts[0]][parts[1]] = float(parts[2]) if len(parts) > 2 else 0.0
        else:
            words.setdefault(parts[0], parts[1])
    usual = {char: sorted(reading for reading, log in known.items() if log >= max(known.values()) - RARER)
             for char, known in single.items()}
    return usual, {char: sorted(known) for char, known in single.items()}, words


def look_alikes(font: Path, chars: list[str]) -> dict[str, str]:
    """Each character's neighbours in the look of a font, the likest first.

    The drawings are whole numbers, so that their products are the same on every machine.
    """
    face = ImageFont.truetype(str(font), 40)
    drawn = []
    for char in chars:
        image = Image.new("L", (44, 44), 0)
        ImageDraw.Draw(image).text((2, -2), char, font=face, fill=255)
        small = image.resize((SIZE, SIZE), Image.Resampling.BOX).resize((12, 12), Image.Resampling.BOX)
        fine = np.asarray(image.resize((SIZE, SIZE), Image.Resampling.BOX), dtype=np.float64).ravel()
        coarse = np.asarray(small, dtype=np.float64).ravel()
        drawn.append(np.concatenate([np.rint(fine - fine.mean()), np.rint(2 * (coarse - coarse.mean()))]))
    matrix = np.stack(drawn)
    product = matrix @ matrix.T
    length = np.sqrt(np.diag(product))
    alike = product / np.maximum(np.outer(length, length), 1.0)
    found = {}
    for k, char in enumerate(chars):
        order = np.argsort(-np.round(alike[k], 6), kind="stable")[: MOST + 1]
        found[char] = "".join(chars[j] for j in order if j != k and alike[k][j] > ALIKE)
    return found
