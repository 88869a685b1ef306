"""Word files (.docx): paragraphs through zipfile and defusedxml, as they read with every change accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bulletin_press.intake.readers.limits import Refused, opened

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
_NOTES = {"word/comments.xml": "批注", "word/footnotes.xml": "脚注", "word/endnotes.xml": "尾注"}
# Of all paragraphs; of one of them, characters.
MOST_PARAGRAPHS, MOST_CHARACTERS = 20_000, 100_000
MOST_NOTES = 1_000
# What is no text of the paragraph: taken away, moved away, the code of a field; an older program's drawing.
_GONE = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_W}pPr", f"{_W}rPr",
                   "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})
_SAID = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_BIG = "这个文件太大了（解开以后），不像一期刊物；请另存一份，只留正文再试"
_SAVE = "请用 Word 或 WPS 打开，另存为 .docx 再试"


@dataclass
class Read:
    """A paragraph: the names of the bookmarks that begin in it, its text, by character whether it is bold."""

    names: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    strong: list[str] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"names": self.names, "text": "".join(self.text), "strong": "".join(self.strong)}


def read_word(data: bytes) -> dict[str, Any]:
    """The paragraphs of a file, and what hangs on them.

    Returns:
        ``paragraphs``: each with ``names``, ``text``, ``strong``; ``notes``: what was written beside the text.

    Raises:
        Refused: it is no Word file, has a password, is damaged or too large.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Refused(f"这是旧的 .doc 或设了密码的文件，读不了；{_SAVE}（去掉密码）")
    if not data.startswith(b"PK"):
        raise Refused(f"这不是 Word 文件；{_SAVE}")
    with opened(data, ("word/",)) as archive:
        names = set(archive.namelist())
        if _MAIN not in names:
            raise Refused(f"这是压缩包，不是 Word 文件（里面没有正文）；{_SAVE}")
        body = _root(archive.read(_MAIN), _MAIN)
        notes = [f"{kind}：{text}" for part, kind in _NOTES.items() if part in names
                 for text in _notes(_root(archive.read(part), part))]
    return {"paragraphs": [one.plain() for one in _paragraphs(body)], "notes": notes[:MOST_NOTES]}


def _root(data: bytes, part: str) -> Element:
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Refused(f"文件已损坏，或里面有不该有的东西（{part} 读不出来）；{_SAVE}") from error
    return root


def _notes(root: Element) -> Iterator[str]:
    for note in root:
        # A note that has a type is a rule between notes.
        if note.get(f"{_W}type") in (None, "normal"):
            read = Read()
            _walk(note, read, [], strong=False)
            if text := "".join(read.text).strip():
                yield text


def _paragraphs(root: Element) -> Iterator[Read]:
    """Every paragraph in order; one whose end was taken away goes on with the next."""
    held: Read | None = None
    for count, element in enumerate(_blocks(next(root.iter(f"{_W}body"), root)), 1):
        read = Read()
        inside: list[Element] = []
        _walk(element, read, inside, strong=False)
        if held is not None:
            # What is nothing but an end has no name any more.
            read.names = (held.names if held.text else []) + read.names
            read.text, read.strong = held.text + read.text, held.strong + read.strong
            held = None
        if count > MOST_PARAGRAPHS or sum(map(len, read.text)) > MOST_CHARACTERS:
            raise Refused(_BIG)
        if element.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
            held = read
        else:
            yield read
        for one in inside:
            framed = Read()
            _walk(one, framed, [], strong=False)
            yield framed
    if held is not None and held.text:
        yield held


def _blocks(element: Element) -> Iterator[Element]:
    """The paragraphs below an element, those of tables too; not those that lie in another."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{_W}p":
            yield child
        elif child.tag not in _GONE and not _taken(child):
            stack.append(iter(child))


def _taken(element: Element) -> bool:
    """Whether a row was taken out of its table."""
    return element.tag == f"{_W}tr" and element.find(f"{_W}trPr/{_W}del") is not None


def _walk(element: Element, read: Read, inside: list[Element], *, strong: bool) -> None:
    """Gather what stands in an element; paragraphs in it (of a text box) are handed back."""
    for child in element:
        tag = child.tag
        if tag in _GONE:
            continue
        if tag == f"{_W}p":
            if element.tag.endswith("txbxContent"):
                inside.append(child)
                continue
            if read.text:
                _add(read, "\n", strong=False)
            _walk(child, read, inside, strong=strong)
        elif tag == f"{_W}bookmarkStart":
            read.names.append(child.get(f"{_W}name", "")[:80])
        elif tag == f"{_W}t":
            _add(read, child.text or "", strong=strong)
        elif tag in _SAID:
            _add(read, _SAID[tag], strong=strong)
        elif tag == f"{_W}r":
            bold = child.find(f"{_W}rPr/{_W}b")
            _walk(child, read, inside,
                  strong=bold is not None and bold.get(f"{_W}val", "1") not in ("0", "false", "off"))
        else:
            _walk(child, read, inside, strong=strong)


def _add(read: Read, text: str, *, strong: bool) -> None:
    read.text.append(text)
    read.strong.append(("1" if strong else "0") * len(text))
