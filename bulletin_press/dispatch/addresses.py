"""E-mail addresses as people type them: what is wrong with one, and what was meant."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bulletin_press.language.guesses import perhaps

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\Z")
_SEVERAL = re.compile(r"@[^@]*[,;，；、\s/]+[^@\s]*@")
_WITHIN = re.compile(r"<([^<>]+@[^<>]+)>")
_FULL_STOPS = str.maketrans("。．｡", "...")
# Ends of hosts that nobody has, and what was meant.
_ENDS = {"con": "com", "cmo": "com", "ocm": "com", "comm": "com", "vom": "com", "xom": "com", "cn.com": "com.cn"}
MOST_LOCAL, MOST_DOMAIN = 64, 253


@dataclass(frozen=True)
class Wrong:
    """What is wrong with an address; ``meant`` is one that is right, where it can be told."""

    message: str
    meant: str | None = None


def fault_of(typed: str) -> Wrong | None:
    """What is wrong with an address; None where mail can be sent to it."""
    if not typed:
        return Wrong("缺少邮箱地址")
    if _SEVERAL.search(typed):
        return Wrong("一行只写一个邮箱地址")
    why = _why(typed)
    if why is None:
        return None
    meant = _meant(typed)
    return Wrong(why + perhaps(meant), meant)


def as_sent(address: str) -> str:
    """An address that is right, its host as servers write it (RFC 5891, lower case)."""
    local, _, host = address.rpartition("@")
    return f"{local}@{_ascii_host(host)}"


def _ascii_host(host: str) -> str | None:
    try:
        return host.encode("ascii" if host.isascii() else "idna").decode("ascii").lower()
    except UnicodeError:
        return None


def _why(typed: str) -> str | None:
    wide = next((char for char in typed if char in "＠．。，；" or "\uff01" <= char <= "\uff5e"), None)
    if wide:
        return f"邮箱地址里的“{wide}”是全角的"
    if any(char.isspace() or not char.isprintable() for char in typed):
        return "邮箱地址里有空格或看不见的字符"
    if typed.count("@") != 1:
        return "邮箱地址里没有 @" if "@" not in typed else "邮箱地址里有两个 @"
    local, _, host = typed.partition("@")
    if not local.isascii():
        return "邮箱地址 @ 前面只能用英文字母、数字和 . _ - +"
    if not _LOCAL.match(local) or len(local) > MOST_LOCAL:
        return "邮箱地址 @ 前面的部分写得不对"
    return _why_host(host)


def _why_host(host: str) -> str | None:
    plain = _ascii_host(host)
    labels = (plain or "").split(".")
    if plain is None or len(plain) > MOST_DOMAIN or not all(_LABEL.match(one) and len(one) < 64 for one in labels):
        return "邮箱地址 @ 后面的域名写得不对"
    if len(labels) < 2 or labels[-1].isdigit():
        return "邮箱地址 @ 后面的域名不完整"
    if _mended(plain) != plain:
        return f"邮箱地址末尾的“.{labels[-1]}”像是写错了"
    return None


def _mended(host: str) -> str:
    for wrong, right in _ENDS.items():
        if host.endswith(f".{wrong}"):
            return host[: -len(wrong)] + right
    return host


def _meant(typed: str) -> str | None:
    """The address that was most likely meant, if one that is right can be made."""
    inner = _WITHIN.search(typed)
    plain = unicodedata.normalize("NFKC", (inner[1] if inner else typed).translate(_FULL_STOPS))
    plain = "".join(char for char in plain if not char.isspace() and char.isprintable())
    plain = plain.removeprefix("mailto:").strip("<>,;:，；：、").rstrip(".")
    local, at, host = plain.rpartition("@")
    guess = f"{local}{at}{_mended(host.replace(',', '.').replace('..', '.'))}"
    return guess if guess != typed and _why(guess) is None else None
