"""约数的词用了两次。

“近”“约”“超过”和“余”“多”“左右”“以上”各说一次就够，叠在一起意思矛盾。

误：汇聚了近35,000余名专业人士
误：约占三成左右，大约近30人到场
正：汇聚了近35,000名专业人士，约占三成
正：近20余年来、最近30多家、约20家以上市公司为主、节约100余万元
依据：GB/T 15835—2011《出版物上数字用法》5.1.5、《现代汉语》对概数的说明。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

FIRST = (r"(?P<first>(?<![最附邻靠临亲远新就贴年])近|(?<![节合签预条公违制契纽履续特简邀隐集解毁守赴失])约|大概|"
         r"(?<![赶反高])超过?|逾|不足|不到|至少|最少|至多|最多)")
# Where one may begin.
START = lazy("近|约|大概|超|逾|不足|不到|至少|最少|至多|最多")
NUMBER = r"(?:\d[\d,，.]{0,14}[ \t]?[百千万亿]{0,2}|[一二两三四五六七八九十百千万亿半]{1,8})"
LAST = (r"(?P<last>余(?![额下数])|多(?!元化|元共|元文|样|边|方|语|媒|功|层)|个多(?=月|小时|星期)|"
        r"[^，。；：、！？（）《》“”\d的及和与或]{0,3}?"
        r"(?:左右(?![手侧两])|上下(?![游联班])|以上(?![市述海线涨升])|以内(?![部容外])|之多))")
TWICE = lazy(FIRST + r"(?:占|须有|应有|需要|具有|配备|拥有|需有|包含|安排|设有|设|派|选派|派出|含|有|为|达|需|合"
                     r"|在|要|达到|控制在|保持在)?[ \t]?" + NUMBER + r"[ \t]?" + LAST)
# 上百余家, 数十余人: the number itself is approximate.
VAGUE = lazy(r"(?P<first>[上数几])[十百千万](?P<last>余)(?![额下数])")
# 大约近30人, 不到近50家: two of them before the number.
DOUBLED = lazy(r"(?P<first>大约|(?<![节合签预条公违制契纽履续特简邀隐集解毁守赴失大])约|大概|"
               r"(?<![最附邻靠临亲远新就贴年])近|(?<![赶反高])超过|突破|逾|不足|不到)"
               r"(?:有|占)?[ \t]?(?P<last>近|约|逾|不足|不到|超过)[ \t]?" + NUMBER)
# 3个多月左右, 200余人上下.
BEHIND = lazy(r"(?<=[\d十百千万亿个])(?P<first>[多余])(?:个?月|年|岁|天|小时|分钟|[名位]?人|家|件|项|吨|公里|米|平方米"
              r"|[万亿]?元|次|场|个|种|台)(?P<last>左右(?![手侧两])|上下(?![游联班]))")
# 大约历时半年左右, 不少于三年以上: with a word between.
APART = lazy(r"(?P<first>大约|大概|(?<![节合签预条公违制契纽履续特简邀隐集解毁守赴失大])约)"
             r"[^，。；：、！？\d]{1,4}[\d一二两三四五六七八九十百千万亿半几][^，。；：、！？]{0,6}?(?P<last>左右(?!["
             r"手侧两])|上下(?![游联班]))"
             r"|(?P<no>不(?:少|低|短|小)于)[^，。；：、！？]{0,3}[\d一二两三四五六七八九十百千万亿半][^，。；：、！？]"
             r"{0,5}?(?P<above>以上)")
# 近三倍多, 近两成多: about a number of times or tenths.
FOLD = lazy(r"(?P<first>(?<![最附邻靠临亲远新就贴年])近|大约|(?<![节合签预条公违制契纽履续特简邀隐集解毁守赴失大])约"
            r"|超过|逾|不足|不到)[ \t]?(?:[一二两三四五六七八九十]{1,3}|\d{1,3}(?:\.\d)?)[ \t]?[倍成番](?P<last>多"
            r"|左右|以上)(?![方元])")
RECENT = lazy(r"[ \t]?(?:年|个月|天|周|小时)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each number that is made approximate twice."""
    found = [match for start in START.finditer(copy.words) if (match := TWICE.match(copy.words, start.start()))]
    for match in copy.finds(APART):
        if not any(other.start() < match.end() and match.start() < other.end() for other in found):
            yield Mark(*match.span(), f"“{match['first'] or match['no']}”与“{match['last'] or match['above']}”说了两遍"
                                      f"，留一个")
    folds = [match for match in copy.finds(FOLD) if all(one.start() != match.start() for one in found)]
    for match in [*found, *_doubled(copy, found), *folds, *copy.finds(VAGUE),
                  *copy.finds(BEHIND)]:
        # 近20余年: 近 is "recent" here.
        if "近" in (match["first"], match["last"]) and (RECENT.match(copy.words, match.end()) or "年" in match.group()):
            continue
        last = match["last"][-2:] if len(match["last"]) > 1 else match["last"]
        yield Mark(*match.span(), f"“{match['first']}”与“{last}”都表示约数，留一个")


def _doubled(copy: Copy, found: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Two such words before a number, where nothing behind it was found already."""
    for match in DOUBLED.finditer(copy.words):
        if not any(other.start() < match.end() and match.start() < other.end() for other in found):
            yield match


RULE = Rule("approximate-twice", Severity.WARNING, Copy, check, needs="近约突概超逾足到少多余",
            cues=(TWICE, FOLD, VAGUE, DOUBLED, APART, BEHIND))
