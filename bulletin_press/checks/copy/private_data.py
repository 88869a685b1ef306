"""个人信息：证件号、手机号、银行卡号、微信号、车牌、住址。

公开印出来的稿子里不登个人的证件号码、手机号码、账号和门牌。身份证号按校验码、银行卡号按校验位认；
前面写明“身份证号”“账户”的，校验不过也算。确要登的，遮去中间几位。

误：报名请提供身份证号，如11010519491231002X。
误：报名请联系李女士，手机13912345678。
正：报名请提供身份证号，如110105********002X。
正：报名请联系李女士，电话0411-83690000。
依据：《个人信息保护法》第二十五条、第二十八条；GB 11643—1999《公民身份号码》；ISO/IEC 7812（Luhn 校验）。
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.familiar import SURNAMES
from bulletin_press.language.script import lazy

DIGITS = lazy(r"\d岁|微信|QQ|牌|证|社保|[A-Z][·•]?[A-Z0-9]{5}|\d{6}|1[3-9]\d[ -]\d{4}|\d{4} \d{4}|[号照].{0,6}[A-Z]\d"
            r"|\d室")
IDENTITY = lazy(r"(?<![\dA-Za-z])(?P<region>[1-8][1-7]\d{4})(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]"
                r"|1[0-2])(?P<day>[0-2]\d|3[01])"
                r"\d{3}[\dXx](?![\dA-Za-z])")
WEIGHTS, CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"
MOBILE = lazy(r"(?<![\dA-Za-z.\-])(?:\+?86[ -]?)?(?P<mobile>1[3-9]\d[ -]?\d{4}[ -]?\d{4})(?![\dA-Za-z.])")
CARD = lazy(r"(?<![\dA-Za-z.\-])(?P<card>(?:62|4\d|5[1-5]|3[4-7]|9\d)\d{2}(?:[ ]?\d{4}){3}(?:[ ]?\d{1,3})?)(?!["
            r"\dA-Za-z.])")
PASSPORT = lazy(r"护照(?:号码?|编号)?(?:为|是|：|:)?[ ]?(?P<passport>[EGDSPHKegdsphk][A-Za-z]?\d{7,8})(?![\dA-Za-z])")
# 微信号 of a person; an account of an organisation is a 公众号.
ACCOUNT = lazy(r"(?:微信号?(?:（同手机）)?|QQ号?|扣扣号?|(?:个人|私人)(?:邮箱|电子邮箱))(?:码|是|为|：|:|加)?(?:是"
               r"|为|：|:)?[ ]?(?P<account>[A-Za-z][\w-]{5,19}(?:@[\w.-]{4,30})?|\d{5,11}(?:@qq\.com)?)(?![\w])")
PLATE = lazy(r"(?P<plate>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•]?(?=[A-HJ-NP-"
             r"Z0-9]{0,5}\d)[A-HJ-NP-Z0-9]{5,6})(?![A-Za-z0-9])")
PAPERS = lazy(r"(?:通行证|驾驶证|驾照|军官证|社保卡?|社会保障|医保卡?|学籍|居住证|台胞证|回乡证|残疾证)(?:号码?"
              r"|编号)(?:为|是|：|:)?[ ]?(?P<paper>[A-Za-z]{0,2}\d{6,20}[Xx]?)(?![\dA-Za-z])")
BIRTH = lazy(r"(?:出生(?:日期|年月日)(?:为|是|：|:))[ ]?(?P<birth>(?:19|20)\d\d[年./-]\d{1,2}[月./-]\d{1,2}日?)")
# 8岁女童陈小满（就读于…）: a child's full name. 小陈, 陈某 and 化名 are none.
CHILD = lazy(rf"(?:[1-9]|1[0-7])岁(?:的)?(?:女童|男童|女孩|男孩|幼童|儿童|少年|少女|小?学生|女生|男生|患儿"
            rf"|幼儿)(?P<child>(?!小|某|阿)[{''.join(sorted(SURNAMES))}](?!某|姓|先|女)[一-龥]{{1,2}})(?=（(?:就读"
            rf"|家住|现?住|系|[^（）]{{0,10}}(?:年级|班|小学|中学|幼儿园)))")
OTHERS = ((ACCOUNT, "account", "个人的微信号、QQ号、邮箱"), (PLATE, "plate", "车牌号"),
          (PAPERS, "paper", "个人的证件号码"), (BIRTH, "birth", "个人的出生日期"))
# 住、家住 and a door's number; a firm's address has no such verb.
HOME = lazy(r"(?:现?住(?:在|址(?:为|是|：)?|于)?|家住(?:在)?|家庭住址(?:为|是"
            r"|：)?)(?P<home>[^，。；\n]{2,30}?\d{1,4}(?:室|号楼[^，。；]{0,8}室|单元[^，。；]{0,6}|户))")
STREET = lazy(r"(?:[省市区县])(?=[^省市区县]*\Z)")
NAMED_ID = lazy(r"(?:身份证|证件号|公民身份)[^。；\n]{0,8}\Z")
NAMED_CARD = lazy(r"(?:账户|账号|帐号|卡号|银行卡|汇至|汇入|汇款|储蓄|收款)[^。；\n]{0,8}\Z")
# A number that a firm publishes: of its own account at a bank.
OFFICIAL = lazy(r"(?:对公|基本户|公司账|开户行|统一社会信用代码|税号)[^。；\n]{0,30}\Z")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each number that tells of one person, with its middle masked."""
    text = copy.words
    if not DIGITS.search(text):
        return
    taken: list[tuple[int, int]] = []
    for match in copy.finds(IDENTITY):
        number = match.group()
        named = NAMED_ID.search(text, 0, match.start())
        days = monthrange(int(match["year"]), int(match["month"]))[1]
        if 1 <= int(match["day"]) <= days and (named or _identity(number)):
            taken.append(match.span())
            yield Mark(*match.span(), "身份证号不公开登出，请删去，或遮去中间几位", f"{number[:6]}********"
                f"{number[-4:]}")
    for match in copy.finds(CARD):
        digits = match["card"].replace(" ", "")
        start, end = match.span("card")
        if any(a < end and start < b for a, b in taken) or not 15 < len(digits) < 20 or OFFICIAL.search(text, 0, start):
            continue
        if NAMED_CARD.search(text, 0, start) or _luhn(digits):
            taken.append((start, end))
            yield Mark(start, end, "银行卡号不公开登出，请删去，或遮去中间几位", f"{digits[:4]}"
                f"{'*' * (len(digits) - 8)}{digits[-4:]}")
    # A member's own telephone is a matter of the field contact.
    for match in copy.finds(MOBILE) if copy.key not in ("contact", "phone", "intro") else ():
        start, end = match.span("mobile")
        digits = match["mobile"].replace(" ", "").replace("-", "")
        if not any(a < end and start < b for a, b in taken):
            yield Mark(start, end, "个人的手机号不公开登出，请改用办公电话，或遮去中间四位", f"{digits[:3]}****"
                f"{digits[-4:]}")
    for match in copy.finds(PASSPORT):
        number = match["passport"]
        yield Mark(*match.span("passport"), "护照号不公开登出，请删去，或遮去中间几位", f"{number[:2]}*****"
            f"{number[-2:]}")
    for pattern, key, what in OTHERS:
        for match in pattern.finditer(text) if copy.key not in ("contact", "phone") else ():
            if not any(a < match.end(key) and match.start(key) < b for a, b in taken):
                yield Mark(*match.span(key), f"{what}不公开登出，请删去，或遮去一部分")
    for match in copy.finds(CHILD):
        yield Mark(*match.span("child"), "未成年人的姓名和学校不公开登出，请用化名")
    for match in copy.finds(HOME):
        start, end = match.span("home")
        street = STREET.search(match["home"])
        yield Mark(start + (street.end() if street else 0), end, "个人住址不公开登出，请写到区、县为止")


def _identity(number: str) -> bool:
    """Whether the last character is the check character of the seventeen before it (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(number, WEIGHTS, strict=False))
    return CHECKS[total % 11] == number[-1].upper()


def _luhn(digits: str) -> bool:
    """Whether the last digit is the check digit by Luhn's sum."""
    total = 0
    for at, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + at % 2)
        total += doubled - 9 * (doubled > 9)
    return total % 10 == 0


RULE = Rule("private-data", Severity.WARNING, Copy, check, needs="0",
            cues=(IDENTITY, CARD, MOBILE, PASSPORT, HOME, ACCOUNT, PLATE, PAPERS, BIRTH, CHILD))
