"""What a picture's file is by its first bytes, whatever it is called, and what to do with one we cannot set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

# How the extra is installed, and what it brings.
_EXTRA = "pip install 'bulletin-press[heic]'"
_EXPORT = "请用看图软件打开，另存为 PNG 或 JPEG"
_PHONE = "请在苹果手机的“设置 → 相机 → 格式”里选“兼容性最佳”再拍，或把这一张另存为 JPEG"


@dataclass(frozen=True)
class Foreign:
    """A kind of file that is no PNG, JPEG or WebP: its name, what to do, and its usual suffixes."""

    name: str
    remedy: str = _EXPORT
    suffixes: tuple[str, ...] = ()


HEIC = Foreign("苹果手机的 HEIC 照片", f"{_PHONE}；也可以运行 {_EXTRA}，装好后能直接用", ("heic", "heif", "hif"))
AVIF = Foreign("AVIF 图片", _EXPORT, ("avif",))
GIF = Foreign("GIF 图片", f"{_EXPORT}（动图印出来也只有一格）", ("gif",))
SVG = Foreign("SVG 矢量图", "请用浏览器或绘图软件打开，导出为宽 2000 像素以上的 PNG", ("svg", "svgz"))
BMP = Foreign("BMP 图片", f"{_EXPORT}", ("bmp", "dib"))
TIFF = Foreign("TIFF 图片（扫描仪、相机的 RAW 也是）", "请用看图软件打开，另存为 PNG（照片存 JPEG）",
               ("tif", "tiff", "dng", "nef", "cr2", "arw"))
PDF = Foreign("PDF 文件", "请用 PDF 阅读器打开，把要用的一页导出或截图为 PNG", ("pdf",))
PSD = Foreign("Photoshop 文件（PSD）", "请在 Photoshop 里“存储为” PNG 或 JPEG", ("psd", "psb"))
METAFILE = Foreign("Windows 图元文件（WMF、EMF）", "请在 Word 里复制这张图，粘贴到“画图”，另存为 PNG", ("wmf", "emf"))
POSTSCRIPT = Foreign("EPS 文件", "请用绘图软件打开，导出为 PNG", ("eps", "ps", "ai"))
JPEG2000 = Foreign("JPEG 2000 图片", _EXPORT, ("jp2", "j2k", "jpx"))
JPEG_XL = Foreign("JPEG XL 图片", _EXPORT, ("jxl",))
ICON = Foreign("图标文件（ICO）", _EXPORT, ("ico", "cur"))
WORD = Foreign("Word 文件", "图片在文件里面：打开它，右键单击图片，“另存为图片”", ("doc", "docx", "wps"))
EXCEL = Foreign("Excel 文件", "把图表另存为图片（右键单击图表），或截图存成 PNG", ("xls", "xlsx", "et"))
SLIDES = Foreign("PowerPoint 文件", "打开它，把那一页“另存为” PNG", ("ppt", "pptx", "dps"))
OFFICE = Foreign("Word、Excel 或 PowerPoint 文件", "图片在文件里面：打开它，右键单击图片，“另存为图片”")
ARCHIVE = Foreign("压缩包", "请先解压，用里面的图片", ("zip", "rar", "7z"))
VIDEO = Foreign("视频", "请截一格存成 PNG 或 JPEG", ("mov", "mp4", "m4v", "avi", "3gp"))
WEBPAGE = Foreign("网页", "多半是下载图片时存成了网页：请在浏览器里右键单击图片，“图片另存为”", ("html", "htm", "mht"))
TEXT = Foreign("文字文件", "请放真正的图片文件", ("txt", "toml"))

_ALL = (HEIC, AVIF, GIF, SVG, BMP, TIFF, PDF, PSD, METAFILE, POSTSCRIPT, JPEG2000, JPEG_XL, ICON, WORD, EXCEL,
        SLIDES, ARCHIVE, VIDEO, WEBPAGE)
_HEIC_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"))
_AVIF_BRANDS = frozenset((b"avif", b"avis"))
_STARTS: tuple[tuple[bytes, Foreign], ...] = (
    (b"GIF8", GIF), (b"%PDF", PDF), (b"8BPS", PSD), (b"\xd7\xcd\xc6\x9a", METAFILE), (b"%!PS", POSTSCRIPT),
    (b"\xc5\xd0\xd3\xc6", POSTSCRIPT), (b"II*\0", TIFF), (b"MM\0*", TIFF), (b"II+\0", TIFF), (b"MM\0+", TIFF),
    (b"\0\0\0\x0cjP  ", JPEG2000), (b"\xff\x4f\xff\x51", JPEG2000), (b"\0\0\0\x0cJXL ", JPEG_XL),
    (b"\xff\x0a", JPEG_XL), (b"\0\0\1\0", ICON), (b"\0\0\2\0", ICON), (b"\xd0\xcf\x11\xe0", OFFICE),
    (b"Rar!", ARCHIVE), (b"7z\xbc\xaf", ARCHIVE),
    (b"\x1f\x8b", ARCHIVE), (b"\x1aE\xdf\xa3", VIDEO))
_SVG = re.compile(rb"<(?:[A-Za-z]+:)?svg[\s/>]")
_WEBPAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|meta)\b", re.I)
# As far into a file as its kind is looked for.
_HEAD = 4096


def foreign_kind(data: bytes) -> Foreign | None:
    """What a file is that is no PNG, JPEG or WebP; None where it is one, or nobody can tell.

    Args:
        data: the file, or its first 4 KiB.
    """
    head = data[:_HEAD]
    if head[:8] == b"\x89PNG\r\n\x1a\n" or head[:3] == b"\xff\xd8\xff" or head[:4] + head[8:12] == b"RIFFWEBP":
        return None
    if head[4:8] == b"ftyp":
        return _by_brands(head)
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"\1\0\0\0" and head[40:44] == b" EMF":
        return METAFILE
    if head[:2] == b"BM" and len(head) > 26 and head[6:10] == b"\0\0\0\0":
        return BMP
    if head[:4] == b"RIFF" and head[8:12] == b"AVI ":
        return VIDEO
    if head[:4] == b"PK\3\4":
        return _packed(head)
    return _text(head)


def _by_brands(head: bytes) -> Foreign:
    """ISO media: the major brand decides, then those that the file is compatible with (ISO 14496-12, 4.3)."""
    end = min(max(16, int.from_bytes(head[:4], "big")), 256)
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, end, 4))]
    for brand in brands:
        if brand in _HEIC_BRANDS:
            return HEIC
        if brand in _AVIF_BRANDS:
            return AVIF
    return HEIC if brands[0] in (b"mif1", b"mif2", b"msf1", b"miaf") else VIDEO


def _packed(head: bytes) -> Foreign:
    for part, kind in ((b"word/", WORD), (b"xl/", EXCEL), (b"ppt/", SLIDES)):
        if part in head:
            return kind
    return OFFICE if b"[Content_Types].xml" in head else ARCHIVE


def _text(head: bytes) -> Foreign | None:
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if plain[:1] == b"<":
        if _WEBPAGE.search(plain[:1024]) and not plain.startswith(b"<svg"):
            return WEBPAGE
        if _SVG.search(plain):
            return SVG
    try:
        text = head.decode("utf-8", "strict" if len(head) < _HEAD else "ignore")
    except UnicodeDecodeError:
        return None
    return TEXT if text.strip() and all(char.isprintable() or char in "\r\n\t\ufeff" for char in text) else None


def by_suffix(name: str) -> Foreign | None:
    """What a file is by its name; None for PNG, JPEG, WebP, and names that tell nothing."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    return next((kind for kind in _ALL if suffix in kind.suffixes), None)


def words_on(kind: Foreign, name: str = "") -> str:
    """What a file is, that its name is another's where that is so, and what to do."""
    misnamed = by_suffix(name) is not kind and "." in name
    called = f"（名字却是 .{name.rpartition('.')[2]}）" if misnamed else ""
    gap = " " if kind.name[0].isascii() else ""
    return f"这是{gap}{kind.name}{called}，不能直接排。{kind.remedy}"


@cache
def heic_is_read() -> bool:
    """Whether the extra ``heic`` is installed."""
    from importlib.util import find_spec

    return find_spec("pillow_heif") is not None
