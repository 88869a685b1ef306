"""The marks of TOML, what is typed for them, and where a statement begins."""

from __future__ import annotations

import re

from bulletin_press.language.script import lazy
from bulletin_press.toml.key_names import ENGLISH

FOLD = {
    **dict.fromkeys("＝", "="), **dict.fromkeys("“”„‟〝〞＂", '"'), **dict.fromkeys("‘’＇", "'"),
    **dict.fromkeys("，、﹐", ","), **dict.fromkeys("［【〔", "["), **dict.fromkeys("］】〕", "]"),
    "；": ";", "｛": "{", "｝": "}", "．": ".", "。": ".", "＋": "+", "＃": "#", "：": ":", "％": "%",
    **dict.fromkeys("−－–—﹣", "-"), "＿": "_",
    **dict.fromkeys("\u3000\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d"
                    "\u202f\u205f\ufeff\u2060", " "),
    **dict.fromkeys(map(chr, (*range(9), *range(14, 32), 127)), " "),
    **dict.fromkeys("\x0b\x0c\r\x85\u2028\u2029", "\n"),
    **{chr(0xFF10 + i): str(i) for i in range(10)},
    **{chr(0xFF21 + i): chr(0x41 + i) for i in range(26)},
    **{chr(0xFF41 + i): chr(0x61 + i) for i in range(26)},
}
# What breaks a line elsewhere (a soft return of Word's, an old Mac's line end), and is none to TOML.
BREAKS = "\x0b\x0c\r\x85\u2028\u2029"
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
OPENING_LINE = re.compile(r"(?:^|[\s{,])[A-Za-z_][\w-]*[ \t]*[=＝][ \t]*\Z")
NEXT_HEADER = re.compile(r"\[{1,2}[A-Za-z_][\w.-]*\]{1,2}\s*(?:#.*)?$", re.M)
# A line that can be nothing but the beginning of a statement: where reading goes on after a fault.
STATEMENT = lazy(
    r"^[ \t\u3000]*(?:"
    r"[\[［【]{1,2}[ \t]*[A-Za-z_][\w.-]*[ \t]*[\]］】]{1,2}[ \t]*(?:[#＃].*)?$"
    r"|[A-Za-z_][\w-]*(?:[ \t]*[.．][ \t]*[\w-]+)*[ \t]*[=＝]"
    r"|[A-Za-z_][\w-]*[ \t]*[:：][ \t]*[\"“'‘\d\[]"
    rf"|(?:{'|'.join(ENGLISH)})[ \t]*[=＝:：]"
    rf"|[\[［【]{{1,2}}(?:{'|'.join(ENGLISH)})[\]］】]{{1,2}})", re.M)
COMMENT_AFTER = lazy(r"\s#")
VALUE_START = lazy(r"[\"“'‘\[［【{｛\d０-９+＋−－-]|true|false")
