"""时刻的写法叠床架屋，或用了两种钟点。

“下午”之后按12小时计，15时就是下午3时，两种说法留一种；零点以后是第二天，没有24时30分；“8:30分”“9时:30分”多了一个；
分钟写两位，冒号用半角或全角，不写“9:5”。

误：仪式于下午15时举行，截止时间为24时30分
误：上午8:30分开会，9：5开始签到
正：仪式于15时举行，截止时间为次日0时30分
正：上午8:30开会，9:05开始签到，下午3时，晚上12点，比分9:5
依据：GB/T 7408—2005《数据元和交换格式 信息交换 日期和时间表示法》；GB/T 15835—2011《出版物上数字用法》5.1.2.2。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

TWO = lazy(r"(?P<part>下午|晚上|傍晚|晚间|夜间|午后)[ \t]?(?P<hour>1[3-9]|2[0-4])(?:[时点](?![间期代段钟])|点钟"
           r"|(?P<colon>[:：])[0-5]\d(?!\d))")
LATE = lazy(r"(?<![\d.])24(?:[时点](?P<m>0?[1-9]|[1-5]\d)分|[:：](?P<n>0[1-9]|[1-5]\d)(?!\d))")
MINUTE = lazy(r"(?<![\d:：.])(?:[01]?\d|2[0-4])[:：][0-5]\d(?P<more>分)(?!之|[钟制段流])|(?<!\d)(?:[01]?\d"
              r"|2[0-4])时(?P<mark>[:：])[0-5]\d分?")
SHORT = lazy(r"(?:[日午晚晨早上于]|时间[为：:])[ \t]?(?P<time>(?:[01]?\d|2[0-3])[:：](?P<minute>[0-9]))(?=(?:开始"
             r"|开会|召开|报到|签到|举行|出发|"
             r"集合|开幕|准时|前|至|到|—|－|-|～)|[，。])(?![-—－～至到]\d(?!\d?[:：时点]))")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each time of day that is told twice, or cut short."""
    for match in copy.finds(TWO):
        hour = int(match["hour"])
        yield Mark(*match.span(), f"按24小时计的不写“{match['part']}”：{hour}时，或{match['part']}{hour - 12}时",
                   severity=Severity.INFO if match["colon"] else None)
    for match in copy.finds(LATE):
        minute = match["m"] or match["n"]
        yield Mark(*match.span(), f"24时以后是第二天：次日0时{minute}分")
    for match in copy.finds(MINUTE):
        if match["more"]:
            yield Mark(*match.span("more"), "用了冒号就不写“分”", "")
        else:
            yield Mark(*match.span("mark"), "写了“时”就不用冒号", "")
    for match in copy.finds(SHORT):
        yield Mark(*match.span("time"), "分钟写两位", f"{match['time'][:-1]}0{match['minute']}")


RULE = Rule("clock-form", Severity.WARNING, Copy, check, needs="0", cues=(TWO, LATE, MINUTE, SHORT))
