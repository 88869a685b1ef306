"""精确到个位的数后面又写了“余”“多”。

“1256余家”前面是确数，后面是约数，读者不知道是不是1256；要么写1256家，要么写1250余家。

误：现有会员1256余家
误：全年接待游客23687多人次
正：现有会员1256家，1250余家，全年接待游客2.3万多人次
正：30多家、125多万元、1956年多次来访
依据：GB/T 15835—2011《出版物上数字用法》5.1.5：概数。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

MORE = lazy(r"(?<![\d.,第])(?P<number>\d{1,3}(?:,\d{3})+|\d{3,9})(?P<more>[余多])(?=家|人次|人|名|个(?!月)|户|项|件"
            r"|份|台|辆|套|吨|亩|元|公里|次|种|篇|册|场|处|条|座|所|批|位|平方米)")
# 126家左右.
ABOUT = lazy(r"(?<![\d.,第])(?P<number>\d{3,9})(?:家|人次|人|名|户|项|件|份|台|辆|套|元)(?P<more>左右|上下)(?!游)")
# 12.53万余人: two decimals of 万 are exact to the hundred.
FINE = lazy(r"(?<![\d.,])(?P<number>\d{1,5}\.\d{2,4}[万亿])(?P<more>[余多])(?=[家人名个户项件份台辆套吨亩元公次种美])")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each exact number that is made vague behind."""
    for match in copy.finds(FINE):
        yield Mark(*match.span(), f"{match['number']}是确数，后面不写“{match['more']}”")
    for match in (*copy.finds(MORE), *copy.finds(ABOUT)):
        digits = match["number"].replace(",", "")
        # 125 may be a round number to somebody; its last figure and the one before it decide.
        if digits[-1] != "0" and (len(digits) > 3 or digits[-1] != "5"):
            yield Mark(*match.span(), f"{match['number']}是确数，后面不写“{match['more']}”")


RULE = Rule("exact-with-more", Severity.WARNING, Copy, check, needs="余多左上", cues=(MORE, FINE, ABOUT))
