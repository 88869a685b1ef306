"""Plain text: for a chat, a form on a website, a reader that shows nothing else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from bulletin_press.document.exhibits import Exhibits, FigureTable
from bulletin_press.document.tree import (
    Block,
    BulletList,
    Document,
    Drawn,
    Entry,
    Grid,
    Item,
    KeyDates,
    Paragraph,
    Pictures,
    PullQuote,
    Section,
    Subheading,
)
from bulletin_press.edition import Edition
from bulletin_press.writers.flow.filling import day_of
from bulletin_press.writers.flow.words import plot_rows, read_aloud, written_date
from bulletin_press.writers.outlet import Chosen, Outlet

_INDENT = "　　"
_RULE = "─" * 20
_DRAFT = "【校样，请勿转发】"


def write_text(edition: Edition, chosen: Chosen | None = None) -> bytes:
    """An edition as plain text: UTF-8, a paragraph a line, LF."""
    lines = [*([_DRAFT, ""] if edition.draft else []), *_front(edition.issue.document)]
    for section in edition.issue.document.sections:
        lines += ["", "", _heading(section)]
        for item in section.items:
            lines += ["", *item_lines(section, item)]
    lines += ["", _RULE, *(f"{label}：{value}" for label, value in edition.issue.document.colophon)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _front(document: Document) -> Iterator[str]:
    front = document.front
    yield front.name
    yield " ".join(part for part in (f"{front.year}{front.number}", front.total_number, front.date) if part)
    yield front.organiser + ("　内部资料　免费交流" if front.internal else "")
    if front.cover and front.cover.caption:
        yield f"［题图：{front.cover.caption}］"
    yield _RULE
    yield "本期导读"
    for group in document.contents:
        yield f"【{group.title}】"
        yield from (f"· {entry.text}" for entry in group.entries)


def _heading(section: Section) -> str:
    return f"{section.numeral}、{section.title}" if section.numeral else f"【{section.title}】"


def item_lines(section: Section, item: Item) -> Iterator[str]:
    """An item as plain text, line by line."""
    number = f"{item.number}. " if item.number else ""
    if item.title:
        yield number + item.title
        number = ""
    from_ = item.attribution
    credit = [f"来源：{from_.source}" if from_.source else "", f"作者：{from_.author}" if from_.author else "",
              written_date(day) if (day := day_of(item)) else "", from_.url or ""]
    if any(credit):
        yield "　".join(filter(None, credit))
    if item.exhibits:
        yield from _key_figures(item.exhibits)
    for at, block in enumerate(item.blocks):
        for index, line in enumerate(_block(block)):
            yield line.replace(_INDENT, _INDENT + number, 1) if number and not (at or index) else line
        if item.exhibits:
            # The others show what the text and the table say.
            yield from (f"［图：{chart.caption.alt}］" for chart in item.exhibits.after(at) if chart.kind == "run")
    if item.exhibits and item.exhibits.table:
        yield ""
        yield from _figures(item.exhibits.table)
    if item.more:
        yield f"（具体内容详见{item.more}）"


def _key_figures(shown: Exhibits) -> Iterator[str]:
    for one in (*shown.lead, *shown.more):
        growth = f"，{one.growth.words}" if one.growth else ""
        yield f"■ {one.label}{one.note}：{one.value}{one.unit}{growth}"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield _INDENT + read_aloud(block.inlines)
        case Subheading():
            yield ""
            yield read_aloud(block.inlines)
        case BulletList():
            yield from (f"· {read_aloud(entry)}" for entry in block.entries)
        case Grid():
            rows = [[read_aloud(cell) for cell in row] for row in (block.head, *block.rows)]
            yield from _aligned(rows, [alignment == "right" for alignment in block.alignments])
        case Pictures():
            for picture in block.pictures:
                if words := picture.caption or (picture.alt if picture.described else ""):
                    yield f"［图片：{words}］"
        case Drawn():
            about, drawn = block.chart.caption, plot_rows(block.chart)
            yield about.title + (f"（{about.subject}）" if about.subject else "")
            yield from _aligned(drawn, [False, *[block.chart.kind == "plot"] * (len(drawn[0]) - 1)])
        case PullQuote():
            yield f"“{block.text}”" + (f"——{block.by}" if block.by else "")
        case KeyDates():
            yield from (f"{one.when}　{one.what}" for one in block.dates)
        case Entry():
            inner = [line for one in block.blocks for line in _block(one)]
            if len(inner) == 1:
                yield f"{block.label}：{inner[0].strip()}"
            else:
                yield f"{block.label}："
                yield from inner


def _figures(table: FigureTable) -> Iterator[str]:
    yield f"表　{table.title}（{table.period}）"
    head = ["指标"]
    for measure, unit, grows in zip(table.measures, table.units, table.growths, strict=True):
        head += [measure + (f"（{unit}）" if unit else ""), *(["同比"] if grows else [])]
    rows = [head]
    for row in table.rows:
        line = [row.label]
        for cell, grows in zip(row.cells, table.growths, strict=True):
            line.append(cell.value if cell else "—")
            if grows:
                line.append((cell.growth.mark + cell.growth.text) if cell and cell.growth else "—")
        rows.append(line)
    yield from _aligned(rows, [False, *[True] * (len(head) - 1)])
    yield from (f"注：{note}" for note in table.notes)
    yield f"来源：{table.source}"


def _aligned(rows: Sequence[Sequence[str]], right: Sequence[bool]) -> Iterator[str]:
    """Rows in columns, for a typeface in which 汉字 are twice as wide as letters."""
    widths = [max(_width(row[at]) for row in rows) for at in range(len(right))]
    for row in rows:
        cells = [" " * (width - _width(cell)) + cell if flush else cell + " " * (width - _width(cell))
                 for cell, width, flush in zip(row, widths, right, strict=True)]
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def is_draft(path: Path) -> bool:
    """Whether a text was written as a draft."""
    try:
        return path.read_bytes().startswith(_DRAFT.encode())
    except OSError:
        return False


OUTLET = Outlet("text", "纯文本", "贴到微信、网页表单里，或给只认文字的人", (".txt",), False, write_text,
                is_draft=is_draft)
