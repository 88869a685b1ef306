"""Draw what the guide shows of the outlets, from the sample issue: part of ``make pictures``.

Needs poppler's ``pdftoppm``, Chromium and LibreOffice, with fonts for Chinese. Writes docs/guide/pictures/.
"""

from __future__ import annotations

import email
import email.policy
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from pictures import EDGE, GROUND, ISSUE, ROOT, scaled
from PIL import Image, ImageDraw

from bulletin_press.ground.resources import fonts_folder
from bulletin_press.writers.flow.raster import in_its_colours

OUTLETS = ("pdf", "phone", "poster", "web", "wechat", "mail", "docx", "print", "booklet", "text")
# Panels of the picture of all: their width and height, pixels.
WIDTH, HEIGHT, GAP = 180, 256, 20


def main() -> None:
    """Draw them all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = [argument for outlet in OUTLETS for argument in ("--to", outlet)]
        subprocess.run([sys.executable, "-m", "bulletin_press", "-w", ROOT / "issues", "render", ISSUE, *made,
                        "-o", folder], cwd=ROOT, check=True, capture_output=True)
        phone = leaves(folder / f"{ISSUE}-phone.pdf", 100)
        cells = [Image.open(path).convert("RGB") for path in sorted((folder / f"{ISSUE}-poster").glob("slice-*.png"))]
        panels = [leaves(folder / f"{ISSUE}.pdf", 72)[0], phone[0], stacked(cells), *pages_of(folder),
                  leaves(word(folder), 72)[0]]
        corner = leaves(folder / f"{ISSUE}-print.pdf", 150)[0].crop((0, 0, 220, 300))
        sheets = [leaves(folder / f"{ISSUE}-print.pdf", 60)[at] for at in (0, 2)]
        sides = leaves(folder / f"{ISSUE}-booklet.pdf", 60)[:2]
        said = plain(folder)
    saved(in_row([cut(scaled(one, WIDTH), HEIGHT) for one in panels], GAP), "outlets.png")
    saved(in_row([cut(scaled(one, 240), 440) for one in phone[:3]], 24), "phone.png")
    saved(in_row([scaled(one, 250) for one in cells], 24), "poster.png")
    # All sheets to one scale, so that the booklet's are seen to be twice as broad.
    share = 300 / sheets[0].height
    saved(in_row([corner, *(scaled(one, round(one.width * share)) for one in (*sheets, *sides))], 20), "print.png")
    saved(in_row([said], 20), "text.png")


def saved(picture: Image.Image, name: str) -> None:
    """Write a picture in few colours that keep small red marks red."""
    path = ROOT / "docs" / "guide" / "pictures" / name
    in_its_colours(picture, 48, 14).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {picture.width} × {picture.height}, {path.stat().st_size // 1024} KiB")


def leaves(pdf: Path, dpi: int) -> list[Image.Image]:
    """The pages of a PDF."""
    stem = pdf.with_name(pdf.stem + "-page")
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", pdf, stem], check=True)
    return [Image.open(path).convert("RGB") for path in sorted(pdf.parent.glob(f"{stem.name}-*.png"))]


def word(folder: Path) -> Path:
    """The Word edition as LibreOffice sets it."""
    subprocess.run(["libreoffice", "--headless", "--convert-to", "pdf", "--outdir", folder / "word",
                    folder / f"{ISSUE}-docx.docx"], check=True, capture_output=True)
    return folder / "word" / f"{ISSUE}-docx.pdf"


def pages_of(folder: Path) -> list[Image.Image]:
    """The web page, the article and the mail in a browser."""
    message = email.message_from_bytes((folder / f"{ISSUE}-mail.eml").read_bytes(), policy=email.policy.default)
    body = message.get_body(("html",))  # type: ignore[attr-defined]
    (folder / "mail.html").write_text(body.get_content(), "utf-8")
    article = (folder / f"{ISSUE}-wechat" / "article.html").read_text("utf-8")
    (folder / f"{ISSUE}-wechat" / "shown.html").write_text(
        f'<!doctype html><meta charset="utf-8"><body style="margin:16px">{article}', "utf-8")
    shown = ((folder / f"{ISSUE}-web" / "index.html", 820), (folder / f"{ISSUE}-wechat" / "shown.html", 500),
             (folder / "mail.html", 640))
    made = []
    for page, width in shown:
        target = page.with_suffix(".png")
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", f"--screenshot={target}",
                        f"--window-size={width},{round(width * HEIGHT / WIDTH) + 40}", page.resolve().as_uri()],
                       check=True, capture_output=True, timeout=120)
        made.append(Image.open(target).convert("RGB"))
    return made


def plain(folder: Path) -> Image.Image:
    """The begin of the plain text and its table, as an editor shows them: 汉字 two letters wide."""
    lines = (folder / f"{ISSUE}-text.txt").read_text("utf-8").split("\n")
    table = next(at for at, line in enumerate(lines) if line.startswith("表　"))
    shown = escape("\n".join([*lines[:9], "……", *lines[table : table + 8]]))
    page, target = folder / "text.html", folder / "text.png"
    # 汉字 and their marks one wide, Latin letters half of that.
    hei = (fonts_folder() / "BulletinHei-Regular.otf").resolve().as_uri()
    page.write_text('<!doctype html><meta charset="utf-8"><style>@font-face{font-family:Half;unicode-range:U+0-2FF;'
                    'size-adjust:83.3%;src:local("Noto Sans Mono"),local("DejaVu Sans Mono")}'
                    f'@font-face{{font-family:Hei;src:url("{hei}")}}body{{margin:14px 18px}}'
                    f'pre{{margin:0;font:14px/22px Half,Hei}}</style><pre>{shown}', "utf-8")
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", f"--screenshot={target}",
                    "--window-size=800,424", page.resolve().as_uri()], check=True, capture_output=True, timeout=120)
    return Image.open(target).convert("RGB")


def stacked(cells: list[Image.Image]) -> Image.Image:
    """Pictures one below the other."""
    whole, top = Image.new("RGB", (cells[0].width, sum(one.height for one in cells))), 0
    for one in cells:
        whole.paste(one, (0, top))
        top += one.height
    return whole


def cut(image: Image.Image, height: int) -> Image.Image:
    """The upper part of a picture."""
    return image.crop((0, 0, image.width, min(height, image.height)))


def in_row(chosen: list[Image.Image], gap: int) -> Image.Image:
    """Pictures beside one another."""
    ground = Image.new("RGB", (gap + sum(one.width + gap for one in chosen),
                               max(one.height for one in chosen) + 2 * gap), GROUND)
    left = gap
    for one in chosen:
        ground.paste(one, (left, gap))
        ImageDraw.Draw(ground).rectangle((left - 1, gap - 1, left + one.width, gap + one.height), outline=EDGE)
        left += one.width + gap
    return ground


if __name__ == "__main__":
    main()
