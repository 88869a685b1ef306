"""Time whole renders with the composer and without, and their growth.

usage: python bench/render.py --fonts DIR [--pages 40 160]
"""

import argparse
import gc
import html
import time
from contextlib import nullcontext
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from bulletin_press.typeset.weasyprint_adapter import install

PROSE = Path(__file__).parent.parent / "tests" / "typeset" / "prose.txt"
AIM = 1.4
CSS = """
@font-face { font-family: Song; src: url(%s) }
@page { size: 210mm 297mm; margin: 25mm 38mm }
p { font: 11pt/18pt Song; margin: 0; text-align: justify; text-indent: 2em; width: 36em }
"""
CHARACTERS_A_PAGE = 1300


def document(pages: int, font: Path) -> str:
    """Return a document of about so many pages."""
    texts = PROSE.read_text("utf-8").splitlines()
    times = pages * CHARACTERS_A_PAGE // sum(map(len, texts)) + 1
    body = "".join(f"<p>{html.escape(text)}</p>" for text in texts * times)
    style = CSS % font.resolve().as_uri()
    return f"<html lang=zh-CN><title>t</title><style>{style}</style><h1>t</h1>{body}</html>"


def seconds(source: str, *, composed: bool) -> tuple[float, int]:
    """Render once; return the processor time, s, and the number of pages."""
    gc.collect()
    with install() if composed else nullcontext():
        start = time.process_time()
        rendered = weasyprint.HTML(string=source).render(font_config=FontConfiguration())
        rendered.write_pdf(pdf_tags=True)
        return time.process_time() - start, len(rendered.pages)


def main() -> None:
    """Print the ratio of the least times for each size, and the growth between sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, default=Path("fonts"))
    parser.add_argument("--pages", type=int, nargs="+", default=[10, 40])
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    font = arguments.fonts / "BulletinSong-Regular.otf"
    seconds(document(1, font), composed=True)
    for pages in arguments.pages:
        source = document(pages, font)
        found: dict[bool, list[float]] = {True: [], False: []}
        for _ in range(arguments.runs):
            for composed in (False, True):
                taken, number = seconds(source, composed=composed)
                found[composed].append(taken)
        plain, ours = min(found[False]), min(found[True])
        print(
            f"{number} pages: plain {plain:.2f} s, composed {ours:.2f} s, "
            f"ratio {ours / plain:.2f} (aim: {AIM}), {1000 * ours / number:.1f} ms a page"
        )


if __name__ == "__main__":
    main()
