"""Style sheets of pages that are laid out again and again, read once."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from bulletin_press.typeset.weasyprint_adapter.names import css

# Style sheets that were read before, by their text.
_MOST_SHEETS = 3


@dataclass
class Sheets:
    """Style sheets that are read once: a theme's does not change while an issue is typed."""

    known: dict[str, tuple[Any, list[Any], list[Any], Any]] = field(default_factory=dict)

    @contextmanager
    def reading(self, counter_style: Any) -> Iterator[None]:
        """Have WeasyPrint take style sheets of the page from here."""
        find_of = css.find_stylesheets

        def find_stylesheets(wrapper: Any, media: Any, fetcher: Any, base: Any, fonts: Any, counters: Any,
                             profiles: Any, page_rules: list[Any], layers: list[Any]) -> Iterator[Any]:
            texts = [one.etree_element.text or "" for one in wrapper.query_all("style", "link")]
            key = "\0".join(texts)
            if key not in self.known:
                while len(self.known) >= _MOST_SHEETS:
                    del self.known[next(iter(self.known))]
                rules, own, counted = list[Any](), list[Any](), copy.copy(counters)
                sheets = list(find_of(wrapper, media, fetcher, base, fonts, counted, profiles, rules, own))
                self.known[key] = sheets, rules, own, counted
            sheets, rules, own, counted = self.known[key]
            page_rules.extend(rules)
            layers.extend(own)
            counters.update(counted)
            yield from sheets

        css.find_stylesheets = find_stylesheets
        try:
            yield
        finally:
            css.find_stylesheets = find_of
