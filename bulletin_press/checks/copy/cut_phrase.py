"""常用的话少了一个字。

“据了解”剩下“据了”，“截至目前”剩下“截至目”，“负责人表示”剩下“负责人表”：复制、换行时丢了末一个字。

误：据了，该企业成立于2009年。截至目，协会有会员300家。
误：与此同，协会还开展培训。协会负责人表，下一步将加强服务。
正：据了解，该企业成立于2009年。截至目前，协会有会员300家，与此同时，报了统计表，入了会。
依据：《现代汉语词典》（第7版）各条；编辑的通读：词语完整。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

# What is left before a comma, and what is missing.
LEFT = {
    "据了": "解", "据介": "绍", "据统": "计", "据不完全统": "计", "据初步统": "计", "据报": "道", "截至目": "前", "截止目": "前", "到目前为": "止",
    "迄今为": "止", "截至目前为": "止", "与此同": "时", "除此之": "外", "除此以": "外", "不仅如": "此", "综上所": "述", "由此可": "见", "换句话": "说", "也就是": "说",
    "总的来": "说", "总体来": "看", "一般来": "说", "具体来": "说", "整体来": "看", "毫无疑": "问", "众所周": "知", "相比之": "下", "在此期": "间", "值得一": "提",
    "长期以": "来", "一直以": "来", "今年以": "来", "去年以": "来", "近年以": "来", "成立以": "来", "改革开放以": "来", "多年以": "来", "开展以": "来", "实施以": "来",
    "启动以": "来", "入汛以": "来", "年初以": "来", "运行以": "来", "投产以": "来", "创办以": "来", "建会以": "来", "在此基": "础上", "在此基础": "上", "下一": "步", "下一阶": "段",
    "另一方": "面", "从长远来": "看", "日": "前", "目": "前", "此": "外", "同": "时", "其": "中", "首": "先", "随": "后", "例": "如",
    "因": "此", "所": "以", "今年上半": "年", "去年上半": "年", "今年下半": "年", "去年下半": "年", "今年一季": "度", "今年二季": "度", "今年三季": "度",
    "前三季": "度", "去年同": "期", "上年同": "期",
}
HALVES = tuple(word for word in LEFT if LEFT[word])
BEGUN = "|".join(sorted((word for word in HALVES if len(word) > 1), key=len, reverse=True))
SINGLE = "|".join(word for word in HALVES if len(word) == 1)
CUT = lazy(
    rf"(?:^|(?<=[，。；！？：]))(?P<left>{BEGUN})(?=，)|(?:^|(?<=[。！？]))(?P<one>{SINGLE})(?=，)"
    r"|(?:会议|大会|会长|秘书长|副会长|负责人|报告|通知|意见|专家|主任|局长|市长|文件|方案)(?P<say>指|强|表|认|提|介|要)(?=，(?:要|将|下一步|今年|我们|协会|企业|全市|各|希望|必须|当前|目前|未来|这|下半年))"
    r"|(?<![一二三四五六七八九十两几数])(?P<half>[今去]年[上下]半|(?:^|(?<=[，。；]))[上下]半)(?=，|全[市省县国区]|我[市省国]|[协公])")
REST = {"指": "出", "强": "调", "表": "示", "认": "为", "提": "出", "介": "绍", "要": "求"}


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each phrase that lacks its end."""
    for match in CUT.finditer(copy.words):
        kind = str(match.lastgroup)
        typed = match[kind]
        rest = LEFT[typed] if kind in ("left", "one") else REST[typed] if kind == "say" else "年"
        yield Mark(*match.span(kind), f"“{typed}”后面漏了“{rest}”", typed + rest)


RULE = Rule("cut-phrase", Severity.WARNING, Copy, check)
