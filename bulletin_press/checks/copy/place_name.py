"""地名写错了，或者放错了省。

大连在辽宁，宁波在浙江；广西是自治区，不叫省；区县、国家的名称写颠倒、漏了字的，多半是写错了。

误：吉林省大连市获批国家数字服务出口基地
误：邮储银行大连甘子井区支行协办本次活动
误：代表团访问了吉尔吉斯坦
正：辽宁省大连市获批国家数字服务出口基地
正：邮储银行大连甘井子区支行协办本次活动
正：代表团访问了吉尔吉斯斯坦
依据：GB/T 2260《中华人民共和国行政区划代码》；外交部“国家和组织”；各名称见 divisions.toml、countries.toml。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bulletin_press.checks.period_words import after, inside_title
from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.passages import Passage
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.known_words import known_words
from bulletin_press.language.near_names import NearNames
from bulletin_press.language.script import lazy
from bulletin_press.language.wrong_characters import wrong_characters
from bulletin_press.publication.authority import Countries, Divisions

# Lists of names; so many of them, of so many characters, make one of places.
LIST = lazy("(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,8}"
            "(?:[、和与][\u4e00-\u9fff]{2,5}?(?=[、和与等，。；两三四五六七八九]))+")
SEPARATOR = lazy("[、和与]")
LEAST, LONGEST = 3, 4
# 吉林 is a city of 吉林; 海南 and 朝阳 name several things.
SAME = frozenset(("吉林", "海南", "朝阳", "中山"))
HISTORY = lazy(r"(?:(?<!\d)(?:[1-9]\d\d|1[0-8]\d\d|19[0-4]\d|195[0-7])年|清|民国|旧|原|解放|建国|历史|当时|时期|史)")


def check(issue: Issue) -> Iterator[At]:
    """Yield each place that is misspelt or put into another province."""
    divisions, countries = issue.facts("divisions", Divisions), issue.facts("countries", Countries)
    near = _near(tuple(divisions.cities.items()), tuple(divisions.districts.items()), tuple(divisions.wrong.items()),
                 countries.terms.get("names", ()), tuple(countries.wrong.items())).among(issue.words, issue.pairs)
    listed = tuple(divisions.cities.items()), tuple(divisions.counties.items())
    placed = _misplaced((*listed[0], *listed[1]))
    lies_in = {town: province for several in listed for province, towns in several for town in towns}
    province_of = {city: province for province, cities in divisions.cities.items() for city in cities}
    renamed = {name: entry for name, entry in countries.renamed.items() if name in issue.words}
    today = issue.fields.issue.date
    known = frozenset((*province_of, *divisions.provinces, *countries.terms.get("names", ())))
    provinces = _provinces(tuple(divisions.provinces))
    for passage in issue.passages:
        text = passage.words
        yield from _in_lists(passage, known)
        yield from _among_provinces(passage, provinces, province_of)
        for start, end, meant in near.find(text):
            if _unlike(text[start:end], meant):
                continue
            if not inside_title(text, start) and not (text[start:end].endswith("省") and HISTORY.search(text)):
                yield At.within(passage, start, end, f"“{text[start:end]}”应为“{meant}”", meant)
    for passage, match in issue.matches(placed):
        province, city = match["province"], match["city"]
        if match["free"]:
            yield At.within(passage, *match.span(), f"{match['free']}是直辖市，请核对")
        elif lies_in[city] != province:
            full = divisions.provinces.get(lies_in[city], lies_in[city])
            yield At.within(passage, *match.span(), f"{city}在{full}，请核对")
    for passage in issue.passages if renamed else ():
        text = passage.words
        for name, (day, now) in renamed.items():
            at = text.find(name)
            if at >= 0 and after(text, at, at + len(name), today, day):
                yield At.within(passage, at, at + len(name), f"“{name}”{day.year}年已改称“{now}”", now)


def _unlike(typed: str, meant: str) -> bool:
    """Whether one character alone differs, and nobody types it for the other: 阿尔穆尼亚 is a person."""
    differ = [at for at, char in enumerate(meant) if typed[at] != char] if len(typed) == len(meant) else []
    if len(differ) != 1 or len(meant) < LONGEST:
        return False
    return meant[differ[0]] not in wrong_characters().alike(typed[differ[0]])


def _in_lists(passage: Passage, known: frozenset[str]) -> Iterator[At]:
    """Yield each name in a list of places that is none, and is one but for a character like it: 沈阳、扶顺、丹东."""
    for match in LIST.finditer(passage.words) if "、" in passage.words else ():
        items = SEPARATOR.split(match.group())
        if len(items) < LEAST or sum(item in known for item in items[1:]) < LEAST - 1:
            continue
        at = match.start()
        for item in items:
            if item not in known and 1 < len(item) <= LONGEST and (meant := _alike(item, known)):
                yield At.within(passage, at, at + len(item), f"“{item}”应为“{meant}”", meant)
            at += len(item) + 1


def _alike(typed: str, known: frozenset[str]) -> str | None:
    """The place that somebody meant who typed what is no word."""
    spelling = wrong_characters()
    if spelling.knows(typed) or typed in known_words():
        return None
    found = {name for at, char in enumerate(typed) for other in spelling.alike(char)
             if (name := typed[:at] + other + typed[at + 1 :]) in known}
    return found.pop() if len(found) == 1 else None


def _among_provinces(passage: Passage, listed: re.Pattern[str], province_of: Mapping[str, str]) -> Iterator[At]:
    """Yield each city in a list of provinces: 辽宁、吉林和乌鲁木齐等省份."""
    for match in listed.finditer(passage.words) if "省" in passage.words else ():
        start = match.start("list")
        for name in re.split("[、和与及]|以及", match["list"]):
            if name in province_of and name not in province_of.values():
                at = passage.words.index(name, start)
                yield At.within(passage, at, at + len(name), f"{name}是市，不与省份并列")


@lru_cache(maxsize=4)
def _provinces(names: tuple[str, ...]) -> re.Pattern[str]:
    """Lists of provinces, two at least, summed up as such."""
    one = "|".join(names)
    item = "(?:[、和与及]|以及)[\u4e00-\u9fff]{2,5}?"
    return lazy(rf"(?P<list>(?:{one})(?:[、和与及](?:{one}))+(?:{item}){{1,8}})(?:等)?(?:\d{{1,2}}"
                rf"|[一二三四五六七八九十两]{{1,3}})?个?"
                "(?:省份|省区|省(?=[的，。；]))")


Listed = tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=4)
def _misplaced(cities: Listed) -> re.Pattern[str]:
    """A province directly followed by a city: both with their kinds, or the city with 市."""
    towns = sorted((city for _, several in cities for city in several if city not in SAME), key=len, reverse=True)
    inland = "|".join(dict.fromkeys(name for name, _ in cities))
    return lazy(rf"(?P<province>{inland})(?:(?:省|(?:壮族|回族|维吾尔)?自治区)?(?P<city>{'|'.join(towns)})"
                      r"|省(?P<free>北京|天津|上海|重庆))市(?!场|值|民|价|面|区|政|直|容|长|里|级|委)")


@lru_cache(maxsize=4)
def _near(cities: Listed, districts: Listed,
          wrong: tuple[tuple[str, str], ...], names: tuple[str, ...],
          foreign: tuple[tuple[str, str], ...]) -> NearNames:
    long = [city for _, several in cities for city in several if len(city) >= 4]
    local = [name for _, several in districts for name in several]
    abroad = [name for name in names if len(name) >= 4]
    return NearNames.of((*long, *local, *abroad), dict(wrong) | dict(foreign), (*long, *abroad))


RULE = Rule("place-name", Severity.WARNING, Issue, check, exchanges=True)
