"""以日期命名的事件、节日，日期的写法不合规定。

含有月日的专名用汉字，只有一月、十一月、十二月在月日之间加间隔号：五四青年节、九一八事变、“一二·九”运动。
用阿拉伯数字的，月日之间一律用间隔号：“3·15”国际消费者权益日，不用小数点。

误：为庆祝“5·4”青年节，参观“9.18”事变纪念馆
误：“3.15”国际消费者权益日、“五·四”运动、“一二九”运动
正：为庆祝五四青年节，参观“九一八”事变纪念馆
正：“3·15”国际消费者权益日、“一二·九”运动、“12·9”运动、“六一”儿童节
依据：GB/T 15835—2011《出版物上数字用法》4.2.2；GB/T 15834—2011《标点符号用法》4.14.3.5。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

DOT = "[·•.．・‧、]"
# Arabic for an event that has its name in hanzi; a stop where a middle dot is to stand.
FIGURES = {"54": "五四", "51": "五一", "61": "六一", "71": "七一", "81": "八一", "77": "七七",
           "918": "九一八", "38": "三八",
           "101": "十一"}
NAMES = (r"(?:青年节|运动|劳动节|儿童节|建党节|建军节|事变|妇女节|国际劳动|国际儿童|国际妇女|国庆|精神|文艺|表彰"
         r"|小长假|黄金周)")
ARABIC = lazy(rf"(?P<open>[“\"]?)(?P<month>[1-9]|1[0-2]){DOT}(?P<day>[1-9]|[12]\d|3[01])(?P<close>[”\"]?)(?={NAMES})")
DOTTED = lazy(r"(?<![一十\d])(?P<month>[二三四五六七八九])[·•.．・](?P<day>[一四七八]|一八|一五"
              r"|二〇)(?=”?(?:[青运劳儿建事妇国])|”)")
JOINED = lazy(r"(?:一二八|一二九|一一九)(?=”?(?:运动|事变|消防|抗战))")
STOPPED = lazy(r"“(?P<month>[1-9]|1[0-2])[.．](?P<day>1[0-9]|2[0-9]|3[01])”(?=[一-龥])(?!分)")
EVENTS = {"一二八": "一·二八", "一二九": "一二·九", "一一九": "一一·九"}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each event that is named by its date in another form."""
    text, told = copy.words, set[int]()
    for match in ARABIC.finditer(text):
        if name := FIGURES.get(match["month"] + match["day"]):
            told.add(match.start())
            # Quotes go with them where the name is known to all.
            yield Mark(*match.span(), f"以日期命名的事件、节日用汉字：{name}", match["open"] + name + match["close"])
    for match in DOTTED.finditer(text):
        yield Mark(*match.span(), "只有一月、十一月、十二月的日子在月日之间加间隔号", match["month"] + match["day"])
    for match in JOINED.finditer(text):
        yield Mark(*match.span(), f"月日之间加间隔号：{EVENTS[match.group()]}", EVENTS[match.group()])
    for match in STOPPED.finditer(text):
        if match.start() not in told:
            meant = f"“{match['month']}·{match['day']}”"
            yield Mark(*match.span(), "以日期命名的事件、节日，月日之间用间隔号", meant)


RULE = Rule("event-date-form", Severity.WARNING, Copy, check, cues=(ARABIC, DOTTED, JOINED, STOPPED))
