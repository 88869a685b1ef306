"""一个数里汉字数字与阿拉伯数字混用。

一个数、一个日期、一个序数只用一种数字；万、亿之前可以用阿拉伯数字，十、百、千之前不行，也不写“3亿4500万”。

误：2021年七月，现有企业1千2百家、从业人员6千多人
误：第十3届博览会接待观众20几万人次，百分之35来自境外
误：项目总投资3亿4500万元
正：2021年7月，现有企业1200家、从业人员6000多人，第十三届博览会，35%来自境外，总投资3.45亿元
正：二〇二一年七月
正：5千米、3百分点、20世纪80年代、1万亿元、2022年一季度、3千克、100千瓦时、500百万美元
依据：GB/T 15835—2011《出版物上数字用法》4.1、5.1.3、5.3：同类数字形式一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

D, C = r"\d(?:[\d,.]{0,12}\d)?", "[一二三四五六七八九十]"
CUE = lazy(r"[0-9][ \t]?[几数十百千亿月年日号]|[年月第十百分之] ?[0-9一二三四五六七八九十]")
PARTS = lazy("(?=[0-9第百〇零一二三四五六七八九两十])(?:" + "|".join((
    # 2021年七月, 二〇二一年7月, 7月十五日
    rf"(?P<date>(?<!\d)\d{{4}}年{C}{{1,2}}月(?!报)(?:{C}{{1,3}}日)?|[〇零一二三四五六七八九]{{4}}年\d{{1,2}}月(?:\d{{1,2}}日)?"
    rf"|(?<!\d)\d{{1,2}}月{C}{{1,3}}[日号])",
    # 第十3届, 第10几
    rf"(?P<ordinal>第(?:{C}{{1,3}}\d+|\d+{C}+|\d+[几数])(?:[届次条章名位家个期季]|(?=[^\d])))",
    r"(?P<share>百分之\d+(?:\.\d+)?)",
    # 3亿4500万
    rf"(?P<two>(?<![\d.]){D}亿(?:零|又)?\d[\d.]*万)",
    # 1千2百, 6千多, 20几万; never 5千米, 3百分点
    r"(?P<mixed>(?<![\d.,])\d{1,3}(?:千|百)(?:\d{1,3}(?:百|十)?(?:\d十?)?)[多余]?(?![\d.,%])"
    r"|(?<![\d.,])\d{1,2}[千百十][多余几](?=[个名家人户项万亿元台套件次吨米亩公里条种所位字天年页])"
    r"|(?<![\d.,])\d{1,2}千(?=[名家人户项元台套件次个]|万)"
    # 三千2百, 一百20名
    r"|[一二三四五六七八九两十]{1,2}[千百]\d{1,3}(?:[百十]|(?=[名家人户项台套件个]))"
    r"|(?<![\d.,])\d{1,4}[几数](?=[个名家人户项万亿元台套件次吨亩公条种所位天年岁]))",
)) + ")")
ADVICE = {
    "date": "一个日期只用一种数字", "ordinal": "一个序数只用一种数字", "share": "写作35%或百分之三十五",
    "two": "写成以“亿”为单位的小数", "mixed": "十、百、千之前不用阿拉伯数字，写全或都用汉字",
}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each number that is written in both kinds of digits."""
    for match in PARTS.finditer(copy.words) if CUE.search(copy.words) else ():
        kind = str(match.lastgroup)
        suggestion = match.group().removeprefix("百分之") + "%" if kind == "share" else None
        yield Mark(*match.span(), f"“{match.group()}”混用了两种数字：{ADVICE[kind]}", suggestion)


RULE = Rule("mixed-numerals", Severity.WARNING, Copy, check, cues=(PARTS,))
