"""Build spelling/: the model of words that tells wrong characters, and the words that are none.

    python tools/spelling/build.py [--from FOLDER] [--check]

Needs Debian's apt-get, pip and the development tools. The same sources give the same bytes. Exit 3: a source
cannot be had; 1: with --check, a file is another one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(ROOT))

import collocations  # noqa: E402
import confusions  # noqa: E402
import known  # noqa: E402
import pack  # noqa: E402
import sources  # noqa: E402
import words  # noqa: E402

from bulletin_press.language.word_model import WordModel  # noqa: E402

WORDS, PAIRS = 90_000, 850_000
LICENCES = {"words.model": "LGPL-2.1-or-later", "known.words": "MIT", "idioms.words": "MIT AND LGPL-2.1-or-later"}


def build(folder: Path) -> dict[str, bytes]:
    """The files by name, from the sources in a folder."""
    model_text, readings_text = sources.libime(folder)
    arpa = words.read_arpa(model_text)
    model = collocations.add(words.mix(arpa, words.count(sources.statutes(folder), arpa), WORDS, PAIRS))
    usual, every, by_word = confusions.readings(readings_text)
    looks = confusions.look_alikes(ROOT / "fonts" / "BulletinHei-Regular.otf", confusions.hanzi())
    packed = pack.pack(model, by_word, usual, every, looks)
    listed = known.entries(sources.dictionary(folder))
    costs = dict(zip(model.words, model.log, strict=True))
    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "words.model"
        path.write_bytes(packed)
        likeness = WordModel(path)
        slips = known.misspelt(listed, costs, likeness.alike) | \
            known.mistyped(listed, costs, likeness.alike, likeness.looks)
    return {"words.model": packed, "known.words": known.pack_known(listed, costs, slips),
            "idioms.words": known.pack_idioms(listed, costs, slips)}


def manifest(made: dict[str, bytes]) -> str:
    """What manifest.json says of the files."""
    files = {name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest(), "licence": LICENCES[name]}
             for name, data in made.items()}
    return json.dumps({"files": files, "sources": sources.PINS}, ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    """Build, then write or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="folder", type=Path, help="a folder that has the sources")
    parser.add_argument("--check", action="store_true", help="compare with what there is")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = given.folder or Path(work)
        try:
            sources.fetch(folder)
            made = build(folder)
        except sources.Unavailable as fault:
            print(fault, file=sys.stderr)
            return 3
    place = ROOT / "spelling"
    if given.check:
        return int(any((place / name).read_bytes() != data for name, data in made.items()))
    for name, data in made.items():
        (place / name).write_bytes(data)
    (place / "manifest.json").write_text(manifest(made), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
