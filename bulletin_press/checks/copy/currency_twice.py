"""币种写了两遍，或写成了口语。

货币符号与“元”、“人民币”与“美元”只能用一个；“美金”是口语，书面写“美元”。

误：项目总投资¥500万元
误：交易金额为人民币600万美元，折合1.2亿美金
正：项目总投资500万元，注册资本（人民币）500万元，交易金额为600万美元，人民币兑美元汇率，售价¥500
正：合同金额US$3000、服务出口额3000万美元
依据：GB/T 12406《表示货币和资金的代码》；GB/T 15835—2011《出版物上数字用法》5.1.3。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

N = r"[ \t]?\d[\d,.]*[ \t]?[余多]?[十百千万亿]*[余多]?"
UNIT = r"(?:人民币|美元|美金|欧元|英镑|日元|港元|港币|元)"
TWICE = lazy(rf"(?=[¥￥$€£UH人美欧港日英元])(?:(?P<sign>US\$|HK\$|[¥￥$€£])(?P<number>{N})(?P<unit>{UNIT})"
             rf"|元(?:人民币|美元|美金|港币|欧元)元"
             rf"|(?P<name>人民币|美元|欧元|港币|日元|英镑)(?P<sum>{N}元?)"
             r"(?P<other>美元|美金|欧元|英镑|日元|港元|港币|人民币))")
COIN = lazy("(?:费|价|款|钱|花|挣|付|缴|工资|奖金|每人|每斤)[^，。；、]{0,8}?[0-9百千万](?P<coin>块)(?=[。，；）]|$)")
SPOKEN = lazy(r"美金(?:(?<=[0-9十百千万亿余多]美金)|(?=(?:结算|支付|计价|账户|汇率)))")
MEANT = {"¥": "元", "￥": "元", "US$": "美元", "$": "美元", "€": "欧元", "£": "英镑", "HK$": "港元"}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each sum with two currencies, and each 美金."""
    for match in copy.finds(TWICE):
        if match["name"] and match["name"] == match["other"]:
            suggestion: str | None = match["sum"].strip() + match["other"]
        else:
            agreed = match["sign"] and MEANT[match["sign"]] == match["unit"]
            suggestion = match["number"].strip() + match["unit"] if agreed else None
        yield Mark(*match.span(), f"“{match.group()}”里的币种写了两遍，留一个", suggestion)
    for match in copy.finds(SPOKEN):
        yield Mark(*match.span(), "“美金”是口语，书面写“美元”", "美元")
    for match in copy.finds(COIN):
        yield Mark(*match.span("coin"), "“块”是口语，书面写“元”", "元")


RULE = Rule("currency-twice", Severity.WARNING, Copy, check, needs="币元金镑块", cues=(TWICE, SPOKEN, COIN))
