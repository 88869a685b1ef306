"""网址、邮箱打坏了。

中文输入法的冒号、句号、“＠”混进了网址，“http”写了两遍，中间断开，或者后缀打错，读者点不开，信也寄不到。

误：详见https：//www.dldta.example/tz
误：请登录www。dldta。example，邮件发至info＠dldta.org.cn
误：[官网](https://https://www.dldta.org.cn)，[报名](https://www.dldta .org.cn)
正：详见https://www.dldta.org.cn/tz
正：邮件发至info@dldta.org.cn，登录www.dldta.org.cn。
正：[官网](https://www.dldta.org.cn)
依据：RFC 3986（网址）、RFC 5322（邮箱）：只用半角字符，中间没有空格。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Mark, Rule, Written
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

CUE = lazy("(?i:https?|www|\\.(?:com|cn|org|net|gov))|[@＠#]|[hH]t{1,3}p")
SITE = "com|cn|org|net|gov|edu"
# Bounded, so that a long run of letters is gone through once.
FAULTS = lazy(
    r"(?P<wide>(?i:https?)(?:：/{0,2}|[；;]/{1,2}|:[／/]?／|[:：]\\{1,2})|(?<![A-Za-z])(?i:https?)(?://|:/(?!/))(?=[A-Za-z0-9]))"
    r"|(?P<twice>(?i:https?)://(?i:https?)(?::/{0,2}|//))"
    r"|(?P<slip>(?<![A-Za-z])(?:htt?tps?|htps?|htpps?|hppts?|hhtps?)(?=://)(?<!http)(?<!https)"
    r"|(?<![A-Za-z.])(?:w{4,}|ww)\.(?=[a-z0-9]))"
    r"|(?P<stop>(?<![A-Za-z0-9])(?i:www)(?:[。，,．]|\.[A-Za-z0-9-]{1,63}[。，,．](?=[A-Za-z0-9-]{1,63}[。.．]?[a-z])))"
    rf"|(?P<gap>(?:(?i:www)\.|://|@)[A-Za-z0-9.-]{{1,80}}(?:[ \t]+\.[ \t]*|\.[ \t]+)(?={SITE})(?:{SITE}))"
    r"|(?P<at>[A-Za-z0-9._-]{1,64}[ \t]?＠[ \t]?[A-Za-z0-9]"
    r"|[A-Za-z0-9._-]{1,64}@[A-Za-z0-9-]{1,63}[。，,](?=(?:com|cn|org|net)(?![A-Za-z])))"
    r"|(?P<ats>[A-Za-z0-9._-]{1,64}@{2,4}[A-Za-z0-9]|[A-Za-z0-9._-]{1,64}@[A-Za-z0-9-]{1,40}@(?=[A-Za-z0-9])|[A-Za-z0-9._-]{3,64}#(?=[a-z0-9-]{2,20}\.[a-z]{2,8}(?![A-Za-z]))"
    r"(?![^\n]{0,24}[#@]))"
    r"|(?P<apart>(?<=[A-Za-z0-9])[ ]{1,3}@[ ]?(?=[A-Za-z0-9-]{2,63}\.[a-z])"
    r"|(?<=[A-Za-z0-9])@[ ]{1,3}(?=[A-Za-z0-9-]{2,63}\.[a-z])"
    r"|(?:(?i:www)\.|://|@)[A-Za-z0-9.-]{1,80}[ \t]+(?:com|cn|org|net|gov)(?:\.cn)?(?![A-Za-z0-9.]))"
    r"|(?P<dots>(?:(?i:www)|://[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,3}|@[A-Za-z0-9-]{1,63})\.{2,3}(?=[A-Za-z])|(?:(?i:www)\.|://|@)[A-Za-z0-9.-]{1,80}\.(?:com|cn|org|net)\.(?=[，。；、）]))"
    r"|(?P<short>[A-Za-z0-9._-]{2,64}@[A-Za-z0-9-]{3,63}(?![A-Za-z0-9.@＠．_-]|[ \t]+\.|[。，,](?:com|cn|org|net)))"
    r"|(?P<end>(?:(?i:www)\.|://|@)[A-Za-z0-9.-]{1,80}\.(?:con|cmo|ocm|comm|cm|om|nte|ogr|cnn|(?:com|org|net)\.cn\.(?:com|org|net|cn)(?:\.cn)?|orgcn|comcn|netcn|govcn|educn)(?![A-Za-z0-9.-]))"
    r"|(?P<none>(?<![A-Za-z])(?i:https?)//:?(?=[A-Za-z0-9]))"
    r"|(?:邮箱|电子邮件|[Ee]-?mail)(?:地址)?[为是至：:]?[ \t]?(?P<mail>(?!www"
    r"|https?)[A-Za-z0-9_-]{2,40}(?:\.[A-Za-z0-9-]{2,40}){0,3}\.(?:com|cn|org|net)(?![A-Za-z0-9@＠._-]|[ \t]*[@＠]))"
    r"|(?P<bare>[A-Za-z0-9._-]{1,64}@(?:163|126|qq|sina|sohu|gmail|outlook|hotmail|foxmail)(?:com|cn)?(?![A-Za-z0-9.-]))")
ADVICE = {
    "wide": "网址里的冒号、斜线用半角：“://”", "twice": "“http”写了两遍", "slip": "网址开头打错了",
    "stop": "网址里用半角的点", "gap": "网址、邮箱中间没有空格", "at": "邮箱里用半角的“@”和点", "end": "后缀像是打错了",
    "ats": "邮箱里只有一个“@”", "apart": "网址、邮箱中间没有空格", "dots": "点写重了，或多了一个",
    "short": "邮箱的域名没有写完",
    "none": "网址里的冒号、斜线用半角：“://”", "mail": "邮箱里没有“@”",
    "bare": "邮箱的域名没有写完",
}


def check(body: Written) -> Iterator[Mark]:
    """Yield each address that nobody can reach as it is typed."""
    text = body.text
    for match in FAULTS.finditer(text) if CUE.search(text) else ():
        yield Mark(*match.span(), f"“{match.group()}”：{ADVICE[str(match.lastgroup)]}")


RULE = Rule("broken-address", Severity.WARNING, Written, check)
