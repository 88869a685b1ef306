"""What a file is in truth, whatever its name says."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import PurePath
from typing import Literal

from bulletin_press.intake.readers.limits import Refused

FileKind = Literal["xlsx", "xls", "ods", "web", "delimited"]

SAVE_AS = "请用 WPS 或 Excel 打开，另存为 .xlsx 再导入"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WEB = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|meta|body|table|style)\b", re.I | re.S)
_SPREADSHEET_2003 = re.compile(rb"\s*<\?xml[^>]*\?>.{0,600}?(?:urn:schemas-microsoft-com:office:spreadsheet|"
                               rb"progid=\"Excel\.Sheet\")", re.S)
_NOT_SHEETS = {b"%PDF": "PDF", b"\x89PNG": "图片", b"\xff\xd8\xff": "图片", b"GIF8": "图片", b"Rar!": "压缩包",
               b"7z\xbc\xaf": "压缩包", b"{\\rtf": "Word 文件（RTF）"}


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def kind_of(data: bytes, name: str) -> FileKind:
    """What a file is, by its first bytes and what it contains.

    Raises:
        Refused: it is no sheet, or one that cannot be read; the message says what to do.
    """
    suffix = PurePath(name).suffix.lower()
    if not data:
        raise Refused("文件是空的")
    for mark, what in _NOT_SHEETS.items():
        if data.startswith(mark):
            raise Refused(f"这是{what}，不是表格；要的是 .xlsx、.xls、.ods 或 .csv")
    if data.startswith(_OLE):
        return _ole(data, suffix)
    if data.startswith(b"PK"):
        return _zipped(data, suffix)
    head = _text_head(data)
    if _SPREADSHEET_2003.match(head):
        raise Refused(f"这是 Excel 2003 的 XML 表格，读不了；{SAVE_AS}")
    if _WEB.match(head):
        return "web"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" not in data[:4096]:
        return "delimited"
    if data[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00"):
        return "xls"  # of the days before Office 97: no container
    raise Refused(f"看不出这是什么文件；{SAVE_AS}")


def _text_head(data: bytes) -> bytes:
    if data[:2] == b"\xff\xfe":
        return data[2:4096].decode("utf-16-le", "replace").encode()
    if data[:2] == b"\xfe\xff":
        return data[2:4096].decode("utf-16-be", "replace").encode()
    return data[:4096].removeprefix(b"\xef\xbb\xbf")


def _ole(data: bytes, suffix: str) -> FileKind:
    # The names of the streams stand in the directory, in UTF-16.
    if _utf16("EncryptedPackage") in data:
        raise Refused("文件设了密码，打不开：先在 Excel 里去掉密码（文件 → 信息 → 保护工作簿 → 用密码进行加密，"
                      "清空），另存再导入")
    if suffix in (".et", ".ett", ".wps", ".wpt"):
        raise Refused(f"这是 WPS 自己的格式（{suffix}）；{SAVE_AS}")
    if _utf16("WordDocument") in data:
        raise Refused("这是 Word 文件，不是表格：把里面的表格复制到 Excel，另存为 .xlsx 再导入")
    if _utf16("Workbook") in data or _utf16("Book") in data:
        return "xls"
    raise Refused(f"看不出这是什么文件；{SAVE_AS}")


def _zipped(data: bytes, suffix: str) -> FileKind:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = set(archive.namelist()[:10_000])
            mimetype = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise Refused("文件已损坏（也许没有传完），请重新取一份") from error
    if "xl/workbook.bin" in names:
        raise Refused("这是 .xlsb（二进制工作簿），读不了；请在 Excel 里另存为 .xlsx 再导入")
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if b"opendocument.spreadsheet" in mimetype or (suffix == ".ods" and "content.xml" in names):
        return "ods"
    if any(name.startswith("word/") for name in names):
        raise Refused("这是 Word 文件，不是表格：把里面的表格复制到 Excel，另存为 .xlsx 再导入")
    raise Refused("这是压缩包，不是表格：先解开，再导入里面的表格")
