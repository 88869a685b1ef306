"""法律、法规的名称写错了，或者已经废止。

书名号里的名称与现行法律、法规只差一两个字的，多半是写错了；合同法、物权法等九部法律已由民法典代替。
说的是从前的事（写了当年，或写“原”“废止”）不算，名前写了别国、别地的不算。

误：《个人信息安全法》规定了个人信息处理者的义务
误：企业应当按照《合同法》的规定签订外包合同
正：《个人信息保护法》规定了个人信息处理者的义务
正：企业应当按照《民法典》的规定签订外包合同
依据：国家法律法规数据库；《民法典》第一千二百六十条；各名称和日期见 laws.toml。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from bulletin_press.checks.period_words import after
from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.near_names import distance
from bulletin_press.language.script import lazy
from bulletin_press.publication.authority import Laws, Treaties

TITLE = lazy(r"《([^《》\n]{3,40})》")
# Of four characters or fewer too many are short for something.
SHORTEST = 5
STATE = "中华人民共和国"
LAW = lazy(r"(?:法|条例|协定|公约|协议|条约|法典|通则|总则)(?:（[^（）]{1,8}）)?\Z")
PUT_IN = ("管理", "监督", "安全", "促进", "监督管理", "保障", "实施", "条例")
KINDS = ("条例", "办法", "规定", "协定", "公约", "条约", "法", "通则", "总则")
COUNCIL = lazy("国务院(?:公布|颁布|制定|发布|通过|出台|修订|令)?[^，。；]{0,6}\\Z")
FOREIGN = lazy(r"(?:[省市州县国盟洲港澳台邦]|通过的?|英|美|法|德|日|欧)\Z")


def check(issue: Issue) -> Iterator[At]:
    """Yield each title of a law that is nearly another, or of one that is repealed."""
    if "《" not in issue.words:
        return
    laws, treaties = issue.facts("laws", Laws), issue.facts("treaties", Treaties)
    today = issue.fields.issue.date
    names = tuple(dict.fromkeys((*laws.in_force, *laws.titles.get("names", ()), *laws.repealed)))
    agreed = tuple(dict.fromkeys((*treaties.treaties.get("names", ()),
                                  *(one for several in treaties.abbreviations.values() for one in several))))
    for passage in issue.passages:
        text = passage.words
        for match in TITLE.finditer(text):
            title = match[1].removeprefix(STATE)
            known = agreed if title.endswith(("协定", "公约", "协议", "条约")) else names
            ahead = text[max(0, match.start() - 4) : match.start()]
            if title in laws.repealed and not FOREIGN.search(ahead):
                day, now = laws.repealed[title]
                if after(text, *match.span(), today, day):
                    yield At.within(passage, *match.span(), f"《{title}》已于{day.year}年{day.month}月{day.day}日废止，"
                                                            f"现在依据《{now}》", f"《{now}》")
            elif not LAW.search(title):
                if (meant := _scrambled(title, names)) and meant.endswith(("法", "条例")):
                    yield At.within(passage, *match.span(), f"没有《{match[1]}》，多半是《{meant}》", f"《{meant}》")
            elif not FOREIGN.search(ahead):
                council = _of_council(title, known, text[max(0, match.start() - 12) : match.start()])
                meant = council or _lacking(title, known) or _meant(title, known) or _scrambled(title, known) or (
                    _cut(title, known) if match[1] != title else None)
                if meant is None and _between(title, known):
                    yield At.within(passage, *match.span(), f"没有《{match[1]}》，请核对是哪一部")
                if meant:
                    full = match[1].removesuffix(title) + meant
                    yield At.within(passage, *match.span(), f"没有《{match[1]}》，多半是《{full}》", f"《{full}》")


def _of_council(title: str, known: tuple[str, ...], ahead: str) -> str | None:
    """The 条例 of a title that ends in 办法 or 规定, where it is said to be the State Council's."""
    stem = title.removesuffix("办法").removesuffix("规定")
    named = stem != title and title not in known and COUNCIL.search(ahead)
    return stem + "条例" if named and stem + "条例" in known else None


@lru_cache(maxsize=1024)
def _between(title: str, known: tuple[str, ...]) -> bool:
    """Whether a title of a law that nobody knows is made of two that are known: 网络数据安全法."""
    if title in known or not title.endswith("法") or len(title) < 6:
        return False
    return sum(name.endswith("法") and set(name) <= set(title) and distance(title, name, 2) <= 2 for name in known) > 1


@lru_cache(maxsize=1024)
def _scrambled(title: str, known: tuple[str, ...]) -> str | None:
    """The known law of the same characters in another order: 能源节约法; of a long title one may be another."""
    if title in known or len(title) < 5:
        return None
    same = list(_by_characters(known).get("".join(sorted(title)), ()))
    if not same and len(title) >= 9 and LAW.search(title):
        own = Counter(title)
        same = [name for name in known if abs(len(name) - len(title)) <= 1
                and sum((Counter(name) - own).values()) <= 1 >= sum((own - Counter(name)).values())]
    return same[0] if len(same) == 1 else None


@lru_cache(maxsize=4)
def _by_characters(known: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The names by their characters in order."""
    found: dict[str, tuple[str, ...]] = {}
    for name in known:
        key = "".join(sorted(name))
        found[key] = (*found.get(key, ()), name)
    return found


@lru_cache(maxsize=1024)
def _cut(title: str, known: tuple[str, ...]) -> str | None:
    """The known law of a title that has its full style 中华人民共和国 and lacks characters, or has one put in."""
    if title in known or not title.endswith("法") or not 3 <= len(title) <= 5:
        return None
    longer = [name for name in known if name[0] == title[0] and len(title) < len(name) <= 6
              and name.endswith("法") and not name.endswith("税法") and _within(title, name)]
    if len(title) == 4:
        longer += [name for name in known if len(name) == 3 and name[0] == title[0] and _within(name, title)]
    return longer[0] if len(longer) == 1 else None


@lru_cache(maxsize=1024)
def _lacking(title: str, known: tuple[str, ...]) -> str | None:
    """The known law of a title that lacks a word of two characters or three: 民办教育法 for 民办教育促进法."""
    if title in known or not title.endswith("法") or len(title) < SHORTEST:
        return None
    longer = [name for name in known if name.endswith("法") and not name.endswith("税法")
              and len(name) - len(title) in (2, 3) and _put_together(title, name)]
    return longer[0] if len(longer) == 1 else None


def _put_together(short: str, long: str) -> bool:
    """Whether a title becomes another by one word that is put in behind its first two characters."""
    return any(long.startswith(short[:at]) and long.endswith(short[at:]) for at in range(2, len(short)))


def _within(short: str, long: str) -> bool:
    """Whether all characters of one stand in another, in order."""
    rest = iter(long)
    return all(char in rest for char in short)


@lru_cache(maxsize=1024)
def _meant(title: str, known: tuple[str, ...]) -> str | None:
    """The known law whose title differs by a character or two; none where there are several, or it is known."""
    if title in known or len(title) < 5:
        return None
    # 公司管理法, 反垄断条例法: a law's name with a word put in.
    for word in PUT_IN:
        if title.endswith(word + "法") and (short := title.removesuffix(word + "法") + "法") in known:
            return short
    most = 1 if len(title) < 6 else 2 if len(title) < 12 else 3
    near = sorted((distance(title, name, most), name) for name in known if abs(len(name) - len(title)) <= most)
    # 《…条例》 beside a law of that name may be a place's own.
    kind = next(kind for kind in (*KINDS, "") if title.endswith(kind))
    near = [(apart, name) for apart, name in near if apart <= most and name.endswith(kind)
            and len(set(name) & set(title)) * 10 >= 6 * len(set(name))]
    if not near or (len(near) > 1 and near[1][0] == near[0][0]):
        return None
    return near[0][1]


RULE = Rule("law-title", Severity.WARNING, Issue, check, exchanges=True)
