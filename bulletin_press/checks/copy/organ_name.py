"""国家机关的名称写错了，或与时间不合。

机构改革以后旧名不再用：2018年起没有工商总局、质检总局、文化部、农业部；2023年以前没有国家数据局。海关总署不叫总局，
国家统计局不叫总局。说的是从前的事（写了当年，或写“原”“前身”）不算，书名号里的不算，外国的机构不算。

误：国家工商总局近日公布上半年新设企业数据（2022年8月出刊）
误：国家统计总局公布上半年国民经济运行情况
误：人力资源与社会保障部发布新职业目录
正：国家市场监督管理总局近日公布上半年新设企业数据，原国家工商总局2015年发文
正：国家统计局公布上半年国民经济运行情况
正：人力资源和社会保障部发布新职业目录
依据：历次国务院机构改革方案、《国务院关于机构设置的通知》；各名称和日期见 organs.toml。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from bulletin_press.checks.period_words import after, before, inside_title
from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.near_names import distance
from bulletin_press.language.script import found_from, lazy, spelled
from bulletin_press.publication.authority import Countries, Organs

CUE = lazy("[部局署委会院]")
# A national organ as it is written, to be held against the known names.
NATIONAL = lazy(r"(?=[国中人工住自生农文交退应科])"
                r"(?:(?:国家|国务院|中国)[一-龥]{2,11}?(?:总局|监督管理局|管理局|委员会|办公室|总署"
                r"|局(?![限域面部势长])|署(?!名))"
                r"|(?:人力资源|工业和|住房和|住房城|自然资|生态环|农业农|文化和|交通运|退役军|应急管|科学技)[一-龥]{1,8}?"
                r"部(?![门长分署位队]))")
# With what it begins.
BEGUN = lazy("国(?=家|务院)|中(?=国)|人(?=力资源)|工(?=业和)|住(?=房[和城])|自(?=然资)|生(?=态环)|农(?=业农)|文(?=化和)"
             "|交(?=通运)|退(?=役军)|应(?=急管)|科(?=学技)")
FOREIGN_WORDS = lazy(r"(?:[国联邦洲]|欧盟|总统|首相|共和国|[一-龥]亚|斯坦|美|英|法|德|日|韩|俄|印|外|军|省|州|市"
                     r"|公司|集团|学校|大学|编辑|医院)\Z")
PLAIN_START = lazy(r"(?:[，。；、：（(“！？\s　和与及同]|会同|经|据|照|按|由|从|向|受|请|报|落实|执行|转发|印发|响应|配合|贯彻|参加|收到|接到|参照|通过|联系|对|获|赴|到|在|对|联合|中央|国家|我国"
                   r"|中国|\A)\Z")
DECREE = lazy(r"(?:令|公告|通告|公报)?(?:第|[〔（(]\d{4}|20\d\d年第)|令")
NOT_YET = lazy("将|拟|组建|成立|设立|方案|新建|筹建")


def check(issue: Issue) -> Iterator[At]:
    """Yield each organ under a name that is wrong or not of its time."""
    if not CUE.search(issue.words):
        return
    organs = issue.facts("organs", Organs)
    listed = {name for name in (*organs.former, *organs.founded, *organs.wrong)
              if name[:2] in issue.pairs and spelled(name, issue.pairs) and name in issue.words}
    near = _near(organs, issue.words)
    names = sorted(listed | set(near), key=lambda name: (-len(name), name))
    if not names:
        return
    pattern, today = lazy(rf"(?:{'|'.join(map(re.escape, names))})(?![面限]|门(?!户网|户平|户频"
                          rf"|户栏))"), issue.fields.issue.date
    foreign = frozenset(organs.terms.get("foreign", ())) & frozenset(names)
    countries = issue.facts("countries", Countries).terms.get("names", ()) if foreign else ()
    for passage in issue.holding(pattern):
        text = passage.words
        for match in pattern.finditer(text):
            name = match.group()
            if inside_title(text, match.start()) or DECREE.match(text, match.end()):
                continue
            if name in foreign and _abroad(text, match.start(), countries):
                continue
            told = _told(organs, near, name, text, match, today)
            if told:
                head, tail = _differs(name, near[name]) if name in near else (0, 0)
                yield At.within(passage, match.start() + head, match.end() - tail, told[0],
                                near[name][head : len(near[name]) - tail] if name in near else told[1])


def _told(organs: Organs, near: Mapping[str, str], name: str, text: str, match: re.Match[str],
          today: date) -> tuple[str, str | None] | None:
    """What is wrong with a name, and what should stand there."""
    if name in organs.wrong:
        # 国家互联网信息办 is the head of a right name, too.
        if any(text.startswith(full, match.start() - full.index(name))
               for full in _holding(name, organs.terms.get("known", ()))):
            return None
        return f"没有“{name}”，应为“{organs.wrong[name]}”", organs.wrong[name]
    if name in near:
        return f"“{name}”多半是“{near[name]}”写错了", near[name]
    if name in organs.former:
        until, now = organs.former[name]
        if after(text, *match.span(), today, until):
            # What took its place may have been replaced in turn.
            while now in organs.former and after(text, *match.span(), today, organs.former[now][0]):
                now = organs.former[now][1]
            return f"{until.year}年机构改革后没有“{name}”，现在是{now}", None if "或" in now else now
    elif before(text, *match.span(), today, organs.founded[name]) and not NOT_YET.search(text):
        return f"{organs.founded[name].year}年才有“{name}”，与时间不合", None
    return None


@lru_cache(maxsize=512)
def _holding(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(full for full in known if name in full)


def _differs(written: str, meant: str) -> tuple[int, int]:
    """How many characters two names have in common at their heads, and at their tails."""
    head = next((at for at, (one, other) in enumerate(zip(written, meant, strict=False)) if one != other), 0)
    tail = next((at for at, (one, other) in enumerate(zip(reversed(written), reversed(meant), strict=False))
                 if one != other), 0)
    shortest = min(len(written), len(meant))
    if head + tail >= len(written) or head + tail > shortest:
        return 0, 0
    return head, tail


def _abroad(text: str, start: int, countries: tuple[str, ...]) -> bool:
    """Whether an organ with a name that other states have too may be another state's, or is part of a word."""
    ahead = text[max(0, start - 14) : start]
    return not PLAIN_START.search(ahead) or bool(FOREIGN_WORDS.search(ahead)) or any(
        name in ahead for name in countries)


def _near(organs: Organs, words: str) -> Mapping[str, str]:
    """What is written nearly as a known name, of all that looks like a national organ."""
    known, found = organs.terms.get("known", ()), {}
    settled = frozenset((*known, *organs.former, *organs.founded, *organs.wrong))
    for written in {match.group() for match in found_from(BEGUN, NATIONAL, words)} - settled:
        if meant := _meant(written, known):
            found[written] = meant
    return found


@lru_cache(maxsize=512)
def _meant(written: str, known: tuple[str, ...]) -> str | None:
    if len(written) < 5 or any(name in written for name in known):
        return None
    most = 1 if len(written) < 9 else 2
    near = [name for name in known if distance(written, name, most) <= most]
    if not near and len(written) >= 8:
        # 国家网信信息办公室: further off, but of no character that the name has not.
        near = [name for name in known if set(written) <= set(name) and distance(written, name, 3) <= 3]
    return near[0] if len(near) == 1 else None


RULE = Rule("organ-name", Severity.WARNING, Issue, check, exchanges=True)
