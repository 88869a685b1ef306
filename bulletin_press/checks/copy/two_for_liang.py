"""量词前面的“二”应写“两”。

“二”用于序数和数字的读法，一般量词前用“两”：两个、两家、两项；“二位”“二级”“二期”是另一回事；
法律条文里的“二个月”“二名以上”不算。

误：共有二家企业获奖，提出二个建议
正：共有两家企业获奖，提出两个建议；第二个、十二家、一二个、二位数、二级企业、二期工程、二次创业
依据：《现代汉语词典》“二”“两”条；《现代汉语八百词》“二、两”。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

TWO = lazy("(?<![第一三四五六七八九十百千万亿零〇初十、上下头其无不星期周1-9])二(?=(?:个(?!舅|叔|姐|月"
           "|[一-龥]{0,3}以[上下内])|家(?!庄|子|村"
           "|沟|湾)|名(?!单|[一-龥]{0,4}以[上下])|项(?!式|分布)|台|"
           "辆|件套?|座|所|户|批|场(?!地|馆)|艘|架|栋|幢|笔|封|只|匹)(?![级等类次期店厂部院厅里]))")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each 二 before a measure word that takes 两."""
    for match in copy.finds(TWO):
        yield Mark(*match.span(), "量词前面用“两”", "两")


RULE = Rule("two-for-liang", Severity.WARNING, Copy, check, needs="二", cues=(TWO,))
