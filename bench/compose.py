"""Time the composer alone: seconds for 10,000 characters, text to set lines.

usage: python bench/compose.py [--style gentle] [--measure 30]
"""

import argparse
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from bulletin_press.typeset.boxes import TextRun
from bulletin_press.typeset.items import build_paragraph
from bulletin_press.typeset.linebreak import Metrics, justify
from bulletin_press.typeset.setting import set_lines
from bulletin_press.typeset.spacing import STYLES, LineStyle

PROSE = Path(__file__).parent.parent / "tests" / "typeset" / "prose.txt"
AIM = 0.10


class Table(dict[str, float]):
    """Half an em for what is Latin, an em for the rest."""

    def __missing__(self, string: str) -> float:
        width = self[string] = sum(0.5 if c < "\u2000" else 1.0 for c in string)
        return width


TABLE = Table()


def advances(_: Iterable[str]) -> Mapping[str, float]:
    """Return the widths of all strings."""
    return TABLE


def compose(texts: Iterable[str], measure: float, style: LineStyle) -> int:
    """Compose paragraphs; return the number of lines."""
    lines = 0
    for text in texts:
        metrics = Metrics(build_paragraph([TextRun(text, advances)], style))
        profile = (measure - 2, measure)
        ends = justify(metrics, profile)
        lines += len(list(set_lines(metrics, ends, profile, fill=True, fill_last=False)))
    return lines


def main() -> None:
    """Print the least of nine runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--style", choices=STYLES, default="gentle")
    parser.add_argument("--measure", type=float, default=30)
    arguments = parser.parse_args()
    texts = PROSE.read_text("utf-8").splitlines() * 4
    characters = sum(map(len, texts))
    seconds = []
    for _ in range(9):
        start = time.process_time()
        compose(texts, arguments.measure, STYLES[arguments.style])
        seconds.append((time.process_time() - start) * 10_000 / characters)
    print(f"{min(seconds):.3f} s per 10,000 characters (aim: {AIM})")


if __name__ == "__main__":
    main()
