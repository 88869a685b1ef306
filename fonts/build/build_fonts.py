"""Build fonts/ from pinned Debian packages.

    python fonts/build/build_fonts.py                 fetch, build, replace the files
    python fonts/build/build_fonts.py --debs FOLDER   with .deb files already there
    python fonts/build/build_fonts.py --check         build aside and compare

Exit status: 0 done, 1 `--check` found a difference, 3 a package or a tool cannot be had
(fonts/ is then as it was). A build repeats byte for byte.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
FONTS = HERE.parent
MANIFEST = "manifest.json"
DIFFERS, UNAVAILABLE = 1, 3

try:
    import charsets
    import faces
    import fontTools
    import licences
    import packages
except ModuleNotFoundError as missing:
    print(f"build_fonts: {missing.name} is not installed; see packages.toml for the release", file=sys.stderr)
    raise SystemExit(UNAVAILABLE) from missing


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the build and return the exit status."""
    parser = argparse.ArgumentParser(description="Build fonts/ from pinned Debian packages.")
    parser.add_argument("--check", action="store_true", help="build aside and compare with fonts/")
    parser.add_argument("--debs", type=Path, metavar="FOLDER", help="take the .deb files from here")
    parser.add_argument("--out", type=Path, default=FONTS, metavar="FOLDER", help="where to put the files")
    parser.add_argument("--tgh", type=Path, metavar="FILE", help="also write 通用规范汉字表 here, for the tests")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="bulletin-fonts-") as folder:
            built = Path(folder) / "fonts"
            built.mkdir()
            tgh = build(Path(folder), built, options.debs)
            if options.tgh is not None:
                options.tgh.write_text(_in_levels(tgh), encoding="utf-8")
            if options.check:
                return _compare(built, options.out)
            _replace(built, options.out)
    except packages.Unavailable as failure:
        print(f"build_fonts: {failure}\nbuild_fonts: nothing was changed", file=sys.stderr)
        return UNAVAILABLE
    return 0


def build(work: Path, target: Path, debs: Path | None) -> tuple[int, ...]:
    """Build everything that is generated into `target`.

    Args:
        work: folder for what is fetched and unpacked.
        target: an empty folder.
        debs: folder of .deb files, None to fetch them.

    Returns:
        通用规范汉字表, as `charsets.read_tgh` gives it.

    Raises:
        packages.Unavailable: see `packages.gather`; also another release of fontTools.
    """
    pins = packages.read_pins(HERE / "packages.toml")
    if fontTools.version != pins.fonttools:
        raise packages.Unavailable(f"needs fontTools {pins.fonttools}, this is {fontTools.version}")
    unpacked = packages.gather(pins, work, debs)
    tgh = charsets.read_tgh(unpacked["unicode-data"] / "usr/share/unicode")
    codes = charsets.charsets(tgh)
    for face in faces.FACES:
        print(f"  {face.file}", flush=True)
        faces.cut(face, unpacked[face.package], codes[face.charset], target / face.file)
    fang = faces.FANG
    print(f"  {fang.file}", flush=True)
    faces.rename(fang, unpacked[fang.package], target / fang.file)
    for face in faces.FACES:
        licence = licences.ofl(face.package, unpacked[face.package])
        (target / face.licence_file).write_text(licence, encoding="utf-8")
    (target / fang.licence_file).write_text(licences.fandol(unpacked[fang.package]), encoding="utf-8")
    (target / MANIFEST).write_text(_manifest(pins, target), encoding="utf-8")
    return tgh


def _manifest(pins: packages.Pins, target: Path) -> str:
    sources = {package.name: package for package in pins.packages}
    manifest = {
        "fonttools": pins.fonttools,
        "suite": pins.suite,
        "charsets": charsets.IN_WORDS,
        "charset_sources": _source(sources["unicode-data"]),
        "fonts": [
            _entry(face, sources[face.package], target / face.file)
            for face in sorted((*faces.FACES, faces.FANG), key=lambda face: face.file)
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def _entry(face: faces.Face, package: packages.Package, path: Path) -> Mapping[str, object]:
    content = path.read_bytes()
    codes = faces.coverage(path)
    return {
        "file": face.file,
        "family": face.family,
        "style": face.style[0],
        "weight": face.style[1],
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "package": _source(package),
        "source": face.path,
        "source_face": face.collection_family,
        "charset": face.charset,
        **({"formerly": face.formerly} if face.formerly else {}),
        "licence": face.licence,
        "licence_file": face.licence_file,
        "characters": len(codes),
        "coverage": faces.as_ranges(codes),
        "advances": " ".join(map(str, faces.advances(path))),
    }


def _source(package: packages.Package) -> Mapping[str, str]:
    return {"name": package.name, "version": package.version, "sha256": package.sha256}


def _in_levels(tgh: Sequence[int]) -> str:
    """One line a level: 3500, 3000 and 1605 characters."""
    levels = (tgh[:3500], tgh[3500:6500], tgh[6500:])
    return "".join("".join(map(chr, level)) + "\n" for level in levels)


def _differences(built: Path, committed: Path) -> Iterator[str]:
    for path in sorted(built.iterdir()):
        other = committed / path.name
        if not other.is_file():
            yield f"{path.name} is missing"
        elif path.read_bytes() != other.read_bytes():
            yield f"{path.name} differs"
    for extra in sorted({*committed.glob("*.otf"), *committed.glob("*.ttf")}):
        if not (built / extra.name).exists():
            yield f"{extra.name} is not built"


def _compare(built: Path, committed: Path) -> int:
    differences = list(_differences(built, committed))
    for difference in differences:
        print(f"build_fonts: {difference}", file=sys.stderr)
    return DIFFERS if differences else 0


def _replace(built: Path, target: Path) -> None:
    """Put each file in its place whole: readers see the old one or the new one.

    The manifest goes last, so that an interrupted replacement shows as a wrong size.
    """
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(built.iterdir(), key=lambda path: (path.name == MANIFEST, path.name)):
        part = target / f".{path.name}.part"
        try:
            shutil.copyfile(path, part)
            part.replace(target / path.name)
        finally:
            part.unlink(missing_ok=True)


if __name__ == "__main__":
    raise SystemExit(main())
