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
# What is measured, and the units of another kind.
SQUARE = lazy(rf"(?:面积|占地){BE}{N}(?P<unit>公里|千米|米|立方米|吨)(?![长宽高深])")
LENGTH = lazy(rf"(?:水深|全长|总长|长度|宽度|高度|深度|厚度|海拔|身高|里程|间距|距离|管径"
              rf"|直径){BE}{N}(?P<unit>平方米|平方公里|立方米|平方千米|吨|亩)")
VOLUME = lazy(rf"(?:库容|容积|体积|蓄水量|土方量?){BE}{N}(?P<unit>平方米|平方公里|公里|千米|米)")
ENERGY = lazy(rf"(?:发电量?|用电量|售电量|耗电量?|节电量?|供电量|充电量|电量){BE}{N}(?P<unit>千瓦(?![时·])小?时"
              rf"?|兆瓦(?![时·]))")
POWER = lazy(rf"(?:装机容量|装机规模|额定功率|功率){BE}{N}(?P<unit>千瓦时|兆瓦时)")
BATTERY = lazy(rf"(?:电池|容量)[^，。；、\d]{{0,4}}?{BE}{N}(?P<unit>毫安)(?!时|时?·|小时)")
SPEED = lazy(rf"时速{BE}{N}(?:公里|千米|km)(?P<unit>(?:/|每)(?:小时|h))")
RAIN = lazy(rf"(?:降[水雨雪]量){BE}{N}(?P<unit>毫升|升|平方米)")
HOURS = lazy(rf"{N}(?P<unit>千瓦小时)")
KINDS = ((SQUARE, "面积用平方米、平方公里"), (LENGTH, "长度用米、公里"), (VOLUME, "体积用立方"
                                                                "米"), (ENERGY, "电量用千瓦时"),
         (POWER, "功率用千瓦"), (BATTERY, "电池容量用毫安时"), (SPEED, "时速已是每小时，后面不"
                                                          "写"), (RAIN, "降水量用毫米"),
         (HOURS, "单位名称是千瓦时"))


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each unit that does not measure what it is said of."""
    # In the order of the text, and each unit once: 千瓦小时 is found as a unit of energy and as a name.
    told = {match.span("unit"): says for pattern, says in reversed(KINDS) for match in copy.finds(pattern)}
    for span in sorted(told):
        yield Mark(*span, told[span])


RULE = Rule("unit-of-another-kind", Severity.WARNING, Copy, check, needs="0",
            cues=tuple(pattern for pattern, _ in KINDS))
