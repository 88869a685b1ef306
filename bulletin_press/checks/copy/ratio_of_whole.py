"""合起来应是百分之百的比例，加起来不是。

三次产业的结构（8.2∶45.3∶46.5）加起来是100；一句里依次列的几项占比，加起来超过了100%。

误：三次产业结构调整为7.6∶44.9∶48.5。
误：占比分别为45.2%、33.6%和23.2%，合计为100%。
误：调查显示，认为订单增加的企业占42%，持平的占35%，减少的占33%。
正：三次产业结构调整为7.6∶44.9∶47.5，配比为1∶2∶7
正：占比分别为45.2%、33.6%和21.2%，合计为100%。
正：调查显示，认为订单增加的企业占42%，持平的占35%，减少的占23%。可多选：看重价格的占62%，看重品质的占55%，看重服务的占40%。
依据：国家统计局《统计数据质量管理办法》的逻辑关系审核：比重之和为100%。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

N = r"\d{1,2}(?:\.\d{1,2})?"
PARTS = lazy(rf"(?<![\d.:：∶])(?P<a>{N})[∶:：](?P<b>{N})[∶:：](?P<c>{N})(?![\d.:：∶%])")
# As far off as rounding leaves three numbers; what is further off is another kind of ratio.
ROUNDED, NEAR = 0.31, 12.0
# One clause a share: what is told of a part of a part has words between.
SHARE = lazy(r"(?P<row>(?:[^，。；、\d%]{1,14}占(?:比(?:为)?)?[约"
             r"近]?[ ]?\d{1,2}(?:\.\d{1,2})?%[，、；]?(?:和)?){3,8})(?=[，。；])")
ONE = lazy(r"占(?:比(?:为)?)?[约近]?[ ]?(?P<n>\d{1,2}(?:\.\d{1,2})?)%")
SUM = lazy(r"分别(?:为|是|占"
           r"|达)(?P<row>\d{1,3}(?:\.\d{1,2})?%(?:[、，和及](?:\d{1,3}(?:\.\d{1,2})?)%){1,7})[，、；]?(?:三者"
           r"|两者|四项|三项|两项|以上)?"
           r"(?:合计|合占|共占|总计|累计)(?:占|为|达)?(?P<told>\d{1,3}(?:\.\d{1,2})?)%")
# Of what one company is held, or one capital paid in.
# 合格率为98.5%，不合格率为1.5%.
REST = lazy(rf"(?P<of>[一-龥]{{2}})率(?:为|达到?|是)?(?P<a>{N})%[，、；](?:[^，。；、\d]{{0,4}})?[不未](?P=of)"
            rf"率(?:为|达到?|是|仅)?(?P<b>{N})%")
# 工程渠道占52%，零售渠道占31%，其余17%来自线上: what is left of a hundred.
LEFT = lazy(r"(?P<row>(?:[^，。；、\d%]{1,14}占(?:比(?:为)?)?\d{1,2}(?:\.\d{1,2})?%[，、；]){1,6})(?:其余|余下|剩余"
            r"|剩下)的?(?:占)?"
            r"(?P<n>\d{1,2}(?:\.\d{1,2})?)%")
HELD = lazy(r"分别(?:持股|占股|出资|认缴|持有[^，。；、\d]{0,10})(?:比例)?[为达约]?"
            r"(?P<row>\d{1,2}(?:\.\d{1,2})?%(?:[、，和及](?:\d{1,2}(?:\.\d{1,2})?)%){1,7})")
RATE = lazy(r"\d{1,3}(?:\.\d{1,2})?")
SEVERAL = lazy("多选|其中|不止一|同时|兼|分别占|可重复|提及|至少")
# Shares of several wholes: 占出口的, 占同类的.
OVER, MOST = 100.6, 135.0


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each row of shares that is no whole."""
    text = copy.words
    for match in copy.finds(PARTS):
        total = sum(float(match[name]) for name in "abc")
        if ROUNDED < abs(total - 100) < NEAR:
            yield Mark(*match.span(), f"三个数加起来是{total:.1f}，不是100，请核对")
    for match in copy.finds(SUM) if "分别" in text else ():
        total = sum(float(one.group()) for one in RATE.finditer(match["row"]))
        if abs(total - float(match["told"])) > ROUNDED:
            yield Mark(match.start("told"), match.end("told") + 1, f"前面几项加起来是{total:.1f}%，请核对")
    for match in copy.finds(REST) if "率" in text else ():
        if abs(float(match["a"]) + float(match["b"]) - 100) > ROUNDED:
            yield Mark(match.start("b"), match.end(), f"与{match['of']}率加起来应是100%")
    for match in copy.finds(LEFT) if not SEVERAL.search(text) else ():
        shares = [float(one["n"]) for one in ONE.finditer(match["row"])]
        if abs(sum(shares) + float(match["n"]) - 100) > 0.1 + 0.05 * len(shares) * ("." in match.group()):
            yield Mark(match.start("n"), match.end("n") + 1, f"前面几项加起来是{sum(shares):g}%，余下的是"
            f"{100 - sum(shares):g}%")
    for match in copy.finds(HELD) if "分别" in text else ():
        total = sum(float(one.group()) for one in RATE.finditer(match["row"]))
        if total > OVER:
            yield Mark(*match.span("row"), f"这几项加起来是{total:.1f}%，超过了100%，请核对")
    for match in copy.finds(SHARE) if "占" in text and not SEVERAL.search(text) else ():
        shares = [float(one["n"]) for one in ONE.finditer(match["row"])]
        total = sum(shares)
        if OVER < total < MOST and max(shares) < 0.9 * total - min(shares):
            yield Mark(*match.span("row"), f"这几项占比加起来是{total:.1f}%，超过了100%，请核对")


RULE = Rule("ratio-of-whole", Severity.WARNING, Copy, check, needs="0", cues=(PARTS, SHARE, SUM, HELD, REST, LEFT))
