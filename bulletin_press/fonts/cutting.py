"""A bundled font cut down to some characters, as WOFF2: by HarfBuzz, far quicker than by fontTools."""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from bulletin_press.fonts.libraries import LIBRARIES, load_library, missing_message
from bulletin_press.ground.diagnostics import EnvironmentFault

# hb-subset.h: what is kept, and how.
_NO_HINTING, _NOTDEF_OUTLINE, _NAME_IDS, _FEATURES = 0x1, 0x40, 4, 6
_READ_ONLY = 1  # hb-blob.h: the bytes stay ours
# Of its names the copyright and the licence go along.
_KEPT_NAMES, _KEPT_FEATURES = (0, 13, 14), (b"kern", b"palt")
# WOFF2's numbers for the tables of a CFF font (https://www.w3.org/TR/WOFF2/, 5.2); another is written out.
_NUMBERS = {b"cmap": 0, b"head": 1, b"hhea": 2, b"hmtx": 3, b"maxp": 4, b"name": 5, b"OS/2": 6, b"post": 7,
            b"CFF ": 13, b"VORG": 14, b"GDEF": 26, b"GPOS": 27, b"GSUB": 28, b"vhea": 23, b"vmtx": 24}
_SPELT, _HEADER = 63, 48
# Brotli's eleventh saves a fourteenth of the bytes and takes eight times as long.
_QUALITY = 9


def cut_face(path: Path, characters: str) -> bytes:
    """A font with CFF outlines cut down to some characters, as WOFF2; the same bytes of the same ones.

    Args:
        path: an OpenType file.
        characters: those that it is to have; what it lacks of them is left out.

    Raises:
        EnvironmentFault: a system library is missing, or the file is no font.
    """
    return _woff2(_cut(path, characters))


def _libraries() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    wanted = LIBRARIES[2:4]
    plain, subset = map(load_library, wanted)
    if plain is None or subset is None:
        raise EnvironmentFault(missing_message(*(
            one for one, loaded in zip(wanted, (plain, subset), strict=True) if loaded is None)))
    for library, names in (
            (plain, ("hb_blob_create", "hb_face_create", "hb_face_reference_blob",
                     "hb_blob_get_data")),
            (subset, ("hb_subset_input_create_or_fail", "hb_subset_input_unicode_set", "hb_subset_input_set",
                      "hb_subset_or_fail"))):
        for name in names:
            # By attribute: an index makes another function each time.
            getattr(library, name).restype = ctypes.c_void_p
    return plain, subset


def _cut(path: Path, characters: str) -> bytes:
    plain, subset = _libraries()
    with ExitStack() as held:
        def made(address: int | None, destroy: ctypes._NamedFuncPointer) -> ctypes.c_void_p:
            if not address:
                raise EnvironmentFault(f"字体文件读不出来：{path}")
            pointer = ctypes.c_void_p(address)
            held.callback(destroy, pointer)
            return pointer

        try:
            read = path.read_bytes()  # HarfBuzz opens no path of Windows that is not ASCII
        except OSError:
            read = b""
        blob = made(plain.hb_blob_create(read, len(read), _READ_ONLY, None, None) if read else None,
                    plain.hb_blob_destroy)
        face = made(plain.hb_face_create(blob, 0), plain.hb_face_destroy)
        wanted = made(subset.hb_subset_input_create_or_fail(), subset.hb_subset_input_destroy)
        subset.hb_subset_input_set_flags(wanted, _NO_HINTING | _NOTDEF_OUTLINE)
        sets = ((subset.hb_subset_input_unicode_set(wanted), map(ord, characters)),
                (subset.hb_subset_input_set(wanted, _NAME_IDS), iter(_KEPT_NAMES)),
                (subset.hb_subset_input_set(wanted, _FEATURES), (int.from_bytes(tag, "big") for tag in _KEPT_FEATURES)))
        for address, values in sets:
            pointer = ctypes.c_void_p(address)
            plain.hb_set_clear(pointer)
            for value in values:
                plain.hb_set_add(pointer, ctypes.c_uint32(value))
        cut = made(subset.hb_subset_or_fail(face, wanted), plain.hb_face_destroy)
        whole = made(plain.hb_face_reference_blob(cut), plain.hb_blob_destroy)
        length = ctypes.c_uint()
        data = plain.hb_blob_get_data(whole, ctypes.byref(length))
        return ctypes.string_at(data, length.value)


def _tables(sfnt: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The tables of a font file, as they lie in it, by their tags."""
    (count,) = struct.unpack_from(">H", sfnt, 4)
    entries = [struct.unpack_from(">4sLLL", sfnt, 12 + 16 * at) for at in range(count)]
    for tag, _, start, length in sorted(entries, key=lambda entry: entry[2]):
        yield tag, sfnt[start : start + length]


def _woff2(sfnt: bytes) -> bytes:
    """A font file with CFF outlines packed for the web, no table transformed."""
    # Late: only web pages want it.
    import brotli  # type: ignore[import-untyped]

    tables = list(_tables(sfnt))
    directory = b"".join(bytes([_NUMBERS.get(tag, _SPELT)]) + (b"" if tag in _NUMBERS else tag) + _number(len(data))
                         for tag, data in tables)
    packed: bytes = brotli.compress(b"".join(data for _, data in tables), mode=brotli.MODE_FONT, quality=_QUALITY)
    whole = _HEADER + len(directory) + len(packed)
    filled = -whole % 4
    # Unpacked, each table begins at a multiple of four.
    unpacked = 12 + sum(16 + len(data) + -len(data) % 4 for _, data in tables)
    header = struct.pack(">4s4sLHHLLHHLLLLL", b"wOF2", sfnt[:4], whole + filled, len(tables), 0, unpacked, len(packed),
                         1, 0, 0, 0, 0, 0, 0)
    return header + directory + packed + b"\0" * filled


def _number(value: int) -> bytes:
    """A whole number in groups of seven bits, the first ones with the eighth set."""
    groups = [value & 127]
    while value := value >> 7:
        groups.append(value & 127 | 128)
    return bytes(reversed(groups))
