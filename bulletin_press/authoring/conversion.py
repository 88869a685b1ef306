"""GBK files as UTF-8."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

from bulletin_press.ground.diagnostics import InputFault, PressError, UsageFault
from bulletin_press.ground.enclosure import is_inside, leads_out
from bulletin_press.ground.output import create_new, write_whole
from bulletin_press.ground.reading import read_file
from bulletin_press.ground.system_errors import reason
from bulletin_press.publication.workspace import PUBLICATION
from bulletin_press.toml.source import MAX_BYTES, looks_like_gb18030

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def convert(path: Path) -> Path | None:
    """Rewrite a text file as UTF-8 and keep the old one beside it.

    Args:
        path: a GBK (GB 18030) or UTF-16 file.

    Returns:
        Where the old file was kept, or None if it was UTF-8 already and nothing was done.

    Raises:
        UsageFault: there is no such file.
        InputFault: the file cannot be read, or its encoding cannot be told for certain.
        PressError: the new file cannot be written, or lies outside the publication, where a link led; the old
            one is as it was.
    """
    _require_inside(path)
    try:
        data = read_file(path, MAX_BYTES * 4 + 1)
    except FileNotFoundError:
        raise UsageFault(f"找不到文件：{path}") from None
    except OSError as error:
        if path.is_dir():
            raise UsageFault(f"{path} 是一个文件夹；要转换的是里面的文件，例如 {path / 'issue.toml'}") from None
        raise InputFault(f"文件读不出来：{path}（{reason(error)}）") from None
    if len(data) > MAX_BYTES * 4:
        raise InputFault(f"{path} 太大了，不像一期的内容")
    text = _text(data, path)
    if text is None:
        return None
    real = Path(os.path.realpath(path)) if path.is_symlink() else path  # a link stays one
    kept = _free_name(real, "utf-16" if data.startswith(_UTF16) else "gbk", data)
    if not kept.exists():
        create_new(kept, data)
    write_whole(real, text.encode("utf-8"), expected=data)
    return kept


def _require_inside(path: Path) -> None:
    """Refuse a file to which a link leads from inside a publication, or from any other folder out of it."""
    folders = [folder for folder in path.absolute().parents if os.path.lexists(folder / PUBLICATION)]
    if any(leads_out(path, folder) for folder in folders) or (
            not folders and path.is_symlink() and not is_inside(path, path.parent)):
        where = "刊物文件夹" if folders else "所在文件夹"
        raise PressError(f"{path} 是指到{where}以外的链接，没有改动它；请转换那边的文件")


def _text(data: bytes, path: Path) -> str | None:
    if data.startswith(_UTF16):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:  # as UTF-32 reads, too
            raise InputFault(f"{path} 像是 UTF-16，但有损坏的地方，没有改动")
        return text
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return None
    if not looks_like_gb18030(data):
        raise InputFault(f"认不准 {path} 的编码，没有改动。请用原来的软件打开，另存为 UTF-8")
    return data.decode("gb18030")


def _free_name(path: Path, encoding: str, data: bytes) -> Path:
    """Where to keep the old file: a new name, or where a run that was cut short kept it already."""
    for number in range(1, 1000):
        extra = "" if number == 1 else f"-{number}"
        kept = path.with_name(f"{path.name}.{encoding}{extra}")
        if not os.path.lexists(kept) or _is_copy(kept, data):
            return kept
    raise InputFault(f"{path} 旁边的旧文件太多了")


def _is_copy(path: Path, data: bytes) -> bool:
    try:
        return not path.is_symlink() and read_file(path, len(data) + 1) == data
    except OSError:
        return False
