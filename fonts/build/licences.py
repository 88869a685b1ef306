"""Write the licences that lie beside the fonts, from the packages' own copies."""

from __future__ import annotations

import gzip
from pathlib import Path

_DOCUMENTS = "usr/share/doc"
_PREFACE = """\
This Font Software is licensed under the SIL Open Font License, Version 1.1.
This license is copied below, and is also available with a FAQ at:
http://scripts.sil.org/OFL

The files named above are modified versions, renamed; README.md tells what was changed.
"""
# The notices as the fonts' name tables and the packages' copyright files give them.
_NOTICES = {
    "fonts-noto-cjk": (
        "BulletinSong-*.otf, BulletinPunct-*.otf: © 2017-2024 Adobe (http://www.adobe.com/).\n"
        "BulletinHei-*.otf: © 2014-2021 Adobe (http://www.adobe.com/).\n"
        "Noto is a trademark of Google Inc.\n"
    ),
    "fonts-lxgw-wenkai": (
        "BulletinKai-*.ttf: Copyright 2021-2025 LXGW (https://github.com/lxgw/LxgwWenKai),\n"
        'with Reserved Font Names "霞鹜" and "LXGW".\n'
        "Copyright 2020 The Klee Project Authors (https://github.com/fontworks-fonts/Klee)\n"
    ),
}


def ofl(package: str, unpacked: Path) -> str:
    """Return the notice and the Open Font License's text.

    Raises:
        ValueError: the package's copyright file holds no such licence.
    """
    copyright_file = unpacked / _DOCUMENTS / package / "copyright"
    text = _paragraph(copyright_file.read_text(encoding="utf-8"), ("SIL-1.1", "OFL-1.1"))
    return f"{_NOTICES[package]}\n{_PREFACE}\n\n{text}"


def _paragraph(copyright_file: str, names: tuple[str, ...]) -> str:
    """Return a stand-alone licence paragraph of a Debian copyright file as plain text."""
    for paragraph in copyright_file.split("\n\n"):
        head, _, body = paragraph.partition("\n")
        if head.removeprefix("License:").strip() in names and head.startswith("License:"):
            lines = (line.removeprefix(" ") for line in body.splitlines())
            return "\n".join("" if line == "." else line for line in lines).strip() + "\n"
    raise ValueError(f"no licence {' or '.join(names)} in the copyright file")


# GPL 3, section 5 a) and b), and the last two sentences of the exception.
_FANG = """\
BulletinFang-Regular.otf: Copyright © 2012-2013, the Fandol team (Clerk Ma, Jie Su).
It is a modified version of FandolFang, made by the bulletin-press contributors in November 2026:
renamed, and its glyphs numbered anew; no outline was changed. The scripts in build/ make it from
the original. It is under the licence below; the special exception at its end is extended to it.

"""


def fandol(unpacked: Path) -> str:
    """Return the notice of modification and FandolFang's licence."""
    packed = (unpacked / _DOCUMENTS / "texlive-doc/fonts/fandol/COPYING.gz").read_bytes()
    return _FANG + gzip.decompress(packed).decode("utf-8")
