"""动词与名词搭配不当。

“扩大”的是规模、范围，“提高”的是水平、质量，“加快”的是步伐、进度，“加大”的是力度；一个动词带两样东西，往往只配得上一样。
只收公认不配的，动词与名词挨得近才说。

误：协会的服务水平和服务范围不断提高。
误：进一步加快数字化水平，加强监管力度和扩大服务质量。
正：协会的服务水平不断提高，服务范围不断扩大。
正：加快提升数字化水平，加大监管力度，提高服务质量，扩大高水平对外开放，加快高质量发展。
依据：《现代汉语》（黄伯荣、廖序东）“句子成分搭配不当”一节；《现代汉语实词搭配词典》各条。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

# Each verb with what it does not take, and with the verb that does.
OBJECTS = {
    "加快": ("水平|质量|能力|规模|素质|效益|力度|范围", "提高、扩大"),
    "扩大": ("水平|质量|效率|速度|力度|素质|步伐", "提高、加快"),
    "加大": ("水平|质量|效率|步伐|进程|速度|素质", "提高、加快"),
    "增强": ("水平|规模|速度|数量|效率|范围|质量", "提高、扩大"),
    "提高": ("范围|面貌|步伐|环境|局面|条件", "扩大、改善"),
    "提升": ("范围|步伐|数量|局面", "扩大、加快"),
    "降低": ("规模|范围|人数|次数", "缩小、减少"),
    "改善": ("水平|效率|能力|素质|速度", "提高"),
    "发挥": ("影响|贡献|效果", "产生、作出"),
    "起到": ("贡献|影响|成绩", "作出、产生"),
    "作出": ("作用|效果", "发挥、取得"),
    "做出": ("作用|效果", "发挥、取得"),
    "取得": ("作用|任务|贡献", "发挥、完成、作出"),
    "履行": ("任务|目标", "完成、实现"),
    "达到": ("任务|贡献|成绩", "完成、作出、取得"),
}
BETWEEN = "[^，。；、：！？（）“”《》和与及并的提增改扩优加降发推强]{0,6}"
# The characters that verbs begin with are sought first: most of a text is passed over by that.
TAKES = lazy(f"(?=[{''.join(sorted({verb[0] for verb in OBJECTS}))}])(?<![不以])(?:" + "|".join(
    f"{verb}(?P<v{n}>了?{BETWEEN}(?:{objects[0]}))(?=[，。；！]|$)"
    for n, (verb, objects) in enumerate(OBJECTS.items())) + ")")
VERBS = tuple(OBJECTS)
# 服务水平和服务范围不断提高: the verb suits the first alone.
ADVERBS = "(?:都|均|也|将|得到|有了?|在?不断|进一步|持续|逐步|稳步|明显|显著|大幅|大大|日益|普遍)*"
WIDE = lazy("范围|规模|领域|面积|数量|覆盖面")
TWO = lazy(rf"(?:(?P<raised>(?:水平|质量|能力|效率|素质)(?:和|与|及|、)[^，。；、：和与]{{0,6}}(?:范围|规模|面积"
           rf"|领域|数量|覆盖面){ADVERBS}(?:提高|提升|增强))"
           rf"|(?P<widened>(?:范围|规模|面积|领域)(?:和|与|及|、)[^，。；、：和与]{{0,6}}(?:水平|质量|能力|效率"
           rf"|素质){ADVERBS}扩大))(?=[，。；！]|$)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each verb with a noun that it does not take."""
    text = copy.words
    for match in TAKES.finditer(text):
        verb = VERBS[int(str(match.lastgroup)[1:])]
        noun = match.group()[-2:]
        yield Mark(*match.span(), f"“{verb}”与“{noun}”不搭配：用{OBJECTS[verb][1]}")
    for match in TWO.finditer(text) if WIDE.search(text) else ():
        yield Mark(*match.span(), f"“{match.group()[-2:]}”只配得上其中一样，分开来说")


RULE = Rule("ill-matched-words", Severity.WARNING, Copy, check)
