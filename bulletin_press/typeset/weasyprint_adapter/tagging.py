"""The structure written into a PDF: stands in for WeasyPrint's `add_tags`."""

from collections.abc import Iterator
from typing import Any, Final

from pydyf import Array, Dictionary, String

from bulletin_press.typeset.weasyprint_adapter.structure import ROW_GROUPS, Leaf, Node

POINTS_PER_PIXEL: Final = 0.75
CELLS: Final = ("TH", "TD")


def add_tags(pdf: Any, document: Any, _: Any, page_streams: list[Any]) -> None:
    """Write a document's structure tree, with the way back from content and annotations to it."""
    Tags(pdf, document, page_streams).write()


class Tags:
    """One document's tags, being written."""

    def __init__(self, pdf: Any, document: Any, streams: list[Any]) -> None:
        self._pdf, self._document, self._streams = pdf, document, streams
        self._pages = pdf.page_references
        self._references: dict[int, bytes] = {}
        self._groups: list[Any] = []
        self._annotations: list[tuple[Any, bytes]] = []
        self._named: list[tuple[str, bytes]] = []
        self._tables = 0

    def write(self) -> None:
        """Write everything."""
        pdf = self._pdf
        parents, root = Dictionary({}), Dictionary({"Type": "/StructTreeRoot"})
        for one in (parents, root):
            pdf.add_object(one)
        root["ParentTree"] = parents.reference
        document = self._written(self._document.structure.root, root.reference)
        root["K"] = Array([document.reference])
        if self._named:
            named = [one for name, at in sorted(self._named) for one in (String(name), at)]
            root["IDTree"] = Dictionary({"Names": Array(named)})
        parents["Nums"] = Array(self._numbers())
        root["ParentTreeNextKey"] = len(parents["Nums"]) // 2
        pdf.catalog["StructTreeRoot"] = root.reference
        pdf.catalog["ViewerPreferences"] = Dictionary({"DisplayDocTitle": "true"})
        pdf.catalog["MarkInfo"] = Dictionary({"Marked": "true"})
        if "Lang" not in pdf.catalog:
            pdf.catalog["Lang"] = String()

    def _added(self, one: Any) -> Any:
        self._pdf.add_object(one)
        return one

    def _numbers(self) -> Iterator[Any]:
        """Yield the number tree from pages, drawings with text and annotations to elements."""
        number = 0
        for stream in (*self._streams, *self._groups):
            yield number
            yield Array(self._references[id(leaf.node)] for leaf in stream.__dict__.get("contents", ()))
            number += 1
        for annotation, reference in self._annotations:
            annotation["StructParent"] = number
            yield number
            yield reference
            number += 1

    def _written(self, node: Node, parent: bytes) -> Any:
        element = self._added(Dictionary({"Type": "/StructElem", "S": f"/{node.role}", "P": parent}))
        self._references[id(node)] = element.reference
        drawn = next((leaf for leaf in node.leaves() if leaf.number >= 0), None)
        page = drawn.page if drawn else node.links[0][0] if node.links else None
        if page is not None:
            element["Pg"] = self._pages[page]
        if node.alt:
            element["Alt"] = String(node.alt)
        if node.lang:
            element["Lang"] = String(node.lang)
        kids = element["K"] = Array()
        for kid in node.kids:
            if isinstance(kid, Leaf):
                if kid.number >= 0:
                    kids.append(self._content(kid, page))
            elif _speaks(kid):
                kids.append(self._written(kid, element.reference).reference)
        if node.role == "Link":
            self._link(node, element)
        if attributes := self._attributes(node):
            element["A"] = attributes
        if node.role == "Table":
            self._associate(node)
        return element

    def _content(self, leaf: Leaf, page: int | None) -> Any:
        """Return what stands for marked content among an element's kids."""
        in_group = leaf.stream is not self._streams[leaf.page]
        if leaf.page == page and not in_group:
            return leaf.number
        found = Dictionary({"Type": "/MCR", "Pg": self._pages[leaf.page], "MCID": leaf.number})
        if in_group:
            if leaf.stream not in self._groups:
                leaf.stream.extra["StructParents"] = len(self._streams) + len(self._groups)
                self._groups.append(leaf.stream)
            found["Stm"] = leaf.stream.reference
        return found

    def _link(self, node: Node, element: Any) -> None:
        """Add a link's annotations; without any it is mere text."""
        text = " ".join(node.text.split())
        made = [(page, box.link_annotation) for page, box in node.links if box.link_annotation]
        if not made:
            element["S"] = "/Span"
        for page, annotation in made:
            target = annotation["A"]["URI"].string if "A" in annotation else ""
            annotation["Contents"] = String(" ".join(dict.fromkeys(filter(None, (text or node.alt, target)))))
            self._annotations.append((annotation, element.reference))
            element["K"].append(Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": self._pages[page]}))

    def _attributes(self, node: Node) -> Any:
        """Return the attributes of an element (ISO 32000-1, 14.8.5), or nothing."""
        if node.role == "Figure":
            return self._place(node)
        if node.role == "L":
            marks = any(kid.role == "Lbl" for item in node.nodes for kid in item.nodes)
            ordered = getattr(node.element, "tag", "") == "ol"
            numbering = "None" if not marks else "Decimal" if ordered else "Unordered"
            return Dictionary({"O": "/List", "ListNumbering": f"/{numbering}"}) if numbering != "Unordered" else None
        if node.role not in CELLS:
            return None
        found = Dictionary({"O": "/Table"})
        for name, count in zip(("ColSpan", "RowSpan"), node.spans, strict=True):
            if count != 1:
                found[name] = count
        if node.scope:
            found["Scope"] = f"/{node.scope}"
        return found

    def _place(self, node: Node) -> Any:
        """Return where a picture stands, pt from the foot of its page."""
        leaf = next(node.leaves())
        box, height = leaf.box, self._document.pages[leaf.page].height
        left, top = box.content_box_x(), box.content_box_y()
        edges = (left, height - top - box.height, left + box.width, height - top)
        return Dictionary({"O": "/Layout", "BBox": Array(edge * POINTS_PER_PIXEL for edge in edges)})

    def _associate(self, table: Node) -> None:
        """Name the heads of a table, and tell its cells which are theirs."""
        self._tables += 1
        columns: dict[int, list[str]] = {}
        pending: dict[int, list[str]] = {}
        taken: dict[tuple[int, int], bool] = {}
        for row, cells in enumerate(_rows(table)):
            column, heads, data = 0, list(pending.get(row, ())), []
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                across, down = cell.spans
                taken |= {(row + y, column + x): True for y in range(down) for x in range(across)}
                if cell.role == "TD":
                    data.append((cell, column, across))
                else:
                    name = f"t{self._tables}r{row}c{column}"
                    self._element(cell)["ID"] = String(name)
                    self._named.append((name, self._references[id(cell)]))
                    if cell.scope == "Row":
                        for y in range(down):
                            pending.setdefault(row + y, []).append(name)
                        heads.append(name)
                    else:
                        for x in range(across):
                            columns.setdefault(column + x, []).append(name)
                column += across
            for cell, first, across in data:
                found = [*heads, *(name for x in range(across) for name in columns.get(first + x, ()))]
                if found:
                    self._element(cell)["A"]["Headers"] = Array(String(name) for name in dict.fromkeys(found))

    def _element(self, node: Node) -> Any:
        return self._pdf.objects[int(self._references[id(node)].split()[0])]


def _rows(table: Node) -> Iterator[list[Node]]:
    for kid in table.nodes:
        if kid.role == "TR":
            yield [cell for cell in kid.nodes if cell.role in CELLS]
        elif kid.role in ROW_GROUPS:
            yield from _rows(kid)


def _speaks(node: Node) -> bool:
    """Whether an element is read: it holds what was drawn, or keeps a table's columns in line."""
    return node.role in CELLS or bool(node.links) or any(_is_read(leaf) for leaf in node.leaves()) or any(
        _speaks(kid) for kid in node.nodes if kid.role in ("TR", *ROW_GROUPS))


def _is_read(leaf: Leaf) -> bool:
    return leaf.number >= 0 and (bool(leaf.text.strip()) or not hasattr(leaf.box, "text"))
