"""The bytes of a PDF made early, and once.

A long issue has thousands of drawing operators and a hundred objects to the page; and for the
identifier pydyf would serialise and compress all of them again.
"""

from collections.abc import Callable
from typing import Any

from pydyf import Array

_AMBIGUOUS, _CLEAR = b"\r\nendstream", b"\r\r\nendstream"


def packing(draw_page_of: Callable[..., None]) -> Callable[..., None]:
    """What stands in for `draw_page`: what a page is drawn with is kept as one string."""

    def draw_page(page: Any, stream: Any) -> None:
        """Draw a page to a stream."""
        draw_page_of(page, stream)
        # The last one is looked at when the page is closed.
        *drawn, last = stream.stream
        stream.stream = [b"\n".join(map(_as_written, drawn)), last] if drawn else [last]

    return draw_page


def _as_written(item: Any) -> bytes:
    """Return what pydyf writes for an operator, a name, a number or an object."""
    if isinstance(item, bytes):
        return item
    if isinstance(item, str):
        return item.encode("ascii")
    between_brackets: bytes = Array([item]).data[1:-1]
    return between_brackets


class Serialised:
    """What stands for an object that is about to be written: its bytes.

    Attributes:
        number, generation, free, compressible: as the object has them.
        data: what it is written as.
        offset: where it is in the file.
    """

    __slots__ = ("compressible", "data", "free", "generation", "number", "offset")

    def __init__(self, one: Any) -> None:
        self.number, self.generation, self.free = one.number, one.generation, one.free
        self.compressible, self.data, self.offset = one.compressible, one.data, one.offset

    @property
    def indirect(self) -> bytes:
        """The bytes with the object's number round them."""
        return b"%d %d obj\n%s\nendobj" % (self.number, self.generation, self.data)


def writing(write_of: Callable[..., None]) -> Callable[..., None]:
    """What stands in for `PDF.write`; it frees the objects as it goes."""

    def write(
        pdf: Any, output: Any, version: Any = b"1.7", identifier: Any = False, compress: bool = False
    ) -> None:
        """Write a PDF to a file."""
        objects = pdf.objects
        for index, one in enumerate(objects):
            # What is free has no bytes.
            if one.free != "f":
                objects[index] = Serialised(one)
        write_of(pdf, output, version, identifier, compress)

    return write


def ending(data_of: Callable[[Any], bytes]) -> Callable[[Any], bytes]:
    """What stands in for the bytes of a `Stream`: one that ends in a carriage return is closed by CR LF.

    Such a stream and the line feed before `endstream` look like one end of line; a reader that trusts its eyes more
    than /Length takes the return for a part of it. CR LF is as good an end (ISO 32000-1, 7.3.8.1), and is clear.
    """

    def data(stream: Any) -> bytes:
        """Return the stream as it is written."""
        made = data_of(stream)
        return made.removesuffix(_AMBIGUOUS) + _CLEAR if made.endswith(_AMBIGUOUS) else made

    return data
