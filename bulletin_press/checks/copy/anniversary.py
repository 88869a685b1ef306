"""周年、历年数与成立的年份对不上。

2003年成立，2023年是二十周年；写了起止两个年份，中间的年数要数得上。

误：协会成立于2003年，2023年恰逢成立三十周年
误：商会创办于1998年，到2018年已走过30个年头
正：协会成立于2003年，2023年恰逢成立二十周年
正：商会创办于1998年，到2018年已走过20个年头，近二十年
依据：编校通则：年份与年数前后一致。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.numerals import read_chinese_number
from bulletin_press.language.script import lazy

N = r"(?P<n>\d{1,3}|[一二三四五六七八九十百]{1,4})"
FOUNDED = (r"(?:成立|创办|创建|创立|建立|设立|始建|组建|建成|创刊|开办|诞生|建校|建院|建厂|建社|开业|投产|创始|筹建"
           r"|发起)")
BEGUN = lazy(rf"(?:{FOUNDED}于(?P<year>(?:1[89]|20)\d\d)年|(?P<year2>(?:1[89]"
             rf"|20)\d\d)年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?(?:正式|由|[一-龥]{{0,6}})?{FOUNDED}(?!以前|前))")
NOW = lazy(rf"(?P<now>(?:19|20)\d\d)年(?:\d{{1,2}}月(?:\d{{1,2}}日)?)?[^。；\d]{{0,14}}?(?:第)?{N}(?P<unit>周年"
           rf"|个年头|个春秋|年(?!代|级|度|期|限|[末初内间底来前后]))")
THIS = lazy(rf"(?:今年|本年|迄今|至今|到现在|如今)[^。；\d]{{0,14}}?(?:第)?{N}(?P<unit>周年)")
AGED = lazy(r"(?:出生于|生于|生)(?P<born>(?:19|20)\d\d)年[^。；]{0,20}?(?:今年|现年|时年)(?P<age>\d{1,2})岁"
            r"|(?P<born2>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:出)?生[^。；]{0,20}?(?:今年|现年)(?P<age2>\d{1,2})岁")
# 1968年出生，2022年退休时54岁; 今年82岁，1941年出生.
THEN = lazy(r"(?P<born>(?:19|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出)?生[^。；\d]{0,16}?(?P<then>(?:19"
            r"|20)\d\d)年(?:\d{1,2}月)?"
            r"[^。；\d]{0,14}?(?P<age>\d{1,3})岁")
# 生于1950年，18岁进厂，1968年….
AT_AGE = lazy(r"生于(?P<born>(?:19|20)\d\d)年[^。；\d]{0,12}?[，,](?P<age>\d{1,2})岁[^。；\d]{0,12}[，,](?P<the"
              r"n>(?:19|20)\d\d)年(?!后|起)")
# 成立于2010年，仅用五年时间，就于2015年挂牌.
TOOK = lazy(rf"{FOUNDED}于(?P<born>(?:19|20)\d\d)年[^。；\d]{{0,6}}(?:仅用|只用|用了"
            rf"|历经)(?:了)?(?P<age>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})年[^。；\d]{{0,10}}"
            r"(?P<then>(?:19|20)\d\d)年")
AGED_FIRST = lazy(r"(?:今年|现年)(?P<age>\d{1,3})岁[，,、的]?[^。；\d]{0,6}?(?P<born>(?:19"
                  r"|20)\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?"
                  r"(?:[^。；\d，]{0,8})?(?:出生|生于|生)")
# 成立于2005年，2003年在成立三周年之际: before it was there.
TOO_SOON = lazy(rf"{FOUNDED}于(?P<year>(?:1[89]|20)\d\d)年[^。；\d]{{0,6}}[，,](?P<then>(?:1[89]"
            rf"|20)\d\d)年[^，。；\d]{{0,8}}(?:{FOUNDED})?{N}周年")
VAGUE = lazy(r"(?:近|约|将近|不到|超过|逾|多|余|已是|进入第|第|几)\Z")


def check(issue: Issue) -> Iterator[At]:
    """Yield each number of years that lies not between the two years."""
    today = issue.fields.issue.date
    for passage, match in issue.matches(BEGUN):
        text, begun = passage.words, int(match["year"] or match["year2"])
        end = min((at for mark in "。；\n" if (at := text.find(mark, match.end())) >= 0), default=len(text))
        later = (NOW.search(text, match.end(), end), None), (THIS.search(text, match.end(), end), today.year)
        for said, year in later:
            if said is None:
                continue
            now = year or int(said["now"])
            count = int(said["n"]) if said["n"].isdecimal() else read_chinese_number(said["n"])
            apart = now - begun
            slack = (0,) if said["unit"] == "周年" else (-1, 0, 1)
            # Of this year's anniversaries an issue of another year may tell.
            slack = (*slack, -1, 1) if year else slack
            if apart > 0 and count >= 2 and not VAGUE.search(text, 0, said.start("n")) and count - apart not in slack:
                yield At.within(passage, said.start("n"), said.end("unit"), f"从{begun}年到{now}年是{apart}年")
    for passage, match in (*issue.matches(THEN), *issue.matches(AT_AGE)):
        apart = int(match["then"]) - int(match["born"])
        # A year less before the birthday, one more as some count.
        if apart > 0 and int(match["age"]) - apart not in (-1, 0, 1):
            yield At.within(passage, match.start("age"), match.end("age") + 1, f"从{match['born']}年到"
                                                                               f"{match['then']}年是{apart}岁")
    for passage, match in issue.matches(TOO_SOON):
        if int(match["then"]) <= int(match["year"]):
            yield At.within(passage, match.start("then"), match.end("then") + 1, f"{match['year']}年成立，"
            f"{match['then']}年还没有")
    for passage, match in issue.matches(TOOK):
        apart = int(match["then"]) - int(match["born"])
        years = int(match["age"]) if match["age"].isdecimal() else read_chinese_number(match["age"])
        if apart > 0 and years - apart not in (-1, 0, 1):
            yield At.within(passage, match.start("age"), match.end("age") + 1, f"从{match['born']}年到"
                                                                               f"{match['then']}年是{apart}年")
    for passage, match in issue.matches(AGED_FIRST):
        born, age = int(match["born"]), int(match["age"])
        if abs(today.year - born - age) > 3:
            yield At.within(passage, match.start("age"), match.end("age") + 1,
                            f"{born}年出生的，{today.year}年{today.year - born}岁")
    for passage, match in issue.matches(AGED):
        born, age = int(match["born"] or match["born2"]), int(match["age"] or match["age2"])
        if abs(today.year - born - age) > 3:
            key = "age" if match["age"] else "age2"
            words = f"{born}年出生的，{today.year}年{today.year - born}岁"
            yield At.within(passage, match.start(key), match.end(key) + 1, words)


RULE = Rule("anniversary", Severity.WARNING, Issue, check)
