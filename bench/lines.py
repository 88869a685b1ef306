"""Judge lines of texts nobody tuned to: our two styles, and Typst beside them where it is installed.

usage: python bench/lines.py JUDGE.py --python PYTHON [--typst] [--measures 36 20] [--styles gentle compact] [--out DIR]

JUDGE.py reads glyph positions in a PDF and prints JSON; PYTHON is an environment that has what it needs
(pymupdf, pdfplumber, pypdfium2, and typst for the column beside ours). Neither is part of the project.
The texts are those of bench/texts, one paragraph a line.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent
ROWS: Final = (
    "nonfinal_lines", "flush_share", "edge_maxdev_pt", "kinsoku", "stretch_mean_em", "stretch_max_em",
    "stretch_min_em", "lines_over_05", "stop_gap_mean_em", "stop_gap_min_em", "stop_lt_2", "white_gap_max_em",
    "one_char_last_lines", "under_2em_last_lines", "digits_broken", "number_percent_split", "number_unit_split",
    "latin_word_broken", "autospace_ok_share", "pairs_unsqueezed", "copy_poppler_not_found",
    "copy_poppler_extra_spaces_per_1000", "copy_pdfium_not_found", "copy_pdfium_extra_spaces_per_1000",
    "found_off_mean_pt", "found_off_over_11", "split_examples",
)
TYPST: Final = """#set page(paper: "a4", margin: (x: 30mm, y: 25mm))
#set text(font: "Bulletin Song", size: 11pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 7pt, spacing: 7pt%(limits)s)
#block(width: %(measure)sem)[
%(body)s
]
"""
LIMITS: Final = ", justification-limits: (tracking: (min: -0.01em, max: 0.05em))"
COMPILE: Final = "import sys,typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"


def judged(python: str, judge: Path, pdf: Path, source: Path) -> dict[str, Any]:
    """Return what the judge and the search for words say of a PDF."""
    command = [python, str(judge), str(pdf), "--source", str(source)]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    found["kinsoku"] = found["kinsoku_start"] + found["kinsoku_end"] + found["dash_ellipsis_split"]
    off = subprocess.run([python, str(HERE / "finding.py"), str(pdf)], capture_output=True, text=True, check=True)
    return found | json.loads(off.stdout)


def typst(texts: Sequence[str], measure: float, limits: str) -> str:
    """Return the texts as Typst's source: paragraphs as strings, so that nothing in them is markup."""
    body = "\n\n".join(f"#{json.dumps(text, ensure_ascii=False)}" for text in texts)
    return TYPST % {"limits": limits, "measure": measure, "body": body}


def columns(options: argparse.Namespace, texts: Path) -> Iterator[tuple[str, Path]]:
    """Make the PDFs; yield the name of each and where it is."""
    paragraphs = texts.read_text("utf-8").splitlines()
    for measure in options.measures:
        for style in options.styles:
            out = options.out / f"{style}.{measure:g}.pdf"
            command = [sys.executable, str(HERE / "pages.py"), str(texts), str(out), "--fonts", str(options.fonts)]
            command += ["--measure", f"{measure:g}", "--style", style]
            said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
            print(said, end="", file=sys.stderr)
            yield f"{style} {measure:g}", out
        for name, limits in (("typst", ""), ("typst+", LIMITS)) if options.typst else ():
            source = options.out / f"{name}.{measure:g}.typ"
            source.write_text(typst(paragraphs, measure, limits), "utf-8")
            out = source.with_suffix(".pdf")
            subprocess.run([options.python, "-c", COMPILE, str(source), str(out), str(options.fonts)], check=True)
            yield f"{name} {measure:g}", out


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("judge", type=Path)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--texts", type=Path, default=HERE / "texts")
    parser.add_argument("--fonts", type=Path, default=HERE.parent / "fonts")
    parser.add_argument("--measures", type=float, nargs="+", default=[36, 20])
    parser.add_argument("--styles", nargs="*", default=["gentle", "compact"])
    parser.add_argument("--typst", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("build/lines"))
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    found = sorted(options.texts.glob("*.txt")) if options.texts.is_dir() else [options.texts]
    paragraphs = [line for text in found for line in text.read_text("utf-8").splitlines() if line]
    texts, source = options.out / "texts.txt", options.out / "texts.json"
    texts.write_text("\n".join(paragraphs), "utf-8")
    source.write_text(json.dumps(paragraphs, ensure_ascii=False), "utf-8")
    print(f"{len(found)} texts, {sum(map(len, paragraphs))} characters")
    results = {name: judged(options.python, options.judge, pdf, source) for name, pdf in columns(options, texts)}
    print("| metric | " + " | ".join(results) + " |\n|---" + "|---" * len(results) + "|")
    for row in ROWS:
        print(f"| {row} | " + " | ".join(str(result.get(row)) for result in results.values()) + " |")


if __name__ == "__main__":
    main()
