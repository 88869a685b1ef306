"""形近的“己已巳”“末未”“曰日”写混了。

五笔输入、扫描识别常把这几个字认错。只指出前后都认得准的：“己完成”是“已完成”，“尚末”是“尚未”。

误：材料己全部提交，报告末按时完成
误：今年9月末，周未照常办公
正：材料已全部提交，报告未按时完成，自己有能力，期末按时支付，知己已到，年末完成
正：今年9月末，周末照常办公，子曰：学而时习之
依据：《出版物汉字使用管理规定》；《图书质量管理规定》附件（错别字计错）。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

# What 已 stands before; words with 己 (自己, 知己, 利己, 一己) end in it.
ALREADY = lazy("(?<![自知克利舍异律由抒固一于为体推正虚贵损贬害罪人戊])(?P<wrong>己)"
               "(?=经[过由被有形在开成完建实取]?|有[^所之]|成为|达[到成]?|被|于[12]|在|完[成工]|建[成立]|通[过车]|开[始展通工业]|全[部面]|"
               "基本|累计|连续|提[前交出]|启[动用]|正式|取得|实[现施行]|形成|进[入行]|超过?|获[得批]?|签[订署约]|发[布出放生展]|落实|投[入产]|"
               "收[到取]|报[送名告]|列入|纳入|不再?|无法|近|逾|多次|先后|陆续|逐步|初步|顺利|圆满|成功|按|依法|"
               "到[位期达]|缴|支付|办[理结]|审[核议批]|公[布示开]|安排|组织|拥有|具备|覆盖|突破|恢复|结束|关闭|停止|停产|售|"
               "交[付由]|入[库驻]|上[线市报]|下[达发])")
# What 未 stands before, and behind; a time ends in 末.
NOT_YET = lazy("(?:(?<=[尚仍并从却暂亦])"
               "|(?<![年月周期季岁世朝代夏春秋冬学初粉本始微毫毛穷旬末日阶0-9])(?<![一二三四五六七八九"
               "十]))(?P<wrong>末)"
               "(?=完成|达[到标]|按[时期照要规]|发[现生放布]|建[立成]|经[过批许授同]|取得|缴[纳费]|及时|列[入为]|通过|设[立置]|作出|提[供交出及]|"
               "履行|办理|实[现施行]|落实|披露|采[取用]|收[到取]|参[加与]|开[展始工]|能[够在按实]?|曾|必|知|明确|确定|到[位场]|"
               "包[括含]|涉及|见[到效]|受[到理影]|得到|解决|使用|入[库选]|签[订署]|支付|报[送告到名]|回复|成功|成年|就业)")
END = lazy("(?<=[周岁月])(?P<wrong>未)(?=[，。、；]|照常|休息|期间|加班|假期|班|游|消费|经济|余额|结余|库存|存款"
           "|贷款余)")
DAY = lazy("(?P<wrong>曰)(?=[前常益后程志均]|期[，。：为])|(?<=[0-9今昨近节假])(?P<day>曰)(?![：“])")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each character that stands for the one that looks like it."""
    text = copy.words
    for match in ALREADY.finditer(text) if "己" in text else ():
        yield Mark(*match.span("wrong"), "“己”是自己，这里是“已”", "已")
    for match in NOT_YET.finditer(text) if "末" in text else ():
        yield Mark(*match.span("wrong"), "“末”是末尾，这里是“未”", "未")
    for match in END.finditer(text) if "未" in text else ():
        yield Mark(*match.span("wrong"), "“未”是没有，这里是“末”", "末")
    for match in DAY.finditer(text) if "曰" in text else ():
        yield Mark(match.start(), match.end(), "“曰”是说，这里是“日”", "日")


RULE = Rule("twin-character", Severity.WARNING, Copy, check, needs="己末未曰")
