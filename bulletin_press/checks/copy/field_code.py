"""Word 的域代码和表格的出错值。

从 Word 带来的交叉引用、目录、超链接的代码，从 Excel 带来的 #REF!、#DIV/0! 和 ######## 都不是文字，
原来的内容没有带过来。

误：详见错误!未找到引用源。
误：同比增长#DIV/0!，见{ HYPERLINK "https://www.gov.cn/" }
正：详见表1
正：同比增长12.4%，见[政府网](https://www.gov.cn/)
依据：印出来的稿子里不能有软件的代码和报错。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Copy, Mark, Rule
from bulletin_press.ground.diagnostics import Severity
from bulletin_press.language.script import lazy

_FIELDS = "HYPERLINK|PAGEREF|NOTEREF|REF|EMBED|MERGEFIELD|MERGEFORMAT|TOC|SEQ|INCLUDEPICTURE|STYLEREF|NUMPAGES|" \
    "PAGE|DATE|TIME|FORMTEXT|ADDIN|QUOTE|EQ|XE|TC|LINK|IF|SHAPE"
_CODE = lazy(rf"\{{ ?(?:{_FIELDS})(?![A-Za-z])[^{{}}\n]{{0,400}}\}}"
             r"|(?<![A-Za-z])(?:HYPERLINK +(?:\\l +)?\"[^\"\n]{0,300}\"|PAGEREF +_\w+(?: +\\h)?"
             r"|EMBED +[A-Z]\w+\.\w+(?:\.\d+)?"
             r"|INCLUDEPICTURE +\"[^\"\n]{0,300}\"|REF +_Ref\w+(?: +\\h)?|MERGEFIELD +\S{1,40}|SEQ +\S{1,20} +\\\* ?\w+"
             r"|TOC +\\o[^\n]{0,60}|\\\* +MERGEFORMAT)")
_MISSING = lazy(r"错误[!！](?:未(?:找到|定义|指定)|不能(?:通过|识别)|没有文档|超链接|书签|文档中没有"
                r"|链接无效|使用“|主控文档|自引用|表达式)[^。.！!\n]{0,20}[。.！!]?"
                r"|Error! +(?:Reference source|Bookmark|Hyperlink|Not a valid|No text|Unknown|Objects cannot|Filename)"
                r"[^.\n]{0,40}\.?")
_VALUE = lazy(r"#(?:REF[!！]|DIV/0[!！]|N/A(?![A-Za-z])|VALUE[!！]|NAME[?？]|NUM[!！]|NULL[!！]|SPILL!|CALC!)"
              r"|(?<!#)#{4,}(?!#)")


def check(copy: Copy) -> Iterator[Mark]:
    """Yield each field code of Word and each error value of a sheet."""
    text = copy.text
    if "#" in text:
        for match in _VALUE.finditer(text):
            yield Mark(*match.span(), f"“{match.group()}”是表格的出错值或列太窄，请改成数字；没有就写“—”或删去")
    if "错误" in text or "Error!" in text:
        for match in _MISSING.finditer(text):
            yield Mark(*match.span(), "Word 的交叉引用没有带过来，请写明引用的是哪里，例如“表1”")
    if "{" in text or "\\" in text or "HYPERLINK" in text or "REF" in text or "EMBED" in text or "MERGE" in text:
        for match in _CODE.finditer(text):
            yield Mark(*match.span(), "Word 的域代码，会照原样印出来；请删去，换成它显示的文字，链接写作 [文字](https://网址)")


RULE = Rule("field-code", Severity.WARNING, Copy, check, cues=(_VALUE, _MISSING, _CODE))
