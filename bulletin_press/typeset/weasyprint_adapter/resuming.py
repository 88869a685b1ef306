"""Pages of a changed text laid out from the page where the change begins to the page that ends as it did before.

The engine is handed a page of HTML of which everything is emptied that stands on no page in question, and begins
where the page began in the layout that was kept. When a page ends where it ended then, those after it are as they
were. Private names of WeasyPrint's: inside ``setter.Setter.composing`` and on the known version only.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from weasyprint import HTML

from bulletin_press.pictures import LoadedPicture
from bulletin_press.typeset.assets import Assets
from bulletin_press.typeset.weasyprint_adapter.bounds import bounded_numbers
from bulletin_press.typeset.weasyprint_adapter.compared import Change, Compared
from bulletin_press.typeset.weasyprint_adapter.endless import ending
from bulletin_press.typeset.weasyprint_adapter.fetching import AssetFetcher
from bulletin_press.typeset.weasyprint_adapter.kept_layout import KeptLayout, Mark, mark_of
from bulletin_press.typeset.weasyprint_adapter.layout import plain, told_even
from bulletin_press.typeset.weasyprint_adapter.names import (
    DEFAULT_OPTIONS,
    CounterStyle,
    Document,
    DocumentMetadata,
    Page,
    TargetLookupItem,
    boxes,
    build_formatting_structure,
    initialize_page_maker,
    layout_backgrounds,
    make_margin_boxes,
    page,
)
from bulletin_press.typeset.weasyprint_adapter.pictures import drawn_pictures
from bulletin_press.typeset.weasyprint_adapter.read_sheets import Sheets
from bulletin_press.typeset.weasyprint_adapter.reading import read_as_xml

# Elements that are a block wherever they stand: emptied, they still are one box.
_BLOCKS = frozenset({"article", "section", "nav", "header", "footer", "div", "p", "ul", "ol", "dl", "h1", "h2", "h3",
                     "h4", "figure", "table"})
_COUNTERS = ("counter()", "counters()")


class CannotResume(Exception):
    """The change cannot be laid out from a page on: everything must be."""


class _Further(Exception):
    """Pages have changed behind those that were looked for."""


@dataclass(frozen=True)
class Resumed:
    """Pages that were laid out: their boxes by index, from 0; how many pages there are, as far as is known.

    ``settled`` is whether all others are as they were.
    """

    pages: Mapping[int, Any]
    count: int
    settled: bool
    html: Any


def resumed(html: Any, kept: KeptLayout, fonts: Any, cache: dict[str, Any], sheets: Sheets, *, most: int,
            wide: bool = True) -> Resumed:
    """Lay out the pages that a changed text changes.

    Args:
        html: the changed page, parsed (``weasyprint.HTML``); emptied in part.
        kept: the layout of the page as it was.
        fonts: the configuration of fonts.
        cache: pictures by address.
        sheets: style sheets that were read before.
        most: pages that may be laid out.
        wide: whether further pages than that of the change are made ready.

    Raises:
        CannotResume: the change is of a kind that is not laid out so.
        _Further: it goes on behind the pages that were made ready.
    """
    if not kept.resumes:
        raise CannotResume("pages depend on each other")
    compared = Compared(html.etree_element, kept.root)
    if compared.everywhere:
        raise CannotResume("every page may have changed")
    if not compared.changes:
        return Resumed({}, kept.count, True, html)
    return _Resuming(html, kept, compared, fonts, cache, sheets, most, wide=wide).run()


class _Resuming:
    def __init__(self, html: Any, kept: KeptLayout, compared: Compared, fonts: Any, cache: Any, sheets: Sheets,
                 most: int, *, wide: bool) -> None:
        self.html, self.kept, self.compared, self.most, self.wide = html, kept, compared, most, wide
        self.nodes = [*kept.root.walk()]
        # From which page on, and the page of the change itself, which is laid out in any case.
        # A list of what is elsewhere follows with the whole layout, where something else has changed.
        changes = [change for change in compared.changes if not change.listed] or compared.changes
        self.all = len(changes) == len(compared.changes)
        self.begins = sorted({(self._begin(change), change.page) for change in changes})
        self.unchanged: set[int] = set()
        # A page is filled with what stood on the next one.
        wanted = {index for begin, changed in self.begins
                  for index in range(begin, (begin + most if wide else changed + 1) + 1)}
        self._empty(html.etree_element, wanted)
        counters = CounterStyle()
        options = {**DEFAULT_OPTIONS, "cache": cache}
        with sheets.reading(counters):
            self.context = Document._build_layout_context(html, fonts, counters, {}, options)
        self._know_targets()
        self.root = build_formatting_structure(
            html.etree_element, self.context.style_for, self.context.get_image_from_uri, html.base_url,
            self.context.target_collector, counters, self.context.footnotes)
        if self.context.footnotes:
            raise CannotResume("footnotes")
        self.ways: dict[int, tuple[Any, tuple[int, ...]]] = {}
        self.states: dict[int, Any] = {}
        self.told = self.moved = False
        self.changed_from = 0

    def _begin(self, change: Change) -> int:
        """The page from which a change is laid out: the one before, where that may end otherwise for it."""
        index = change.page
        start = self.kept.starts[index].mark if index < len(self.kept.starts) else None
        if index and start is not None and (change.number < self.kept.behind[index] or (
                not change.typed and self._near(start.number, change.number))):
            index -= 1
        while index and index - 1 in self.kept.carried:
            index -= 1
        return index

    def _near(self, start: int, changed: int) -> bool:
        """Whether a change is so near a page's beginning that the break before it may depend on it."""
        blocks = 0
        for node in self.nodes[max(0, start) : changed]:
            if not node.children:
                blocks += 1
        return blocks < _NEAR

    def _empty(self, element: Any, wanted: set[int]) -> None:
        """Take out what stands on no page in question."""
        for child in list(element):
            node = self.compared.same.get(child)
            if node is not None and child.tag in _BLOCKS and node.first >= 0 and not any(
                    index in wanted for index in range(node.first, node.last + 1)):
                for inner in list(child):
                    child.remove(inner)
                child.text = None
            elif len(child):
                self._empty(child, wanted)

    def _know_targets(self) -> None:
        """Tell the engine the pages of what is linked to, as they were."""
        items = self.context.target_collector.target_lookup_items
        for name in self.kept.targets:
            if name not in items:
                items[name] = item = TargetLookupItem("up-to-date")
                item.target_box = SimpleNamespace(cached_counter_values={})

    def _seed(self, begin: int) -> None:
        """Put the engine where a page began."""
        context, kept = self.context, self.kept
        collector = context.target_collector
        initialize_page_maker(context, self.root)
        context.rendered_notes = []
        context.broken_out_of_flow, context.reported_footnotes = {}, []
        maker = []
        for index, start in enumerate(kept.starts[: begin + 1]):
            remade = {"content_changed": False, "pages_wanted": False, "anchors": list(start.anchors),
                      "content_lookups": []}
            way = None if start.mark is None or index < begin else self._way(start.mark)
            maker.append((way, dict(start.next_page), start.right_page, copy.deepcopy(start.state), remade))
        context.page_maker = maker
        context.style_for.initial_page_sizes.update(kept.sizes)
        for name, (index, values) in kept.targets.items():
            item = collector.target_lookup_items.get(name)
            if item is not None and item.state == "up-to-date":
                item.page_maker_index, item.cached_page_counter_values = index, copy.deepcopy(values)
        if not self.told:
            self._tell_targets()

    def _tell_targets(self) -> None:
        """Put the numbers of pages where they are asked for; they are changed by nothing that is resumed."""
        self.told = True
        for (box, token), lookup in self.context.target_collector.counter_lookup_items.items():
            if token != "content":
                continue
            # The page's own number: which page that is shows when it is laid out.
            if any(kind in _COUNTERS for kind, _ in box.style["content"]):
                raise CannotResume("counters")
            lookup.parse_again({})
            lookup.missing_counters, lookup.missing_target_counters = [], {}

    def _way(self, mark: Mark) -> Any:
        """The engine's way to a mark in the new boxes."""
        if not self.ways:
            self._find_ways(self.root, ())
        if mark.number not in self.ways:
            raise CannotResume("a page began inside what is gone")
        element, way = self.ways[mark.number]
        if mark.rest is not None and element not in self.compared.same and not self._before_change(mark):
            raise CannotResume("a page began inside what has changed")
        made = copy.deepcopy(mark.rest)
        for index in reversed(way):
            made = {index: made}
        return made

    def _before_change(self, mark: Mark) -> bool:
        # A page that begins inside a changed element is only begun at where nothing before it changed: the
        # paragraph itself has not, or the change would begin on the page before.
        return isinstance(mark.rest, dict) and self._is_parted(mark.number)

    def _find_ways(self, box: Any, way: tuple[int, ...]) -> None:
        if not way:
            self.ways[self.compared.known[box.element].number] = box.element, way
        for index, child in enumerate(getattr(box, "children", ())):
            element = child.element
            here = (*way, index)
            if element is not None and element is not box.element and child.element_tag == element.tag:
                node = self.compared.known.get(element)
                if node is not None:
                    self.ways.setdefault(node.number, (element, here))
            self._find_ways(child, here)

    def run(self) -> Resumed:
        made: dict[int, Any] = {}
        count, settled, at = self.kept.count, True, 0
        for begin, changed in self.begins:
            if changed < at:
                continue
            start = max(begin, at)
            at, ended, settled = self._some(start, made)
            self.moved |= self._has_moved(start, at, made)
            if ended:
                count = at
            if ended or not settled:
                break
        self._dress(made)
        count = max(count, *(index + 1 for index in made))
        made = {index: box for index, box in made.items() if index not in self.unchanged}
        return Resumed(made, count, settled and self.all and not self.moved, self.html)

    def _has_moved(self, begin: int, end: int, made: Mapping[int, Any]) -> bool:
        """Whether what a page elsewhere may name by its page has come to another: what began on these pages."""
        seen: dict[str, int] = {}
        for index in range(begin, end):
            for child in made[index].descendants():
                if child.style["anchor"]:
                    seen.setdefault(child.style["anchor"], index)
        was = {name: index for name, (index, _) in self.kept.targets.items()}
        return any(begin <= was.get(name, -1) != index for name, index in seen.items())

    def _some(self, begin: int, made: dict[int, Any]) -> tuple[int, bool, bool]:
        """Pages from one on: the index after the last, whether the document ends there, whether the rest stays."""
        self._seed(begin)
        # Changes that begin on these pages are laid out with them.
        until = begin
        self.changed_from = min(changed for _, changed in self.begins if changed >= begin)
        for other, changed in self.begins:
            if other <= until or changed <= until:
                until = max(until, changed)
        context, index = self.context, begin
        while len(made) < self.most:
            box, resume_at = page.remake_page(index, context, self.root, self.html)
            made[index] = box
            index += 1
            self.states[index] = context.page_maker[index][3]
            if context.reported_footnotes:
                raise CannotResume("footnotes")
            if resume_at is None:
                return index, True, True
            if index <= self.changed_from and self._as_before(index, resume_at):
                # It was laid out to see whether it ends as it did.
                self.unchanged.add(index - 1)
            if index > until and not context.broken_out_of_flow and self._as_before(index, resume_at):
                return index, False, True
            if index > until and not self.wide:
                raise _Further
        return index, False, False

    def _as_before(self, index: int, resume_at: Any) -> bool:
        """Whether a page begins where it began, and everything behind that is as it was or is laid out later."""
        if index >= self.kept.count or index - 1 in self.kept.carried:
            return False
        old, (_, following, right, state, _) = self.kept.starts[index], self.context.page_maker[index]
        found = mark_of(self.root, resume_at, self.compared.known)
        if found is None or old.mark is None or found != old.mark:
            return False
        if dict(following) != dict(old.next_page) or right != old.right_page or state != old.state:
            return False
        element = self.ways_of(found.number)
        return element is not None and (
            found.rest is None or element in self.compared.same or self._is_parted(found.number))

    def _is_parted(self, number: int) -> bool:
        """Whether an element is begun between those in it. Inside lines the same offset may be of another text."""
        box = self.root
        for index in self.ways[number][1]:
            box = box.children[index]
        return bool(self.nodes[number].children) and not any(
            isinstance(child, boxes.LineBox) for child in box.children)

    def ways_of(self, number: int) -> Any:
        """The new element of an old one."""
        if not self.ways:
            self._find_ways(self.root, ())
        return self.ways[number][0] if number in self.ways else None

    def _dress(self, made: dict[int, Any]) -> None:
        """Give pages their margins' text and their backgrounds, as the engine does in the end."""
        context = self.context
        for name, pages in self.kept.strings.items():
            for number, said in pages.items():
                if number - 1 not in made:
                    context.string_set[name][number] = list(said)
        for index, box in made.items():
            for child in box.descendants():
                if child.string_set and child.string_set != "none":
                    for name, text in child.string_set:
                        context.string_set[name][index + 1].append(text)
        for index, box in sorted(made.items()):
            context.current_page = index + 1
            state = copy.deepcopy(self.states[index + 1])
            state[1]["pages"] = [self.kept.count]
            root, footnotes, notes = box.children
            children = [root, *([footnotes] if footnotes.children else []), *([notes] if notes.children else [])]
            children.extend(make_margin_boxes(context, box, state))
            box.children = tuple(children)
            layout_backgrounds(box, context.get_image_from_uri)


_NEAR = 6


def of_text(text: str, assets: Assets, pictures: Mapping[str, LoadedPicture], kept: KeptLayout, fonts: Any,
            sheets: Sheets, *, dpi: int, most: int) -> Resumed:
    """Lay out the pages that a changed page of HTML changes; see ``live.LiveSetter.redrawn``.

    Raises:
        CannotResume: the change is of a kind that is not laid out so.
    """
    text = plain(told_even(text) if kept.even else text)
    fetcher = AssetFetcher(assets)
    cache = drawn_pictures(pictures, dpi)
    for picture in cache.values():
        picture.inches = kept.inches.get(picture.id, 0.0)
    for wide in (False, True):
        # What stands on no page in question is taken out of it: each time it is read anew.
        html = read_as_xml(text, fetcher) if kept.plain else None
        if html is None:
            html = HTML(string=text, base_url=None, url_fetcher=fetcher, media_type="print")
        try:
            with ending(), bounded_numbers():
                return resumed(html, kept, fonts, cache, sheets, most=most, wide=wide)
        except _Further:
            continue
    raise CannotResume("nothing was laid out")


def document_of(made: Resumed, assets: Assets, fonts: Any) -> Any:
    """A document of the pages that were laid out, to be drawn."""
    document = Document([Page(box) for box in made.pages.values()], DocumentMetadata(), AssetFetcher(assets), fonts,
                        {}, None)
    document._html = made.html
    return document
