"""What a line of a pasted text begins with that no wrapped line does: a question, an hour, a step, a stem, a lead.

Where a wrapped line could begin so too, a neighbour must begin so as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_press.language.script import HAN, lazy

# Alone, without a neighbour of its kind.
_ALWAYS = lazy(
    r"[问答][：:]|(?:Q|A|Step ?)\d{1,2}[：:.、 ]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ][.、．]|【[^【】]{1,12}】|[√✓✔☑]|END\Z|0\d\Z"
    rf"|[{HAN}]{{2,4}}[ \u3000]?[｜丨]")
_NUMERAL = "[一二三四五六七八九十]"
# Of each kind a neighbour must begin so as well.
_SERIES = tuple(map(lazy, (
    rf"\d{{1,2}}[:：]\d\d(?:[ ]*[-–—~～至][ ]*\d{{1,2}}[:：]\d\d)?[ \t\u3000]*[{HAN}]",
    r"[甲乙丙丁戊己庚辛壬癸]、(?![甲乙丙丁戊]|[^、，。]{0,4}[、双各]|两)",
    rf"第{_NUMERAL}{{1,2}}[，,、：:]|\d{{1,2}}[，,](?=[{HAN}])",
    rf"(?:步骤|环节|阶段|议题|议程|第)(?:{_NUMERAL}{{1,2}}|\d{{1,2}})步?[：:、. ]|(?i:step) ?\d",
    rf"[A-Za-z][)）.、．][ \t\u3000]*(?=[{HAN}])")))
# What no kind can begin without.
_CUE = lazy(r"\d\d?[:：，,]|[甲乙丙丁戊己庚辛壬癸]、|第|[A-Za-z][)）.、．]"
                  r"|步骤|环节|阶段|议[题程]|[Ss][Tt][Ee][Pp]")
_SALUTATION = lazy(
    r"(?:(?:各|尊敬的|亲爱的|致)[^，。；：:]{1,30}"
    r"|[^，。；：:]{2,24}(?:单位|同志们?|朋友们?|来宾|先生|女士|代表|委员|同仁|会员|部门|企业|公司|人民政府))"
    r"[：:]\Z")
_DATE = lazy(r"(?:\d{4}|[一二〇○零三四五六七八九]{4})年(?:\d{1,2}|[一二三四五六七八九十]{1,2})月"
             r"(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})日)?\Z")
_MARK = lazy("[，。；：！？、,;:]")
# In hanzi: how long a signature is, a caption above labels.
_SIGNATURE, _CAPTION = 24, 8


def opens_alone(text: str) -> bool:
    """Whether a line begins as only paragraphs do."""
    return bool(_ALWAYS.match(text))


def opens_in_series(text: str, near: Sequence[str]) -> bool:
    """Whether a line and one of its neighbours begin with marks of one kind."""
    return bool(_CUE.match(text)) and any(
        pattern.match(text) and any(pattern.match(other) for other in near) for pattern in _SERIES)


def salutes(text: str) -> bool:
    """Whether a line addresses the readers: 各会员单位："""
    return text.endswith(("：", ":")) and bool(_SALUTATION.match(text))


def is_date(text: str) -> bool:
    """Whether a line is a date and nothing else."""
    return bool(_DATE.match(text))


def is_caption(text: str) -> bool:
    """Whether a line is so short and bare that it stands above what follows."""
    return len(text) <= _CAPTION and not _MARK.search(text)


def signs(text: str) -> bool:
    """Whether a line may be the name below a notice."""
    return len(text) <= _SIGNATURE and not _MARK.search(text)
