"""引文前后的标点不对。

“说”后面引一整句话，用冒号，句末的句号放在引号里；引的只是词语，句号放在引号外，里面不用。

误：会长说：“协会要当好桥梁和纽带”。
误：他高兴地说；“订单多了。”会议指出。要加强协调。
误：公司坚持“安全第一。”的方针。
正：会长说：“协会要当好桥梁和纽带。”公司坚持“安全第一”的方针。
正：口号是：“安全第一”。
正：会长说，协会要当好“桥梁”。他说：“好！”
依据：GB/T 15834—2011《标点符号用法》4.8.3、附录B.2.2：引文末尾的标点。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

SAY = "(?:说|表示|指出|强调|认为|介绍|透露|坦言|写道|问道|答道|说道|感慨|提醒|呼吁|建议|寄语|总结)"
QUOTED = lazy(
    rf"{SAY}：“[^“”‘’《》]{{6,120}}?(?<![。！？…；，、：])(?P<outside>”。)"
    r"|(?:[^话来且的可再小如据]说|问道|写道|回答|答道|喊道|坦言|感慨地说)(?P<before>[；、。])(?=“)"
    r"|(?:会议|会长|秘书长|负责人|他|她|专家|主任|局长|市长|报告|意见|通知)(?:还|也|最后)?(?:指出|强调|要求|认为|提出|表示)(?P<begun>[。；、])"
    r"(?=(?:要|必须|应当|务必|希望|将|我们|各|协会|企业|下一步|今年|当前)(?!求))"
    r"|(?:主题|口号|目标|宗旨|理念|精神|名称|校训|会训|关键词)(?:就?是|为|定为)“[^“”。！？；]{2,24}(?P<theme>。)(?=”)"
    r"|(?P<within>：)(?=”[\u4e00-\u9fff])"
    r"|“[^“”。！？]{1,24}(?P<inside>。)(?=”(?:的|等|、|为主题|为题))")

# “……。”他说。“……”: what was said stands before.
NEAR = 10


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each mark that stands wrongly at a quotation."""
    for match in copy.finds(QUOTED):
        kind = str(match.lastgroup)
        if kind == "outside":
            yield Mark(*match.span(kind), "引的是整句话，句末的点号放在引号里", "。”")
        elif kind == "theme":
            yield Mark(match.start(kind), match.end() + 1, "引的是词语，句号放在引号外", "”。")
        elif kind == "within":
            yield Mark(match.start(kind), match.end() + 1, "冒号放在引号外", "”：")
        elif kind == "inside":
            yield Mark(*match.span(kind), "引的是词语，引号里末尾不用句号", "")
        elif "”" not in copy.words[max(0, match.start() - NEAR) : match.start(kind)]:
            yield Mark(*match.span(kind), "说的话前面用冒号或逗号", "：" if kind == "before" else "，")


RULE = Rule("stop-at-quotation", Severity.WARNING, Copy, check, cues=(QUOTED,))
