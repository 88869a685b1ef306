"""PNGs of hundreds of megapixels, decoded strip by strip (ISO/IEC 15948).

Pillow holds a whole picture at four bytes a pixel. A strip of rows, with the last row of the strip
before it on top (which the filters refer to), is a small PNG of its own, and Pillow decodes that.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# What encoders write are pieces of 8 KiB and more; a file of millions of empty ones is made to be slow.
MAX_CHUNKS = 100_000
# Bytes of decoded rows at once.
_STRIP = 8_000_000
_CHANNELS = {2: 3, 4: 2, 6: 4}


class Chunk(NamedTuple):
    """A chunk: its kind, and where its data lie in the file."""

    kind: bytes
    start: int
    end: int


class Header(NamedTuple):
    """IHDR: size in pixels, bits a sample, type of colour, whether it is interlaced."""

    width: int
    height: int
    depth: int
    colour: int
    interlaced: bool


def chunks(data: bytes) -> list[Chunk]:
    """The chunks of a PNG up to its end, their check sums right.

    Raises:
        ValueError: it is cut short, damaged, or has more chunks than any encoder makes.
    """
    found: list[Chunk] = []
    at = len(SIGNATURE)
    while len(found) <= MAX_CHUNKS:
        length, kind = struct.unpack_from(">I4s", data, at) if at + 12 <= len(data) else (0, b"")
        start, end = at + 8, at + 8 + length
        if not kind or end + 4 > len(data):
            raise ValueError("cut short")
        if zlib.crc32(memoryview(data)[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            raise ValueError("a check sum is wrong")
        found.append(Chunk(kind, start, end))
        if kind == b"IEND":
            return found
        at = end + 4
    raise ValueError("too many chunks")


def header(data: bytes) -> Header:
    """The header of a PNG whose chunks were read."""
    width, height, depth, colour, _, _, interlace = struct.unpack_from(">IIBBBBB", data, 16)
    return Header(width, height, depth, colour, bool(interlace))


def in_strips(head: Header) -> bool:
    """Whether a PNG can be decoded in strips: colour or grey with alpha, 8 bits, not interlaced."""
    return head.depth == 8 and head.colour in _CHANNELS and not head.interlaced


def strips(data: bytes, found: list[Chunk], head: Header, multiple: int) -> Iterator[Image]:
    """The picture in strips from the top, each but the last a multiple of so many rows high.

    Raises:
        ValueError, zlib.error: the data are cut short or damaged.
    """
    row = head.width * _CHANNELS[head.colour]
    rows = max(1, _STRIP // (row + 1) // multiple) * multiple
    before, source, done = b"", _Rows(data, found), 0
    while done < head.height:
        count = min(rows, head.height - done)
        filtered = source.take(count * (row + 1))
        strip = _decoded(data, found, head, before, filtered, count)
        before = strip.crop((0, strip.height - 1, head.width, strip.height)).tobytes()
        yield strip if strip.height == count else strip.crop((0, 1, head.width, count + 1))
        done += count
    source.finish()


class _Rows:
    """Inflated data, as many bytes at a time as are asked for."""

    def __init__(self, data: bytes, found: list[Chunk]) -> None:
        self._view = memoryview(data)
        self._parts = iter([chunk for chunk in found if chunk.kind == b"IDAT"])
        self._inflater, self._waiting = zlib.decompressobj(), b""

    def _more(self, most: int) -> bytes:
        """At most so many bytes; none at the end of the data."""
        while not self._inflater.eof:
            if not self._waiting:
                part = next(self._parts, None)
                if part is None:
                    return b""
                self._waiting = bytes(self._view[part.start : part.end])
            made = self._inflater.decompress(self._waiting, most)
            self._waiting = self._inflater.unconsumed_tail
            if made:
                return made
        return b""

    def take(self, size: int) -> bytes:
        """So many bytes.

        Raises:
            ValueError: there are fewer.
        """
        made = bytearray()
        while len(made) < size:
            part = self._more(size - len(made))
            if not part:
                raise ValueError("cut short")
            made += part
        return bytes(made)

    def finish(self) -> None:
        """See that the stream ends, and its check sum is right."""
        if self._more(1) or not self._inflater.eof:
            raise ValueError("the data do not end with the picture")


def _decoded(data: bytes, found: list[Chunk], head: Header, before: bytes, filtered: bytes, count: int) -> Image:
    from PIL import Image

    height = count + bool(before)
    packed = zlib.compress((b"\0" + before if before else b"") + filtered, 0)
    small = [SIGNATURE, _chunk(b"IHDR", struct.pack(">IIBBBBB", head.width, height, 8, head.colour, 0, 0, 0)),
             *(_chunk(one.kind, data[one.start : one.end]) for one in found if one.kind == b"tRNS"),
             _chunk(b"IDAT", packed), _chunk(b"IEND", b"")]
    with Image.open(io.BytesIO(b"".join(small)), formats=("PNG",)) as image:
        image.load()
        return image


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))
