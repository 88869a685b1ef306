"""Where a search in Chrome (PDFium) lands: how far from the printed word, pt.

usage: python bench/finding.py FILE.pdf, with pypdfium2 and pymupdf; prints JSON.

The box of each word found is compared with where MuPDF sees its first glyph on that line.
"""

import json
import statistics
import sys
from collections.abc import Iterator
from typing import Any, Final

import pymupdf  # type: ignore[import-not-found, unused-ignore]
import pypdfium2  # type: ignore[import-not-found, unused-ignore]

WORDS: Final = ("进出口", "增长", "亿元", "占", "%", "其中", "企业", "出口", "的", "年", "公司", "客户", "月")
LINE: Final = 6.0


def offsets(path: str) -> Iterator[float]:
    """Yield the distance of each hit; one that is on no such line counts as 99."""
    pdfium, mupdf = pypdfium2.PdfDocument(path), pymupdf.open(path)
    for number in range(len(pdfium)):
        page, height = pdfium[number].get_textpage(), pdfium[number].get_height()
        raw: Any = mupdf[number].get_text("rawdict", flags=pymupdf.TEXT_INHIBIT_SPACES)
        lines = (line for block in raw["blocks"] for line in block.get("lines", ()))
        glyphs = [(c["c"], *c["origin"]) for line in lines for span in line["spans"] for c in span["chars"]]
        text = "".join(glyph[0] for glyph in glyphs)
        for word in WORDS:
            places = [glyph for i, glyph in enumerate(glyphs) if text.startswith(word, i)]
            search = page.search(word)
            while hit := search.get_next():
                left, bottom, _, _ = page.get_charbox(hit[0])
                near = [abs(x - left) for _, x, y in places if abs(y - (height - bottom)) < LINE]
                yield min(near, default=99.0)


def main() -> None:
    """Print the mean and the share of hits that are more than an em of 11 pt off."""
    found = list(offsets(sys.argv[1]))
    over = sum(each > 11 for each in found) / len(found)
    print(json.dumps({"found_off_mean_pt": round(statistics.mean(found), 2), "found_off_over_11": round(over, 4)}))


if __name__ == "__main__":
    main()
