"""Draw docs/floors.svg, the floors of the house, and write docs/rooms.md, what is in them: ``make docs``.

The floors are those of import-linter's contract, what a wing does is its docstring, and what others touch of it is
what they import.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "bulletin_press"
TARGET = ROOT / "docs" / "floors.svg"
ROOMS = ROOT / "docs" / "rooms.md"

WIDTH, LEFT, HEIGHT, GAP = 960, 44, 62, 10  # px; a floor is HEIGHT high
LETTER = 5.6  # the mean advance of a letter of the small type, px


def floors() -> list[list[str]]:
    """The wings of each floor, the ground last."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = [one["layers"] for one in contracts if one["type"] == "layers"]
    return [[name.strip() for name in row.replace(":", "|").split("|")] for row in layers]


def job(wing: str) -> str:
    """What a wing does: the first line of its docstring."""
    folder = PACKAGE / wing
    path = folder / "__init__.py" if folder.is_dir() else folder.with_suffix(".py")
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return said.partition("\n")[0].rstrip(".")


def wrapped(words: str, width: float, lines: int = 2) -> list[str]:
    """Words in at most so many lines of a width, px; what does not fit ends in an ellipsis."""
    rows = [""]
    for word in words.split():
        joined = f"{rows[-1]} {word}".strip()
        if len(joined) * LETTER <= width or not rows[-1]:
            rows[-1] = joined
        else:
            rows.append(word)
    return rows if len(rows) <= lines else [*rows[:lines - 1], rows[lines - 1] + "…"]


def _floor(number: int, wings: list[str], top: int) -> Iterator[str]:
    yield f'<text x="{LEFT - 14}" y="{top + 36}" class="n" text-anchor="end">{number}</text>'
    width = (WIDTH - LEFT - GAP * (len(wings) - 1)) / len(wings)
    for index, wing in enumerate(wings):
        x = LEFT + index * (width + GAP)
        name = wing if not (PACKAGE / wing).is_dir() else f"{wing}/"
        yield f'<rect x="{x:g}" y="{top}" width="{width:g}" height="{HEIGHT}" rx="4"/>'
        yield f'<text x="{x + 12:g}" y="{top + 21}" class="w">{escape(name)}</text>'
        for row, words in enumerate(wrapped(job(wing).replace("``", ""), width - 24)):
            yield f'<text x="{x + 12:g}" y="{top + 37 + 14 * row}" class="j">{escape(words)}</text>'


def text() -> str:
    """The drawing."""
    rows = floors()
    height = len(rows) * (HEIGHT + GAP) - GAP
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -1 {WIDTH + 1} {height + 2}" role="img">',
             "<title>The floors of the house: each wing imports only from below it</title>",
             "<style>rect{fill:#f3f6f6;stroke:#9fb0b4}text{font-family:sans-serif;fill:#22292b}"
             ".w{font-size:15px;font-weight:700;fill:#1e4b57}.j{font-size:11.5px}.n{font-size:13px;fill:#5c6a6d}</style>",
             f'<rect y="-1" width="{WIDTH + 1}" height="{height + 2}" style="fill:#fff;stroke:none"/>']
    for index, wings in enumerate(rows):
        lines += _floor(len(rows) - 1 - index, wings, index * (HEIGHT + GAP))
    return "\n".join([*lines, "</svg>"]) + "\n"


@cache
def imports() -> grimp.ImportGraph:
    """What imports what in the package."""
    return grimp.build_graph(PACKAGE.name)


def doors(wing: str) -> list[str]:
    """The modules of a wing that others import, by their names in it; "" is the wing itself."""
    whole = f"{PACKAGE.name}.{wing}"

    def inside(name: str) -> bool:
        return f"{name}.".startswith(f"{whole}.")

    return sorted(name.removeprefix(whole).removeprefix(".") for name in imports().modules
                  if inside(name) and not all(map(inside, imports().find_modules_that_directly_import(name))))


def rooms() -> str:
    """The table of the wings, the uppermost first."""
    lines = ["# Rooms", "", "What each wing does, and what of it the others import; the rest is the wing's own affair.",
             "How they stand above each other: [architecture.md](architecture.md).", "",
             "<!-- Written by tools/floors.py from the docstrings and the imports. -->", "",
             "| Floor | Wing | What it does | Others import |", "| --- | --- | --- | --- |"]
    rows = floors()
    for index, wings in enumerate(rows):
        for wing in wings:
            touched = ", ".join(f"`{name}`" if name else "the wing itself" for name in doors(wing))
            lines.append(f"| {len(rows) - 1 - index} | `{wing}` | {job(wing).replace('``', '`')} | {touched} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8")
    ROOMS.write_text(rooms(), "utf-8")
