"""The Python packages that press.exe carries, and under which licences they are.

    python packaging/windows/licences.py     prints the table of those that are installed here

The recipe asks for those whose modules were taken. A package that is not in the table ends the build until somebody has
looked, and so does one without the text of its licence, or one that is to be had under the GPL alone. The libraries
inside a wheel (Pillow's, lxml's, qpdf, libheif) are told in the wheel's own notices, which are taken whole.
"""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

# By the name as registries write it: the licence (SPDX), as the package itself says it.
PACKAGES: Mapping[str, str] = {
    "annotated-doc": "MIT",
    "annotated-types": "MIT",
    "anyio": "MIT",
    "brotli": "MIT",
    "brotlicffi": "MIT",
    "bulletin-press": "MIT AND OFL-1.1 AND GPL-3.0-only WITH Font-exception-2.0 AND LGPL-2.1-or-later AND Zlib",
    "cffi": "MIT-0",
    "click": "BSD-3-Clause",
    "cloudpickle": "BSD-3-Clause",
    "cobble": "BSD-2-Clause",
    "colorama": "BSD-3-Clause",
    "cssselect2": "BSD-3-Clause",
    "dask": "BSD-3-Clause",
    "defusedxml": "PSF-2.0",
    "distributed": "BSD-3-Clause",
    "et-xmlfile": "MIT",
    "fonttools": "MIT",
    "fsspec": "BSD-3-Clause",
    "h11": "MIT",
    "idna": "BSD-3-Clause",
    "importlib-metadata": "Apache-2.0",
    "jinja2": "BSD-3-Clause",
    "lazy-importer": "Apache-2.0",
    "locket": "BSD-2-Clause",
    "lxml": "BSD-3-Clause",
    "mammoth": "BSD-2-Clause",
    "markdown-it-py": "MIT",
    "markupsafe": "BSD-3-Clause",
    "mdurl": "MIT",
    "msgpack": "Apache-2.0",
    "openpyxl": "MIT",
    "packaging": "Apache-2.0 OR BSD-2-Clause",
    "partd": "BSD-3-Clause",
    "pi-heif": "BSD-3-Clause AND LGPL-3.0-or-later",
    "pikepdf": "MPL-2.0",
    "pillow": "MIT-CMU",
    "psutil": "BSD-3-Clause",
    "pycparser": "BSD-3-Clause",
    "pydantic": "MIT",
    "pydantic-core": "MIT",
    "pydyf": "BSD-3-Clause",
    "pygments": "BSD-2-Clause",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.0-or-later OR MPL-1.1",
    "python-docx": "MIT",
    "pyyaml": "MIT",
    "rich": "MIT",
    "segno": "BSD-3-Clause",
    "setuptools": "MIT",
    "shellingham": "ISC",
    "sortedcontainers": "Apache-2.0",
    "starlette": "BSD-3-Clause",
    "tblib": "BSD-2-Clause",
    "tinycss2": "BSD-3-Clause",
    "tinyhtml5": "MIT",
    "toolz": "BSD-3-Clause",
    "tornado": "Apache-2.0",
    "typer": "MIT",
    "typing-extensions": "PSF-2.0",
    "typing-inspection": "MIT",
    "uvicorn": "BSD-3-Clause",
    "weasyprint": "BSD-3-Clause",
    "webencodings": "BSD-3-Clause",
    "xlrd": "BSD-3-Clause",
    "zict": "BSD-3-Clause",
    "zipp": "MIT",
    "zopfli": "Apache-2.0",
}
# What brings no text of its licence: the text in licences/.
WITHOUT_TEXT = {"cobble": "cobble.txt"}
# The loader that starts press.exe; no module of it is among those taken.
ALWAYS = ("pyinstaller", "bulletin-press")
_NOTICES = Path(__file__).parent / "licences"
_TEXT = re.compile(r"(?i)licen[cs]e|copying|notice|authors")


def plain(name: str) -> str:
    """A package's name as registries write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def is_gpl_alone(licence: str) -> bool:
    """Whether some part of what is under a licence is to be had under the GPL alone, without an exception."""
    return any(all(re.match(r"A?GPL", one.strip()) and " WITH " not in one for one in part.split(" OR "))
               for part in licence.split(" AND "))


def carried(modules: Iterable[str]) -> list[Distribution]:
    """The packages of which there are modules among those named, and those that are always there; by name."""
    of = packages_distributions()
    names = {plain(name) for module in modules for name in of.get(re.split(r"[./\\]", module)[0], ())}
    found = []
    for name in sorted({*names, *ALWAYS}):
        try:
            found.append(distribution(name))
        except PackageNotFoundError:
            raise SystemExit(f"{name} is not installed: its licence cannot be taken along") from None
    return found


def texts(package: Distribution) -> dict[str, Path]:
    """The notices of a package: where each lies, by what it is to be called in a folder of its own."""
    name = plain(package.metadata["Name"])
    if name in WITHOUT_TEXT:
        return {WITHOUT_TEXT[name]: _NOTICES / WITHOUT_TEXT[name]}
    found = {}
    for file in package.files or ():
        _, inside, rest = str(file).replace("\\", "/").partition(".dist-info/")
        if inside and (rest.startswith("licenses/") or _TEXT.search(rest)):
            found[rest.removeprefix("licenses/")] = Path(str(package.locate_file(file)))
    return found


def of_python() -> Path:
    """Python's own licence, which holds those of the libraries that come with it."""
    for folder in (Path(sys.base_prefix), Path(sysconfig.get_path("stdlib"))):
        if (folder / "LICENSE.txt").is_file():
            return folder / "LICENSE.txt"
    raise SystemExit("this Python brings no LICENSE.txt; build with one from python.org")


def table(packages: Iterable[Distribution]) -> Iterator[str]:
    """The lines of PYTHON.txt.

    Raises:
        SystemExit: a licence is not known here, is the GPL alone, or its text is missing.
    """
    yield "The Python packages in press.exe, unchanged. Their notices lie in the folders beside this file."
    yield f"Python {sys.version.split()[0]} itself: python/LICENSE.txt"
    yield ""
    for package in packages:
        name = plain(package.metadata["Name"])
        licence = PACKAGES.get(name)
        if licence is None:
            raise SystemExit(f"whose licence is it? {name}: see PACKAGES in {Path(__file__).name}")
        if is_gpl_alone(licence):
            raise SystemExit(f"{name} is under the GPL alone: leave it out")
        if not texts(package):
            raise SystemExit(f"{name} brings no text of its licence: put one into licences/, see WITHOUT_TEXT")
        yield f"{name:20} {package.version:10} {licence}"


def main() -> None:
    """Print the table of what is installed."""
    names = [name for name in PACKAGES if name not in ALWAYS]
    print("\n".join(table(carried(module for module, of in packages_distributions().items()
                                  if any(plain(one) in names for one in of)))))


if __name__ == "__main__":
    main()
