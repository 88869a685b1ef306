"""The picture of the front page: every outlet that shows pictures shows it, with what it shows and whose it is."""

from __future__ import annotations

import email
import email.policy
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from PIL import Image
from workspaces import HEAD, write

from bulletin_press.edition import Edition, open_edition
from bulletin_press.issue.reading import read_issue
from bulletin_press.writers import docx, mail, site, text, web, wechat

CREDIT = "港口的傍晚。图／某会员"
FRONT = HEAD + f'cover = "front.jpg"\ncover_caption = "{CREDIT}"\n[[news]]\ntitle = "甲"\nbody = "乙。"\n'
PUBLICATION = '[publication]\nname = "刊"\norganiser = "会"\n[site]\naddress = "https://a.example/b"\n'


def striped(width: int, height: int) -> bytes:
    """A picture whose middle third is green, its edges red."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 160, 60), (0, height // 3, width, height * 2 // 3))
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=95)
    return kept.getvalue()


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    root = tmp_path_factory.mktemp("front")
    (root / "2022-08").mkdir()
    (root / "2022-08/front.jpg").write_bytes(striped(900, 1260))
    workspace = write(root, {"2022-08/issue.toml": FRONT, "publication.toml": PUBLICATION})
    return open_edition(read_issue(workspace, root / "2022-08/issue.toml"))


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def is_green(image: Image.Image) -> bool:
    pixel = image.getpixel((image.width // 2, image.height // 2))
    assert isinstance(pixel, tuple)
    return pixel[1] > pixel[0] + 50


def test_the_web_has_it_whole_and_cut(edition: Edition) -> None:
    files = web.write_web(edition)
    page = files["index.html"].decode()
    whole, broad = opened(files["images/front.jpg"]), opened(files["images/front-wide.jpg"])
    assert whole.size == (900, 1260) and broad.size == (900, 450)
    assert is_green(broad)
    assert 'srcset="images/front-wide.jpg"' in page and 'src="images/front.jpg"' in page
    assert page.index(CREDIT) < page.index("本期导读")
    assert 'src="https://a.example/b/2022-08/images/front.jpg"' in files["fragment.html"].decode()


def test_on_a_site_it_is_what_is_shown_of_the_page_elsewhere(edition: Edition) -> None:
    files = site.site_files([edition])
    page = files["2022-08/index.html"].decode()
    found = re.findall(r'property="og:image" content="https://a\.example/b/([^"]+)"', page)
    assert found == ["2022-08/images/front-wide.jpg"] and found[0] in files
    assert f'property="og:image:alt" content="{CREDIT}"' in page
    item = json.loads(files["feed.json"])["items"][0]
    assert item["image"] == "https://a.example/b/2022-08/images/front.jpg"


def test_the_official_account_heads_with_it_and_has_its_covers_of_it(edition: Edition) -> None:
    files = wechat.write_wechat(edition)
    article = files["article.html"].decode()
    assert article.index('src="images/front.jpg"') < article.index(CREDIT) < article.index("乙。")
    assert f"题图 front.jpg（{CREDIT}）" in files["index.html"].decode()
    broad, square = opened(files["images/cover-235.jpg"]), opened(files["images/cover-square.jpg"])
    assert broad.size == (900, 383) and square.size == (500, 500)
    # Under the veil it is still the picture's middle.
    assert all(green > red for red, green, _ in (one.getpixel((one.width - 9, 150)) for one in (broad, square)))


def test_only_the_first_of_several_articles_heads_with_it(edition: Edition, monkeypatch: pytest.MonkeyPatch,
                                                          tmp_path: Path) -> None:
    (tmp_path / "2022-08").mkdir()
    (tmp_path / "2022-08/front.jpg").write_bytes(striped(90, 60))
    more = "".join(f'[[policy]]\ntitle = "丙{at}"\nbody = "{"很长的一段话，" * 30}"\n' for at in range(3))
    workspace = write(tmp_path, {"2022-08/issue.toml": FRONT + more})
    monkeypatch.setattr(wechat, "MOST_CHARACTERS", 400)
    files = wechat.write_wechat(open_edition(read_issue(workspace, tmp_path / "2022-08/issue.toml")))
    articles = [files[name].decode() for name in sorted(files) if name.startswith("article-")]
    assert len(articles) > 1
    assert ["front.jpg" in one for one in articles] == [True, *[False] * (len(articles) - 1)]


def test_an_authors_picture_that_is_named_like_one_of_the_presss_own(tmp_path: Path) -> None:
    (tmp_path / "2022-08").mkdir()
    (tmp_path / "2022-08/cover-235.jpg").write_bytes(striped(90, 60))
    body = HEAD + 'cover = "cover-235.jpg"\n[[news]]\ntitle = "甲"\nimage = "cover-235.jpg"\nbody = "乙。"\n'
    workspace = write(tmp_path, {"2022-08/issue.toml": body})
    files = wechat.write_wechat(open_edition(read_issue(workspace, tmp_path / "2022-08/issue.toml")))
    assert opened(files["images/cover-235.jpg"]).size == (900, 383)
    assert opened(files["images/cover-235-2.jpg"]).size == (90, 60)


def test_the_message_takes_it_along(edition: Edition) -> None:
    data = mail.write_mail(edition)
    found = email.message_from_bytes(data, policy=email.policy.default)
    assert not any(part.defects for part in found.walk())
    html = found.get_body(("related", "html"))
    assert html is not None and html.get_content_type() == "multipart/related"
    page, picture = html.iter_parts()
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in page.get_content()
    assert f'alt="{CREDIT}"' in page.get_content() and is_green(opened(picture.get_content()))
    plain = found.get_body(("plain",))
    assert plain is not None and f"［题图：{CREDIT}］" in plain.get_content()
    assert data == mail.write_mail(edition)


def test_the_word_file_and_the_plain_text_tell_of_it(edition: Edition) -> None:
    with zipfile.ZipFile(io.BytesIO(docx.write_docx(edition))) as made:
        body = made.read("word/document.xml").decode()
        shown = [made.read(name) for name in made.namelist() if name.startswith("word/media/")]
    assert CREDIT in body and opened(shown[0]).size == (900, 450)
    assert CREDIT in text.write_text(edition).decode()


def test_one_that_is_missing_is_told_and_nothing_fails(tmp_path: Path) -> None:
    workspace = write(tmp_path, {"2022-08/issue.toml": FRONT})
    one = open_edition(read_issue(workspace, tmp_path / "2022-08/issue.toml"))
    assert "图片缺失：front.jpg" in web.write_web(one)["index.html"].decode()
    files = wechat.write_wechat(one)
    assert "图片缺失：front.jpg" in files["article.html"].decode() and "images/cover-235.png" in files
    assert b"multipart/related" not in mail.write_mail(one)
