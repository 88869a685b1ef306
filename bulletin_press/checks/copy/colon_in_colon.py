"""一句话里套用了两个冒号。

冒号提起下文，套着用就分不清哪里是总、哪里是分；里面的一个改为逗号，或另起一句。

误：会议提出三点要求：各企业要做到：一是按时报送数据，二是加强管理
误：要做好三项工作：一是：建机制，二是：强队伍
正：他指出：“要做到：一是报送数据。”会议要求：做好报送。时间：8月26日
正：地点：大连。比例为1:2
依据：GB/T 15834—2011《标点符号用法》4.7.3.4：一个句子内部一般不应套用冒号。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

NESTED = lazy(r"(?<=[\u4e00-\u9fff])(?P<outer>：)[^：。；！？“”（）\n]{2,40}?(?:做到|如下|要求|包括|任务|工作|"
              r"方面|措施|强调|指出|表示)：(?=[\u4e00-\u9fff（])")
SAID = lazy(r"(?:强调|指出|要求|认为|表示|提出)：[^：。；！？“”\n]{2,40}[^，。；：\d”》）时间地点电话邮箱址人间](?P<in"
            r"ner>：)(?=[\u4e00-\u9fff])")
NUMBERED = lazy(r"(?:^|[，。；：])(?P<level>[一二三四五六七八九十]是|其[一二三四五]|首先|其次|再次|最后)(?P<inner>：)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each colon inside what another colon has opened."""
    text = copy.words
    if "：" not in text:
        return
    for match in copy.finds(NESTED):
        yield Mark(*match.span("outer"), "后面还有一个冒号，一句话里不套用：这里改为逗号或句号")
    for match in copy.finds(SAID) if not NESTED.search(text) else ():
        yield Mark(*match.span("inner"), "前面已有冒号，一句话里不套用：这里改为逗号")
    for match in copy.finds(NUMBERED):
        level = match["level"]
        yield Mark(*match.span("inner"), f"“{level}”后面不用冒号", "" if level.endswith("是") else "，")


RULE = Rule("colon-in-colon", Severity.WARNING, Copy, check, needs="：", cues=(NESTED, NUMBERED, SAID))
