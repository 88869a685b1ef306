"""机关的级别与名称对不上。

省、自治区政府的部门称厅，市、县、区政府的称局；“市民政厅”“省财政局”都没有。中央机关叫“国家……局”“……总局”，不叠着写。

误：协会接受市民政厅的监督管理
误：有关政策由国家税务局总局负责解释
误：报省财政局备案
正：协会接受市民政局的监督管理，报省财政厅、自治区商务厅备案
正：国家税务总局、省统计局、上海市财政局
正：国家税务总局局长、各省公安厅
依据：《中华人民共和国地方各级人民代表大会和地方各级人民政府组织法》第七十九条；各省、自治区机构改革方案。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

DEPARTMENTS = ("民政|财政|教育|公安|司法|商务|水利|交通运输|审计|科学技术|科技|自然资源|生态环境|农业农村"
               "|人力资源和?社会保障|"
               "住房和?城乡建设|文化和旅游|工业和信息化")
LOW = lazy(rf"(?<!自治区)(?:(?<![省同辖])市|县|(?<!治)(?<!山)(?<!地)区)(?:人民政府"
           rf"|政府)?(?P<organ>(?:{DEPARTMENTS})厅)(?!级|、局|[（(]局)")
HIGH = lazy(rf"(?:省|自治区)(?:人民政府|政府)?(?P<organ>(?:{DEPARTMENTS.replace('|科技|', '|')})局)")
CENTRAL = lazy("国家(?P<name>税务|统计|体育|广播电视|市场监督管理|外汇管理|知识产权|能源|医疗保障|铁路"
               "|邮政)(?P<twice>局总局|总局局|局局)(?!长)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each organ that does not exist at its level."""
    text = copy.words
    for match in LOW.finditer(text) if "厅" in text else ():
        organ = match["organ"]
        yield Mark(*match.span("organ"), f"市、县、区的部门称局：{organ[:-1]}局", f"{organ[:-1]}局")
    for match in HIGH.finditer(text) if "局" in text else ():
        organ = match["organ"]
        yield Mark(*match.span("organ"), f"省、自治区的部门称厅：{organ[:-1]}厅", f"{organ[:-1]}厅")
    for match in CENTRAL.finditer(text) if "国家" in text else ():
        yield Mark(*match.span("twice"), "“局”写重了，请核对名称")


RULE = Rule("organ-level", Severity.WARNING, Copy, check, needs="厅局")
