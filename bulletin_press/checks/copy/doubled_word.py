"""字或词写了两遍。

改稿、换行时多打了一遍，拼音输入也常连出两遍。能叠用的（常常、中国国际、一点一点、一畦畦）不算。

误：服务外包的的竞争力明显增强
误：服务平台台正式上线，出口口额增长12%
误：企业要积极交流交流经验
误：积极发展发展现代服务业
正：中国国际服务外包交易博览会，企业业绩常常好于预期
正：“开会”“签约”等等，火山火山口，企业业务由市市场监管局监管，得到国家家电行业认可，一座座新城
正：赵某某眨眨眼，活动活动筋骨，量产产品，一起交流交流，约谈会员
正：药品制品制造，扶持企业创业创新，许多许多人，为人民人民币结算
依据：编辑的通读；哪些字可以叠用，取自词表（templates/checks/joins.txt）。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.doubled import is_one_too_many, meet
from bulletin_press.language.joins import joins
from bulletin_press.language.script import is_han, lazy

# 此外，此外，: at the beginning of a sentence.
FIRST = lazy(r"(?:^|(?<=[。！？；]))(?P<one>[\u4e00-\u9fff]{2,4})，(?P=one)，")
CHAR = lazy(r"([\u4e00-\u9fff])\1")
WORD = lazy(r"([\u4e00-\u9fff]{2})\1|([\u4e00-\u9fff]{3})\2|([\u4e00-\u9fff]{4})\3|([\u4e00-\u9fff]{5})\4"
            r"|([\u4e00-\u9fff]{6})\5")
# 后市来看，来看，需求: across a comma.
PHRASE = lazy(r"(?<=[\u4e00-\u9fff])(?P<one>[\u4e00-\u9fff]{2,8})，(?P=one)(?=[，。；])")
# A text without this has none such: found sooner, by its comma.
RHYME = lazy(r"，(?<=([\u4e00-\u9fff])，)[\u4e00-\u9fff]{1,7}?\1[，。；]")
# Measured or counted one by one, told aloud, numerals.
SAID_TWICE = lazy("[\u4e00-\u9fff]着|[一二三四五六七八九十百千万亿零〇两几半很好许太非多]|大批|大片|整[\u4e00-\u9fff]"
                  "|彼此|研究|讨论|"
                  "商量|考虑|哈哈|等等|人民人民币|良久|打听|了解了解")

# One by one, behind 一: 一畦畦, 一筐筐; which of them no list of words has.
COUNTED = frozenset("畦垄筐箱摞沓桶袋排栋幢捆盏串簇片行尾羽枚匹轮帧缕丝团滴"
                    "株棵支罐瓶杯碗盘笼锅口道场曲首篇册页封张双颗级趟遍户家桩例台辆艘"
                    "架根块面份批段股阵车船列包斤垛堆顶床套门扇座间层筒声句幅卷艇期季代茬拨波窝圈匙兜篓担袭抹丛撮绺捧挑驮爿坨摊汪泓弯湾进"
                    "栏棚舱柜件条项把朵只头群队组箩簸坛缸盆壶匣盒管粒枝桌席课招环扣瓣截节寸尺亩方")
# Two words meet, or a verb is said twice: 合同编编写, 量量血压.
MEET = lazy("(?<=[典同权承庭任则上下中本分汇续])编编(?=[写纂制入])|眨眨(?=眼)|动动(?=手|脑|腿|嘴|身|筋)|伸伸(?=手"
        "|腿|腰|懒|胳)|扭扭(?=腰|脖|头|身)|弯弯(?=腰|腿)|转转(?=头|颈|脖|眼|身|脑|手)|踮踮(?=脚)|拍拍(?=肩|手|背"
        "|胸)|抬抬(?=腿|手|头)|甩甩(?=手|胳)|搓搓(?=手|脸)|按按(?=[肩颈腿])|揉揉(?=[眼肩太])|漱漱(?=口)|压压(?=腿)"
            "|量量(?=[血体身尺])|理理(?=[发财思])|品品(?=[茶酒香])"
            "|账账(?=相符|不符|核对)|遛遛|逛逛|聊聊|晒晒|哄哄|捏捏|揉揉|捶捶|掂掂|果果|粑粑|钵钵|拼拼|陌陌"
            # 滋滋作响: sounds.
            "|([滋咣哐嘭嗒咔啾哞嘣呲嗤啁嘶铛铮哒嗙噔咻吭哼嗬唰嚓])\\1"
            # 中山市古镇镇, 千灯镇镇政府: a place whose name ends as its kind does.
            "|(?<=[市区县][\u4e00-\u9fff])([镇乡村县市])\\2|([镇乡村县])\\3(?=[区中政长党委域容郊]|隶属|位于|地处|"
            "下辖|人口)")
# 本本协会: what may be said twice, but not before these.
OURS = lazy("本本(?=协会|商会|学会|会员|公司|单位|学院|学校|届|次|刊|行业|年度?[，的]|市|省|县|区)")
# 按时报报送: how it is to be done stands before a verb, not 时报 before 报送.
ON_TIME = lazy("(?<=[按及准定]时|定期|如期|如实|逐级|统一|不断|持续)([\u4e00-\u9fff])\\1(?=[\u4e00-\u9fff])")
# 活动活动筋骨, 放松放松，: what one does a little of; others only where 来, 好好 stand before.
A_LITTLE = lazy("活动活动(?=筋骨|手|腿|身|颈|肩|腰|四肢|关节|脖|脚|[，。])|(?:放松放松|溜达溜达|琢磨琢磨|舒展舒展"
        "|走动走动|参谋参谋|掂量掂量|切磋切磋|比划比划"
                "|念叨念叨|唠叨唠叨|凉快凉快|暖和暖和|收拾收拾|休息休息|歇息歇息|热闹热闹)"
                "|(?:(?<=好好)|(?<=一起)|(?<=互相)|(?<=[再先多])|(?<=帮忙))([\u4e00-\u9fff]{2})\\1(?=[，。！？”])")
HEARD = lazy("声(?![明称誉援望势学音讨])|[作直地]响")
EACH = frozenset("件个条项家户处人样桩层步环句字笔张幕声颗座代岁年月天日时事")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each character and each word that stands twice."""
    text = copy.words
    read = 0
    for match in WORD.finditer(text) if _stutters(text) else ():
        if not SAID_TWICE.match(match.group()) and not A_LITTLE.match(text, match.start()) and (
                match.end() - match.start() > 4 or not _overlaps(text, match.start(), match.end())):
            read = match.end()
            word = match.group()[: len(match.group()) // 2]
            yield Mark(*match.span(), f"“{word}”写了两遍", word)
    for match in PHRASE.finditer(text) if RHYME.search(text) else ():
        yield Mark(*match.span(), f"“{match['one']}”写了两遍", match["one"])
    for match in FIRST.finditer(text):
        if match["one"] not in ("加油", "感谢", "谢谢"):
            yield Mark(*match.span(), f"“{match['one']}”写了两遍", match["one"] + "，")
    for match in CHAR.finditer(text):
        start, end, char = match.start(), match.end(), match[1]
        left = text[start - 1 : start] if start else ""
        if start < read or char in (text[end : end + 1], left):
            continue
        # 刘某某: a name that is not told; 量产产品: two words; 嗡嗡作响: what is heard.
        if char == "某" or meet(text, start) or HEARD.match(text, end):
            continue
        if (left == "一" and char in COUNTED and text[start - 2 : start - 1] not in ("进", "统", "第")) \
                or MEET.match(text, start):
            continue
        # 件件有回音, 家家都有: one by one.
        if char in EACH and text[end : end + 1] in "有都要是皆能可回落过":
            continue
        if char == "等" and (not is_han(left) or text[end : end + 1] in ("。", "，", "；", "）", "？")):
            continue
        # 核对对方: two words meet.
        if char == "对" and joins().joined(left, char) and joins().joined(char, text[end : end + 1] or "。"):
            continue
        if ON_TIME.match(text, start) and joins().joined(char, text[end : end + 1] or "。"):
            yield Mark(start, end, f"“{char}”写了两遍", char)
        elif OURS.match(text, start) and left != "一":
            yield Mark(start, end, "“本”写了两遍", char)
        elif not joins().may_double(left, char) or is_one_too_many(text, start):
            yield Mark(start, end, f"“{char}”写了两遍", char)


def _stutters(text: str) -> bool:
    """Whether two, three or four characters stand twice on end.

    Asked of all of them at once: of a text against itself, moved by so many, such characters leave nothing.
    """
    data = text.encode("utf-16-le", "surrogatepass")
    whole = int.from_bytes(data, "little")
    return any(bytes(2 * size) in (whole ^ whole >> 16 * size).to_bytes(len(data), "little")
               for size in range(2, 7))


def _overlaps(text: str, start: int, end: int) -> bool:
    """Whether a doubled word is parts of three others: 企[业创业创]新."""
    first, last, left, right = text[start], text[end - 1], text[max(0, start - 1) : start], text[end : end + 1]
    known = joins()
    # 交警支队支队长, 火山火山口
    if right in ("长", "口") or (text.startswith("币", end) and text[start:end] == "人民人民"):
        return True
    # Not every word is in the list: two of the three are enough.
    return known.joined(left, first) + known.joined(last, first) + known.joined(last, right) > 1


RULE = Rule("doubled-word", Severity.WARNING, Copy, check, echoes=True)
