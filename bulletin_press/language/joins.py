"""Which characters may stand doubled where two words meet: 中国国际, but not 推进进."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bulletin_press.ground.resources import templates_folder

# Ends of names that nearly anything may stand before: 实验舱舱门, 得克萨斯州州长.
ENDINGS = frozenset("州市省县区乡镇村港城馆站网院厂室所舱机器车船楼路桥店社校园局部处科司会党军队组员家者族界库旗盟岛")
# What a name of two same characters stands after: 沈跃跃.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭"
    "廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严覃武戚莫孔汤")
# Words of one character, and what makes a longer word of each: 目的的, 存在在.
_FUNCTION = {
    "的": "目标有似真别", "在": "存现内外所潜正实好", "了": "除为", "是": "国实", "和": "共饱温缓祥总平谐", "与": "参",
    "为": "行作成认人", "将": "即大上中少健", "从": "服", "把": "火", "被": "棉", "就": "成", "也": "", "都": "首古京",
    "及": "涉普以", "或": "", "该": "应", "其": "尤极", "有": "所拥具含富国没享持", "以": "所可足", "用": "",
    "等": "平高均同", "由": "自理", "对": "反面针绝相应", "向": "方导走意面", "让": "", "使": "大促", "于": "",
    "已": "自", "我": "自",
}


@dataclass(frozen=True)
class Joins:
    """The characters that are doubled as a word, and by character what a word that ends with it has before."""

    doubled: frozenset[str]
    before: Mapping[str, str]

    def joined(self, left: str, char: str) -> bool:
        """Whether ``left`` and ``char`` are the end of a word."""
        return left != "" and left in self.before.get(char, "")

    def may_double(self, left: str, char: str) -> bool:
        """Whether a character may stand twice after another, "" at the start."""
        if char in _FUNCTION:
            return left != "" and left in _FUNCTION[char]
        if char in self.doubled or self.joined(left, char):
            return True
        year = char == "年" and (left.isdecimal() or left in "〇零一二三四五六七八九十")
        return char in ENDINGS or left in SURNAMES or year


@cache
def joins() -> Joins:
    """The table that the package carries; read when it is first asked for."""
    lines = (templates_folder() / "checks" / "joins.txt").read_text("utf-8").splitlines()
    doubled, *rows = (line for line in lines if not line.startswith("#"))
    return Joins(frozenset(doubled), {row[0]: row[1:] for row in rows})
