"""写给自己看的话，还没有写完的地方。

引号里面的 # 是正文，会印出来；//、/* … */、%% 也一样。“（待核）”“【待补】”“TODO”“XX家”是还没有定下来的内容。

误：近日，协会召开会议。 # 时间待核
误：会员36家（数字待核，请小李补）
误：会议由常务副会长XXX主持（领导审定后再发）
误：新增会员XX家，X月X日召开大会
正：近日，协会召开会议。
正：会员36家
正：会议由常务副会长郑明砚主持
正：新增会员8家，9月18日召开大会
依据：印出来的稿子里不能有内部意见和空着的内容；写给自己看的话放在引号外面、# 后面。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.passages import MASK, masked
from bulletin_press.document.prose import Prose
from bulletin_press.document.web_text import remnants
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.issue.issue import Issue
from bulletin_press.language.script import HAN, lazy

_BLANK = r"[ \t\u3000]"
# A note begins with the line, or apart from what stands before it.
_BEFORE = r"[^\s。！？；，：”）)】]"
# Of hanzi no case is asked: with it, the range takes ten milliseconds to compile.
_CHINESE = rf"(?-i:(?=[{HAN}（(【“]))"
_NOTE = lazy(
    # #话题#, #12 are none.
    rf"#(?<!{_BEFORE}#)(?!#)(?:{_BLANK}+(?=[^\s#])|{_CHINESE})[^#\n]*$"
    rf"|//(?<!{_BEFORE}//){_BLANK}*{_CHINESE}[^\n]*$"
    r"|/\*(?:[^*]|\*(?!/)){0,400}\*/"
    r"|%%[^%\n]{1,200}%%|%%(?<![^\n]%%)[^%\n]*$|\[(?<![^\n]\[)(?://|comment)\]:[^\n]*$"
    r"|\{#[^{}#\n]{1,200}#\}|<%--[^<>\n]{0,200}--%>"
    r"|待(?<![^\n]待)(?:核实?|补充?|定|改)[:：][^\n]*$|内(?<![^\n]内)部(?:说明|备注|意见)[:：][^\n]*$", re.M | re.I)
_OPEN = lazy(
    r"待(?:核实?|核对|补充?|定|查|填写?|改|审核?|确认|完善|更新|写|配图|插图)|未核(?!销|准|发|酸)|存疑|暂缺"
    r"|此处(?:待|需要?|应|请|要)?(?:补|插入?|[加放配贴][图表照]|留空|空)"
    r"|[（(【\[［][老小][一-龥][：:，,]|(?:领导|会长|秘书长|主任)?(?:审定|审阅|批准|同意|确认)后再[发印登写补]|(?:领导|主任|会长|秘书长)意见[：:]"
    r"|此[段句处页][^，。）)]{0,3}可?(?:删|改|略)|[（(【\[［](?:编辑注|编注|改稿注|审稿意见|修改意见|排版注?)[：:]|[（(【\[［]请[^，。）)]{1,6}(?:审阅|审定|过目|把关|定夺|斟酌)"
    r"|再(?:核|查|看|对|校|确认|商量|改)(?:一?[遍下次])|[老小][一-龥](?:注意|请|看|核|改|补)|[这此]段(?:放|移|挪|删|改|不要|可)"
    r"|(?:不要?|暂不)(?:写|登|印|发|刊)(?=[）)】\]〕］])|放第?[一二三四\d]版"
    r"|要求(?:删|改|去掉)|(?:领导|会长|主任|秘书长)(?:说|让|的?意思)|[？?][】\]］〕]|[\[［](?:图|表|照片|图片)[\d一二三]{0,2}[\]］]"
    r"|[再跟和与向找][^，。（）()]{0,6}(?:确认|核实|核对|商量)一下"
    r"|请[^，。；、（）()【】\[\]\n]{0,8}(?:补(?:充|上|全|齐|写|一下)?|核(?:实|对|准|一下)?|查(?:一下|对)|改(?:一下|定))"
    r"(?=[，。；）)】\]〕!！])")
_INNER = r"[^（()）【】\[\]〔〕［］\n]"
_BRACKETED = lazy(rf"[（(【\[〔［]{_INNER}{{2,120}}[）)】\]〕］]")
_POSTS = ("(?:会长|秘书长|主任|局长|主席|总?经理|先生|女士|小姐|同志|书记|教授|专家|记者|部长|院长|董事长|总裁"
          "|理事长|[市县区处科校]长|代表|老师|工程师)")
# 李×× is how a person is kept unnamed. The commonest family names, none of which is a word of its own before a blank.
_FAMILIES = ("王李张刘陈杨赵周吴徐孙胡朱郭罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈彭吕苏卢蒋蔡贾丁魏薛"
             "叶潘杜戴钟汪姜范姚谭廖邹熊陆郝崔邱秦顾侯邵孟钱汤尹黎龚林何黄")
_SAYS = f"(?:{_POSTS}|主持|讲话|致辞|出席|介绍|表示|指出|说|汇报|陪同|担任|先生|当选)"
_MEASURE = (r"美元|[万亿]{0,2}(?:家|人|元|个|项|件|名|次|份|场|期|届|位|户|平方米|吨)|[年月日时]|[%％]"
            r"|区|路|市|省|县|镇|村|街|号|大厦|小区|会议室")
_BLANKS = lazy(
    r"(?<![A-Za-z0-9])(?:TODO|FIXME|TBD|TBC)(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9×])(?:[XxＸ×]{2,6}|[_＿]{2,12}|[?？]{2,3}|[○〇]{2,4})(?:\.[XxＸ×]{1,2})?"
    rf"(?={_MEASURE})(?!元素|年[青轻]|人称)"
    rf"|(?<![A-Za-z0-9×{_FAMILIES}])[XxＸ×]{{2,3}}(?={_SAYS})|{_POSTS}(?:[XxＸ×]{{2,3}}|某某某?)(?![A-Za-z0-9人×])"
    rf"|(?<=[{_FAMILIES}])[XxＸ]{{2}}(?=[一-龥，。、；）])(?![型级号])|某某某"
    r"|(?<=[：:])[_＿]{3,16}(?=[，。；])|(?<=[：:])[XxＸ×]{4,12}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9×])[XＸ×]{1,2}月[XＸ×]{1,2}日|(?<=\d年)[XＸ×]{1,2}月")
# A text without any of these is not looked into for what they begin.
_NOTE_CUES = ("//", "/*", "%%", "<%--", "{#", "omment]", "待核", "待补", "待定", "待改", "内部")
_OPEN_CUES = ("？", "?", "[图", "[表", "［图", "［表", "要求", "领导", "主任", "会长", "：", ":", "再核", "再查",
              "再看", "再对", "再校", "注意", "这段", "不写", "要写", "不登", "要登", "不印", "不发", "不刊", "放第",
              "后再", "一下", "此段", "此句", "此处", "此页", "待", "请", "未核", "存疑", "暂缺", "此处")
_BLANKS_CUES = ("XX", "某某", "xx", "ＸＸ", "××", "X月", "×月", "Ｘ月", "__", "＿＿", "??", "？？", "○○", "〇〇",
                "TODO", "TB", "FIXME")
_MESSAGES = ((_OPEN_CUES, _BRACKETED, "这里像是还没有定下来的内容，会照原样印出来；请写好，或删去"),
             (_BLANKS_CUES, _BLANKS, "这里还空着没有填，会照原样印出来；请写好，或删去"))
NOTE = "这像是写给自己看的话，在正文里会印出来；请删去，或移到引号外面、# 的后面"


def check(issue: Issue) -> Iterator[At]:
    """Yield each note to oneself and each blank that is not filled, as typed."""
    for table, prose in issue.prose():
        for start, end, message in sorted(_found(prose)):
            yield At(prose.path, message, None, None, table, (start, end))


def _found(prose: Prose) -> Iterator[tuple[int, int, str]]:
    """Each place once: what stands in a note, or is not printed, is part of that."""
    told: bytearray | None = None
    for cues, pattern, message in ((_NOTE_CUES, _NOTE, NOTE), *_MESSAGES) if prose.marked else _MESSAGES:
        if not any(cue in prose.text for cue in cues) and (pattern is not _NOTE or not _hashed(prose.text)):
            continue
        for match in pattern.finditer(prose.text):
            if pattern is _BRACKETED and not _OPEN.search(match.group()):
                continue
            told = _unread(prose.text) if told is None else told
            start, end = match.start(), match.start() + len(match.group().rstrip())
            if any(told[start:end]):
                continue
            if pattern is not _BLANKS:
                told[start:end] = b"\1" * (end - start)
            yield start, end, message


def _hashed(text: str) -> bool:
    """Whether a # stands in a text that begins no subheading."""
    return "#" in text and "#" in text.replace("### ", "")


def _unread(text: str) -> bytearray:
    """For each character 1 if it is in an address, a tag, a comment."""
    told = bytearray(char == MASK for char in masked(text))
    for one in remnants(text):
        told[one.start : one.end] = b"\1" * (one.end - one.start)
    return told


RULE = Rule("unfinished", Severity.WARNING, Issue, check)
