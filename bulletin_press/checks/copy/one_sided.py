"""“能否”说了两面，后面只说一面。

“能否”“是否”有正反两面，“是……的保证”只说得上正面；“充满信心”也只对一面。去掉“能否”，或把后面也说成两面。

误：能否按时完成改造，是企业实现全年目标的重要保证。
误：我们对能否完成全年任务充满信心。
正：能否按时完成改造，决定着企业能否实现全年目标。
正：按时完成改造，是实现全年目标的重要保证。是否参展由企业决定。
依据：《现代汉语》（黄伯荣、廖序东）“不合逻辑”一节；《现代汉语》语病分类中的“两面对一面”。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

TWO = "(?:能否|是否|能不能|可否|会不会|有没有|有无(?!数))"
GOOD = "(?:保证|保障|前提|基础|条件|必由之路|途径|动力|体现|手段|举措|法宝|基石|关键因素|关键所在|先决条件|原因)"
# What answers both sides, between or behind.
BOTH = ("能否", "是否", "好坏", "成败", "高低", "与否", "不能", "有没有", "能不能", "衡量", "检验", "判断", "考验",
        "标准", "问题")
AHEAD = lazy(rf"(?P<two>{TWO})[^，。；：！？“”]{{2,30}}，?(?:就|正|也|将)?是(?P<rest>[^，。；：！？“”]{{0,24}}{GOOD})"
             rf"(?=[，。；！])")
SURE = lazy(rf"(?:对于?|为)[^，。；：]{{0,12}}(?P<two>{TWO})[^，。；：]{{2,24}}(?:充满|满怀|抱有|很有|有|坚定|增强)"
            rf"了?(?:必胜的?)?"
            rf"(?:信心|决心|把握)|(?:相信|坚信|确信|深信)[^，。；：]{{0,10}}(?P<two2>{TWO})"
            rf"[^，。；：]{{2,24}}(?=[，。；！])")
DOUBT = lazy("没有?(?:充满|信心|把握|抱)|缺乏|不相信|难以|不")
KEPT = lazy(r"(?P<made>确保|保证|保障|有助于|有利于|促进)[^，。；：]{2,16}(?P<two>能否)[^，。；：]{2,16}(?=[，。；！])")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each 能否 that a clause about one side answers."""
    for match in copy.finds(AHEAD):
        if not any(word in match["rest"] for word in BOTH):
            yield Mark(*match.span("two"), f"“{match['two']}”有正反两面，后面只说了一面：删去“{match['two']}”")
    for match in copy.finds(SURE):
        kind = "two" if match["two"] else "two2"
        if not DOUBT.search(match.group()[match.end(kind) - match.start() :]):
            yield Mark(*match.span(kind), f"“{match[kind]}”有正反两面，后面只说了一面：删去“{match[kind]}”")
    for match in copy.finds(KEPT):
        yield Mark(*match.span("two"), f"“{match['made']}”只说一面，删去“能否”")


RULE = Rule("one-sided", Severity.WARNING, Copy, check, cues=(AHEAD, SURE, KEPT))
