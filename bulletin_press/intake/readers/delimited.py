"""Text with commas or tabs (.csv, .tsv, .txt), in UTF-8, UTF-16 or GB 18030."""

from __future__ import annotations

import codecs
import csv
import io

from bulletin_press.intake.grid import Place, RawBook, RawCell, RawSheet
from bulletin_press.intake.readers.limits import MAX_CELLS, MAX_CHARACTERS, TOO_LARGE, Refused

_DELIMITERS = ",\t;|，"
ENCODING_NAMES = {"utf-8": "UTF-8", "utf-16": "UTF-16", "gb18030": "GB 18030（GBK）"}


def decoded(data: bytes) -> tuple[str, str]:
    """A text and the encoding that it was in.

    Raises:
        Refused: it is in none of the encodings that sheets come in.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding), "utf-8" if encoding == "utf-8-sig" else encoding
        except UnicodeDecodeError:
            continue
    raise Refused("文字的编码认不出来（不是 UTF-8，也不是 GBK）：请用 Excel 打开，另存为 .xlsx 再导入")


def read_delimited(data: bytes) -> RawBook:
    """Read lines of fields; every field is a text.

    Raises:
        Refused: the encoding is unknown, or there is too much of it.
    """
    text, encoding = decoded(data)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    delimiter = max(_DELIMITERS, key=lambda mark: sum(mark in line for line in lines[:50]))
    cells: dict[Place, RawCell] = {}
    try:
        for row, fields in enumerate(csv.reader(io.StringIO("\n".join(lines)), delimiter=delimiter), 1):
            for column, value in enumerate(fields, 1):
                if stripped := value.strip().strip("\ufeff").lstrip("=").strip('"'):
                    cells[row, column] = RawCell("text", stripped[:MAX_CHARACTERS])
            if len(cells) > MAX_CELLS:
                raise Refused(TOO_LARGE)
    except csv.Error as error:
        raise Refused("这一份文本的格式读不出来：请用 Excel 打开，另存为 .xlsx 再导入") from error
    notices = () if encoding == "utf-8" else (f"文件是 {ENCODING_NAMES[encoding]} 编码，已照它读",)
    return RawBook("csv", (RawSheet("", cells),), notices)
