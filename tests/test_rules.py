"""Every rule against its table of cases, and every rule's words about itself.

A case file is ``cases/<family>/<rule>.toml``. Its ``[[case]]`` tables hold, by what the rule reads:

* copy and glyph rules: ``text`` (and ``key``, the TOML key that it is typed under); ``marks`` are
  the words marked;
* data rules: ``report``, and ``earlier``, a list of reports, newest first; ``marks`` are the paths
  of the values marked. ``definition`` lays tables over those of the bundled definition;
* rules that read a whole issue, or its pages: ``issue``, a piece of issue.toml, and ``files``,
  picture files (name = "whole", "large", "moving", "cut short" or "empty"), ``css``, added to the theme,
  ``publication``, a whole publication.toml or what is added to one, ``earlier``, other issues by
  folder name, ``folder`` and ``head``, the issue's own folder name and [issue]; ``marks`` are the
  words of the source that are marked. ``text`` stands for an event's body, or with
  ``key = "intro"`` for a member's profile.

``severity`` and ``suggestions`` are compared where they are given.
"""

from __future__ import annotations

import io
import re
import shutil
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from typed import typed, typed_lines
from workspaces import HEAD, PUBLICATION_TEXT, by_rule, checked, covered, png, write

from bulletin_press.checks import engine
from bulletin_press.checks.engine import PlacedRule, entries
from bulletin_press.checks.explanations import explanation
from bulletin_press.checks.rule import At, Copy, Data, Lettering, Mark, Written
from bulletin_press.edition import Edition
from bulletin_press.ground.diagnostics import Finding
from bulletin_press.ground.resources import templates_folder
from bulletin_press.issue.issue import Issue
from bulletin_press.issue.reading import read_issue
from bulletin_press.language.numerals import Period
from bulletin_press.pipeline import check
from bulletin_press.report.definition import Definition
from bulletin_press.report.figure_reading import read_figures
from bulletin_press.report.figures import EarlierReport, ReportFigures
from bulletin_press.theme.theme import load_theme
from bulletin_press.toml.positions import shown_path

CASES = Path(__file__).parent / "cases"
DEFINITION = "service-outsourcing"
TEXTS = (Copy, Written, Lettering)

Case = dict[str, Any]


@cache
def case_files() -> dict[str, Path]:
    """The case files by ``family/rule``."""
    return {f"{path.parent.name}/{path.stem}": path for path in sorted(CASES.glob("*/*.toml"))}


def cases() -> Iterator[Any]:
    for name, path in case_files().items():
        tables = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
        assert set(tables) == {"case"}, f"{path}: only [[case]] tables"
        for number, case in enumerate(tables["case"], 1):
            yield pytest.param(name.split("/")[1], case, id=f"{name}-{number}")


# --- what a rule reads ----------------------------------------------------------------------


@cache
def families() -> tuple[str, ...]:
    return tuple(load_theme("classic", (templates_folder(),), {}).fonts)


def tables_of(laid_over: dict[str, Any] | None = None) -> dict[str, Any]:
    """The tables of the bundled definition, and those of a case's own over them."""
    path = templates_folder() / "reports" / DEFINITION / "definition.toml"
    tables = tomllib.loads(path.read_text("utf-8"))
    if laid_over:
        # Items of a case's own are not those that the report shows beside its text.
        for name in ("key_figures", "table", "charts"):
            del tables[name]
    return {**tables, **(laid_over or {})}


def definition(laid_over: dict[str, Any] | None = None) -> Definition:
    return Definition.model_validate(tables_of(laid_over))


def figures(report: dict[str, Any], known: Definition) -> ReportFigures:
    measures = {key: value for key, value in report.items() if key != "period"}
    read, complaints = read_figures(measures, Period.parse(report["period"]), known, ("report",))
    assert not complaints, complaints
    return read


def value_paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of a table's values, the innermost first."""
    inside = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from value_paths(one, (*path, key))
    if path:
        yield path


def data(case: Case) -> Data:
    known = definition(case.get("definition"))
    earlier = [EarlierReport(report["period"], figures(report, known)) for report in case.get("earlier", ())]
    now = figures(case["report"], known)
    assert all(report.figures.period.before(now.period) for report in earlier), \
        "the press hands a rule comparable reports only: try others in test_engine"
    last_year = [EarlierReport(report["period"], figures(report, known)) for report in case.get("last_year", ())]
    return Data(now, known, earlier, a_year_before=last_year[0] if last_year else None)


def subject(entry: PlacedRule, case: Case) -> Any:
    text = case["text"]
    if entry.rule.subject is Lettering:
        return Lettering(text, case.get("families", families()))
    return Written(text) if entry.rule.subject is Written else Copy(text, case.get("key", "body"))


def marked_text(entry: PlacedRule, case: Case) -> list[tuple[str, Any, str | None]]:
    found = []
    for mark in entry.rule.check(subject(entry, case)):
        assert isinstance(mark, Mark)
        assert 0 <= mark.start < mark.end <= len(case["text"])
        assert mark.message
        found.append((case["text"][mark.start : mark.end], mark.severity, mark.suggestion))
    return found


def marked_data(entry: PlacedRule, case: Case) -> list[tuple[str, Any, str | None]]:
    found = []
    for at in entry.rule.check(data(case)):
        assert isinstance(at, At)
        assert at.message
        found.append((shown_path(at.path), at.severity, at.suggestion))
    return found


def body(text: str, key: str) -> str:
    """A piece of issue.toml that a text stands in."""
    if not text:
        return ""
    return f"[[event]]\nbody = '''\n{text}\n'''" if key == "body" else \
        f"[[member]]\nname = \"某公司\"\nintro = '''\n{text}\n'''"


def theme_with(css: str, root: Path) -> str:
    """The name of a theme of the workspace's: classic, and these rules."""
    folder = root / "templates" / "themes" / "tried"
    shutil.copytree(templates_folder() / "themes" / "classic", folder)
    with (folder / "style.css").open("a", encoding="utf-8") as sheet:
        sheet.write(css)
    return folder.name


def moving(name: str) -> bytes:
    """A picture of two frames, in the form that its name says."""
    target = io.BytesIO()
    form = "WEBP" if name.endswith("webp") else "PNG"
    Image.new("RGB", (40, 30), "navy").save(target, form, save_all=True, append_images=[Image.new("RGB", (40, 30))])
    return target.getvalue()


def marked_issue(entry: PlacedRule, case: Case, root: Path) -> list[tuple[str, Any, str | None]]:
    named = case.get("folder", "2022-08")
    folder = root / named
    for name, state in case.get("files", {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        content = {"whole": png(40, 30), "large": png(1200, 900), "cut short": png(40, 30)[:-30], "empty": b"",
                   "moving": moving(name)}[state]
        (folder / name).write_bytes(content)
    publication = case.get("publication", "")
    publication = publication if publication.startswith("[publication]") else PUBLICATION_TEXT + publication
    if "css" in case:
        publication += f'theme = "{theme_with(case["css"], root)}"\n'
    write(root, {"publication.toml": publication,
                 **{f"{name}/issue.toml": text for name, text in case.get("earlier", {}).items()}})
    kinds = {"only": {entry.family}} if entry.family == "layout" else {}
    result = checked(root, case.get("head", HEAD) + case.get(
        "issue", body(case.get("text", ""), case.get("key", "body"))), name=named, **kinds)
    assert result.readable, result.findings
    return [(covered(root, finding.span), finding.severity, finding.suggestion)
            for finding in by_rule(result.findings, entry.rule.name)]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule is heard as if it were the only one, and its words are shown whole: see test_precedence for the rest."""
    monkeypatch.setattr(engine, "surest", lambda findings, kept: findings)
    monkeypatch.setattr(Finding, "narrowed", lambda finding: finding)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(("name", "case"), list(cases()))
def test_case(name: str, case: Case, tmp_path: Path) -> None:
    entry = entries()[name]
    if entry.rule.subject in TEXTS:
        found = marked_text(entry, case)
    elif entry.rule.subject is Data:
        found = marked_data(entry, case)
    else:
        assert entry.rule.subject in (Issue, Edition)
        found = marked_issue(entry, case, tmp_path)
    assert [words for words, _, _ in found] == case["marks"]
    if "severity" in case:
        assert {severity or entry.rule.severity for _, severity, _ in found} == {case["severity"]}
    if "suggestions" in case:
        assert [suggestion for _, _, suggestion in found] == case["suggestions"]


# --- the same cases as users meet them: typed into an issue, through the engine -----------------


def issue_with(text: str, key: str) -> dict[str, str]:
    """The files of an issue, with a text under a key of it."""
    words = typed(text)
    typed_under = {
        "body": f"[[event]]\nbody = {words}\n",
        "intro": f"[[member]]\nname = \"某公司\"\nintro = {words}\n",
        "title": f"[[news]]\ntitle = {words}\nsource = \"某报\"\nbody = \"正文。\"\n",
        "caption": f"[[event]]\nbody = \"正文。\"\nimage = \"a.png\"\ncaption = {words}\n",
        "contact": "[[member]]\nref = \"firm\"\n",
    }
    listed = {"members.toml": f"[firm]\nname = \"某公司\"\nintro = \"简介。\"\ncontact = {words}\n"}
    return {"2022-08/issue.toml": HEAD + typed_under[key]} | (listed if key == "contact" else {})


def issues_with(case: Case) -> dict[str, str]:
    """The files of an issue with a report, and of those before it."""
    files = {}
    for report in (*case.get("earlier", ()), *case.get("last_year", ()), case["report"]):
        year, month = (int(part) for part in re.findall(r"\d+", report["period"])[:2])
        # Reports come out in the second month after their period, one a month.
        later = date(year + (month + 2 > 12), (month + 1) % 12 + 1, 26)
        name = "2022-08" if report is case["report"] else f"{later:%Y-%m}"
        files[f"{name}/issue.toml"] = (f"[issue]\nnumber = {later.month}\ndate = {later}\n[report]\n"
                                       + typed_lines(report))
    return files


def through_the_engine(entry: PlacedRule, case: Case, root: Path) -> list[tuple[str, Any, str | None]]:
    """What the rule marks in the product; a value by its path, a text by its words."""
    files = issues_with(case) if "report" in case else issue_with(case["text"], case.get("key", "body"))
    if "definition" in case:
        files["templates/reports/tried/definition.toml"] = typed_lines(tables_of(case["definition"]))
        files["publication.toml"] = PUBLICATION_TEXT + '[report]\ndefinition = "tried"\n'
    workspace = write(root, files)
    (root / "2022-08" / "a.png").write_bytes(png())
    result = check(workspace, root / "2022-08" / "issue.toml", only={entry.family})
    assert result.readable, result.findings
    assert not [one for one in result.findings if one.rule.startswith("toml-")]
    table = read_issue(workspace, result.path).table
    found = []
    for finding in by_rule(result.findings, entry.rule.name):
        words = finding.marked if "report" not in case else \
            next(shown_path(path) for path in value_paths(table.values) if table.span(path) == finding.span)
        found.append((words, finding.severity, finding.suggestion))
    return found


# An empty text is no input: the reader refuses it; a theme's fonts are the theme's.
TYPED = [param for param in cases() if entries()[param.values[0]].rule.subject in (*TEXTS, Data)
         and param.values[1].get("text", "some").strip() and "families" not in param.values[1]]


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(("name", "case"), TYPED)
def test_a_case_is_found_in_an_issue_too(name: str, case: Case, tmp_path: Path) -> None:
    entry = entries()[name]
    found = through_the_engine(entry, case, tmp_path)
    # By their place in the file, where the rule has its own order.
    assert sorted(words for words, _, _ in found) == sorted(case["marks"])
    if "severity" in case:
        assert {severity for _, severity, _ in found} == {case["severity"]}
    if "suggestions" in case:
        assert sorted(suggestion or "" for _, _, suggestion in found) == sorted(map(str, case["suggestions"]))


def test_rates_that_do_not_fit_are_told_as_numbers() -> None:
    typed = {"foreign": (60, 20), "domestic": (30, 50), "hmt": (10, 100),
             "ito": (50, 10), "bpo": (30, 10), "kpo": (20, 10)}
    executed = {item: [Decimal(f"{value}.0"), Decimal(f"{rate}.0")] for item, (value, rate) in typed.items()}
    case = {"report": {"period": "2022-05", "executed": executed}}
    (found,) = entries()["growth-outside-parts"].rule.check(data(case))
    # 60/1.2 + 30/1.5 + 10/2 = 75: +33.33; the edges by rounding
    assert ("按外资企业、内资企业和港澳台商推算在32.90%到33.77%之间，"
            "按ITO、BPO和KPO推算在9.62%到10.39%之间") in found.message


# --- rules and case files, one for one ------------------------------------------------------


def test_every_rule_has_its_case_file_and_every_case_file_its_rule() -> None:
    rules = {f"{entry.family.value}/{name}" for name, entry in entries().items()}
    assert set(case_files()) == rules


@pytest.mark.parametrize("name", list(case_files()))
def test_a_case_file_finds_and_stays_quiet(name: str) -> None:
    found = [bool(case["marks"]) for case in tomllib.loads(case_files()[name].read_text("utf-8"))["case"]]
    assert True in found, "no case in which the rule finds anything"
    assert False in found, "no case in which the rule must stay quiet"


@pytest.mark.parametrize("entry", list(entries().values()), ids=list(entries()))
def test_a_rule_is_named_as_its_module(entry: PlacedRule) -> None:
    assert entry.module.__name__.rpartition(".")[2] == entry.rule.name.replace("-", "_")


# --- docstrings -----------------------------------------------------------------------------


def lines(entry: PlacedRule, label: str) -> list[str]:
    """The docstring's lines under a label, with what cannot be seen written as ``\\u200b``."""
    text = entry.module.__doc__ or ""
    found = re.findall(rf"^{label}：(.+)$", text, re.M)
    return [re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), line) for line in found]


@pytest.mark.parametrize("entry", list(entries().values()), ids=list(entries()))
def test_a_docstring_says_what_is_wrong_what_is_right_and_why(entry: PlacedRule) -> None:
    first = (entry.module.__doc__ or "").split("\n")[0]
    assert re.fullmatch(r"[^。]{3,29}。", first), first
    assert len(lines(entry, "误")) == len(lines(entry, "正")) >= 1
    assert len(lines(entry, "依据")) == 1
    assert (entry.module.__doc__ or "").isprintable() or "\n" in (entry.module.__doc__ or "")
    shown = explanation(entry.rule.name)
    assert first in shown
    assert all(char.isprintable() or char == "\n" for char in shown), "a sample that nobody can see"


# What reads a text can be run on the text of its 误 and 正; the samples of other rules are words
# about figures or files.
TYPED_UNDER = {"title-with-stop": "title"}
RUN = [entry for entry in entries().values() if entry.rule.subject in TEXTS]


@pytest.mark.parametrize("entry", RUN, ids=[entry.rule.name for entry in RUN])
def test_a_docstring_is_right_about_its_rule(entry: PlacedRule) -> None:
    key = TYPED_UNDER.get(entry.rule.name, "body")
    for wrong in lines(entry, "误"):
        assert marked_text(entry, {"text": wrong, "key": key}), wrong
    for right in lines(entry, "正"):
        assert not marked_text(entry, {"text": right, "key": key}), right


# Rules over the whole issue whose 误 and 正 are the text of a body all the same.
IN_BODY = ("broken-sequence", "confusable-word", "count-contradicts-list", "dash-or-ellipsis-form", "forbidden-term",
           "missing-stop", "mixed-separators", "name-drifts", "redundant-words", "regions-with-countries",
           "schemeless-url", "unbalanced-pair", "untimely-day")


@pytest.mark.parametrize("name", IN_BODY)
def test_a_docstring_is_right_about_its_rule_over_an_issue(name: str, tmp_path: Path) -> None:
    entry = entries()[name]
    for number, wrong in enumerate(lines(entry, "误")):
        assert marked_issue(entry, {"text": wrong}, tmp_path / f"wrong-{number}"), wrong
    for number, right in enumerate(lines(entry, "正")):
        assert not marked_issue(entry, {"text": right}, tmp_path / f"right-{number}"), right
