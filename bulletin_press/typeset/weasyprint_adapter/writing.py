"""Every object of a PDF serialised once: for its identifier pydyf would serialise and pack all of it again."""

from collections.abc import Callable
from typing import Any


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
    """What stands in for `PDF.write`.

    It frees the objects as it goes: a long issue has a hundred to the page.
    """

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
