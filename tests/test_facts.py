"""Figures in prose, authorities, words: faults planted before the rules were written, and the tables behind them."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from workspaces import HEAD, ROOT, checked, covered, write

from bulletin_press.ground.diagnostics import InputFault, Severity
from bulletin_press.publication.authority import (
    Countries,
    Divisions,
    Events,
    Facts,
    Holidays,
    Laws,
    Organs,
    Standards,
    Treaties,
    load_facts,
)

PLANTED = Path(__file__).parent / "data" / "planted-facts.toml"
BUNDLED = ROOT / "templates"
MODELS: dict[str, type[Any]] = {"organs": Organs, "laws": Laws, "treaties": Treaties, "holidays": Holidays,
                                "countries": Countries, "divisions": Divisions,
                                "events": Events, "standards": Standards}


def bundled(name: str, model: type[Facts]) -> Facts:
    return load_facts(name, model, (BUNDLED,))


def issue_of(faults: list[dict[str, str]], key: str) -> str:
    """An issue of one item a fault: with the wrong words, or with the right ones."""
    items = []
    for number, fault in enumerate(faults, 1):
        text = fault["text"] if key == "wrong" else fault["text"].replace(fault["wrong"], fault["right"])
        body = f"'''\n{text.strip() or '无。'}\n'''\n"
        title = fault.get("title", f"简讯第{number}则")
        items.append(f"[[member]]\nname = \"第{number}公司\"\nintro = {body}" if fault.get("section") == "member" else
                     f"[[news]]\ntitle = \"{title}\"\nsource = \"某报\"\nbody = {body}")
    return HEAD + "\n".join(items)


def test_planted_faults_are_found_and_their_right_twins_let_be(tmp_path: Path) -> None:
    faults = tomllib.loads(PLANTED.read_text("utf-8"))["fault"]
    found: dict[str, set[tuple[int, str]]] = {}
    for key in ("wrong", "right"):
        root = tmp_path / key
        text = issue_of(faults, key)
        write(root, {"2022-08/issue.toml": text})
        result = checked(root, text)
        assert result.readable
        lines = text.split("\n")
        starts = [n for n, line in enumerate(lines, 1) if line.endswith("'''") and " = " in line]
        found[key] = {(sum(start < one.span.line for start in starts) - 1, one.rule) for one in result.findings
                      if one.severity is not Severity.INFO}
    hit = [any(at == number and (at, rule) not in found["right"] for at, rule in found["wrong"])
           or (number, "forbidden-term") in found["wrong"] for number in range(len(faults))]
    missed = [fault["text"] for fault, ok in zip(faults, hit, strict=True) if not ok]
    assert len(missed) <= 0.1 * len(faults), missed


@pytest.mark.parametrize("name", MODELS)
def test_a_bundled_table_is_read_whole(name: str) -> None:
    table = load_facts(name, MODELS[name], (BUNDLED,))
    assert all(getattr(table, field) for field in MODELS[name].model_fields)
    text = (BUNDLED / "facts" / f"{name}.toml").read_text("utf-8")
    assert "依据" in text
    assert "核对日期" in text


def test_tables_are_broad() -> None:
    assert len(bundled("organs", Organs).former) >= 90
    assert len(bundled("laws", Laws).in_force) >= 120
    assert sum(map(len, bundled("divisions", Divisions).cities.values())) >= 330
    assert len(bundled("divisions", Divisions).provinces) == 34
    assert len(bundled("countries", Countries).terms["names"]) >= 190


def test_no_wrong_name_is_a_right_one() -> None:
    organs, countries = bundled("organs", Organs), bundled("countries", Countries)
    assert not set(organs.wrong) & set(organs.terms["known"])
    assert not set(countries.wrong) & set(countries.terms["names"])
    laws = bundled("laws", Laws)
    assert not set(laws.repealed) & (set(laws.in_force) | set(laws.titles["names"]))


def test_days_rise_and_organs_that_took_over_came_no_later_than_the_old_ones_went() -> None:
    assert all(list(days) == sorted(days) for days in bundled("laws", Laws).in_force.values())
    assert all(list(days) == sorted(days) for days in bundled("holidays", Holidays).dated.values())
    organs = bundled("organs", Organs)
    for old, (until, now) in organs.former.items():
        assert organs.founded.get(now, date.min) <= until, old
        assert until < organs.former.get(now, (date.max, ""))[0], old


def test_a_publication_adds_to_a_table(tmp_path: Path) -> None:
    text = HEAD + "[[event]]\nbody = \"市数据局和市数字局开会。\"\n"
    write(tmp_path, {"2022-08/issue.toml": text,
                     "templates/facts/organs.toml": '[wrong]\n"市数字局" = "市数据局"\n'})
    marked = [covered(tmp_path, one.span) for one in checked(tmp_path, text).findings if one.rule == "organ-name"]
    assert marked == ["字"]  # which differs


def test_a_wrong_table_is_told_with_its_place(tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    (folder / "facts").mkdir(parents=True)
    (folder / "facts" / "organs.toml").write_text('[former]\n"甲" = "乙"\n', "utf-8")
    with pytest.raises(InputFault) as caught:
        load_facts("organs", Organs, (folder, BUNDLED))
    assert caught.value.findings[0].span.line == 2
