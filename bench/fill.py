"""How full pages are: per page the share of its type area that is empty, percent; the last page's largest hole.

usage: python bench/fill.py [WORKSPACE] [ISSUE ...] [--themes classic modern gongwen]

Each issue is laid out in each theme as the theme has it and as the press arranges it. Margins are the theme's own;
what is pinned to a page's foot (the imprint) counts as filled, pages that are added for print are not laid out here.
"""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bulletin_press.edition import open_edition
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import Workspace
from bulletin_press.theme.fit.score import MOST_EMPTY, MOST_EMPTY_LAST, empties

ROOT = Path(__file__).resolve().parent.parent
AIM = "aim: none over a quarter but the last, the last at most a third"


def row(name: str, empty: Sequence[float]) -> None:
    """A line of the table."""
    print(f"{name:<28}{' '.join(f'{share:>4.0%}' for share in empty)}", flush=True)


def main() -> None:
    """Print the table and what it comes to, before and after."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("workspace", nargs="?", type=Path, default=ROOT / "issues")
    parser.add_argument("issues", nargs="*")
    parser.add_argument("--themes", nargs="+", default=["classic", "modern", "gongwen"])
    options = parser.parse_args()
    root = options.workspace.resolve()
    place = Workspace(root, date.today(), root)
    found: dict[bool, list[tuple[float, ...]]] = {False: [], True: []}
    for name in options.issues or place.issue_names:
        issue = read_issue(place, place.issue_path(name))
        for theme in options.themes:
            for fits, made in found.items():
                empty = empties(open_edition(issue, theme, fits=fits).pages.fills())
                made.append(empty)
                row(f"{name} {theme} {'arranged' if fits else 'as it comes'}", empty)
    for fits, made in found.items():
        inner = [share for empty in made for share in empty[:-1]]
        last = [empty[-1] for empty in made]
        holes, ends = sum(share > MOST_EMPTY for share in inner), sum(share > MOST_EMPTY_LAST for share in last)
        print(f"{'arranged' if fits else 'as it comes'}: {holes} of {len(inner)} pages over a quarter,"
              f" {ends} of {len(last)} last pages over a third, worst {max([*inner, *last], default=0):.0%} ({AIM})")


if __name__ == "__main__":
    main()
