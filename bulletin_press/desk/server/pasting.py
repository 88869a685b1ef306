"""What is pasted from Word, WPS, WeChat, web pages and Excel, as our markup: form goes, characters stay."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile, ZipFile

from lxml import html as markup

from bulletin_press.desk.server.pictures import is_readable
from bulletin_press.ground.diagnostics import PressError

MOST = 2_000_000
_MOST_XML = 60_000_000
_LONGEST_TITLE = 44
_MOST_PICTURE, _MOST_PICTURES = 30_000_000, 60
# What stands for a picture of a Word file until the file's items are confirmed.
_PICTURE = "press-picture:"
_CONDITIONAL = re.compile(r"<!--.*?-->|<!\[(?:if[^\]]*|endif)\]>|<\?xml.*?>", re.S)
_BLOCKS = frozenset({
    "article", "blockquote", "body", "center", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "li", "main", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul"})
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_JUNK = frozenset({"style", "script", "head", "svg", "noscript", "template", "iframe", "object", "button", "title"})
_WEIGHT = re.compile(r"font-weight:\s*(\w+)")
_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s()<>]+\Z", re.I)
# Between two of these a line break or a blank of the source's layout is none of the text's.
_WIDE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \n](?=[\u3000-\u9fff\uff00-\uffef])")


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading, an entry of a list, a table, as our markup; ``level`` of a heading.

    Of a picture of a Word file ``level`` is its number from 0, ``text`` what the file says of it.
    """

    text: str
    kind: str = "paragraph"
    level: int = 0


@dataclass(frozen=True)
class _Run:
    text: str
    bold: bool = False
    address: str | None = None


def pasted(source: str, plain: str) -> dict[str, Any]:
    """What was pasted: ``markup`` for a body, ``items`` where it has headings.

    Raises:
        PressError: it is too long.
    """
    if len(source) > MOST:
        raise PressError("一次粘贴的太多，请分几次")
    blocks = blocks_of(source) if source.strip() else _plain_blocks(plain)
    return {"markup": joined(blocks), "items": items_of(blocks)}


def _plain_blocks(plain: str) -> list[Block]:
    """The lines of a plain text; where blank lines part it into pieces that begin with a title, these are headings."""
    pieces = [[line.strip() for line in piece.splitlines() if line.strip()]
              for piece in re.split(r"\n[ \t\u3000]*\n", plain.replace("\r\n", "\n").replace("\r", "\n"))]
    pieces = [piece for piece in pieces if piece]
    titled = len(pieces) > 1 and all(len(piece) > 1 and _is_title(piece[0]) for piece in pieces)
    return [Block(line, "head", 1) if titled and not at else Block(line)
            for piece in pieces for at, line in enumerate(piece)]


def _is_title(line: str) -> bool:
    return len(line) < _LONGEST_TITLE and not line.endswith(("。", "；", "：", "，", "！", "？"))


def blocks_of(source: str) -> list[Block]:
    """The blocks of a piece of HTML, in order."""
    cleaned = _CONDITIONAL.sub("", source).replace("\0", "")
    cleaned = re.sub(r"<(/?)(?:o:p|st1:\w+|v:\w+|w:\w+|font)\b[^>]*>", r"", cleaned)
    if not cleaned.strip():
        return []
    try:
        root = markup.fragment_fromstring(cleaned, create_parent="div")
    except (ValueError, markup.etree.ParserError):
        return []
    return list(_blocks(root, False))


def _hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return element.tag in _JUNK or "display:none" in style or "mso-list:ignore" in style


def _bold(element: Any, before: bool) -> bool:
    found = _WEIGHT.search((element.get("style") or "").lower())
    if found:
        return found[1] in _BOLD
    return True if element.tag in ("b", "strong") else before


def _blocks(element: Any, bold: bool, entry: str = "") -> Iterator[Block]:
    if not isinstance(element.tag, str) or _hidden(element):
        return
    bold = _bold(element, bold)
    if element.tag == "table":
        yield from _table(element)
        yield from _pictures(element)
        return
    if not any(isinstance(child.tag, str) and child.tag in _BLOCKS for child in element.iterdescendants()):
        yield from _of_runs(list(_runs(element, bold, None)), element, entry)
        yield from _pictures(element)
        return
    runs = [_Run(element.text, bold)] if element.text else []
    for child in element:
        if isinstance(child.tag, str) and (child.tag in _BLOCKS or child.xpath("|".join(f".//{tag}" for tag in (
                "p", "div", "li", "table", "h1", "h2", "h3", "section")))):
            yield from _of_runs(runs, element, entry)
            runs = []
            inner = _entry(child, element)
            yield from _blocks(child, bold, inner or entry)
        else:
            runs += _runs(child, bold, None)
        if child.tail:
            runs.append(_Run(child.tail, bold))
    yield from _of_runs(runs, element, entry)


def _pictures(element: Any) -> Iterator[Block]:
    """The pictures of a Word file that stand in an element."""
    for image in element.iter("img"):
        if found := re.fullmatch(_PICTURE + r"(\d{1,4})", image.get("src") or ""):
            yield Block((image.get("alt") or "").strip(), "picture", int(found[1]))


def _entry(child: Any, parent: Any) -> str:
    """What opens an entry of a list."""
    if child.tag != "li":
        return ""
    if parent.tag == "ol":
        return f"{1 + sum(1 for one in child.itersiblings('li', preceding=True))}. "
    return "- "


def _runs(element: Any, bold: bool, address: str | None) -> Iterator[_Run]:
    """The runs of text in an element that holds no blocks; a line break is one of its own."""
    if not isinstance(element.tag, str) or _hidden(element):
        return
    bold = _bold(element, bold)
    if element.tag == "br":
        yield _Run("\n")
        return
    if element.tag == "a" and _ADDRESS.match((element.get("href") or "").strip()):
        address = element.get("href").strip()
    if element.text:
        yield _Run(element.text.replace("\n", " ").replace("\r", " "), bold, address)
    for child in element:
        yield from _runs(child, bold, address)
        if child.tail:
            yield _Run(child.tail.replace("\n", " ").replace("\r", " "), bold, address)


def _of_runs(runs: Sequence[_Run], element: Any, entry: str) -> Iterator[Block]:
    """The lines of some runs as blocks."""
    listed = entry or ("- " if "mso-list" in (element.get("style") or "") or "MsoList" in (element.get("class") or "")
                       else "")
    for line in _lines(runs):
        text = _written(line)
        if not text:
            continue
        if element.tag in _HEADS:
            yield Block(text.replace("**", ""), "head", int(element.tag[1]))
        elif listed:
            yield Block(listed + re.sub(r"^[·•●▪◦\-]\s*", "", text), "entry")
        elif _stands_alone(line, text):
            yield Block(text.replace("**", ""), "head", 4)
        else:
            yield Block(text)


def _stands_alone(line: Sequence[_Run], text: str) -> bool:
    """Whether a line is a heading in all but name: short, bold throughout, no sentence."""
    said = [run for run in line if run.text.strip()]
    ends = text.rstrip("*").endswith(("。", "；", "：", "，"))
    return all(run.bold for run in said) and len(text) < _LONGEST_TITLE and not ends


def _lines(runs: Sequence[_Run]) -> Iterator[list[_Run]]:
    line: list[_Run] = []
    for run in runs:
        if run.text == "\n":
            yield line
            line = []
        elif line and (line[-1].bold, line[-1].address) == (run.bold, run.address):
            line[-1] = _Run(line[-1].text + run.text, run.bold, run.address)
        else:
            line.append(run)
    yield line


def _written(line: Sequence[_Run]) -> str:
    """A line as our markup."""
    whole = ""
    for run in line:
        text = re.sub(r"[ \t\r\n\xa0]+", " ", run.text)
        text = _WIDE.sub("", text)
        words = text.strip()
        if not words:
            whole += text
            continue
        marked = f"[{words}]({run.address})" if run.address and run.address != words else words
        marked = f"**{marked}**" if run.bold and not run.address else marked
        whole += text[: len(text) - len(text.lstrip())] + marked + text[len(text.rstrip()) :]
    return _WIDE.sub("", whole).strip(" \u3000")


def _table(table: Any) -> Iterator[Block]:
    """A table; a cell that spans several stands in the first, the others are empty."""
    rows: list[list[str]] = []
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row:
            if cell.tag in ("td", "th"):
                said = " ".join(_written(line).replace("**", "") for line in _lines(list(_runs(cell, False, None))))
                cells += [said.strip().replace("|", "｜"), *([""] * (_span(cell) - 1))]
        if any(cells):
            rows.append(cells)
    if not rows:
        return
    width = max(map(len, rows))
    if width == 1:
        yield from (Block(row[0]) for row in rows if row[0])
        return
    full = [[*row, *([""] * (width - len(row)))] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in full]
    yield Block("\n".join([lines[0], "|" + " --- |" * width, *lines[1:]]), "table")


def _span(cell: Any) -> int:
    given = cell.get("colspan") or "1"
    return min(20, int(given)) if re.fullmatch(r"[1-9]\d{0,2}", given, re.ASCII) else 1


def joined(blocks: Sequence[Block]) -> str:
    """Blocks as one text; headings as sub-headings."""
    whole = ""
    blocks = [block for block in blocks if block.kind != "picture"]
    for at, block in enumerate(blocks):
        text = f"### {block.text}" if block.kind == "head" else block.text
        follows = at + 1 < len(blocks) and block.kind == blocks[at + 1].kind == "entry"
        whole += text + ("\n" if follows else "\n\n")
    return whole.rstrip("\n")


def items_of(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Items, one a heading of the highest level there is; what stands before the first has no title.

    ``pictures`` are those of a Word file: their numbers, what is said of each.
    """
    levels = [block.level for block in blocks if block.kind == "head"]
    top = min(levels, default=0)
    items: list[tuple[str, list[Block]]] = []
    for block in blocks:
        if block.kind == "head" and block.level == top:
            items.append((block.text, []))
        else:
            if not items:
                items.append(("", []))
            items[-1][1].append(block)
    return [{"title": title, "body": joined(body) + "\n" if joined(body) else "",
             "pictures": [{"at": one.level, "alt": one.text} for one in body if one.kind == "picture"]}
            for title, body in items]


def items_of_word(data: bytes) -> tuple[list[dict[str, Any]], list[str], list[bytes]]:
    """The items of a Word file, what of it was left out, in words, and its pictures.

    Raises:
        PressError: it is none, or nothing is in it.
    """
    import mammoth

    pictures, bad = list[bytes](), 0

    def kept(image: Any) -> dict[str, str]:
        nonlocal bad
        with image.open() as held:
            picture = held.read(_MOST_PICTURE + 1)
        if len(picture) > _MOST_PICTURE or len(pictures) == _MOST_PICTURES or not is_readable(picture):
            bad += 1
            return {}
        pictures.append(picture)
        return {"src": f"{_PICTURE}{len(pictures) - 1}"}

    try:
        made = mammoth.convert_to_html(io.BytesIO(data), convert_image=mammoth.images.img_element(kept))
        parts = _parts(data)
    except (BadZipFile, KeyError, ValueError, OSError):
        raise PressError("这个Word文件读不出来：请在Word里另存为 .docx 再拖") from None
    items = items_of(blocks_of(made.value))
    if not items:
        raise PressError("这个Word文件里没有文字")
    told = [f"文件里有{bad}张图读不出来，没有放进来：在Word里右键单击图片“另存为图片”，存成JPG或PNG，再拖到一则里"
            ] if bad else []
    told += ["文件里有没有接受的修订：改过的算数，删去的不算"] if re.search(rb"<w:(?:ins|del|moveFrom) ", parts) else []
    told += ["文件里有批注，没有放进来"] if b"<w:commentReference" in parts else []
    return items, told, pictures


def _parts(data: bytes) -> bytes:
    """The text of a Word file as it is stored, as far as it is of a sensible size."""
    with ZipFile(io.BytesIO(data)) as held:
        found = held.getinfo("word/document.xml")
        return held.read(found) if found.file_size <= _MOST_XML else b""
