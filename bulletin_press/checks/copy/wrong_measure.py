"""量词与名词不配。

企业、公司论“家”，项目、政策、专利论“项”，人论“名”“位”，车论“辆”，船论“艘”。改句子时换了名词，量词忘了换。

误：会上有三名企业签约，五家项目落户，新招二十家员工。
误：港口新增两辆集装箱船。
正：会上有三家企业签约，五个项目落户，新招二十名员工
正：两艘集装箱船，三项企业标准，两家项目单位，五家代表性企业。
依据：《现代汉语量词用法词典》；《现代汉语八百词》附录“名词、量词配合表”。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

BODIES = "企业|公司|工厂|银行|园区|医院|高校|学校|商会|协会|单位|机构|制造商|供应商"
PEOPLE = ("员工|职工|工人|专家|嘉宾|学员|学生|代表|干部|记者|客商|志愿者|技术人员|工程师|律师|教授|选手|会员代表|"
          "参会人员")
# Each measure with what it does not count, and what does.
MEASURES = {
    "名": (f"{BODIES}|项目|设备|产品|合同|协议|活动|会议|专利|展位", "家、个、项"),
    "位": (f"{BODIES}|项目|设备|产品|合同|协议|活动|会议|专利|展位", "家、个、项"),
    "家": (f"{PEOPLE}|项目|设备|产品|合同|协议|活动|会议|专利|人员", "名、个、项"),
    "项": (f"{BODIES}|{PEOPLE}|车间|展位|门店", "家、名、个"),
    "台": (f"{BODIES}|{PEOPLE}|项目|合同|会议|船", "家、名、个"),
    "辆": (f"{BODIES}|{PEOPLE}|船舶?|飞机|机床|项目|集装箱船|货轮|轮船", "家、名、艘、架、台"),
    "艘": (f"{BODIES}|{PEOPLE}|汽车|客车|货车|飞机|机床|项目", "家、名、辆、架"),
    "架": (f"{BODIES}|{PEOPLE}|汽车|客车|货车|船舶?|货轮|机床|项目", "家、名、辆、艘"),
    "条": (f"{BODIES}|{PEOPLE}|设备|会议|活动", "家、名、台、次"),
    "件": (f"{BODIES}|{PEOPLE}|项目|会议|活动|车间", "家、名、个、次"),
    "份": (f"{BODIES}|{PEOPLE}|项目|会议|活动", "家、名、个、次"),
    "座": (f"{PEOPLE}|公司|项目|设备|会议|合同", "名、家、个、台"),
    "笔": (f"{BODIES}|{PEOPLE}|会议|活动|设备|专利", "家、名、次、台"),
    "场": (f"{BODIES}|{PEOPLE}|项目|专利|合同|产品|设备", "家、名、个、项"),
    "次": (f"{BODIES}|{PEOPLE}|项目|专利|设备|合同", "家、名、个、项"),
    "幅": (f"{BODIES}|{PEOPLE}|项目|会议", "家、名、个"),
}
NUMBER = r"(?:\d[余多]?|[一二两三四五六七八九十百千几][余多]?|数[十百])"
NAMED = ("(?:本地|全国|国内|市级|省级|重点|优秀|骨干|龙头|会员|参展|外贸|大型|中小|民营|技术|新|集装箱|先进|知名|行业|"
         "相关)?")
END = ("(?=[，。；、]|签|参[加展会]|获|落[户地]|入[选驻]|完成|通过|达成|出席|到会|报名|被|已|正在|和|与|及|的|进行|"
       "开展|共|$)")
COUNTED = lazy("|".join(f"(?<![第每]){NUMBER}(?P<m{n}>{measure}{NAMED}(?:{nouns[0]})){END}"
                        for n, (measure, nouns) in enumerate(MEASURES.items())))
KEYS = tuple(MEASURES)
# 五项企业的标准, 三位单位: what is counted may stand behind 的.
BEHIND = "的"


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each measure word with a noun that it does not count."""
    text = copy.words
    for match in copy.finds(COUNTED):
        kind = str(match.lastgroup)
        measure = KEYS[int(kind[1:])]
        once = text[match.start(kind) - 1] == "一" and measure in "次场条"
        if once or text[match.end() : match.end() + 1] == BEHIND:
            continue
        yield Mark(*match.span(kind), f"“{measure}”不配“{match[kind][1:]}”：用{MEASURES[measure][1]}")


RULE = Rule("wrong-measure", Severity.WARNING, Copy, check, cues=(COUNTED,))
