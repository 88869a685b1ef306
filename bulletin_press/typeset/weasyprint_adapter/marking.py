"""Content marked while it is drawn: what belongs to a structure element, and what is an artifact."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pydyf import Dictionary

from bulletin_press.typeset.weasyprint_adapter.structure import DECORATION, Artifact, Leaf, Structure

# In WeasyPrint's own table of a page's marks, which a page's streams share: how many are open.
_OPEN = "open"


def generating(generate_pdf_of: Callable[..., Any]) -> Callable[..., Any]:
    """What stands in for `generate_pdf`: the structure is known before anything is drawn."""

    def generate_pdf(document: Any, *arguments: Any, **options: Any) -> Any:
        """Draw a laid-out document."""
        document.structure = Structure(document.pages)
        try:
            return generate_pdf_of(document, *arguments, **options)
        finally:
            del document.structure

    return generate_pdf


@contextmanager
def marked(stream: Any, box: Any, _: str) -> Iterator[None]:
    """Draw a text box or a picture as a sequence of marked content; stands in for `Stream.marked`."""
    # What nobody has read is no content.
    reading = box.__dict__.get("reading", DECORATION)
    if not isinstance(reading, Leaf):
        with artifact(stream, reading):
            yield
        return
    if stream._tags is None or stream._tags.get(_OPEN):
        yield
        return
    contents = stream.__dict__.setdefault("contents", [])
    reading.stream, reading.number = stream, len(contents)
    contents.append(reading)
    with _sequence(stream, reading.node.role, Dictionary({"MCID": reading.number})):
        yield


@contextmanager
def artifact(stream: Any, what: Artifact | None = DECORATION) -> Iterator[None]:
    """Draw what is not read; stands in for `Stream.artifact`. Inside another sequence it is part of that."""
    if stream._tags is None or stream._tags.get(_OPEN) or what is None:
        yield
        return
    kind = {"Type": "/Pagination", "Subtype": f"/{what.kind}"} if what.kind else None
    with _sequence(stream, "Artifact", Dictionary(kind) if kind else None):
        yield


@contextmanager
def _sequence(stream: Any, tag: str, properties: Any) -> Iterator[None]:
    stream._tags[_OPEN] = True
    stream.begin_marked_content(tag, properties)
    try:
        yield
    finally:
        stream.end_marked_content()
        stream._tags[_OPEN] = False


def is_open(stream: Any) -> bool:
    """Whether something is being marked, or nothing is."""
    return stream._tags is None or bool(stream._tags.get(_OPEN))


def linking(add_links_of: Callable[..., None]) -> Callable[..., None]:
    """What stands in for `add_links`: without those that stand in another box of the same link."""

    def add_links(links_and_anchors: Any, *arguments: Any) -> None:
        """Add the annotations of a page's links."""
        links, anchors = links_and_anchors
        own = [link for link in links if not link[3].__dict__.get("link_is_nested")]
        add_links_of((own, anchors), *arguments)

    return add_links
