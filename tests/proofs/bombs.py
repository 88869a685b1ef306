"""Inputs made to be slow or large: each must end in a line or in pages, within 20 s of CPU and 1 GB.

``python tests/proofs/bombs.py [--only WORD] [--quick]``. Prints for each what ``press render --draft``
took and said; the exit status is 1 where a limit was passed, something was lost, or no words came.
A peak is never less than that of this process so far, which a fork takes over. Every bomb is made
here, in a folder of its own; ``--quick`` takes those that are made in no time.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import resource
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
CPU, MEMORY = 20.0, 1_000_000_000
PUBLICATION = '[publication]\nname = "测试月刊"\norganiser = "测试协会"\n'
HEAD = "[issue]\nnumber = 8\ndate = 2022-08-26\n"
Files = dict[str, bytes]
Image.MAX_IMAGE_PIXELS = None


def issue(text: str) -> Files:
    """An issue of some TOML."""
    return {"2022-08/issue.toml": (HEAD + text).encode()}


def body(text: str) -> Files:
    """A piece of news with a body."""
    return issue(f"[[news]]\ntitle = \"一则\"\nsource = \"商务部\"\nbody = '''\n{text}\n'''\n")


def basic(text: str, key: str = "body") -> Files:
    """A piece of news with a one-line string."""
    fields = {"title": "一则", "source": "商务部", "body": "正文。"} | {key: text}
    return issue("[[news]]\n" + "".join(f'{name} = "{value}"\n' for name, value in fields.items()))


def picture(data: bytes, name: str = "a.png") -> Files:
    """An event with a picture."""
    return issue(f'[[event]]\nbody = "一则。"\nimage = "images/{name}"\n') | {f"2022-08/images/{name}": data}


# --- pictures -------------------------------------------------------------------------------


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, depth: int = 8, colour: int = 2, interlace: int = 0, extra: bytes = b"") -> bytes:
    """A PNG of noughts, however large, deflated as it is made."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = bytes(1 + (width * channels * depth + 7) // 8)
    packer, parts = zlib.compressobj(6), []
    lot = max(1, 4_000_000 // len(row))
    parts.extend(packer.compress(row * min(lot, height - top)) for top in range(0, height, lot))
    parts.append(packer.flush())
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    palette = chunk(b"PLTE", b"\1\2\3\4\5\6") if colour == 3 else b""
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + palette + extra + chunk(b"IDAT", b"".join(parts))
            + chunk(b"IEND", b""))


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    """The file of a picture."""
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def scans(count: int, side: int = 4000) -> bytes:
    """A progressive JPEG whose last scan is there so many times."""
    data = saved(Image.new("RGB", (side, side), "navy"), "JPEG", progressive=True)
    last = data.rfind(b"\xff\xda")
    return data[:last] + data[last:-2] * count + b"\xff\xd9"


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """A picture that packs badly."""
    return Image.effect_noise((1000, 1000), 60).convert("RGB").resize((width, height)).convert(mode)


def filled(data: bytes, count: int) -> bytes:
    """A JPEG with fill bytes ahead of its end."""
    return data[:-2] + b"\xff" * count + data[-2:]


def pieces(count: int) -> bytes:
    """A PNG in very many empty pieces."""
    whole = png(9, 9)
    return whole[:33] + chunk(b"IDAT", b"") * count + whole[33:]


PICTURES: dict[str, Callable[[], bytes]] = {
    "png 300 Mpx": lambda: png(17_300, 17_300),
    "png 300 Mpx with alpha": lambda: png(17_300, 17_300, colour=6),
    "png 300 Mpx grey": lambda: png(17_300, 17_300, colour=0),
    "png 300 Mpx bilevel": lambda: png(17_300, 17_300, depth=1, colour=0),
    "png 300 Mpx palette": lambda: png(17_300, 17_300, colour=3),
    "png 300 Mpx 16 bits grey": lambda: png(17_300, 17_300, depth=16, colour=0),
    "png 170 Mpx 16 bits": lambda: png(13_000, 13_000, depth=16),
    "png 300 Mpx 16 bits": lambda: png(17_300, 17_300, depth=16),
    "png 170 Mpx interlaced": lambda: png(13_000, 13_000, interlace=1),
    "png 300 Mpx interlaced": lambda: png(17_300, 17_300, interlace=1),
    "png 3,600 Mpx": lambda: png(60_000, 60_000, depth=1, colour=0),
    "png 1 × 39,900,000": lambda: png(1, 39_900_000),
    "png 39,900,000 × 1": lambda: png(39_900_000, 1),
    "png 500 × 65,000": lambda: png(500, 65_000),
    "png 66 × 65,000": lambda: png(66, 65_000),
    "png 65,000 × 66": lambda: png(65_000, 66),
    "png A3 at 600 dpi, noise": lambda: saved(noise(7016, 9921), "PNG", compress_level=1),
    "png of a million pieces": lambda: pieces(1_000_000),
    "png with a profile of 100 MB": lambda: png(9, 9, extra=chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(10**8)))),
    "png with a text of 100 MB": lambda: png(9, 9, extra=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(10**8)))),
    "png with 60 texts of 1 MB": lambda: png(9, 9, extra=chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(10**6))) * 60),
    "jpeg 50 Mpx": lambda: saved(noise(8160, 6120), "JPEG"),
    "jpeg 200 Mpx": lambda: saved(noise(16_320, 12_240), "JPEG"),
    "jpeg 200 Mpx progressive": lambda: saved(noise(16_320, 12_240), "JPEG", progressive=True),
    "jpeg 290 Mpx 4:4:4 progressive": lambda: saved(noise(17_000, 17_000), "JPEG", progressive=True, subsampling=0),
    "jpeg 290 Mpx cmyk": lambda: saved(noise(17_000, 17_000, "CMYK"), "JPEG"),
    "jpeg of 4,000 scans": lambda: scans(4000),
    "jpeg of 95 scans": lambda: scans(85, 6300),
    "jpeg with 40 MB of fill bytes": lambda: filled(saved(noise(99, 99), "JPEG"), 40_000_000),
    "jpeg of 60,000 × 64": lambda: saved(noise(60_000, 64), "JPEG"),
    "webp 49 Mpx": lambda: saved(noise(7000, 7000), "WEBP"),
    "webp 49 Mpx lossless": lambda: saved(Image.new("RGB", (7000, 7000)), "WEBP", lossless=True, quality=0, method=0),
    "webp 200 Mpx": lambda: saved(
        Image.new("RGB", (16_000, 12_500)), "WEBP", lossless=True, quality=0, method=0),
    "webp of 300 frames": lambda: saved(
        Image.new("RGB", (2000, 2000)), "WEBP", save_all=True, duration=9, method=0,
        append_images=(Image.new("RGB", (2000, 2000), (one % 256, 0, 0)) for one in range(300))),
}


# --- text -----------------------------------------------------------------------------------

ZERO = {"zero-width space": "\u200b", "joiner": "\u200d", "non-joiner": "\u200c", "word joiner": "\u2060",
        "soft hyphen": "\u00ad", "byte order mark": "\ufeff", "right-to-left override": "\u202e",
        "isolate": "\u2066", "acute": "\u0301", "variation selector": "\ufe0f", "ideographic selector": "\U000e0100",
        "tag": "\U000e0067", "hair space": "\u200a"}
RUNS = {"letters": "a", "figures": "1", "full stops": ".", "slashes": "a/", "hyphens": "a-", "stars": "*",
        "brackets": "[", "links": "[甲](https://a.b)", "bold": "**甲**", "backslashes": "\\", "pipes": "|",
        "commas": "，", "opening marks": "（", "quotes": "“”", "dashes": "—", "hanzi": "甲",
        "family": "👨\u200d👩\u200d",
        "hangul": "ᄀ", "arabic": "ﷺ", "thai": "ก็", "blanks": " ", "tabs": "\t", "ideographic spaces": "\u3000",
        "no-break spaces": "\u00a0", "words": "ab ", "items": "- 甲\n", "paragraphs": "甲\n\n", "lines": "甲\n",
        "headings": "### 甲\n\n"}


def texts() -> Iterator[tuple[str, Files]]:
    """Floods of characters: as a body, in a line, between letters and hanzi, as a title."""
    for name, char in ZERO.items():
        yield f"16,000 × {name}", basic(char * 16_000)
        yield f"{name} between hanzi", body(f"甲{char}" * 15_000)
        yield f"10,000 × {name} on a letter", body("字 a" + char * 10_000 + " 字")
    for name, part in RUNS.items():
        yield f"{name}", body("甲" + part * (100_000 // len(part)) + "甲")
    yield "zero-width title", basic("甲" + "\u200b" * 20_000 + "乙", "title")
    yield "long title", basic("甲" * 20_000, "title")
    yield "zero-width mixture", body("".join(random.Random(1).choices("\u200b\u200c\u2060\u00ad甲", k=40_000)))
    yield "table of 20,000 rows", body("| a | b |\n| --- | --- |\n" + "| 1 | 2 |\n" * 20_000)
    yield "table of 5,000 columns", body("|" + "a|" * 5000 + "\n|" + "---|" * 5000 + "\n|" + "1|" * 5000)
    yield "dotted key", issue("a" + ".a" * 20_000 + " = 1\n")
    yield "nested arrays", issue("a = " + "[" * 50_000 + "]" * 50_000 + "\n")
    yield "nested tables", issue("a = " + "{a=" * 50_000 + "1" + "}" * 50_000 + "\n")
    yield "figure of 200,000 digits", issue("[report]\nperiod = \"2022-05\"\n[report.signed]\ntotal = " + "9" * 200_000)
    yield "40,000 news", issue("[[news]]\n" * 40_000)
    yield "2 MB", body("甲" * 700_000)


def bombs() -> Iterator[tuple[str, Callable[[], Files]]]:
    """Every bomb by name; made when asked for."""
    for name, files in texts():
        yield name, lambda files=files: files  # type: ignore[misc]
    for name, made in PICTURES.items():
        suffix = {"j": "a.jpg", "w": "a.webp"}.get(name[0], "a.png")
        yield name, lambda made=made, suffix=suffix: picture(made(), suffix)  # type: ignore[misc]


def tried(files: Files) -> tuple[float, int, int, str, bool]:
    """CPU seconds, peak bytes, exit status, the last line said, and whether all files are as they were."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        for path, data in {"publication.toml": PUBLICATION.encode(), **files}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(data)
        process = subprocess.Popen(
            [sys.executable, "-m", "bulletin_press.cli", "-w", name, "render", "2022-08", "--draft"],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (60, 60)))
        assert process.stdout
        said = process.stdout.read().decode("utf-8", "replace").strip()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        kept = all((root / path).read_bytes() == data for path, data in files.items())
        told = [line for line in said.split("\n") if "错误" in line or "警告" in line] or [said]
        words = "程序内部出错" if "内部出错" in said or "Traceback" in said else told[0]
        unit = 1 if sys.platform == "darwin" else 1024
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit, process.returncode, words, kept


def main() -> int:
    """Try every bomb."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    count = bad = 0
    worst, largest = 0.0, 0
    for name, made in bombs():
        if given.only not in name or (given.quick and name in PICTURES and not ("65,0" in name or "4,000" in name)):
            continue
        seconds, peak, status, words, kept = tried(made())
        good = seconds <= CPU and peak <= MEMORY and status in (0, 1) and kept and words and "内部出错" not in words
        count, bad, worst, largest = count + 1, bad + (not good), max(worst, seconds), max(largest, peak)
        print(f"{'' if good else 'FAULT '}{name}: {seconds:.1f} s, {peak / 1e6:.0f} MB, {status}: {words[:100]}",
              flush=True)
    print(f"{count} bombs, {bad} past the limits; at most {worst:.1f} s of CPU and {largest / 1e6:.0f} MB")
    return 1 if bad or not count else 0


if __name__ == "__main__":
    sys.exit(main())
