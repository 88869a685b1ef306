"""两个百分数之差写成了“%”。

增速、占比、比重、不良率这样的数本身是百分数，比另一个高多少、低多少，用“百分点”；写“%”是说按比例变了多少，意思不同。

误：增速比上年同期高0.3%
误：占比较上年提高2.1%
正：增速比上年同期高0.3个百分点
正：效率较上年提高20%，增速为5%，比上年回落
依据：国家统计局《统计知识》“百分点”条；GB/T 15835—2011《出版物上数字用法》。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

CHANGED = lazy(r"(?:增速|增幅|降幅|涨幅|跌幅|占比|比重|不良率|不良贷款率|失业率|毛利率|净利率|利润率|"
               r"负债率|覆盖率|普及率|城镇化率|"
               r"入学率|合格率|满意率|参保率|渗透率)[^，。；：\d%]{0,4}[，]?(?:比|较)[^，。；\d]{1,10}(?:\d{4}年[^，。；\d]{0,6})?"
               r"(?:高出?|低|提高|提升|上升|下降|回落|扩大|收窄|加快|放缓|降低|增加|减少|下滑)(?:了|约|近)?"
               r"\d{1,3}(?:\.\d{1,3})?(?P<sign>[%％])(?![的以至—～]|左右)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each difference of two percentages that is given in per cent."""
    for match in copy.finds(CHANGED) if "%" in copy.words or "％" in copy.words else ():
        yield Mark(*match.span("sign"), "两个百分数相差多少，用“个百分点”", "个百分点")


RULE = Rule("percent-for-points", Severity.WARNING, Copy, check, needs="%％", cues=(CHANGED,))
