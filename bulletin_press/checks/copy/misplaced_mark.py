"""标点放错了位置。

逗号、句号、顿号不在段首；并列的地名之间用顿号，句号会把一句话断成两句；电话区号后用短横。

误：，代表团一行参观了软件园
误：服务网络覆盖北京。上海、广州等城市
误：负责人表示；将加大监管力度
误：联系电话：0411－84801234转秘书处
误：同志们、朋友们、数字贸易方兴未艾。材料包括：（一）申报表；（二）执照。（三）承诺书
正：代表团一行参观了软件园
正：覆盖北京、上海、广州。上海、广州等城市的企业参加
正：联系电话：0411-84801234
正：负责人表示，将加大监管力度
正：同志们、朋友们，数字贸易方兴未艾。他说：“路就在脚下。”
依据：GB/T 15834—2011《标点符号用法》5.1.1：点号不出现在一行之首；4.13：短横线用于电话号码。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

FIRST = lazy(r"\A[ \t\u3000]*(?P<mark>[，。、；：！？])(?=[\u4e00-\u9fffA-Za-z0-9“《])")
CUT = lazy(r"(?:包括|覆盖|涵盖|来自|遍及|"
           r"包含)[\u4e00-\u9fff]{2,4}(?P<mark>[。；])[\u4e00-\u9fff]{2,4}、[\u4e00-\u9fff、]{2,30}?等[\u4e00-\u9fff]"
            r"{1,4}(?=[，。；]|$)")
SAID = lazy(r"(?:表示|指出|强调|认为|提出|介绍|透露|宣布|坦言|说)(?P<mark>；)"
            r"(?=[^“”；。]{0,6}(?:将|要(?!求)|应|我们|目前|这|今后|下一步))")
PHONE = lazy(r"(?<!\d)(?:0\d{2,3}|[48]00)(?P<dash>[－–—―])\d{3,8}(?!\d)")

# 古人说“……。”: what is said whole stands behind a colon.
QUOTED = lazy(r"(?:[^话来且]说|指出|写道|问道|回答说|云|曰)(?P<open>“)(?=[^“”]{4,80}[。！？]”)")
# 同志们、朋友们、数字贸易方兴未艾: who is spoken to is cut off by a comma.
SPOKEN_TO = lazy(r"(?:^|(?<=[。！]))(?:(?:各位|尊敬的)?[\u4e00-\u9fff]{1,4}们、)*"
                 r"(?:同志|朋友|先生|来宾|同学|同事|家人|乡亲|战友|同仁)们(?P<mark>、)"
                 r"(?![^，。！：]{0,8}(?:们|来宾|嘉宾|代表|领导|同仁|同事|同学|老师|专家|先生|女士))")
# （三）审计报告。（四）信用承诺书: items of one sentence end alike.
ITEMS = lazy(r"；(?P<last>[（(][二三四五六七八九十\d]{1,2}[）)])[^；。（）()]{2,40}(?P<mark>。)"
             r"(?=[（(][三四五六七八九十\d]{1,2}[）)])")


# 二、举办展会，三、开展培训: items of one sentence are parted by one kind of mark.
NUMBERED = lazy("；(?P<last>[二三四五六])、[^；。，（）]{2,30}(?P<mark>，)(?=[三四五六七]、)")
# 有会长，副会长、秘书长: the first of a list.
LISTED = lazy("(?:有|包括|为|含"
              "|是)(?P<first>[\u4e00-\u9fff]{1,5}(?P<kind>[长员家师工商会部局委院校厂省市县区国]))(?P<mark>，)"
              "(?=[\u4e00-\u9fff]{1,6}(?P=kind)、[\u4e00-\u9fff]{2,8}(?:、|和|与|及|等|以及))")


# 为加强行业自律。协会组织……: what is done for something is no sentence; 通知如下。一、: a colon opens the list.
PURPOSE = lazy("(?:^|(?<=[。！？\n]))(?:为了?(?!此|什么|何|人民|期|首|主|止|准|[一-龥]{0,4}[所而])(?:进一步|切实"
            "|更好地?|全面|有效|深入|贯彻|落实|加强|推动|促进|提[高升]|规范|帮助|丰富|方便|解决|保障|做好|纪念|庆祝"
            "|迎接|防止|确保|满足|引导)"
               "|(?:随着|由于|鉴于|根据|按照|针对|围绕)(?=[^，。；：]{4,40}。[一-龥]))[^，。；：？！“”是]{3,40}(?<!["
            "计业的])(?P<mark>。)(?=(?:本?协会|商会|[我本]会|各?会员|公司|企业|市[一-龥]|省[一-龥]|秘书处|我们"
            "|[近日]日|\\d{1,2}月|活动|主办方|学会|经|现))")
AS_FOLLOWS = lazy("(?<=如下)(?P<mark>[。，；])(?=[一1１][、.．]|（一）|①|第一[，、])")
# 上海，宁波，青岛三个港口: words of one length, counted behind.
COUNTED = lazy("(?:走访|考察|赴|到|前往|覆盖|包括|来自|有|为|是"
            "|了)(?P<a>[一-龥]{2,4})(?P<mark>，)(?P<b>[一-龥]{2,4})(?P<later>[，、])[一-龥]{2,4}?(?:三"
            "|等[三四五六七八九十\\d]{0,2})[个座家大种类地项名](?![月人半])")
# 驾驶员、押运员，装卸管理人员应当: the last of a row of people.
PEOPLE = lazy("(?:^|(?<=[。；，：]))[一-龥]{2,8}(?:员|师|工|商|人|者|手)、[一-龥]{2,8}(?:员|师|工|商|人|者"
            "|手)(?P<mark>，)[一-龥]{2,8}(?:员|师|工|商|人|者|手)(?=应当?|必须|须|不得|均|都|可以?|要)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each mark at the beginning, in the midst of a list, in a telephone number."""
    text = copy.words
    if match := FIRST.match(text):
        yield Mark(*match.span("mark"), f"段首不用“{match['mark']}”", "")
    for match in copy.finds(CUT):
        yield Mark(*match.span("mark"), "并列的词语之间用顿号", "、")
    for match in copy.finds(SAID) if "；" in text else ():
        yield Mark(*match.span("mark"), "说的话前面用逗号或冒号", "，")
    for match in copy.finds(QUOTED) if "”" in text else ():
        yield Mark(match.start("open"), match.start("open") + 1, "引的是整句话，前面用冒号", "：“")
    for match in copy.finds(SPOKEN_TO) if "们、" in text else ():
        yield Mark(*match.span("mark"), "称呼之后用逗号或冒号", "，")
    for match in copy.finds(ITEMS) if "；" in text else ():
        yield Mark(*match.span("mark"), "前面各项之间用分号，这里也用分号", "；")
    for match in copy.finds(NUMBERED) if "；" in text else ():
        yield Mark(*match.span("mark"), "前面各项之间用分号，这里也用分号", "；")
    for match in copy.finds(LISTED) if "、" in text else ():
        yield Mark(*match.span("mark"), "并列的词语之间用顿号", "、")
    for match in copy.finds(PURPOSE):
        yield Mark(*match.span("mark"), "话还没有说完，这里用逗号", "，")
    for match in copy.finds(AS_FOLLOWS):
        yield Mark(*match.span("mark"), "“如下”后面用冒号", "：")
    for match in (*copy.finds(COUNTED), *copy.finds(PEOPLE)):
        yield Mark(*match.span("mark"), "并列的词语之间用顿号", "、")
    for match in copy.finds(PHONE):
        yield Mark(*match.span("dash"), f"电话号码里用短横“-”，这里写的是“{match['dash']}”", "-")


RULE = Rule("misplaced-mark", Severity.WARNING, Copy, check, cues=(FIRST, CUT, SAID, QUOTED, SPOKEN_TO, ITEMS, PHONE,
                  NUMBERED, LISTED, PURPOSE, AS_FOLLOWS, COUNTED, PEOPLE))
