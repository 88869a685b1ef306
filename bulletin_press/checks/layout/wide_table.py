"""表格列太多，这一栏放不下。

字已经用到最小，各列里的数字、西文仍然放不下，会与旁边的一列挤在一起。删去几列，或把表格行列对调、分成两个表。

误：一个表 20 列，每列都是八位数
正：只留最要紧的六七列，其余的写进正文或另列一表
依据：排版通例：表格不超出版心，表内文字不宜小于六号（7.5磅）。
"""

from __future__ import annotations

from collections.abc import Iterator

from bulletin_press.checks.rule import At, Rule
from bulletin_press.document.tree import Origin
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Severity


def check(edition: Edition) -> Iterator[At]:
    """Yield each table that is too wide for its measure in the smallest type, at its first character."""
    for table in edition.pages.tight_tables():
        message = f"第 {table.page} 页的表格有 {table.columns} 列，这一栏放不下，请删去几列、行列对调，或分成两个表"
        if table.origin:
            origin = Origin.parse(table.origin)
            yield At(origin.path, message, characters=(origin.start, origin.start + 1))
        else:
            yield At(("issue", "number"), message)


RULE = Rule("wide-table", Severity.WARNING, Edition, check)
