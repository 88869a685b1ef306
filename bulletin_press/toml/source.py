"""Source files: bytes to text, offsets to lines and columns."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bulletin_press.ground.diagnostics import Finding, InputFault, Severity, Span
from bulletin_press.ground.enclosure import link_below
from bulletin_press.ground.reading import NotAFile, read_file
from bulletin_press.ground.shell import quoted
from bulletin_press.ground.system_errors import reason

MAX_BYTES = 1_000_000


@dataclass(frozen=True)
class Source:
    """A text file as read: ``name`` is what messages print, ``text`` has LF line ends."""

    name: str
    text: str

    @cached_property
    def line_starts(self) -> list[int]:
        """The offset of each line's first character."""
        return [0, *(m.end() for m in re.finditer("\n", self.text))]

    def line_column(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column (in code points) of a 0-based offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The span of ``text[start:end]``; an empty one covers one column."""
        line, column = self.line_column(start)
        end_line, end_column = self.line_column(max(end, start))
        if (end_line, end_column) == (line, column):
            end_column += 1
        return Span(self.name, line, column, end_line, end_column)

    def line(self, number: int) -> str:
        """The text of a 1-based line, without its line end; empty past the end."""
        if not 1 <= number <= len(self.line_starts):
            return ""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]


def looks_like_gb18030(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 read as plausible Chinese in GB 18030.

    Plausible: the decoding succeeds, and of the characters beyond ASCII nine in ten are Chinese
    marks or hanzi of GB 2312's first level (the 3755 common ones). Rare hanzi tell another
    encoding, or damaged UTF-8, that happens to decode.
    """
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    beyond = [c for c in text if c > "\x7f"]
    return bool(beyond) and sum(map(_is_common, beyond)) >= 0.9 * len(beyond)


def _is_common(char: str) -> bool:
    """A mark (rows 1–3 of GB 2312) or a first-level hanzi (rows 16–55)."""
    # By way of GBK, whose rows these are: Python's gb2312 knows neither — nor ·.
    code = char.encode("gbk", "ignore")
    return len(code) == 2 and code[1] >= 0xA1 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)


def _fault(name: str, message: str, *, line: int = 1, column: int = 1) -> InputFault:
    span = Span(name, line, column, line, column + 1)
    return InputFault(message, [Finding("encoding", Severity.ERROR, message, span)])


def decode(data: bytes, name: str) -> str:
    """Read bytes as UTF-8 text, with or without a byte order mark.

    Raises:
        InputFault: another encoding, or a NUL byte; the message says how to convert the file.
    """
    for mark, encoding in ((codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16")):
        if data.startswith(mark):
            raise _fault(name, f"这个文件是 {encoding} 编码，不是 UTF-8。"
                               f"请运行 press convert {quoted(name)} 转换")
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        if looks_like_gb18030(data):
            raise _fault(name, f"这个文件是 GBK（GB 18030）编码，不是 UTF-8。"
                               f"请运行 press convert {quoted(name)} 转换", line=line, column=column) from None
        raise _fault(name, "这个文件既不是 UTF-8，也认不出是 GBK。请用原来的软件打开，另存为 UTF-8",
                     line=line, column=column) from None
    text = text.replace("\r\n", "\n")
    if "\0" in text:
        before = text[: text.index("\0")]
        raise _fault(name, "文件里有空字节（U+0000），可能不是文本文件", line=before.count("\n") + 1)
    return text


def require_no_link(path: Path, folder: Path) -> None:
    """Refuse a path to which a symbolic link leads, from a folder on, that folder included.

    Raises:
        InputFault: a link does. No finding says where, for whoever prints a finding reads the file.
    """
    if link := link_below(path, folder):
        raise InputFault(f"{link} 是链接，不读：版式、词表、报表定义只能是文件夹里的文件。"
                         "要用它指着的文件，请复制到这里来")


def read_source(path: Path, name: str | None = None, folder: Path | None = None) -> Source:
    """Read a text file of at most 1 MB.

    Args:
        path: the file.
        name: what messages call it; the path itself when not given.
        folder: the folder that it must lie in, with no symbolic link on the way, where it is given.

    Raises:
        InputFault: the file is missing, unreadable, no plain file, too large or not UTF-8; or a link leads
            to it, as ``require_no_link`` says.
    """
    name = name or str(path)
    try:
        if folder:
            require_no_link(path, folder)
        data = read_file(path, MAX_BYTES + 1)
    except FileNotFoundError:
        raise _fault(name, f"找不到文件：{name}") from None
    except NotAFile as error:
        raise _fault(name, str(error.strerror)) from None
    except OSError as error:
        raise _fault(name, f"文件读不出来：{name}（{reason(error)}）") from None
    if len(data) > MAX_BYTES:
        if folder:
            raise _fault(name, f"文件超过 1 MB，版式、词表、报表定义用不着这么大：{name}")
        raise _fault(name, f"文件超过 1 MB，不像一期的内容：{name}。图片请放进 images/ 文件夹，不要贴进 TOML")
    return Source(name, decode(data, name))
