"""五年规划的名称写错了。

“十一五”起叫规划，不叫计划；全称是“国民经济和社会发展第十四个五年规划”；简称加引号。

误：《国民经济和社会发展第十四个五年计划和2035年远景目标纲要》
误：“十四五”计划期间新增产值
正：《国民经济和社会发展第十四个五年规划和2035年远景目标纲要》
正：“十四五”规划期间新增产值，“十五”计划
依据：《中华人民共和国国民经济和社会发展第十一个五年规划纲要》及以后各个五年规划纲要。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

PLAN = lazy("(?:第十[一二三四五六]个五年|“十[一二三四五六]五”|十[一二三四五六]五)(?:发展)?(?P<plan>计划)(?!生育|单列"
            "|书|内|外)"
            "|(?:“十五”|“九五”|“八五”|“七五”|第十个五年|第九个五年|第八个五年)(?P<old>规划)(?!局|师|院)"
            "|国民经济(?P<and>与)社会发展(?=第|计划|规划|“|统计公报)|国民经济(?P<turn>与社会|社会)发展第")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each five-year plan that is called otherwise than it is."""
    for match in copy.finds(PLAN):
        if match["plan"]:
            yield Mark(*match.span("plan"), "“十一五”起叫规划", "规划")
        elif match["old"]:
            yield Mark(*match.span("old"), "“十五”以前叫计划", "计划")
        elif match["and"]:
            yield Mark(*match.span("and"), "全称是“国民经济和社会发展”", "和")
        else:
            yield Mark(*match.span("turn"), "全称是“国民经济和社会发展”", "和社会")


RULE = Rule("plan-name", Severity.WARNING, Copy, check, cues=(PLAN,))
