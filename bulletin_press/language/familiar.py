"""What a publication writes, so that its words are not taken for slips: names, places, coinages, words used again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bulletin_press.language.known_words import LONGEST, known_words
from bulletin_press.language.script import is_han, lazy
from bulletin_press.language.suspects import Likeness, Suspect

# 《百家姓》 as far as its names are borne by many today, with those that news bring.
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓"
    "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉"
    "宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳"
    "鄢逄亓佘佟仝冼凃岳庹揭撒旷楚牟琚眭矫禚粟缑谌邝邸隋雒靖麦苑丛漆候颉"
    "沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖代付闫覃涂")
# Those among them that are seldom anything else: what stands behind one is often a given name.
_SURNAMES_ALONE = frozenset(
    "王李张刘陈杨赵周吴徐孙胡朱郭罗梁宋郑谢韩唐冯董萧肖曹袁邓傅沈彭吕苏卢蒋蔡贾丁魏薛阎潘杜戴汪姜范姚谭廖邹熊陆郝孔崔邱秦"
    "顾侯邵孟钱汤尹黎乔贺赖龚韦樊俞柳鲍倪滕殷毕邬卞穆祁狄臧屈娄邢荀於甄芮储靳邴聂晁訾简饶覃涂闫祝郁詹栾甘厉裴翁柴瞿蒲邰鄂")
_TITLE = lazy(
    "(?:书记|主席|总理|部长|省长|市长|县长|区长|局长|司长|处长|主任|会长|院长|校长|所长|行长|厂长|董事长|总经理"
        "|经理|理事长|秘书长|委员长|"
    "委员|大使|代表|院士|教授|专家|记者|通讯员|摄影|编辑|作者|选手|运动员|队员|发言人|负责人|党员|同志|先生|女士"
        "|站长|社长|村民|居民|司机|"
    "船长|园长|队长|组长|店长|班长|团长|裁判长|台长|镇长|乡长|科长|监事长|首席|股东|业主|教练|讲师|种植户|养殖户"
        "|农户|业者|"
    "助理|顾问|馆长|选举|推选|聘请|聘任|增补|推举|师傅|匠人|研究员|工程师|医生|护士|老师|学生|创始人|总裁|总监)$")
_BEARER = lazy("(?:同志|先生|女士|介绍|表示|说|指出|强调|认为|告诉|坦言|出席|主持|教授|院士|记者|老师|博士)")
_PLACE = lazy("[一-鿿]{0,2}?(?:村|镇|乡|屯|寨|苏木|沟|滩|街道)")
# What follows the two or three characters that a firm, a place or goods are called by.
_KIND = lazy(
    "[一-鿿]{0,2}?(?:陶瓷|瓷业|石业|建材|玻璃|药业|制药|食品|银行|科技|集团|公司|实业|纸业|酒业|水产|渔业|茶业"
        "|牧业|种业|农业|农场|化工|化学|机械|"
    "重工|电器|电子|电气|纺织|服饰|印务|印刷|包装|书店|书局|出版社|传媒|文化|家居|家纺|服装|针织|鞋业|珠宝|首饰"
        "|体育|环保|物业|面业|米业|粮业|粮油|油脂|糖业|盐业|乳业|奶业|肉业|菌业|果业|蛋业|竹业|鞋业|门业|窗业"
        "|灯业|锁业|箱包|皮具|居家养老|养老公寓|护理院|家政|大?药房|诊所"
    "|幼儿园|商贸|工贸|光电|半导体|软件|俱乐部|影业|供应链|货运|冷链|冷运|园林|餐饮|酒家|饭店|美容|美发|造型"
        "|工作室|调味品|日化|照明|乐器|"
    "玩具|钢构|重装|船务|海运|保险|证券|信托|[堂坊轩阁斋庄苑]|物流|旅行社|旅游|汽贸|车业|景区|牌|(?:装饰|装潢"
        "|建筑|木业|涂料|洁具|卫浴|橱柜|地板|门窗|再生|运输|能源|电梯|动漫|动画|游戏|计量|仪器|检测|化纤|制衣"
        "|幕墙|防水|租赁|保理|置业|地产"
    "|船舶|船务|检验|知识产权|资产|包装|数字|文创|纺机|印染)(?:工程|设计|材料|技术|设备|服务)?(?:有限|股份|集团"
        "|公司|厂|店)|学院|大学|中学|小学|学校|医院|酒店|酒楼|宾馆|小区|社区|大厦|广场|"
    "大桥|水库|码头|工业园|产业园|开发区|市|县|区|港|路)(?![一-鿿]?[场民])")
_FIRM = lazy("[一-鿿]{2,8}?(?:公司|集团|厂|店)")
_BEFORE_NAME = frozenset("有的在与和及由对给向至到于了赴为是把让请")
_QUOTED = lazy("[“‘「《〈][^“”‘’「」《》〈〉，。；：]{1,12}[”’」》〉]")
# A state by its short name: 黎方, 以媒, 法德, 中吉.
_SHORT = ("中美英法德意俄日韩朝印巴越泰缅柬老菲马新澳加墨阿智秘古埃南肯尼沙伊叙"
          "黎以约土乌波匈捷奥瑞荷比西葡希挪芬丹白塞哈吉塔蒙欧")
_STATES = lazy(f"[{_SHORT}](?:[{_SHORT}盟]|[方媒军称警官])")
# Characters that foreign names are written with, three of them at least: 斯德哥尔摩, 加利福尼亚州.
_SOUNDS = (
    "阿埃艾安奥巴班保贝本比毕波伯博布查达戴丹德迪蒂蒙多杜顿俄厄恩尔法菲费佛弗福夫盖戈哥格根古哈海汉赫胡霍基吉加贾杰"
    "金卡凯坎康考科克肯库拉莱兰朗劳勒雷里利莉林隆卢鲁伦罗洛马玛迈曼梅门米密缅摩莫墨穆纳娜内尼涅纽诺努欧帕佩皮普奇恰"
    "乔切热瑞萨塞桑瑟沙舍圣施史士斯索塔泰坦特提图托瓦韦维威温沃乌武西希锡谢休雅亚延耶叶伊因尤约泽扎詹兹佐哇开")
_FOREIGN = lazy(f"[{_SOUNDS}]{{4,}}[州省]?|[{_SOUNDS}]{{3}}(?=[州省市区县湾岛河湖山港城]|[^一-鿿]|$)[州省]?")
# What an organ calls its papers by, before the year and the number: 国知发保字〔2022〕27号.
_PAPER = lazy("[一-鿿]{2,12}[〔\\[［（(](?:19|20)\\d{2}[〕\\]］）)] ?(?:第 ?)?\\d+ ?号")
_RUN = lazy("[一-鿿·]+")
# 越走越窄, and what has the form of a letter: 倒U形.
_FRAMES = lazy("越[一-鿿]{1,2}越|[A-Za-z][形型字股]")
# Quoted words so short are coinages; longer ones and titles are that less surely.
_COINAGE, _TITLE_LENGTH = 4, 12
# What speaks against a slip, in log odds, by what was printed (bench/spelling.md).
_QUOTATION, _PLACE_NAME, _NAME, _GIVEN_NAME, _FOREIGN_NAME, _RARE = 0.7, 1.5, 2.1, 1.2, 1.9, 3.0
_TITLED, _BRAND = 2.0, 2.0
# So many characters a state's short name with what follows has; so far a foreign name is looked for.
PAIR, AROUND = 2, 6


class Familiar:
    """What is written so on purpose.

    Args:
        own: the words of the issue.
        others: what the publication has written before or settled: earlier issues, its directory, its terms.
        words: words that are right however they look.
    """

    def __init__(self, own: str, others: str = "", words: Iterable[str] = ()) -> None:
        self._own, self._others = own, others
        self._words = [word for word in words if word in own]

    def protects(self, text: str, suspect: Suspect) -> bool:
        """Whether a suspect of a text is written so on purpose, as far as the publication tells."""
        return (_in_quotes(text, suspect, _COINAGE) or _in_number_of_paper(text, suspect)
                or self._word(text, suspect) or self._again(text, suspect) or _in_frame(text, suspect))

    def doubts(self, text: str, suspect: Suspect) -> float:
        """What its surroundings say against a suspect, in log odds: in names and rare words there are slips too."""
        return ((_QUOTATION if _in_quotes(text, suspect, _TITLE_LENGTH) else 0.0)
                + (_PLACE_NAME if _in_place(text, suspect) else 0.0)
                + (_NAME if _in_name(text, suspect) else 0.0)
                + (_BRAND if _in_brand(text, suspect) else 0.0)
                + (_TITLED if _behind_title(text, suspect) else 0.0)
                + (_GIVEN_NAME if _behind_surname(text, suspect) else 0.0)
                + (_FOREIGN_NAME if _is_foreign(text, suspect) else 0.0)
                + (_RARE if _in_rare_word(text, suspect) else 0.0))

    def _word(self, text: str, suspect: Suspect) -> bool:
        return any(word in text[max(0, suspect.start - len(word) + 1) : suspect.end + len(word) - 1]
                   for word in self._words)

    def _again(self, text: str, suspect: Suspect) -> bool:
        """Whether what was typed stands elsewhere too, with a neighbour that is in question."""
        start, end = suspect.start, suspect.end
        stretches = {(start - 1, end), (start, end + 1), (suspect.left, suspect.right)}
        if suspect.typed == 1:
            # What lies outside the word that was meant says nothing of it.
            stretches = {(a, b) for a, b in stretches if suspect.left <= a and b <= suspect.right}
        for first, last in stretches:
            typed = text[max(first, 0) : last]
            if len(typed) > 1 and all(map(is_han, typed)) and (self._own.count(typed) > 1 or typed in self._others):
                return True
        return False


def taught(text: str, suspect: Suspect, others: str) -> str | None:
    """What other texts have where a suspect stands; None where they do not tell.

    They have the word that was probably meant beside the same character as here, or a character between the
    two before it and the one behind it: of 专精特薪企业 the model makes 特性, who reads 专精特新企业 knows better.
    """
    start, end, left, right = suspect.start, suspect.end, suspect.left, suspect.right
    if end - start == 1 and start > 1 and all(map(is_han, text[start - 2 : start])) and is_han(text[end : end + 1]):
        head, tail = text[start - 2 : start], text[end]
        at = others.find(head)
        while at >= 0:
            char = others[at + 2 : at + 3]
            if others[at + 3 : at + 4] == tail and char != text[start] and is_han(char):
                return char
            at = others.find(head, at + 1)
    meant = text[left:start] + suspect.instead + text[end:right]
    before, behind = text[max(0, left - 1) : left], text[right : right + 1]
    told = any(is_han(char) and stretch in others
               for char, stretch in ((before, before + meant), (behind, meant + behind)))
    return suspect.instead if told else None


def _in_frame(text: str, suspect: Suspect) -> bool:
    """Whether it is part of what a frame makes of any word."""
    return any(match.start() < suspect.end and suspect.start < match.end()
               for match in _FRAMES.finditer(text, max(0, suspect.left - 4), suspect.right + 4))


def _in_quotes(text: str, suspect: Suspect, most: int) -> bool:
    """Whether it is part of a quotation or a title of some characters at most."""
    return any(match.start() < suspect.start and suspect.end < match.end() and match.end() - match.start() - 2 <= most
               for match in _QUOTED.finditer(text))


def _is_foreign(text: str, suspect: Suspect) -> bool:
    """Whether it is a state's short name, or part of a name that is written by its sound."""
    if suspect.right - suspect.left == PAIR and _STATES.fullmatch(text, suspect.left, suspect.right):
        return True
    around = max(0, suspect.start - AROUND)
    return any(match.start() <= suspect.start and suspect.end <= match.end()
               for match in _FOREIGN.finditer(text, around, suspect.end + AROUND))


def _in_rare_word(text: str, suspect: Suspect) -> bool:
    """Whether what was typed is part of a word by itself; in a set phrase (谦需谨慎) shorter ones count for nothing."""
    if suspect.right - suspect.left >= LONGEST:
        return text[suspect.left : suspect.right] in known_words()
    return known_words().covers(text, suspect.start, suspect.end)


def _in_number_of_paper(text: str, suspect: Suspect) -> bool:
    """Whether it is part of the short name that stands in a paper's number."""
    return any(match.start() <= suspect.start and suspect.end <= match.end() for match in _PAPER.finditer(text))


def _in_name(text: str, suspect: Suspect) -> bool:
    """Whether it is part of what may be a person's name."""
    for start in range(max(0, suspect.start - 2), suspect.start + 1):
        if text[start] not in SURNAMES:
            continue
        for end in range(max(suspect.end, start + 2), start + 4):
            if not all(map(is_han, text[start:end])) or end > len(text):
                break
            three = end - start == 3
            alone = ((three or _in_list_of_names(text, start, end)) and not is_han(text[start - 1 : start] or "，")
                     and not is_han(text[end : end + 1] or "，"))
            borne = three and _BEARER.match(text, end) and suspect.likeness is not Likeness.SAME
            if alone or borne or _TITLE.search(text[max(0, start - 4) : start]):
                return True
    return False


def _behind_surname(text: str, suspect: Suspect) -> bool:
    """Whether a surname, or what is one, stands one or two characters before what was typed, or is it."""
    short = suspect.right - suspect.left < LONGEST
    around = text[max(0, suspect.start - 2) : suspect.end]
    return short and suspect.typed == 1 and not _SURNAMES_ALONE.isdisjoint(around)


def _in_list_of_names(text: str, start: int, end: int) -> bool:
    """Whether a stretch stands between enumeration commas, beside what is a surname with a name."""
    before, after = text[max(0, start - 4) : start], text[end : end + 4]
    return bool((before[-1:] == "、" and re.search("(?:^|[^一-鿿])[一-鿿]{2,3}、$", before))
                or (after[:1] == "、" and len(after) > 1 and after[1] in SURNAMES))


def _in_brand(text: str, suspect: Suspect) -> bool:
    """Whether it is part of what may be the name of a firm, of goods, of a place: 青禾陶瓷, 江岭银行, 华岭牌."""
    if suspect.typed > PAIR or not _KIND.match(text, suspect.end):
        return False
    # 佳艺装饰公司: the whole name is doubted, where one begins.
    if suspect.typed == PAIR:
        before = text[max(0, suspect.start - 1) : suspect.start]
        return not is_han(before or "，") and _FIRM.match(text, suspect.end) is not None
    for start in (suspect.start, suspect.start - 1, suspect.start - 2):
        before = text[start - 1 : start] if start > 0 else ""
        if start >= 0 and (not is_han(before or "，") or before in _BEFORE_NAME):
            return True
    return False


def _behind_title(text: str, suspect: Suspect) -> bool:
    """Whether it is part of a name that stands behind what somebody is: 裁判长鄢守义."""
    return any(text[start] in SURNAMES and _TITLE.search(text[max(0, start - 4) : start]) is not None
               for start in range(max(0, suspect.start - 2), suspect.start + 1))


def _in_place(text: str, suspect: Suspect) -> bool:
    """Whether it is part of what may be a small place's name, which no model knows."""
    return suspect.typed == 1 and _PLACE.match(text, suspect.end) is not None
