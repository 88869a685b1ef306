"""计量单位与所说的量不是一类。

面积用平方米，长度用米，体积用立方米；发电量是千瓦时，装机容量、功率是千瓦；电池的容量是毫安时；
时速已是每小时，不再写“/小时”。

误：全年发电量为12亿千瓦，城区面积为1.2万公里。
误：码头水深15平方米，车辆时速不得超过60公里/小时。
误：电池容量为5000毫安，全年发电量达320万千瓦小时。
正：全年发电量为12亿千瓦时，城区面积为1.2万平方公里。
正：码头水深15米，车辆时速不得超过60公里。
正：电池容量为5000毫安时，装机容量12万千瓦，长宽各3米，面积9平方米
依据：GB 3100—1993《国际单位制及其应用》；GB 3102.1—1993《空间和时间的量和单位》、GB 3102.5—1993。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

BE = r"(?:[额为达约近共有是仅至到]|超过?|不超过|不得超过|控制在|扩大到|增至|降至|总计|合计|可达|达到|突破){0,5}"
N = r"\d{1,9}(?:\.\d{1,4})?(?:[百千万]?[万亿])?[多余]?"
# What is measured, the units of another kind, and what to use.
KINDS = (
    ("面积|占地", "立方米|公里|千米|吨|米", "面积用平方米、平方公里"),
    ("水深|全长|总长|长度|宽度|高度|深度|厚度|海拔|身高|里程|间距|距离|管径|直径",
     "平方米|平方公里|平方千米|立方米|吨|亩", "长度用米、公里"),
    ("库容|容积|体积|蓄水量|土方量?", "平方米|平方公里|公里|千米|米", "体积用立方米"),
    ("发电量|用电量|售电量|耗电量?|节电量?|供电量|充电量|电量", "千瓦|兆瓦", "电量用千瓦时"),
    ("装机容量|装机规模|额定功率|功率", "千瓦时|兆瓦时", "功率用千瓦"),
    ("电池容量|电池的容量|电池", "毫安", "电池容量用毫安时"),
    ("降[水雨雪]量", "毫升|升|平方米", "降水量用毫米"),
)
UNIT = "平方公里|平方千米|平方米|立方米|千瓦小时|千瓦时|千瓦|兆瓦时|兆瓦|毫安时|毫安|毫升|公里|千米|升|米|吨|亩"
QUANTITY = lazy(rf"(?P<what>{'|'.join(what for what, _, _ in KINDS)}){BE}{N}(?P<unit>{UNIT})(?![长宽高深/·每])")
WHATS = tuple(lazy(rf"(?:{what})\Z") for what, _, _ in KINDS)
SPEED = lazy(rf"时速{BE}{N}(?:公里|千米|km)(?P<unit>(?:/|每)(?:小时|h))")
HOURS = lazy(r"\d[万亿]{0,2}(?P<unit>千瓦小时)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each unit that does not measure what it is said of."""
    told = {match.span("unit"): "时速已是每小时，后面不写" for match in copy.finds(SPEED)}
    for match in copy.finds(QUANTITY):
        for what, (_, units, says) in zip(WHATS, KINDS, strict=True):
            if what.match(match["what"]) and match["unit"] in units.split("|"):
                told[match.span("unit")] = says
    told.update((match.span("unit"), "单位名称是千瓦时") for match in copy.finds(HOURS))
    for span in sorted(told):
        yield Mark(*span, told[span])


RULE = Rule("unit-of-another-kind", Severity.WARNING, Copy, check, needs="0",
            cues=(QUANTITY, SPEED, HOURS))
