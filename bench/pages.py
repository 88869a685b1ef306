"""Set texts on pages of one measure, to be looked at and judged.

usage: python bench/pages.py TEXTS OUT.pdf --fonts DIR [--measure 30] [--style gentle|compact|plain]

TEXTS is a .txt of one paragraph a line, or an issue's .toml, of which every `body` and `intro` is
taken. Beside OUT.pdf the paragraphs are written as OUT.json, for tools that compare.
"""

import argparse
import html
import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import weasyprint

from bulletin_press.typeset.weasyprint_adapter import install, line_reports

CSS = """
@font-face { font-family: Song; src: url(%(font)s) }
@page { size: 210mm 297mm; margin: 25mm 30mm }
h1 { font: 16pt/27pt Song }
p { font: 11pt/18pt Song; margin: 0; text-align: justify; text-indent: 2em; width: %(measure)sem }
"""


def paragraphs(path: Path) -> list[str]:
    """Return the paragraphs of a text or of an issue."""
    text = path.read_text("utf-8")
    if path.suffix != ".toml":
        return text.splitlines()
    bodies = "\n\n".join(_bodies(tomllib.loads(text)))
    found = (re.sub(r"\s+", " ", each).strip() for each in bodies.split("\n\n"))
    return [each for each in found if each]


def _bodies(table: Any) -> Iterator[str]:
    if isinstance(table, list):
        for each in table:
            yield from _bodies(each)
    elif isinstance(table, dict):
        for key, value in table.items():
            if key in ("body", "intro") and isinstance(value, str):
                yield value
            else:
                yield from _bodies(value)


def main() -> None:
    """Write the pages and print the lines that are overfull or loose."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--fonts", type=Path, default=Path("fonts"))
    parser.add_argument("--measure", type=float, default=30)
    parser.add_argument("--style", choices=("gentle", "compact", "plain"), default="gentle")
    arguments = parser.parse_args()
    texts = paragraphs(arguments.texts)
    font = (arguments.fonts / "BulletinSong-Regular.otf").resolve().as_uri()
    style = CSS % {"font": font, "measure": arguments.measure}
    body = "".join(f"<p>{html.escape(text)}</p>" for text in texts)
    source = f"<html lang=zh-CN><title>t</title><style>{style}</style><h1>题</h1>{body}</html>"
    plain = arguments.style == "plain"
    with nullcontext() if plain else install(style=arguments.style):
        document = weasyprint.HTML(string=source).render(pdf_tags=True)
        document.write_pdf(arguments.out, pdf_tags=True)
        for report in () if plain else line_reports(document):
            print(report)
    listed = json.dumps(texts, ensure_ascii=False)
    arguments.out.with_suffix(".json").write_text(listed, "utf-8")


if __name__ == "__main__":
    main()
