"""What a stranger sends is safe to try: no way out of the templates, bounded, read inside its folder.

A share of the attacks; ``tests/proofs/strangers.py`` tries them all.
"""

from __future__ import annotations

import datetime
import json
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from types import BuiltinMethodType, FunctionType, GeneratorType, MethodType
from typing import Any

import pytest
from commands import Press
from jinja2.runtime import Undefined
from markupsafe import Markup
from rendering import TESTS, environment, make_workspace, python, read
from strangers.attacks import PAGE, PLAIN_PAGE, PLAIN_THEME, SHEET, THEME, THEME_TOML
from strangers.lab import faults
from strangers.snippets import snippets
from workspaces import SAMPLES, THEMES, png, samples

from bulletin_press.document import exhibits, plots
from bulletin_press.document import tree as document
from bulletin_press.edition import Edition, open_edition
from bulletin_press.ground.budget import Budget, Spent
from bulletin_press.ground.diagnostics import InputFault
from bulletin_press.publication.workspace import Workspace
from bulletin_press.theme import page
from bulletin_press.theme.arrangement import PictureCell, PictureRow
from bulletin_press.theme.reckoning import Reckoner, blocks, front, levels, running
from bulletin_press.theme.reckoning import text as sizes
from bulletin_press.theme.sandbox import _Format
from bulletin_press.theme.set_picture import SetPicture
from bulletin_press.theme.tabulation import Columns
from bulletin_press.theme.templating import TemplateFolder, environment_of, filled
from bulletin_press.theme.weighing import MOST, TooLarge, weighed

# --- what a template can reach ----------------------------------------------------------------

# Written out, and not taken from the code that is tested.
VIEWS = (
    document.Attribution,
    document.BulletList,
    document.ContentsEntry,
    document.ContentsGroup,
    document.Document,
    document.Call,
    document.Dotted,
    document.Footnote,
    document.Entry,
    document.Front,
    document.Grid,
    document.Item,
    document.Link,
    document.Origin,
    document.Drawn,
    document.KeyDate,
    document.KeyDates,
    document.Paragraph,
    document.PullQuote,
    plots.Moment,
    plots.Plot,
    plots.PlotSeries,
    plots.PlotValue,
    plots.Timeline,
    document.Picture,
    document.Pictures,
    document.Section,
    document.Strong,
    document.Subheading,
    document.Text,
    exhibits.Bar,
    exhibits.Caption,
    exhibits.FigureCell,
    exhibits.Breakdown,
    exhibits.CompositionChart,
    exhibits.Exhibits,
    exhibits.FigureTable,
    exhibits.Growth,
    exhibits.KeyFigure,
    exhibits.Part,
    exhibits.Point,
    exhibits.RankingChart,
    exhibits.FigureRow,
    exhibits.Series,
    exhibits.RunChart,
    SetPicture,
    PictureRow,
    PictureCell,
    Columns,
    blocks.Beside,
    blocks.Card,
    blocks.TurnedTable,
    front.ContentsList,
    levels.Levelled,
    front.FilledPage,
    front.Listed,
    front.ReportCharts,
    running.Aligned,
    running.GuidePlan,
    running.NumberedChart,
    running.NumberedItem,
    running.PairedImprint,
    running.Passed,
    running.Profile,
    running.Running,
    sizes.Fitted,
)
PLAIN = (
    str,
    Markup,
    int,
    float,
    bool,
    Decimal,
    datetime.date,
    type(None),
    tuple,
    list,
    dict,
    range,
    type({}.items()),
    type({}.keys()),
    type({}.values()),
    GeneratorType,
)
METHODS = (MethodType, BuiltinMethodType)


@pytest.fixture(scope="module")
def sample() -> Edition:
    workspace = Workspace(SAMPLES, datetime.date(2022, 9, 1), SAMPLES)
    return open_edition(read(workspace))


def environment_of_theme(edition: Edition) -> Any:
    folder, mine = edition.theme.folder, edition.theme
    reckoner = Reckoner(mine.name, mine.numbers, mine.properties, edition.issue.document, mine.drawing)
    return page._environment([TemplateFolder(folder, folder.parents[1])], edition.theme.drawing, reckoner)


def given(edition: Edition) -> dict[str, Any]:
    return {
        "document": edition.issue.document,
        "pictures": dict(edition.pictures),
        "created": "2022-08-26",
        "css": Markup(edition.theme.css()),
        "options": dict(edition.theme.properties),
    }


def steps(env: Any, value: Any) -> Iterator[tuple[str, Any]]:
    """Everything that one step leads to from a value: attributes allowed or not, items, results of calls."""
    for name in {*dir(value), "__dict__", "__class__", "__globals__", "_x", "file"}:
        if not isinstance(found := env.getattr(value, name), Undefined):
            yield f".{name}", found
        if not isinstance(found := env.getitem(value, name), Undefined):
            yield f"[{name!r}]", found
    if isinstance(value, dict):
        yield from ((f"[{key!r}]", one) for key, one in list(value.items()))
        yield from (("key", key) for key in list(value))
    elif isinstance(value, (tuple, list, GeneratorType)):
        yield from ((f"[{index}]", one) for index, one in enumerate(value))


def test_a_template_reaches_plain_data_alone(sample: Edition) -> None:
    env = environment_of_theme(sample)
    waiting: list[tuple[str, Any]] = [*given(sample).items(), *env.globals.items()]
    functions = {id(one) for one in env.globals.values()}
    seen, kinds = set[int](), set[type]()
    kept = []
    while waiting:
        path, value = waiting.pop()
        if id(value) in seen or (isinstance(value, (str, int, float)) and value.__class__ in kinds):
            continue
        kept.append(value)  # so that no identity is used again
        seen.add(id(value))
        if id(value) in functions or isinstance(value, _Format):
            assert [name for name, _ in steps(env, value)] == [], path
            continue
        kinds.add(type(value))
        if isinstance(value, METHODS):
            assert type(value.__self__) in (*VIEWS, *PLAIN), path
            assert [name for name, _ in steps(env, value)] == [], path
            if isinstance(value.__self__, VIEWS):
                argument = () if value.__name__ == "pictures" else (0,)
                waiting.append((f"{path}()", env.call(env.from_string("").new_context(), value, *argument)))
            continue
        assert type(value) in (*VIEWS, *PLAIN, FunctionType), f"{path}: {type(value)}"
        waiting += [(f"{path}{name}", one) for name, one in steps(env, value)]
    assert len(kinds & {*VIEWS}) >= 25
    assert not kinds & {Path, type(SAMPLES), FunctionType}


@pytest.mark.parametrize("name", THEMES)
def test_what_is_reckoned_is_plain_data(name: str) -> None:
    """Of each theme's functions, those that its theme.toml has numbers for; what they give is listed."""
    workspace = Workspace(SAMPLES, datetime.date(2022, 9, 1), SAMPLES)
    edition = open_edition(read(workspace, "2022-08"), name)
    env, document = environment_of_theme(edition), edition.issue.document
    report, news = document.sections[0], document.sections[1]
    item, table = report.items[0], document.exhibits.table
    calls: dict[str, tuple[Any, ...]] = {
        "fitted": ("name", "甲"), "fits": ("under", "甲", "乙"), "label_parts": ("7—8月合刊",), "beside": (item,),
        "figure_size": ("first", document.exhibits.lead, 2), "length_of": ("tip", item.blocks), "cards": (news,),
        "first_page": (), "contents_list": (), "guide": (), "report_charts": (report,), "placed": (item,),
        "aligned": (document.exhibits.lead[0].growth, table), "running_text": ("text", item.blocks),
        "numbered_items": (news,), "profile": (item,), "opens_with_date": (item,), "imprint_lines": (),
        "imprint_rows": (), "paired_imprint": ("甲", "乙"), "levelled": (item.blocks[0],), "longest": ("tip", news),
        "member_facts": (item,), "coded": (item,), "code": (item, 57), "side_dates": (item,), "chart_width": (300,),
        "at_a_glance": (), "section_number": (news,), "next_number": ("表",), "charts_together": ((),),
        "turned_in": (news,)}
    functions = Reckoner.functions(env.globals["fits"].func.__self__)
    assert {*calls} | {"columns_of", "broad", "wide_pictures", "text_beside", "turned"} == {*functions}
    waiting, kinds = list[Any](), set[type]()
    for function, arguments in calls.items():
        with suppress(InputFault):
            waiting.append(env.call(env.from_string("").new_context(), env.globals[function], *arguments))
    while waiting:
        value = waiting.pop()
        if isinstance(value, (*METHODS, _Format)):
            continue
        assert type(value) in (*VIEWS, *PLAIN), type(value)
        if isinstance(value, document_types()) and type(value) in kinds:
            continue
        kinds.add(type(value))
        waiting += [one for _, one in steps(env, value)]
    assert len(kinds & {*VIEWS}) >= 6


def document_types() -> tuple[type, ...]:
    return (*VIEWS[:VIEWS.index(blocks.Beside)], str, int, float, Decimal, datetime.date)


def test_where_a_picture_lies_is_withheld(tmp_path: Path) -> None:
    (tmp_path / "2022-08" / "images").mkdir(parents=True)
    (tmp_path / "2022-08" / "images" / "a.png").write_bytes(png())
    head = "[issue]\nnumber = 8\ndate = 2022-08-26\n"
    edition = open_edition(
        read(make_workspace(tmp_path, head + '[[event]]\nbody = "甲"\nimage = "images/a.png"\n'))
    )
    (picture,) = edition.issue.document.pictures()
    env = environment_of_theme(edition)
    assert picture.file.is_file()
    for found in (env.getattr(picture, "file"), env.getitem(picture, "file")):
        assert isinstance(found, Undefined)
    assert str(tmp_path) not in repr(edition.issue.document)


def test_a_template_changes_nothing(sample: Edition) -> None:
    before = (repr(sample.issue.document), dict(sample.theme.properties), dict(sample.pictures))
    attempts = (
        "{% set document.title = 1 %}",
        "{{ options.update(a=1) }}",
        "{{ pictures.clear() }}",
        "{{ document.sections.append(1) }}",
        "{{ options.pop('measure') }}",
    )
    for text in attempts:
        with pytest.raises(InputFault):
            render(text, **given(sample))
    assert (repr(sample.issue.document), dict(sample.theme.properties), dict(sample.pictures)) == before


# --- what a template can make -----------------------------------------------------------------


def render(text: str, **values: Any) -> str:
    env = environment_of([], {}, {})
    env.loader.load_func = {"page.html.j2": text}.get  # type: ignore[union-attr]
    return filled(env, "page.html.j2", [TemplateFolder(Path("/nowhere"), Path("/nowhere"))], values)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("{{ 'a' * 3 }}{{ [1] * 2 }}", None),
        ("{{ 'a' * 3 }}", "aaa"),
        ("{{ '%05.1f' % 3.14159 }}", "003.1"),
        ("{{ '%s-%s'|format(1, 'a') }}", "1-a"),
        ("{{ '{:>5}|{a}'.format(1, a='<') }}", "    1|&lt;"),
        ("{{ '{a}'.format_map({'a': 1}) }}", "1"),
        ("{{ 'a'.center(5) }}|{{ 'a'|center(5) }}", "  a  |  a  "),
        ("{{ [1, 2]|join('-') }}{{ ','.join(['a', 'b']) }}", "1-2a,b"),
        ("{{ '<b>'|safe ~ '<' ~ 1 }}", "<b>&lt;1"),
        ("{{ (1, 2)|sum }}{{ [{'a': 2}, {'a': 3}]|sum(attribute='a') }}", "35"),
        ("{{ 2 ** 10 }}{{ 7 % 4 }}{{ 7 // 2 }}", "102433"),
        ("{{ 3.14159|round(2) }}{{ '42'|int + 1 }}", "3.1443"),
        ("{{ [3, 1, 2]|sort|join }}", "123"),
        ("{% for k, v in {'a': 1}.items() %}{{ k }}{{ v }}{% endfor %}", "a1"),
        ("{{ 'abc'[1:] }}{{ 'abc'[0] }}{{ [1, 2][-1] }}", "bca2"),
        (
            "{% for g in [{'a': 1}, {'a': 1}]|groupby('a') %}{{ g.grouper }}{{ g.list|length }}{% endfor %}",
            "12",
        ),
        ("{% set ns = namespace(a=1) %}{% set ns.a = ns.a + 1 %}{{ ns.a }}", "2"),
        ("{{ day.strftime('%Y年%m月') }}{{ day.isoformat() }}", "2022年08月2022-08-26"),
        (
            "{% macro m(a, b=2) %}{{ a }}{{ b }}{{ caller() }}{% endmacro %}{% call m(1) %}<{% endcall %}",
            "12<",
        ),
        ("{% for x in 'ab' %}{{ loop.index }}{{ loop.cycle('x', 'y') }}{% endfor %}", "1x2y"),
        ("{{ nothing|default('x') }}{{ nothing is defined }}", "xFalse"),
        (
            "{% set c = cycler(1, 2) %}{{ c.next() }}{{ c.next() }}{% set j = joiner('、') %}{{ j() }}{{ j() }}",
            "12、",
        ),
        ("{% set a, b = 1, 2 %}{{ a }}{{ b }}{{ [[1, 2], [3]]|map('first')|list|length }}", "122"),
        ("{{ {'a': [1]}|tojson }}", '{"a": [1]}'),
        ("{% filter upper %}a{% endfilter %}{{ 'a-b'.split('-')|last }}{{ 'x'|replace('x', 'y') }}", "Aby"),
        ("{% autoescape false %}{{ '<' ~ '>' }}{% endautoescape %}{{ '<' ~ '>' }}", "<>&lt;&gt;"),
        ("{{ {'class': 'a'}|xmlattr }}", ' class="a"'),
        ("{{ 'a\nb'|indent(2) }}{{ 'a b'|wordwrap(1) }}", "a\n  ba\nb"),
        ("{{ range(3)|list|length }}{{ dict(a=1).a }}{{ 1.5.is_integer() }}", "31False"),
    ],
)
def test_what_authors_write_works(text: str, made: str | None) -> None:
    if made is None:
        with pytest.raises(InputFault, match="这里要的是文字或数"):
            render(text)
    else:
        assert render(text, day=datetime.date(2022, 8, 26)) == made


def test_values_are_weighed_written_out_in_full() -> None:
    twice: Any = "x"
    for _ in range(19):
        twice = [twice, twice]
    assert weighed(twice) is twice
    with pytest.raises(TooLarge):
        weighed([twice] * 5)
    with pytest.raises(TooLarge):
        weighed("x" * (MOST + 1))


@pytest.mark.parametrize(
    "text",
    [
        "{{ macro_of }}",
        "{{ [1] }}",
        "{{ {} }}",
        "{{ (1,)|string }}",
        "{{ 'a' ~ [1] }}",
        "{{ '%s' % [[1]] }}",
        "{{ '{}'.format([1]) }}",
        "{{ [[1]]|join }}",
        "{{ range(3) }}",
        "{{ namespace() }}",
        "{{ [1]|map('string') }}",
        "{{ 'a'.upper }}",
        "{{ {'a': namespace()}|xmlattr }}",
    ],
)
def test_what_is_no_text_is_not_printed(text: str) -> None:
    with pytest.raises(InputFault, match="这里要的是文字或数"):
        render("{% macro macro_of() %}{% endmacro %}" + text)


def test_an_interrupted_loop_is_told_with_its_line() -> None:
    text = "{% for a in range(99999) %}\n{% for b in range(99999) %}\n{% endfor %}{% endfor %}"
    env = environment_of([], {}, {})
    env.loader.load_func = {"page.html.j2": text}.get  # type: ignore[union-attr]
    with pytest.raises(InputFault, match="没有尽头") as caught, Budget(0.3, 1 << 30).spending():
        filled(env, "page.html.j2", [TemplateFolder(Path("/nowhere"), Path("/nowhere"))], {})
    assert caught.value.findings[0].span.line in (1, 2, 3)


# --- the budget -------------------------------------------------------------------------------


def spin(seconds: float) -> None:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass


def test_a_budget_of_time_ends_what_does_not_end() -> None:
    with pytest.raises(Spent), Budget(0.2, 1 << 40).spending():
        spin(30)


def test_a_budget_is_spent_by_and_by() -> None:
    budget = Budget(0.5, 1 << 40)
    with budget.spending():
        spin(0.3)
    assert 0.1 < budget.left < 0.25
    spin(0.5)  # outside, nobody counts
    with pytest.raises(Spent), budget.spending():
        spin(30)


def test_a_budget_of_memory_ends_what_grows() -> None:
    held = list[bytearray]()

    def grow() -> None:
        for _ in range(3_000):
            held.append(bytearray(b"x" * 1_000_000))
            time.sleep(0.001)

    with pytest.raises(Spent), Budget(60, 50_000_000).spending():
        grow()
    assert 20 < len(held) < 2_000


def test_what_keeps_within_its_budget_is_left_alone() -> None:
    for _ in range(50):
        with Budget(0.05, 1 << 40).spending():
            spin(0.001)
    spin(0.3)


# --- files ------------------------------------------------------------------------------------


def evil(root: Path, body: str = "", css: str = "") -> None:
    for name, text in {THEME_TOML: PLAIN_THEME, PAGE: PLAIN_PAGE % body, SHEET: css}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def test_a_linked_workspace_works(press: Press, tmp_path: Path) -> None:
    """A publication on a share of the network, found by way of a link: that link is the user's own."""
    real = samples(tmp_path / "real")
    evil(real)
    (tmp_path / "linked").symlink_to(real)
    ran = press("-w", str(tmp_path / "linked"), "render", "2022-08", "--theme", "evil", "--draft")
    assert ran.status == 0, ran.err
    assert (real / "2022-08" / "out" / "2022-08.pdf").is_file()


@pytest.mark.parametrize("linked", [THEME_TOML, SHEET, PAGE, THEME, "templates/themes", "templates"])
def test_no_link_is_followed_in_a_template_folder(press: Press, tmp_path: Path, linked: str) -> None:
    root, outside = samples(tmp_path / "issues"), tmp_path / "outside"
    evil(root)
    evil(outside, "canary-7391")
    path = root / linked
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.symlink_to(outside / linked)
    ran = press("render", "2022-08", "--theme", "evil", "--draft")
    assert ran.status == 1
    assert f"{path} 是链接，不读" in ran.err
    assert not (root / "2022-08" / "out").exists()
    assert press("new-theme", "copy", "--from", "evil").status == 1
    assert "canary" not in ran.err + press("themes").out


def test_a_word_list_that_is_a_pipe_is_waited_for_by_nobody(press: Press, tmp_path: Path) -> None:
    import os

    root = samples(tmp_path / "issues")
    (root / "templates" / "checks").mkdir(parents=True)
    os.mkfifo(root / "templates" / "checks" / "forbidden.toml")
    ran = press("check", "2022-08")
    assert ran.status == 1
    assert "forbidden.toml:1:1: 错误 encoding 这是管道，不是文件" in ran.out
    (root / "templates" / "checks" / "forbidden.toml").unlink()
    (root / "members.toml").unlink(missing_ok=True)
    os.mkfifo(root / "members.toml")
    ran = press("check", "2022-08")
    assert ran.status == 1
    assert "这是管道，不是文件" in ran.err + ran.out


def test_nothing_is_written_by_way_of_a_link(press: Press, tmp_path: Path) -> None:
    root, outside = samples(tmp_path / "issues"), tmp_path / "outside"
    outside.mkdir()
    (root / "2022-08" / "out").symlink_to(outside)
    ran = press("render", "2022-08", "--draft")
    assert ran.status == 1
    assert "是指到刊物文件夹以外的链接，不往那里写。要写到别处，请用 -o 写明" in ran.err
    assert not any(outside.iterdir())
    assert press("render", "2022-08", "--draft", "-o", str(outside / "a.pdf")).status == 0


def links_out(root: Path, outside: Path, linked: str) -> dict[Path, bytes]:
    """Move something of a publication outside and leave a link; what is outside then, by path."""
    path, there = root / linked, outside / linked
    there.parent.mkdir(parents=True, exist_ok=True)
    path.rename(there)
    path.symlink_to(there)
    return {file: file.read_bytes() for file in outside.rglob("*") if file.is_file()}


def is_as_it_was(outside: Path, before: dict[Path, bytes]) -> bool:
    return {file: file.read_bytes() for file in outside.rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("linked", ["2022-08/issue.toml", "2022-08", "publication.toml", "members.toml"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_nothing_outside_is_converted(press: Press, tmp_path: Path, linked: str, encoding: str) -> None:
    root, outside = samples(tmp_path / "issues"), tmp_path / "outside"
    file = linked if linked.endswith(".toml") else f"{linked}/issue.toml"
    (root / file).write_bytes((root / file).read_text("utf-8").encode(encoding))
    before = links_out(root, outside, linked)
    for given in (f"issues/{file}", str(root / file)):
        ran = press("convert", given)
        assert ran.status == 1
        assert "是指到刊物文件夹以外的链接，没有改动它" in ran.err
    assert is_as_it_was(outside, before)


def test_a_link_inside_is_converted_and_stays_one(press: Press, tmp_path: Path) -> None:
    root = samples(tmp_path / "issues")
    text = (root / "2022-08" / "issue.toml").read_text("utf-8")
    (root / "2022-08" / "issue.toml").unlink()
    (root / "2022-08" / "real.toml").write_bytes(text.encode("gb18030"))
    (root / "2022-08" / "issue.toml").symlink_to("real.toml")
    (tmp_path / "mine").symlink_to(root)
    assert press("convert", "mine/2022-08/issue.toml").status == 0
    assert (root / "2022-08" / "issue.toml").is_symlink()
    assert (root / "2022-08" / "real.toml").read_text("utf-8") == text


@pytest.mark.parametrize("there", ["folder", "empty folder", "nothing"])
def test_no_new_issue_outside(press: Press, tmp_path: Path, there: str) -> None:
    root, outside = samples(tmp_path / "issues"), tmp_path / "outside"
    if there != "nothing":
        outside.mkdir()
    if there == "folder":
        (outside / "images").mkdir()
    (root / "2022-12").symlink_to(outside)
    ran = press("new-issue", "2022-12")
    assert ran.status == 1
    assert "2022-12/issue.toml 是指到刊物文件夹以外的链接，不往那里写" in ran.err
    assert [path.name for path in tmp_path.rglob("outside/*")] == (["images"] if there == "folder" else [])


@pytest.mark.parametrize("linked", ["templates", "templates/themes"])
def test_no_new_theme_behind_a_link(press: Press, tmp_path: Path, linked: str) -> None:
    root, outside = samples(tmp_path / "issues"), tmp_path / "outside"
    outside.mkdir()
    shutil.rmtree(root / linked, ignore_errors=True)
    (root / linked).parent.mkdir(exist_ok=True)
    (root / linked).symlink_to(outside)
    ran = press("new-theme", "ours")
    assert ran.status == 1
    assert f"issues/{linked} 是链接，不往那里写" in ran.err
    assert not any(outside.iterdir())


@pytest.mark.parametrize("linked", ["publication.toml", "members.toml", "2022-08/issue.toml", "2022-08"])
@pytest.mark.parametrize("text", ["canary-7391 = [", None])
@pytest.mark.parametrize("command", ["check", "render", "report"])
def test_nothing_outside_is_read(press: Press, tmp_path: Path, linked: str, text: str | None, command: str) -> None:
    """Neither what can be read nor what is wrong in it is told; by name, by folder and by file."""
    root, outside = samples(tmp_path / "issues"), tmp_path / "outside"
    if text and linked.endswith(".toml"):
        (root / linked).write_text(text, encoding="utf-8")
    before = links_out(root, outside, linked)
    for given in ("2022-08", "issues/2022-08", "issues/2022-08/issue.toml", str(root / "2022-08")):
        ran = press(command, given)
        assert ran.status in (1, 2)
        assert "是指到刊物文件夹以外的链接，不读" in ran.err
        assert "canary" not in ran.out + ran.err
    assert is_as_it_was(outside, before)


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://a/b"]
)
def test_links_of_a_theme_lead_to_sites_alone(press: Press, tmp_path: Path, address: str) -> None:
    root = samples(tmp_path / "issues")
    evil(root, f'<p><a href="{address}">甲</a> <a href="https://example.com">乙</a></p>')
    ran = press("render", "2022-08", "--theme", "evil", "--draft")
    assert ran.status == 1
    assert "版式里的链接只能用" in ran.err


@pytest.mark.parametrize(("body", "css", "place", "words"), [
    ('<img src="/etc/hostname">', "", "page.html.j2", "/etc/hostname"),
    ("", "p { background: url(secret/a.png) }", "style.css:1:21", "secret/a.png"),
    ("", "p { color: red }\nbody { background: url(https://example.com/a.png) }", "style.css:2:24",
     "https://example.com/a.png"),
    ("", "@color-profile --a { src: url(file:///etc/a.icc); components: a, b, c, d }\np { color: color(--a 0 0 0 1) }",
     "style.css:1:31", "file:///etc/a.icc"),
    ('<p><a href="javascript:alert(1)">甲</a></p>', "", "page.html.j2", "javascript:alert(1)"),
    ('<p><a href="{{ \'java\' ~ \'script:alert(1)\' }}">甲</a></p>', "", "style.css:1:1", "javascript:alert(1)"),
    ('<link rel="attachment" href="file:///etc/passwd">', "", "page.html.j2", "file:///etc/passwd"),
])
def test_what_render_refuses_check_refuses(press: Press, tmp_path: Path, body: str, css: str, place: str,
                                           words: str) -> None:
    root = samples(tmp_path / "issues")
    evil(root, body, css)
    publication = (root / "publication.toml").read_text("utf-8")
    publication = re.sub(r"(?m)^theme *=.*\n", "", publication).replace(
        "[publication]", '[publication]\ntheme = "evil"', 1)
    (root / "publication.toml").write_text(publication, encoding="utf-8")
    rendered, checked = press("render", "2022-08", "--draft"), press("check", "2022-08", "--layout")
    for ran, said in ((rendered, rendered.err), (checked, checked.out)):
        assert ran.status == 1
        (line,) = [line for line in said.split("\n") if " theme-fails " in line]
        assert f"templates/themes/evil/{place}" in line
        assert words in line
        assert "在 issues/templates/themes/evil）" in line
        assert not re.search("Relative|reference|without", line)


def test_a_page_for_browsers_from_a_theme_of_ones_own_is_warned_of(press: Press, tmp_path: Path) -> None:
    root = samples(tmp_path / "issues")
    evil(root, "<script>alert(1)</script>")
    words = "网页里会照样带上版式里的脚本和外部地址"
    assert words in press("render", "2022-08", "--draft", "--to", "html", "--theme", "evil").err
    assert words not in press("render", "2022-08", "--draft", "--to", "html", "--theme", "classic").err


def test_a_theme_file_that_is_none_is_named(press: Press, tmp_path: Path) -> None:
    import os

    root = samples(tmp_path / "issues")
    evil(root)
    for words, make in (("这是管道，不是文件", os.mkfifo), ("这是一个文件夹，不是文件", os.mkdir),
                        ("是链接，不读", lambda path: path.symlink_to("/dev/zero")),
                        ("是链接，不读", lambda path: path.symlink_to("nowhere"))):
        path = root / THEME_TOML
        path.rmdir() if path.is_dir() else path.unlink()
        make(path)
        ran = press("render", "2022-08", "--theme", "evil", "--draft")
        assert ran.status == 1
        assert str(path) in ran.err
        assert words in ran.err


# --- plain HTML -------------------------------------------------------------------------------


def laid_out(root: Path, parts: list[tuple[str, str]]) -> list[str]:
    """What is said of a theme's page with each piece of HTML; empty where it renders."""
    said = []
    for html, css in parts:
        evil(root, "{% raw %}" + html + "{% endraw %}", css)
        try:
            edition = open_edition(read(Workspace(root, datetime.date(2022, 9, 1), root)), "evil")
            edition.pdf()
            edition.pages.lines(loose=0.1)
            said.append("")
        except InputFault as fault:
            (rule,) = (finding.rule for finding in fault.findings)
            said.append(f"{rule}: {fault.message}")
    return said


def test_plain_html_renders(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    assert laid_out(tmp_path, list(snippets(40))) == [""] * 40


def test_spaces_between_inline_blocks(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    block = '<span style="display: inline-block">甲</span>'
    assert laid_out(
        tmp_path,
        [
            (f"<p>{block} {block}</p>", ""),
            (f"<p>{block} <b> </b> {block} 乙</p>", ""),
            (f"<div>\n{block}\n{block}\n</div>", ""),
        ],
    ) == ["", "", ""]


def test_what_the_engine_cannot_set_is_told_by_name(tmp_path: Path) -> None:
    make_workspace(tmp_path)
    (said,) = laid_out(tmp_path, [("<span style='position: running(x)'><pre>甲</pre></span>", "")])
    assert said.startswith("theme-fails: 版式 evil 的页面排不出来。排版引擎出错")


# --- attacks ----------------------------------------------------------------------------------


def tried(folder: Path, *arguments: str | int) -> list[dict[str, Any]]:
    ran = python(
        "-m", "strangers.lab", *map(str, arguments), env=environment(PYTHONPATH=f"{TESTS}:{TESTS.parent}")
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_a_share_of_the_attacks(tmp_path: Path) -> None:
    outcomes = tried(tmp_path, tmp_path, 5, 37)
    assert len(outcomes) >= 40
    assert {one["name"]: found for one in outcomes if (found := faults(one))} == {}


def test_a_share_of_the_bombs(tmp_path: Path) -> None:
    outcomes = tried(tmp_path, "bombs", tmp_path, 6, 80)
    assert len(outcomes) >= 2
    assert {one["name"]: found for one in outcomes if (found := faults(one))} == {}


def test_the_laboratory_sees() -> None:
    """An attack that works is found out: else no figure of it is worth anything."""
    plain = {"status": [0], "said": "", "refused": False, "leaked": [], "seconds": 1.0}
    assert faults(plain) == []
    for wrong in (
        {"opened": ["/etc/passwd"]},
        {"wrote": ["x"]},
        {"connected": ["x"]},
        {"started": ["x"]},
        {"leaked": ["text"]},
        {"said": "Traceback"},
        {"refused": True},
        {"status": [1]},
        {"seconds": 21},
        {"memory": 2e9},
        {"killed": "9"},
    ):
        assert faults(plain | wrong), wrong
