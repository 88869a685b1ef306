"""不能做成链接的地址。

正文里的链接只做 http、https 和邮箱；别的地址只留文字，不做链接。

误：见[附件](file:///C:/附件.docx)
正：见[附件](https://www.gov.cn/)
依据：发出去的 PDF 里，本机文件的链接谁也打不开，脚本链接有害。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import Mark, Rule, Written
from bulletin_press.document.inline import refused_links
from bulletin_press.ground.diagnostics import Severity


def check(written: Written) -> Iterator[Mark]:
    """Yield each address that was not made a link."""
    for start, end, address in refused_links(written.text):
        if address:
            yield Mark(start, end, f"“{address[:40]}”不能做成链接，只留下文字；链接要以 https:// 开头")
        else:
            yield Mark(start - 1, end + 1, "这里没有写网址，只留下文字；链接要以 https:// 开头")


RULE = Rule("refused-link", Severity.WARNING, Written, check)
