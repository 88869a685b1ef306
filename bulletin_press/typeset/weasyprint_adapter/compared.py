"""Two states of a page of HTML compared, element by element: what of the new one stood in the old one just so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

# Where something was typed: the layout does not ask for it.
ORIGINS = ("data-origin", "data-from")
# What stands in these concerns no page; what these say themselves, every page.
_NOWHERE = ("title", "meta")
_EVERYWHERE = ("html", "head", "style", "body")


@dataclass(frozen=True)
class Node:
    """An element of a page that was laid out, without the element.

    Attributes:
        number: its place among all elements, in the order of the document.
        digest: of all that it is and holds, and of the text behind it.
        own: of the same without the elements in it.
        first, last: the pages that it is on, from 0; −1 where it is on none.
        anchor: its id.
        children: the elements in it.
    """

    number: int
    digest: bytes
    own: bytes
    first: int
    last: int
    anchor: str
    children: tuple[Node, ...]
    tag: str = ""

    def walk(self) -> Iterator[Node]:
        """The element and all in it, in the order of the document."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Change:
    """A place where the new page differs: on which page, from 0, it was, and the number of its node.

    ``listed`` is whether it stands in a list of what is elsewhere (本期导读); ``typed`` whether an element says
    something else, while all elements are there that were.
    """

    page: int
    number: int
    listed: bool = False
    typed: bool = False


class Compared:
    """A new tree beside the nodes of the old one.

    Attributes:
        same: the nodes of the new elements that are as they were, with all that is in them.
        known: the nodes of those that are the same element, whatever is in it.
        changes: where they differ, in the order of the document.
        everywhere: whether they differ in what concerns all pages.
    """

    def __init__(self, root: Any, old: Node) -> None:
        self.digests: dict[Any, tuple[bytes, bytes]] = {}
        digested(root, self.digests)
        self.same: dict[Any, Node] = {}
        self.known: dict[Any, Node] = {}
        self.changes: list[Change] = []
        self.everywhere = False
        self._pair(root, old, 0, False)

    def _pair(self, element: Any, node: Node, page: int, listed: bool) -> None:
        """An element that is the old one, perhaps changed; ``page`` is where what it stands in begins."""
        digest, own = self.digests[element]
        page, listed = node.first if node.first >= 0 else page, listed or element.tag == "nav"
        self.known[element] = node
        if digest == node.digest:
            for one, other in zip(element.iter(), node.walk(), strict=True):
                self.same[one] = self.known[one] = other
            return
        if own != node.own:
            self.everywhere |= element.tag in _EVERYWHERE
            if element.tag not in _NOWHERE:
                self.changes.append(Change(page, node.number, listed, typed=True))
        new, old = list(element), list(node.children)
        head = 0
        while head < min(len(new), len(old)) and self.digests[new[head]][0] == old[head].digest:
            self._pair(new[head], old[head], page, listed)
            head += 1
        tail = 0
        while tail < min(len(new), len(old)) - head and self.digests[new[-1 - tail]][0] == old[-1 - tail].digest:
            tail += 1
        middle, gone = new[head : len(new) - tail], old[head : len(old) - tail]
        if [one.tag for one in middle] == [one.tag for one in gone]:
            for one, other in zip(middle, gone, strict=True):
                self._pair(one, other, page, listed)
        elif middle or gone:
            self.everywhere |= element.tag == "head"
            before = old[head - 1] if head else None
            pages = [one.first for one in gone if one.first >= 0]
            first = before.last if before and before.last >= 0 else page
            self.changes.append(Change(min([first, *pages]), (before or node).number, listed))
        for at in range(tail, 0, -1):
            self._pair(new[-at], old[-at], page, listed)


def digested(element: Any, into: dict[Any, tuple[bytes, bytes]]) -> bytes:
    """The digest of an element and all in it; both digests of each go into a table."""
    attributes = "\0".join(f"{name}={value}" for name, value in sorted(element.items()) if name not in ORIGINS)
    said = "\0".join((element.tag, attributes, element.text or "", element.tail or ""))
    own = blake2b(said.encode(), digest_size=8).digest()
    inside = [digested(child, into) for child in element]
    digest = blake2b(b"".join([own, *inside]), digest_size=8).digest() if inside else own
    into[element] = digest, own
    return digest


def noted(root: Any, pages_of: Callable[[Any], tuple[int, int]]) -> tuple[Node, Mapping[Any, Node]]:
    """The nodes of a tree, and which element each one is."""
    digests: dict[Any, tuple[bytes, bytes]] = {}
    digested(root, digests)
    nodes: dict[Any, Node] = {}
    numbers = {element: number for number, element in enumerate(root.iter())}

    def node(element: Any) -> Node:
        digest, own = digests[element]
        first, last = pages_of(element)
        inside = tuple(map(node, element))
        made = Node(numbers[element], digest, own, first, last, element.get("id", ""), inside, element.tag)
        nodes[element] = made
        return made

    return node(root), nodes
