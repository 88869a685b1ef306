"""A JPEG without what its camera and its editors wrote about it.

EXIF holds the place and the hour, and a small picture of what was cropped away; behind the first
picture a telephone may put a second. What is left is what decoding needs, bit for bit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Encoders write ten scans, optimisers some dozens; each is a pass over the whole picture.
MAX_SCANS = 100

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
# Baseline, extended and progressive Huffman coding: what PDF readers decode.
_FRAMES = (0xC0, 0xC1, 0xC2)
_OTHER_FRAMES = (0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF)
_COMMENT, _ADOBE = 0xFE, 0xEE
_APPLICATIONS = range(0xE0, 0xF0)
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_FILL = re.compile(rb"\xff+")


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
        filled = _FILL.match(data, at)  # one byte, or more to fill up
        if filled is None or filled.end() >= len(data):
            return
        at = filled.end() - 1
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
    found = _MARKER.search(data, at)
    return found.start() if found else len(data)


class Frame(NamedTuple):
    """How a JPEG is coded: scans, and the bytes that its coefficients take if they are kept (0: they are not)."""

    scans: int
    coefficients: int


def frame(data: bytes) -> Frame:
    """Count the scans of a JPEG without decoding it, and what a progressive one costs.

    A decoder walks through the whole picture for each scan, and keeps the coefficients of a
    picture of several scans, two bytes each, until the last.
    """
    scans = kept = 0
    for marker, segment in _segments(data):
        if marker == _SCAN:
            scans += 1
        elif marker in (*_FRAMES, *_OTHER_FRAMES) and len(segment) >= 10:
            height, width, count = int.from_bytes(segment[5:7], "big"), int.from_bytes(segment[7:9], "big"), segment[9]
            factors = [divmod(one, 16) for one in segment[11 : 11 + 3 * count : 3]]
            across, down = max((h for h, _ in factors), default=1) or 1, max((v for _, v in factors), default=1) or 1
            kept = int(2 * width * height * sum(h * v for h, v in factors) / (across * down))
        if scans > MAX_SCANS:
            break
    return Frame(scans, kept if scans > 1 else 0)
