"""What a sheet may hold: far more than any association's, far less than a bomb."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final

# Bytes of the file, of one part of it unpacked, of all parts that are read.
MAX_FILE: Final = 20_000_000
MAX_PART: Final = 40_000_000
MAX_UNPACKED: Final = 80_000_000
MAX_PARTS: Final = 5_000
# Cells that hold something, in all sheets; characters of one.
MAX_CELLS: Final = 100_000
# Cells with a style, most of them blank.
MAX_STYLED: Final = 600_000
MAX_CHARACTERS: Final = 2_000
MAX_SHEETS: Final = 100
MAX_MERGED: Final = 5_000

TOO_LARGE: Final = "这个表太大了（解开以后），不像一张统计表；请只留要用的工作表，另存一份再导入"


class Refused(Exception):
    """A file that cannot be read; the message is Chinese and says what to do."""


@contextmanager
def opened(data: bytes, wanted: tuple[str, ...]) -> Iterator[zipfile.ZipFile]:
    """A zip archive whose parts with certain names are of a sane size.

    Args:
        data: the archive.
        wanted: the beginnings of the names of the parts that will be read.

    Raises:
        Refused: it is damaged, or too large when unpacked.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MAX_PARTS:
                raise Refused(TOO_LARGE)
            sizes = [part.file_size for part in parts if part.filename.startswith(wanted)]
            if max(sizes, default=0) > MAX_PART or sum(sizes) > MAX_UNPACKED:
                raise Refused(TOO_LARGE)
            if any(part.flag_bits & 1 for part in parts):
                raise Refused("文件设了密码：先去掉密码，另存一份再导入")
            yield archive
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise Refused("文件已损坏（也许没有传完），请重新取一份") from error
