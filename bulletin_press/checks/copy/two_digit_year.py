"""年份只写了两位。

“21年数据”过几年就看不懂，也会与“历时21年”混淆；年份写四位。

误：与21年数据相比
误：自98年5月成立以来，2021年至23年，2022上半年
正：与2021年数据相比，自1998年5月成立以来，2021年至2023年，2022年上半年
正：历时21年、20年来、民国21年5月、第12年初
依据：GB/T 15835—2011《出版物上数字用法》5.1.2：年份不用简写。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

REIGNS = "民国|光绪|宣统|康熙|雍正|乾隆|嘉庆|道光|咸丰|同治|顺治|万历|贞观|昭和|平成|令和|明治|大正"
YEAR = lazy(
    rf"(?<![\d.．:/—～~-])(?<![0-9][,，])(?<!{REIGNS})(?<![第历满近约共逾超余])(?<!历时|长达|已有|过去|时隔|至少)"
    r"(?P<year>[0-9]{2})[ \t]?年(?:"
    # Only a year goes with these.
    r"(?P<sure>[ \t]?\d{1,2}[ \t]?月|第?[一二三四1-4]季度|[上下]半年|年?底|末|初|年?度|同期|全年"
    r"|成立|创立|创办|设立|上市|投产|建成)"
    # A length of time might: only a year of late.
    r"|(?P<likely>(?:的|全市|全国|全省)?(?:数据|水平|指标|增速|业绩|总额|营收|收入|产值)))")
# 2021年至23年; 2022上半年.
SPAN = lazy(r"(?<!\d)(?P<century>19|20)\d\d(?:年[至到—～-]{1,2}|[至到]|[—～-]{1,2})(?P<year>\d{2})年(?!来|间|内)"
            r"|(?<=[增降升减][至到])(?P<late>1[5-9]|2\d)年(?=的)|(?<=[自从])(?P<begun>1[0-9]|2\d)年(?=起|以来|开始)|(?<=[在于])(?P<first>1[5-9]|2\d)年(?=首次|第一次|成为)"
            r"|(?:成立|创办|创建|创立|建立|设立|始建|组建|建成|创刊|开办|开业|投产|注册|毕业|出生)于(?P<old>[5-9]\d|0\d|1\d|2[0-6])年(?=[，。；、）]|\Z)")
BARE = lazy(r"(?:(?<=[。；\n])|\A)(?P<year>1[5-9]|2[0-9])年，(?=全[市国省县区年]|我[市省国区县]|公司|行业|协会"
            r"|本[市省会]|各|该|国内|集团)")
YEARLESS = lazy(r"(?<![\d.—～-])(?P<year>(?:19|20)\d\d)(?=[上下]半年|第?[一二三四]季度|前三季度|全年)"
                r"|(?<=[自从])(?P<since>(?:19|20)\d\d)(?=以来)")
LATE = range(15, 40)
PIVOT = 49


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each year of two digits."""
    for match in copy.finds(YEAR):
        year = int(match["year"])
        if match["sure"] or year in LATE:
            full = f"{'20' if year <= PIVOT else '19'}{match['year']}"
            end = copy.words.index("年", match.start("year")) + 1
            yield Mark(match.start(), end, f"年份“{match['year']}年”写四位，如{full}年", f"{full}年")
    yield from _cut_short(copy)


def _cut_short(copy: Copy) -> Iterator[Mark]:
    """Years that lack their century, or the word 年."""
    text = copy.words
    for match in (*copy.finds(SPAN), *copy.finds(BARE)):
        key = next((key for key in ("late", "begun", "first", "old") if match.groupdict().get(key)), "year")
        century = "19" if int(match[key]) > PIVOT else "20"
        full = (match.groupdict().get("century") or century) + match[key] + "年"
        yield Mark(match.start(key), match.end(key) + 1, f"年份写四位：{full}", full)
    for match in copy.finds(YEARLESS):
        key = "year" if match["year"] else "since"
        quoted = text.count("《", 0, match.start()) > text.count("》", 0, match.start()) or text.count(
            "“", 0, match.start()) > text.count("”", 0, match.start())
        if not quoted:
            yield Mark(*match.span(key), f"年份后面漏了“年”：{match[key]}年", match[key] + "年")


RULE = Rule("two-digit-year", Severity.WARNING, Copy, check, needs="年自从", cues=(YEAR, SPAN, BARE, YEARLESS))
