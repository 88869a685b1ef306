"""Themes: what theme.toml may say, and what of it reaches the style sheet and the drawings."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rendering import as_toml
from test_charts import ranking
from test_exhibits import FAIR
from workspaces import HEAD as ISSUE_HEAD
from workspaces import ROOT, SAMPLES, TODAY, samples, write

from bulletin_press.edition import open_edition
from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.ground.resources import templates_folder
from bulletin_press.issue.reading import read_issue
from bulletin_press.publication.workspace import ISSUE, PUBLICATION, Workspace
from bulletin_press.theme.reckoning import Reckoner, Reckoning, points
from bulletin_press.theme.theme import Theme, load_theme, theme_names

BUILT_IN = [path.parent.name for path in sorted((templates_folder() / "themes").glob("*/theme.toml"))]
HEAD = 'title = "试"\ndescription = "试"\nfonts = ["Bulletin Song", "Bulletin Hei"]\n'
ACCENT = '[options.accent]\nlabel = "主色"\nkind = "color"\ndefault = "#1E4B57"\n'
CHARTS = ('[charts]\nunit = 18\nlabels = "Bulletin Song"\nfigures = "Bulletin Hei"\ntones = ["accent", "soft"]\n'
          'ink = "#111111"\nfaint = "#555555"\nrise = "accent"\nfall = "accent"\n')
TONES = '[tones]\nsoft = { of = "accent", white = 0.5 }\ndeep = { of = "accent", black = 0.5 }\n'
PAPER = ('[options.paper]\nlabel = "开本"\nkind = "choice"\ndefault = "A4"\nchoices = ["A4", "16开"]\n'
         '[options.paper.sets."A4"]\npage = "210mm 297mm"\nmeasure = "396pt"\n'
         '[options.paper.sets."16开"]\npage = "185mm 260mm"\nmeasure = "352pt"\n')


def theme(folder: Path, text: str, options: dict[str, object] | None = None) -> Theme:
    place = folder / "themes" / "mine"
    place.mkdir(parents=True, exist_ok=True)
    (place / "theme.toml").write_text(text, "utf-8")
    (place / "style.css").write_text("p { color: var(--accent) }\n", "utf-8")
    return load_theme("mine", (folder,), options or {})


def test_tones_follow_the_colour_they_are_made_of(tmp_path: Path) -> None:
    ours = theme(tmp_path, HEAD + ACCENT + TONES)
    assert (ours.properties["soft"], ours.properties["deep"]) == ("#8EA5AB", "#0F262C")
    theirs = theme(tmp_path, HEAD + ACCENT + TONES, {"accent": "#F00"})
    assert (theirs.properties["soft"], theirs.properties["deep"]) == ("#FF8080", "#800000")
    assert "--soft: #FF8080;" in theirs.css()


def test_a_choice_sets_what_goes_with_it(tmp_path: Path) -> None:
    assert theme(tmp_path, HEAD + PAPER).properties["measure"] == "396pt"
    small = theme(tmp_path, HEAD + PAPER, {"paper": "16开"})
    assert small.properties["measure"] == "352pt" and "--page: 185mm 260mm;" in small.css()


def test_drawings_take_the_theme_s_fonts_and_colours(tmp_path: Path) -> None:
    mine = theme(tmp_path, HEAD + ACCENT + TONES + CHARTS, {"accent": "#FF0000"})
    svg = ElementTree.fromstring(mine.drawing(ranking(("日本", "5", None), ("欧盟", "4", None)), 300))
    fills = [rect.attrib["fill"] for rect in svg.iter("{http://www.w3.org/2000/svg}rect")]
    assert fills == ["#FF0000", "#FF8080"]
    fonts = {group.attrib["font-family"] for group in svg.iter("{http://www.w3.org/2000/svg}g")}
    assert fonts == {"Bulletin Song", "Bulletin Hei"}


def test_a_theme_that_draws_nothing_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputFault, match=r"mine 的 theme\.toml 没有写 \[charts\]"):
        theme(tmp_path, HEAD).drawing(ranking(("日本", "5", None)), 300)


@pytest.mark.parametrize(("text", "line", "words"), [
    (HEAD + ACCENT + '[tones]\nsoft = { of = "acent" }\n', 9, "“acent”不是颜色选项"),
    (HEAD + ACCENT + '[tones]\nsoft = { of = "accent", white = 2 }\n', 9, "white"),
    (HEAD + CHARTS, 8, "“accent”不是颜色"),
    (HEAD + ACCENT + TONES
     + CHARTS.replace('"Bulletin Song"', '"Noto Serif"'), 13, "字体“Noto Serif”没有列在 fonts 里"),
    (HEAD + ACCENT + TONES + CHARTS.replace("unit = 18", 'unit = "18pt"'), 12, "unit"),
    (HEAD + ACCENT.replace("#1E4B57", "teal"), 4, "default 要写成颜色"),
    (HEAD + PAPER + '[options.paper.sets."B5"]\npage = "x"\n', 4, "“B5”不在 choices 里"),
    (HEAD + PAPER.replace("352pt", "352pt; } body { color: red"), 4, "只能是长度、颜色和名称"),
    (HEAD + PAPER.replace("352pt", "352pt /* "), 4, "只能是长度、颜色和名称"),
    (HEAD + PAPER.replace("16开", "16开; } body { color: red"), 4, "choices 里的只能是"),
    (HEAD + ACCENT.replace("accent", '"x: red; } p { --y"'), 4, "不能作名称"),
    (HEAD + ACCENT + TONES.replace("deep", '"2deep"'), 10, "不能作名称"),
    (HEAD + "[chart]\n", 4, "chart"),
    (HEAD + ACCENT + TONES + CHARTS + "untis = 2\n", 20, "untis"),
])
def test_a_mistake_in_theme_toml_is_found(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(InputFault) as caught:
        theme(tmp_path, text)
    shown = [(finding.span.line, finding.message) for finding in caught.value.findings]
    assert any(at == line and words in message for at, message in shown), shown


def test_a_colour_too_pale_to_read_is_refused(tmp_path: Path) -> None:
    pale = ACCENT + "contrast = 3\n"
    assert theme(tmp_path, HEAD + pale, {"accent": "#D5432C"}).properties["accent"] == "#D5432C"
    with pytest.raises(InputFault, match="太浅了（#FFF6A0）"):
        theme(tmp_path, HEAD + pale, {"accent": "#FFF6A0"})


def test_another_theme_takes_the_options_that_it_has(tmp_path: Path) -> None:
    root = samples(tmp_path / "issues")
    path = root / PUBLICATION
    path.write_text(path.read_text("utf-8").replace(
        "[sections]", '[theme]\naccent = "#1F5B46"\npaper = "16开"\nrise = "#AA3311"\n\n[sections]', 1), "utf-8")
    issue = read_issue(Workspace(root, TODAY, root), root / "2022-08" / ISSUE)
    values = open_edition(issue, "modern").theme.values
    assert (values["accent"], values["paper"]) == ("#1F5B46", "16开") and "rise" not in values


def test_lengths() -> None:
    assert points("396pt") == 396
    assert points("25.4mm") == pytest.approx(72)
    assert points("2.54cm") == pytest.approx(72)
    with pytest.raises(ValueError, match="2em"):
        points("2em")


def test_the_theme_in_the_guide_is_a_theme(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "guide" / "10-themes.md").read_text("utf-8")
    example = text.partition("```toml\n")[2].partition("```")[0]
    guide = theme(tmp_path, example)
    assert guide.file.charts is not None and guide.properties["measure"] == "396pt"
    assert "<svg" in guide.drawing(ranking(("日本", "5", None)), 300)


def test_the_guide_names_all_that_a_template_is_handed() -> None:
    guide = (ROOT / "docs" / "guide" / "10-themes.md").read_text("utf-8")
    functions = {*vars(Reckoner)} - {"functions"} | {"points", "picture_rows", "drawing"}
    missing = [name for name in functions if not name.startswith("_") and f"`{name}(" not in guide]
    missing += [name for name in ("document", "pictures", "options", "css", "created") if f"`{name}" not in guide]
    missing += [name for name in Reckoning.model_fields if f"reckoning.{name}`" not in guide]
    missing += [name for name in ("paragraph", "subheading", "bullets", "grid", "pictures", "entry", "strong", "link",
                                  "figure") if f"{name}`" not in guide]
    assert missing == []


# --- the themes there are ---------------------------------------------------------------------


def test_the_built_in_themes_are_listed() -> None:
    assert theme_names((templates_folder(),)) == BUILT_IN
    assert "classic" in BUILT_IN


def opened(root: Path, name: str, issue: str = "2022-08", **options: str) -> str:
    """The HTML of a sample issue in a theme with some options."""
    path = root / PUBLICATION
    text = re.sub(r'^theme = "classic"', f'theme = "{name}"', path.read_text("utf-8"), flags=re.M)
    lines = "".join(f'{key} = "{value}"\n' for key, value in options.items())
    path.write_text(text.replace("[sections]", f"[theme]\n{lines}\n[sections]"), "utf-8")
    workspace = Workspace(root, TODAY, root)
    return open_edition(read_issue(workspace, root / issue / ISSUE)).html


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_option_of_every_theme_makes_pages(name: str, tmp_path: Path) -> None:
    file = load_theme(name, (templates_folder(),), {}).file
    for index, (key, option) in enumerate(file.options.items()):
        value = {"color": "#332211", "length": "7pt"}.get(option.kind) or option.choices[-1]
        html = opened(samples(tmp_path / f"{name}-{index}"), name, **{key: value})
        assert f"--{key}: {value};" in html


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_theme_shows_the_exhibits(name: str, tmp_path: Path) -> None:
    html = opened(samples(tmp_path / "all"), name)
    drawn = 1 if name == "gongwen" else 2  # by an author; gongwen sets a timeline as a table
    assert html.count("<svg ") == 4 + drawn
    assert "442826.44" in html and 'class="figures"' in html
    root = samples(tmp_path / "none")
    path = root / PUBLICATION
    path.write_text(re.sub(r"^(\w+) = true ", r"\1 = false ", path.read_text("utf-8"), flags=re.M), "utf-8")
    html = opened(root, name)
    assert html.count("<svg ") == drawn and 'class="figures"' not in html


KEY_FIGURES = '[key_figures]\nlead = [["amount", "all"], ["deals", "all"]]\nmore = [["amount", "home"]]\n'


def fair(root: Path, name: str, report: str) -> str:
    """The text of an issue that reports of two measures with different units."""
    publication = as_toml({"publication": {"name": "展会月刊", "organiser": "展会协会", "theme": name},
                           "report": {"definition": "fair", "unit": "亿元"}})
    definition = FAIR.replace("[table]", KEY_FIGURES + "[table]")
    workspace = write(root, {PUBLICATION: publication, "templates/reports/fair/definition.toml": definition,
                             f"2022-08/{ISSUE}": ISSUE_HEAD + '[report]\nperiod = "2022-06"\n' + report})
    html = open_edition(read_issue(workspace, root / "2022-08" / ISSUE)).html
    return re.sub(r"\s+", "", re.sub("<[^>]*>", " ", html.partition("</style>")[2]))


@pytest.mark.parametrize("name", ["classic", "modern"])
def test_each_figure_stands_with_its_own_unit(name: str, tmp_path: Path) -> None:
    text = fair(tmp_path, name, "[report.amount]\nall = 6.5\nhome = 5\n[report.deals]\nall = 600\nhome = 500\n")
    assert "亿元个全部6.5600" in text  # the table's second head row, one unit a column
    assert {"classic": "成交项目600个", "modern": "成交项目（个）600"}[name] in text


@pytest.mark.parametrize("name", ["classic", "modern"])
def test_figures_that_no_sentence_speaks_of_are_shown(name: str, tmp_path: Path) -> None:
    text = fair(tmp_path, name, "[report.deals]\nall = 600\nhome = 500\nabroad = 100\n")
    assert "数据月报" in text and "内外构成" in text and "个全部600境内500" in text


def test_modern_names_period_and_unit_of_lesser_figures_too(tmp_path: Path) -> None:
    text = fair(tmp_path, "modern", "[report.amount]\nhome = 5\n")
    assert "2022年上半年本市主要数据亿元境内成交额5" in text


def test_the_samples_use_a_built_in_theme() -> None:
    assert 'theme = "classic"' in (SAMPLES / PUBLICATION).read_text("utf-8")
