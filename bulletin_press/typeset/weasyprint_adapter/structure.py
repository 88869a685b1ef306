"""The logical structure of laid-out pages: what a screen reader is told, in reading order.

WeasyPrint tags box by box: a paragraph of two columns is two paragraphs, a title whose line box is
anonymous is a title in a title, a link with generated content is a link in a link. Here an HTML
element is one structure element, whatever boxes it was broken into (ISO 32000-1, 14.7 and 14.8;
ISO 14289-1, 7).
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from bulletin_press.typeset.weasyprint_adapter.names import LOGGER, boxes

SVG: Final = "{http://www.w3.org/2000/svg}"
ROLES: Final = {
    "p": "P", "pre": "P", "address": "P", "h1": "H1", "h2": "H2", "h3": "H3", "h4": "H4", "h5": "H5", "h6": "H6",
    "section": "Sect", "aside": "Sect", "article": "Art", "main": "Part", "blockquote": "BlockQuote",
    "header": "Div", "footer": "Div", "nav": "Div", "figure": "Div", "figcaption": "Caption", "caption": "Caption",
    "ul": "L", "ol": "L", "dl": "L", "li": "LI", "dt": "Lbl", "dd": "P", "a": "Link",
    "table": "Table", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot", "tr": "TR", "th": "TH", "td": "TD",
}  # fmt: skip
# What `role` says goes before the element's own.
ARIA: Final = {"list": "L", "listitem": "LI", "presentation": "", "none": "", "rowheader": "TH", "columnheader": "TH"}
INSIDE: Final = {
    "TR": ("Table", "THead", "TBody", "TFoot"),
    "THead": ("Table",), "TBody": ("Table",), "TFoot": ("Table",), "TH": ("TR",), "TD": ("TR",),
    "LI": ("L",), "Lbl": ("L",),
}  # fmt: skip
ROW_GROUPS: Final = ("THead", "TBody", "TFoot")
# These hold elements; text in them stands in a paragraph.
GROUPING: Final = frozenset(
    {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "L", "LI", "Table", "TR", *ROW_GROUPS}
)
INLINE: Final = frozenset({"Span", "Link"})
SCOPES: Final = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}


class Artifact(NamedTuple):
    """What is drawn and not read (ISO 32000-1, 14.8.2.2).

    Attributes:
        kind: `Header` or `Footer` of a page, else nothing.
    """

    kind: str = ""


DECORATION: Final = Artifact()


class Leaf:
    """A piece of text or a picture, as one sequence of marked content.

    Attributes:
        node: the structure element that it belongs to.
        page: index of its page.
        box: its box.
        stream, number: where it was drawn, and its number (MCID) there; none before drawing.
    """

    __slots__ = ("box", "node", "number", "page", "stream")

    def __init__(self, node: "Node", page: int, box: Any) -> None:
        self.node, self.page, self.box = node, page, box
        self.stream: Any = None
        self.number = -1

    @property
    def text(self) -> str:
        """What is copied of it."""
        piece = self.box.__dict__.get("piece")
        return str(piece.typed if piece is not None else getattr(self.box, "text", ""))


class Node:
    """A structure element.

    Attributes:
        role: its standard type.
        element: the HTML element, none for what only PDF asks for.
        kids: elements and content, in reading order.
        alt, lang: alternative text and language, where they are its own.
        scope, spans: of a table's cell: what a head is the head of; columns and rows.
        links: the boxes of a link, with the index of their page.
    """

    __slots__ = ("alt", "element", "kids", "lang", "links", "parent", "role", "scope", "spans")

    def __init__(self, role: str, parent: "Node | None", element: Any = None) -> None:
        self.role, self.parent, self.element = role, parent, element
        self.kids: list[Node | Leaf] = []
        self.links: list[tuple[int, Any]] = []
        self.alt = self.lang = ""
        self.scope, self.spans = "", (1, 1)
        if parent is not None:
            parent.kids.append(self)

    @property
    def nodes(self) -> "list[Node]":
        """The elements among its kids."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def leaves(self) -> Iterator[Leaf]:
        """Everything of it that is drawn."""
        for kid in self.kids:
            if isinstance(kid, Leaf):
                yield kid
            else:
                yield from kid.leaves()

    @property
    def text(self) -> str:
        """What is read of it."""
        return "".join(leaf.text for leaf in self.leaves())

    def wrap(self, kid: "Node", *roles: str) -> None:
        """Put elements of these roles, one in the other, between itself and a kid."""
        parent, at = self, self.kids.index(kid)
        for role in roles:
            node = Node(role, None)
            node.parent = parent
            if parent is self:
                self.kids[at] = node
            else:
                parent.kids.append(node)
            parent = node
        parent.kids.append(kid)
        kid.parent = parent


Key = tuple[Any, str]


class Structure:
    """The structure of a document; every box that is drawn learns what it is (`box.reading`).

    Attributes:
        root: the document.

    What is no element of its own: `div`, `span` and the like (their insides belong to what they
    are in), generated content, boxes with `aria-hidden="true"`, `alt=""` or `--tag: artifact`,
    margin boxes, leaders, repeated table heads (artifacts).
    """

    def __init__(self, pages: Any) -> None:
        self.root = Node("Document", None)
        self._nodes: dict[Key, Node] = {}
        self._repeats: set[Key] = set()
        self._paragraphs: dict[Key, Node] = {}
        self._line: Key = (None, "")
        self._page = 0
        for self._page, page in enumerate(pages):
            self._walk(page._page_box, self.root, None, None)
        _settle(self.root)

    def _walk(self, box: Any, node: Node, artifact: Artifact | None, link: "Node | None") -> None:
        """Read a box and what is in it.

        Args:
            box: the box.
            node: the structure element around it.
            artifact: what it is part of, if it is not read.
            link: the link around it.
        """
        box = getattr(box, "_box", box)  # what is absolutely positioned stands behind a placeholder
        artifact = artifact or self._artifact(box)
        if isinstance(box, boxes.LineBox):
            self._line = (box.element, box.element_tag)
        if not artifact:
            node = self._node(box, node)
        if not isinstance(box, boxes.TextBox | boxes.LineBox):
            link = self._link(box, node, artifact, link)
        if isinstance(box, boxes.TextBox):
            box.reading = artifact or self._text(box, node)
        elif isinstance(box, boxes.ReplacedBox):
            box.reading = artifact or self._picture(box, node)
        else:
            for child in getattr(box, "children", ()):
                self._walk(child, node, artifact, link)

    def _link(self, box: Any, node: Node, artifact: Artifact | None, link: Node | None) -> Node | None:
        """Return the link that a box is, or is in, after noting which boxes are to be clicked.

        One link, one annotation a line: what is inline stands inside the box of its link.
        """
        if not box.link and link is None:
            return None
        box.link_is_nested = artifact is not None or (link is not None and isinstance(box, boxes.InlineBox))
        if artifact is not None:
            return link
        if link is None or (box.link and node.role == "Link"):
            link = node
            if node.role != "Link":  # a link by style sheet alone
                link = Node("Link", self._text_node(node))
                link.alt = box.link[1]
        if not box.link_is_nested:
            link.links.append((self._page, box))
        return link

    def _artifact(self, box: Any) -> Artifact | None:
        if isinstance(box, boxes.MarginBox):
            return Artifact("Header" if box.at_keyword.startswith("@top") else "Footer")
        style = box.style
        if getattr(box, "is_leader", False) or style["visibility"] != "visible" or is_decoration(box):
            return DECORATION
        element = getattr(box, "element", None)
        if element is None or isinstance(box, boxes.TextBox):
            return None
        key = (element, box.element_tag)
        if getattr(box, "is_header", False) or getattr(box, "is_footer", False) or style["position"] == "fixed":
            if key in self._repeats:
                return DECORATION
            self._repeats.add(key)
        return None

    def _node(self, box: Any, node: Node) -> Node:
        """Return the structure element of a box in another's, `node`; made when first met."""
        element, tag = getattr(box, "element", None), box.element_tag
        if element is None or isinstance(box, boxes.TextBox):
            return node
        key = (element, tag)
        if (known := self._nodes.get(key)) is not None:
            return known
        if tag != element.tag and "::" in (tag or ""):
            made = self._label(box, element, tag, node)
        else:
            made = self._made(box, element, node)
        if made.role != "Figure":
            self._nodes[key] = made
        if "lang" in element.attrib and element is made.element and made.parent is not None:
            made.lang = element.attrib["lang"]
        return made

    def _label(self, box: Any, element: Any, tag: str, node: Node) -> Node:
        """Return where generated content belongs: a list's marks are labels, all else is text of its element."""
        item = self._nodes.get((element, "li"))
        outside = box.style["position"] == "absolute" or box.style["float"] != "none"
        if item is None or item.parent is None or not (tag.endswith("::marker") or outside):
            return node
        label = Node("Lbl", None)
        label.parent = item.parent
        item.parent.kids.insert(0, label)
        return label

    def _made(self, box: Any, element: Any, node: Node) -> Node:
        attributes = element.attrib
        role = ROLES.get(element.tag, "")
        if attributes.get("role") in ARIA:
            role = ARIA[attributes["role"]]
        if role == "Link" and "href" not in attributes:
            role = ""
        if not role and attributes.get("lang") and element.tag not in ("html", "body", "div"):
            role = "Span"
        if not role or (role in INSIDE and node.role not in INSIDE[role]):
            return node
        if role == "Lbl":
            return Node("Lbl", Node("LI", node), element)
        if element.tag == "dd":
            return Node("P", _body_of(node), element)
        if role == "LI":
            return Node("LBody", Node("LI", node), element)
        if role in INLINE:
            node = self._text_node(node)
        made = Node(role, node, element)
        if role in ("TH", "TD"):
            made.spans = (box.colspan, box.rowspan)
            if role == "TH":
                row = node.parent is None or node.parent.role != "THead"
                row = row and attributes.get("role") != "columnheader"
                made.scope = SCOPES.get(attributes.get("scope", ""), "Row" if row else "Column")
        return made

    def _text_node(self, node: Node) -> Node:
        """Return where text goes that stands in an element: a paragraph of its own where that holds none."""
        if node.role not in GROUPING:
            return node
        known = self._paragraphs.get(self._line)
        if known is None or known.parent is not node or node.kids[-1] is not known:
            known = self._paragraphs[self._line] = Node("P", node)
        return known

    def _text(self, box: Any, node: Node) -> Leaf | None:
        if not box.text.strip():
            # The blank between two words; nothing is drawn.
            if not any(isinstance(kid, Leaf) for kid in node.kids):
                return None
        else:
            node = self._text_node(node)
        leaf = Leaf(node, self._page, box)
        node.kids.append(leaf)
        return leaf

    def _picture(self, box: Any, node: Node) -> Leaf:
        element = box.element
        figure = Node("Figure", node, element)
        title = element.find(f"{SVG}title") if element.tag == f"{SVG}svg" else None
        figure.alt = element.attrib.get("alt") or element.attrib.get("aria-label") or getattr(title, "text", "") or ""
        if not figure.alt:
            LOGGER.error('Image "%s" has no required alt description', element.attrib.get("src", "unknown"))
        leaf = Leaf(figure, self._page, box)
        figure.kids.append(leaf)
        return leaf


def is_decoration(box: Any) -> bool:
    """Whether a theme says of a box that it is not to be read: a running head, or marked as decoration."""
    if isinstance(box, boxes.MarginBox):
        return True
    if any(getattr(token, "value", "") == "artifact" for token in box.style["__tag"] or ()):
        return True
    element = getattr(box, "element", None)
    if element is None or isinstance(box, boxes.TextBox):
        return False
    return bool(element.attrib.get("aria-hidden") == "true" or element.attrib.get("alt") == "")


def _body_of(node: Node) -> Node:
    """Return the body of a description list's last item."""
    item = node.nodes[-1] if node.role == "L" and node.nodes else Node("LI", node) if node.role == "L" else node
    if item.role != "LI":
        return item
    last = item.nodes[-1] if item.nodes else None
    return last if last is not None and last.role == "LBody" else Node("LBody", item)


def _settle(node: Node) -> None:
    """Bring elements to the forms that readers know."""
    for kid in node.nodes:
        _settle(kid)
    roles = [kid.role for kid in node.nodes]
    if roles and len(roles) < len(node.kids):
        _gather(node, "Span")  # some readers take an element's own text before what is in it
    if node.role == "P" and not set(roles) <= INLINE | {"Figure"}:
        node.role = "Div"
        _gather(node, "P")
    elif node.role == "LI" and "LBody" not in roles:
        for kid in node.nodes:
            kid.role = "LBody"
    elif node.role == "L":
        for kid in node.nodes:
            if kid.role not in ("LI", "L", "Caption"):
                node.wrap(kid, "LI", "LBody")
    elif node.role == "Div" and roles.count("Table") == 1 and "Caption" in roles and "Figure" not in roles:
        _give_caption(node)


def _gather(node: Node, role: str) -> None:
    """Put the text that stands beside elements into elements of its own: `Span`, or `P` with what is in the line."""
    kids, node.kids = node.kids, []
    made: Node | None = None
    for kid in kids:
        if isinstance(kid, Node) and (role == "Span" or kid.role not in INLINE):
            node.kids.append(kid)
            made = None
            continue
        made = made or Node(role, node)
        made.kids.append(kid)
        if isinstance(kid, Leaf):
            kid.node = made
        else:
            kid.parent = made


def _give_caption(node: Node) -> None:
    """Move the caption of a table that stands before or after it into the table."""
    at = next(i for i, kid in enumerate(node.kids) if isinstance(kid, Node) and kid.role == "Table")
    table = node.kids[at]
    assert isinstance(table, Node)
    before = node.kids[at - 1] if at else None
    after = node.kids[at + 1] if at + 1 < len(node.kids) else None
    for kid, place in ((before, 0), (after, len(table.kids))):
        if isinstance(kid, Node) and kid.role == "Caption" and "Caption" not in [one.role for one in table.nodes]:
            node.kids.remove(kid)
            table.kids.insert(place, kid)
            kid.parent = table
