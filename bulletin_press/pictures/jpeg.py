"""A JPEG without what its camera and its editors wrote about it.

EXIF holds the place and the hour, and a small picture of what was cropped away; behind the first
picture a telephone may put a second. What is left is what decoding needs, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterator

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
# Baseline, extended and progressive Huffman coding: what PDF readers decode.
_FRAMES = (0xC0, 0xC1, 0xC2)
_OTHER_FRAMES = (0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF)
_COMMENT, _ADOBE = 0xFE, 0xEE
_APPLICATIONS = range(0xE0, 0xF0)


def bare_jpeg(data: bytes) -> bytes | None:
    """A JPEG's first picture without metadata, comments and thumbnails.

    Of the application segments Adobe's alone stays: it says how the colours are coded. None where
    the file is not of a kind that every PDF reader decodes.
    """
    kept = [b"\xff\xd8"]
    for marker, segment in _segments(data):
        if marker in _OTHER_FRAMES:
            return None
        if marker == _END:
            return b"".join([*kept, b"\xff\xd9"])
        adobe = marker == _ADOBE and segment[4:9] == b"Adobe"
        if marker != _COMMENT and (adobe or marker not in _APPLICATIONS):
            kept.append(segment)
    return None


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker of a JPEG after the first, with its whole segment, a scan's data included."""
    at = 2
    while data[:2] == b"\xff\xd8" and at + 4 <= len(data) + 2:
        while data[at + 1 : at + 2] == b"\xff":  # fill bytes
            at += 1
        if data[at : at + 1] != b"\xff" or at + 1 >= len(data):
            return
        marker = data[at + 1]
        if marker == _END:
            yield marker, data[at : at + 2]
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            end = _end_of_scan(data, end)
        yield marker, data[at:end]
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the coded data that begin somewhere end: at a marker that is no restart and no stuffing."""
    while (at := data.find(b"\xff", at)) >= 0:
        following = data[at + 1 : at + 2]
        if following not in (b"\x00", b"\xff") and not b"\xd0" <= following <= b"\xd7":
            return at
        at += 2 if following != b"\xff" else 1
    return len(data)
