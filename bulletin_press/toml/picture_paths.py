"""What a picture's path was meant to be where it was typed the Windows way."""

from __future__ import annotations

import re

from bulletin_press.language.script import lazy

# Backslashes, drive letters, addresses and parents: Windows habits and ways out of the folder.
OUTSIDE = re.compile(r"\A[/~]|\A[A-Za-z][A-Za-z0-9+.-]*:|\\|(?:\A|/)\.\.(?:/|\Z)|[\x00-\x1f]")
_PICTURE = lazy(r"\.(?:png|jpe?g|webp|gif|bmp|tiff?|heic|svg)\Z", re.I)
# What a backslash and a letter become between double quotes, by what they become.
_LETTERS = {"\t": ("t", "制表符（TAB）"), "\n": ("n", "换行"), "\r": ("r", "回车"), "\b": ("b", "退格"),
            "\f": ("f", "换页")}


def looks_like_picture(typed: str) -> bool:
    """Whether a string is the path of a picture, typed with backslashes."""
    return "\\" in typed and bool(_PICTURE.search(typed.strip()))


def advice(typed: str) -> tuple[str, str | None]:
    """What to say of a path that leaves the issue's folder or has backslashes.

    Returns:
        The message, and the TOML string to type instead where that is known.
    """
    slashed = re.sub("/+", "/", typed.strip().replace("\\", "/"))
    if not OUTSIDE.search(slashed):
        return f"图片路径用 / 分隔，写成 {slashed}", f'"{slashed}"'
    name = slashed.rpartition("/")[2].rpartition(":")[2]
    if not name.isprintable() or not _PICTURE.search(name):
        return "图片要放在这一期的文件夹里，写成 images/文件名", None
    return f"请把这个文件放进这一期的 images/ 文件夹，写成 images/{name}", f'"images/{name}"'


def unescaped(value: str) -> tuple[str, str] | None:
    """A path whose backslash and letter were read as one character.

    Returns:
        The path as typed, and words on what happened; None where there is no such character.
    """
    found = next((char for char in value.rstrip() if char in _LETTERS), None)
    if found is None:
        return None
    letter, name = _LETTERS[found]
    typed = "".join("\\" + _LETTERS[char][0] if char in _LETTERS else char for char in value.rstrip())
    return typed, f"双引号里的 \\{letter} 是{name}，不是反斜线和 {letter}；"
