"""标点放错了位置。

逗号、句号、顿号不在段首；并列的地名之间用顿号，句号会把一句话断成两句；电话区号后用短横。

误：，代表团一行参观了软件园
误：服务网络覆盖北京。上海、广州等城市
误：负责人表示；将加大监管力度
误：联系电话：0411－84801234转秘书处
正：代表团一行参观了软件园
正：覆盖北京、上海、广州。上海、广州等城市的企业参加
正：联系电话：0411-84801234
正：负责人表示，将加大监管力度
依据：GB/T 15834—2011《标点符号用法》5.1.1：点号不出现在一行之首；4.13：短横线用于电话号码。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

FIRST = lazy(r"[ \t\u3000]*(?P<mark>[，。、；：！？])(?=[\u4e00-\u9fffA-Za-z0-9“《])")
CUT = lazy(r"(?:包括|覆盖|涵盖|来自|遍及|"
           r"包含)[\u4e00-\u9fff]{2,4}(?P<mark>[。；])[\u4e00-\u9fff]{2,4}、[\u4e00-\u9fff、]{2,30}?等[\u4e00-\u9fff]{1,4}(?=[，。；]|$)")
SAID = lazy(r"(?:表示|指出|强调|认为|提出|介绍|透露|宣布|坦言|说)(?P<mark>；)"
            r"(?=[^“”；。]{0,6}(?:将|要(?!求)|应|我们|目前|这|今后|下一步))")
PHONE = lazy(r"(?<!\d)(?:0\d{2,3}|[48]00)(?P<dash>[－–—―])\d{3,8}(?!\d)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each mark at the beginning, in the midst of a list, in a telephone number."""
    text = copy.words
    if match := FIRST.match(text):
        yield Mark(*match.span("mark"), f"段首不用“{match['mark']}”", "")
    for match in CUT.finditer(text):
        yield Mark(*match.span("mark"), "并列的词语之间用顿号", "、")
    for match in SAID.finditer(text) if "；" in text else ():
        yield Mark(*match.span("mark"), "说的话前面用逗号或冒号", "，")
    for match in PHONE.finditer(text):
        yield Mark(*match.span("dash"), f"电话号码里用短横“-”，这里写的是“{match['dash']}”", "-")


RULE = Rule("misplaced-mark", Severity.WARNING, Copy, check)
