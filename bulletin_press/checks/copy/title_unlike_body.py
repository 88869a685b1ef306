"""标题里的人、地、届次、升降与正文不一样。

标题说五届三次理事会，正文说四届三次；标题赴湖南，正文赴江西；标题当选的是这一位，正文是那一位；标题说下降，正文
说上涨；标题捐了200万元，正文100万元。正文里也有标题的说法就不算。

误：标题“协会召开五届三次理事会”，正文“协会四届三次理事会在省农展馆召开”
正：标题“协会召开五届三次理事会”，正文“协会五届三次理事会在省农展馆召开”
依据：编校通则：题文一致。
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.passages import Passage
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.familiar import SURNAMES
from bulletin_press.language.numerals import read_chinese_number
from bulletin_press.language.script import lazy
from bulletin_press.publication.authority import Divisions

C = r"(?:[一二三四五六七八九十]{1,3}|\d{1,3})"
# 第五届理事会第三次会议, 五届三次理事会: which, of what, which meeting of it.
TERM = lazy(rf"(?P<term>{C})届(?:第?(?P<time>{C})次)?(?P<what>[一-龥]{{2}})(?:[一-龥]{{0,6}}?第(?P<later>{C})次)?")
GOING = ("(?:助学|捐[赠助资]|义诊|帮扶|助农|送[教医书温]|普法|宣讲"
         "|考察|调研|参展|学习|交流|招商|参观|访问|走访|对接|推介|参加|出席|观摩|洽谈|采风|研学|慰问|挂职)")
HELD = "(?:举[行办]|召开|开[班幕赛展营]|闭幕|成立|揭牌|启动|落户|投产|签约)"
PLACE = lazy(rf"(?:赴|前往|走进|到)(?P<to>[一-龥]{{2,4}}?)(?:等地|开展|进行|实地)*[一-龥]{{0,4}}?{GOING}"
             rf"|在(?P<at>[一-龥]{{2,5}}?){HELD}|(?<=[展会坛班赛营])(?P<then>[一-龥]{{2,4}}?){HELD}"
             r"|(?:来到|走进|抵达)(?P<came>[一-龥]{2,3}[县市区镇乡村])(?=[，、])")
LEVELS = "省市县区镇乡村"
CHOSEN = "(?:全票|再次)?(?:被[^，。；]{0,8})?(?:当选|连任|推选|推举|选举|出任|就任|担任|续任|增选)"
FAMILIES = "".join(sorted(SURNAMES))
PERSON = lazy(rf"(?<![一-龥])(?P<name>[{FAMILIES}][一-龥]{{1,2}}?)(?:同志|先生|女士)?{CHOSEN}"
              rf"|(?:选举|推选|推举|聘任|聘请)(?P<of>[一-龥]{{2,3}}?)(?:同志|先生|女士)?(?:为|担任)")
POST = lazy(r"(?P<vice>副?)(?P<post>会长|理事长|秘书长|董事长|局长|主任|市长|县长|书记)(?P<name>[一-龥]{3})"
            rf"|(?<![一-龥])(?P<fresh>[{FAMILIES}][一-龥]{{1,2}})(?:任|出任|当选|就任)[一-龥]{{0,12}}?(?P<made>会长"
            rf"|理事长|秘书长|董事长|局长|主任)"
            rf"|(?<![一-龥])(?P<first>[{FAMILIES}][一-龥]{{1,2}})(?P<after>会长|理事长|秘书长|董事长|局长|主任)")
UP, DOWN = "增长|上升|提高|上涨|增加|走高|攀升|回升|上扬|扩大", "下降|减少|降低|下跌|回落|走低|下滑|下行|缩小"
ADVERB = ("(?:连续[一二两三四五六七八九十\\d]{1,2}(?:个?月|周|个季度|季|年)|再度|再次"
          "|同比|环比|小幅|大幅|持续|稳步|明显|略有|继续|双双|有所|总体|快速|普遍)*")
TREND = lazy(rf"(?P<noun>[一-龥]{{2}}){ADVERB}(?:(?P<up>{UP})|(?P<down>{DOWN}))")
GIVEN = "捐款|捐赠|捐资|捐|投资|采购|签约|募集|筹集|奖励|发放|贷款|授信|补贴|补助|筹资|募捐|拨付"
SUM = lazy(rf"(?P<verb>{GIVEN})[^，。；\d]{{0,8}}(?:，(?:价值|总价值|共计|总计|合计|折合"
           rf"|金额)[^，。；\d]{{0,4}})?(?P<sum>\d[\d,.]*[百千万亿]*)元")
COUNT = lazy(r"(?<![第\d一二三四五六七八九十百.])(?P<n>[一两二三四五六七八九十百]{1,5}"
             r"|\d{1,5})(?P<measure>[家名位项个件所场户款种])"
             r"(?P<noun>[一-龥]{0,2})(?<![余多])")
COUNTED = lazy(r"(?P<label>[一-龥]{4})(?P<n>\d{1,5})(?P<measure>[家名人位项个件户])(?![一-龥])")
YEAR = lazy(r"(?P<year>20\d\d|二〇[〇一二三四五六七八九]{2})年(?P<what>[一-龥]{2})")
FIRM = lazy("(?P<head>[一-龥]{2})(?P<trade>[纸布药酒米茶鞋钢置乳板瓷木粮棉糖盐渔船煤油印汽化建重电]业|银行|集团"
            "|科技|食品|服饰|家具|重工|电器|股份|物流|分会|商会|专委会|支部)")
# 与云岭针织签署协议: with whom; 押运员培训班: for whom; 五星级: of which grade.
PARTNER = lazy("[与和同](?P<partner>[一-龥]{4,8}?)(?P<act>签署|签订|签约|达成|共建)")
TRADE = lazy("(?P<who>[一-龥]{2}[员师工])(?P<what>培训|研修|技能|大赛|竞赛|资格|考试|轮训|实训)")
GRADE = lazy("(?P<grade>[一二三四五]星级|[1-5一二三四五]A级|[甲乙丙]级)")
BANK = "银信合"
FROM_TO = str.maketrans("〇一二三四五六七八九", "0123456789")

Told = tuple[Passage, int, int, str]


@dataclass
class Body:
    """A body: its passages, and all that they say."""

    passages: list[Passage]

    @cached_property
    def words(self) -> str:
        """The whole of it, a line a passage."""
        return "\n".join(one.words for one in self.passages)


def check(issue: Issue) -> Iterator[At]:
    """Yield what a body says of a person, place, meeting or turn otherwise than its title."""
    places: Places | None = None
    for together in issue.passages_of_fields.values():
        body = Body([one for one in together if one.key == "body"])
        for title in together if body.passages else ():
            if title.key != "title":
                continue
            if places is None:
                places = _places(issue.facts("divisions", Divisions))
            for passage, start, end, said in _told(title.words, body, places):
                yield At.within(passage, start, end, f"标题里写的是“{said}”，请核对")


Places = tuple[frozenset[str], frozenset[str]]


def _places(divisions: Divisions) -> Places:
    """The names of all provinces, and of all cities, without their level."""
    return frozenset(divisions.provinces), frozenset(name for names in divisions.cities.values() for name in names)


def _told(title: str, body: Body, places: Places) -> Iterator[Told]:
    yield from _terms(title, body)
    yield from _where(title, body, places)
    yield from _who(title, body)
    yield from _turn(title, body)
    yield from _how_many(title, body)
    yield from _named(title, body)


def _number(words: str) -> int:
    return int(words) if words.isdecimal() else read_chinese_number(words.replace("两", "二"))


def _terms(title: str, body: Body) -> Iterator[Told]:
    """Another term of office or edition (五届), or another meeting of it (三次)."""
    said = list(TERM.finditer(title))
    if len(said) != 1:
        return
    head, found = said[0], list(TERM.finditer(body.words))
    term, time = _number(head["term"]), head["time"] or head["later"]
    alike = [one for one in found if one["what"] == head["what"]]
    if alike and all(_number(one["term"]) != term for one in found):
        yield from _first(body, TERM, "term", head.group(), partial(_same, "what", head["what"]))
        return
    times = [one["time"] or one["later"] for one in alike]
    if time and alike and all(times) and all(_number(str(one)) != _number(time) for one in times):
        key = "time" if alike[0]["time"] else "later"
        yield from _first(body, TERM, key, head.group(), partial(_same, "what", head["what"]))


def _first(body: Body, pattern: re.Pattern[str], key: str, said: str,
           wanted: Callable[[re.Match[str]], bool]) -> Iterator[Told]:
    """The first place of a body where a pattern finds what is wanted."""
    for passage in body.passages:
        for match in pattern.finditer(passage.words):
            if match[key] and wanted(match):
                yield passage, *match.span(key), said
                return


def _same(key: str | int, said: str, one: re.Match[str]) -> bool:
    return bool(one[key] == said)


def _of_level(key: str, place: str, places: Places, one: re.Match[str]) -> bool:
    return _level(place, one[key], places)


def _called(key: str, one: re.Match[str]) -> bool:
    return one[key][0] in SURNAMES


def _in_post(post: str, vice: str, one: re.Match[str]) -> bool:
    return bool(one["post"] == post and one["vice"] == vice and _called("name", one))


def _where(title: str, body: Body, places: Places) -> Iterator[Told]:
    """Another place to go to, or to hold something at, of the same level."""
    head = PLACE.search(title)
    if not head:
        return
    key = str(head.lastgroup)
    place = head[key]
    # 走进临江县: the level belongs to the name.
    if len(place) == 2 and title[head.end(key) : head.end(key) + 1] in tuple(LEVELS):
        place += title[head.end(key)]
    if place.rstrip(LEVELS) in body.words or not place.rstrip(LEVELS):
        return
    for other in ("to", "came") if key in ("to", "came") else ("at", "then"):
        told = next(_first(body, PLACE, other, place,
                           partial(_of_level, other, place, places)), None)
        if told:
            yield told
            return


def _level(one: str, other: str, places: Places) -> bool:
    """Whether two names are of places of one level, by what they end in or because both are known."""
    if one == other:
        return False
    if any(one.rstrip("省市") in names and other.rstrip("省市") in names for names in places):
        return True
    return len(one) > 2 and len(other) > 2 and (one[-1] == other[-1] in LEVELS or (one[-1], other[-1]) == ("县", "市"))


def _who(title: str, body: Body) -> Iterator[Told]:
    """Another person elected, or in a post."""
    for head in PERSON.finditer(title):
        key = "name" if head["name"] else "of"
        if head[key][0] in SURNAMES and head[key] not in body.words:
            for other in ("name", "of"):
                told = next(_first(body, PERSON, other, head[key],
                                   partial(_called, other)), None)
                if told:
                    yield told
                    return
    for head in POST.finditer(title):
        name, post = head["name"] or head["first"] or head["fresh"], head["post"] or head["after"] or head["made"]
        vice = head["vice"] or ""
        if name[0] in SURNAMES and name[:2] not in body.words and name[-2:] not in body.words:
            yield from _first(body, POST, "name", name, partial(_in_post, post, vice))


def _turn(title: str, body: Body) -> Iterator[Told]:
    """A rise where the title has a fall, of what is called the same, beside what the title speaks of."""
    head = TREND.search(title)
    if not head:
        return
    way, against = ("up", DOWN) if head["up"] else ("down", UP)
    with_it, noun = UP if way == "up" else DOWN, head["noun"]
    topic = title[: head.start()]
    if not topic or re.search(rf"{noun}[^，。；]{{0,12}}(?:{with_it})", body.words):
        return
    for match in re.finditer(rf"{noun}[^，。；]{{0,12}}?(?P<turn>{against})", body.passages[0].words):
        before = body.passages[0].words[: match.start()]
        if any(topic[at : at + 2] in before for at in range(len(topic) - 1)):
            yield body.passages[0], *match.span("turn"), str(head[way])
            return


def _holds(text: str, number: str) -> bool:
    """Whether a number stands in a text, not as the end of a greater one."""
    return re.search(rf"(?<![一二三四五六七八九十百\d.]){re.escape(number)}", text) is not None


def _alike(head: re.Match[str], other: re.Match[str]) -> bool:
    """Whether what is counted in a title has two characters in common with what stands about a number."""
    things, near = head.string[head.end("measure") : head.end("measure") + 6], 8
    about = other.string[max(0, other.start() - near) : other.end("measure") + near]
    hedged = other.string[: other.start()].endswith(("近", "约", "超", "逾", "超过", "余", "达到"))
    pairs = {things[at : at + 2] for at in range(len(things) - 1)}
    return not hedged and any(pair in about for pair in pairs if "，" not in pair)


def _how_many(title: str, body: Body) -> Iterator[Told]:
    """Another sum given, another number of the same."""
    for head in SUM.finditer(title):
        sums = [one["sum"] for one in SUM.finditer(body.words) if one["verb"] == head["verb"]]
        if len(sums) == 1 and sums[0] != head["sum"] and not _holds(body.words, head["sum"]):
            yield from _first(body, SUM, "sum", head["sum"] + "元", partial(_same, "verb", head["verb"]))
    for head in COUNT.finditer(title):
        found = [one for one in COUNT.finditer(body.words) if one["measure"] == head["measure"] and _alike(head, one)]
        both = head["n"] + found[0]["n"] if found else ""
        # Two figures before the same word are title-contradicts-body's.
        if len(found) == 1 and not (both.isdecimal() and head["noun"] == found[0]["noun"]) \
                and _number(found[0]["n"]) != _number(head["n"]) \
                and not _holds(body.words, head["n"] + head["measure"]):
            yield from _first(body, COUNT, "n", head.group(), partial(_same, 0, found[0].group()))
    for head in COUNTED.finditer(title):
        label, measure = head["label"], head["measure"]
        shown = re.compile(rf"{label[:2]}[^，。；\d]{{0,4}}{label[2:]}[^，。；\d]{{0,4}}(?P<n>\d{{1,5}}){measure}")
        found = list(shown.finditer(body.words))
        if len(found) == 1 and found[0]["n"] != head["n"] and not _holds(body.words, head["n"] + measure):
            yield from _first(body, shown, "n", head["n"] + measure, bool)


def _named(title: str, body: Body) -> Iterator[Told]:
    """Another year's meeting or report, another firm of the same trade."""
    for head in YEAR.finditer(title):
        year, what = head["year"].translate(FROM_TO), head["what"]
        years = {one["year"].translate(FROM_TO) for one in YEAR.finditer(body.words)}
        if year not in years and year + "年" not in body.words:
            yield from _first(body, YEAR, "year", head.group(), partial(_same, "what", what))
    for head in FIRM.finditer(title):
        name, trade = head.group(), head["trade"]
        heads = {one["head"] for one in FIRM.finditer(body.words) if one["trade"] == trade}
        if name not in body.words and head["head"] not in body.words and len(heads) == 1:
            yield from _first(body, FIRM, "head", name, partial(_same, "trade", trade))

    yield from _with_whom(title, body)


def _with_whom(title: str, body: Body) -> Iterator[Told]:
    """Another partner of an agreement, another trade taught, another grade."""
    for head in PARTNER.finditer(title):
        name = head["partner"]
        # A short name of a bank has little in common with the full one.
        if not any(name[at : at + 2] in body.words for at in range(len(name) - 1)) and not set(BANK) & set(name):
            yield from _first(body, PARTNER, "partner", name, partial(_alike_partner, head))
    for pattern, key in ((TRADE, "who"), (GRADE, "grade")):
        said = {one[key] for one in pattern.finditer(title)}
        if len(said) != 1 or (one := said.pop()) in body.words:
            continue
        others = {match[key] for match in pattern.finditer(body.words)}
        if len(others) == 1 and not (key == "grade" and one[1:] != others.copy().pop()[1:]):
            yield from _first(body, pattern, key, one, bool)


def _alike_partner(head: re.Match[str], one: re.Match[str]) -> bool:
    return bool(one["act"] == head["act"] and len(one["partner"]) == len(head["partner"]))


RULE = Rule("title-unlike-body", Severity.WARNING, Issue, check)
