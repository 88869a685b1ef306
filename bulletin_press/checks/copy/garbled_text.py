"""文字成了乱码。

用错了编码打开又存下的文字，原来的字有的已经丢了，改不回来，要从原稿重新复制。

误：锟斤拷，烫烫烫，Ã©，鈥�
正：从原来的文件或网页里重新复制这一段
依据：UTF-8、GBK 和西欧编码互相误读，留下固定的几种样子。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.mojibake import utf8_read_as_gbk
from bulletin_press.language.script import lazy

# Bytes of UTF-8 read as Windows-1252 or Latin-1: a lead byte, then continuation bytes, as characters.
_CONTINUED = "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e" \
    "\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]"
_GARBLED = lazy(
    "[\ufffd]+"
    # What stands where a code page has no character: question marks, with the digits left.
    r"|\?{4,}(?:[\d .,-]{1,12}\?{1,400}){0,20}"
    "|(?:锟斤拷|锟斤|斤拷|锘縶?)+|烫{3,}|屯{3,}|葺{3,}"
    f"|(?:[\u00e2-\u00e9]{_CONTINUED}{{2}}|[\u00c3\u00c2]{_CONTINUED}|\u00f0\u0178{_CONTINUED}{{2}})+"
    # UTF-8 read as GBK: “ ” — … · and the first bytes of common hanzi.
    "|鈥[\u2018-\u201d\ufffd斺撯渽溾?]|锛[\u5b00-\u9fff]|銆[\u5b00-\u9fff\u20ac]|(?:鐨勬|鏁版嵁|涓浗|鍥藉|浼氬憳|鍗忎細|缁忔祹)"
    # GBK read as Latin-1; × and · alone are none.
    "|(?=[\u00a1-\u00ff]{0,20}[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff])[\u00a1-\u00ff]{4,}")
_CUE = lazy("[\ufffd锟斤拷烫屯葺锘鈥锛銆鐨鏁涓鍥浼鍗缁\u00c2\u00c3\u00e2-\u00e9\u00f0]|[\u00a1-\u00ff]{4}|\\?{4}")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each run of characters that only a wrong encoding makes."""
    runs = list(utf8_read_as_gbk(copy.text))
    if _CUE.search(copy.text):
        runs += [match.span() for match in _GARBLED.finditer(copy.text)
                 if not any(start < match.end() and match.start() < end for start, end in runs)]
    for start, end in sorted(runs):
        yield Mark(start, end, f"“{copy.text[start:end][:8]}”是乱码，请从原来的文件或网页里重新复制这一段")


RULE = Rule("garbled-text", Severity.ERROR, Copy, check)
