"""Sentences that published data reports say: release by release, figures in, text out, no Python between."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bulletin_press.ground.resources import templates_folder
from bulletin_press.issue.reading import read_issue
from bulletin_press.language.numerals import Period
from bulletin_press.publication.workspace import Workspace
from bulletin_press.report.consistency import inconsistencies
from bulletin_press.report.definition import Definition
from bulletin_press.report.figure_reading import read_figures
from bulletin_press.report.figures import ReportFigures
from bulletin_press.report.wording import ReportStyle, write_report

SAMPLES = Path(__file__).parent.parent / "issues"
FOLDER = Path(__file__).parent / "data" / "releases"
RELEASES = {path.stem: tomllib.loads(path.read_text("utf-8"), parse_float=Decimal) for path in FOLDER.glob("*.toml")}
SENTENCES = [(name, what) for name in sorted(RELEASES) for what in RELEASES[name]["sentences"]]


def definition_of(release: dict[str, Any]) -> Definition:
    definition = Definition.model_validate(release["definition"])
    assert not list(inconsistencies(definition))
    return definition


def figures_of(release: dict[str, Any], definition: Definition) -> ReportFigures:
    read, complaints = read_figures(release["figures"], Period.parse(release["period"]), definition, ("report",))
    assert not complaints
    return read


def text_of(release: dict[str, Any]) -> str:
    definition, day = definition_of(release), release["date"]
    assert isinstance(day, date)
    style = ReportStyle(release["region"], release["region"], release["source"], release["unit"], day)
    earlier = figures_of(release["earlier"], definition) if "earlier" in release else None
    return "\n".join(write_report(definition, figures_of(release, definition), style, earlier).paragraphs)


@pytest.mark.parametrize(("name", "what"), SENTENCES)
def test_what_a_release_says(name: str, what: str) -> None:
    assert RELEASES[name]["sentences"][what] in text_of(RELEASES[name])


# --- the printed bulletins' own forms -------------------------------------------------------

PRINTED = """
[[paragraphs]]
[[paragraphs.sentences]]
form = "measures"
items = ["total"]
measures = ["signed", "executed"]
opening = "{according}{source}公布的最新数据显示，{period}{region}服务外包"

[[paragraphs]]
lead = "从国际市场看，"
[[paragraphs.sentences]]
form = "ranking"
items = ["markets"]
measures = ["executed"]
bracket = "figures"
last = "、"
one = "居首的是{names}"
many = "{measure}前{count}的是{names}"
[[paragraphs.sentences]]
form = "measures"
items = ["belt_and_road"]
measures = ["signed", "executed"]
[[paragraphs.sentences]]
form = "measures"
items = ["rcep"]
measures = ["signed", "executed"]

[[paragraphs]]
lead = "从企业性质看，"
[[paragraphs.sentences]]
form = "parallel"
items = ["foreign", "domestic", "hmt"]
measures = ["signed", "executed"]
last = "、"

[[paragraphs]]
lead = "从业务结构看，"
[[paragraphs.sentences]]
form = "parallel"
items = ["ito", "bpo", "kpo"]
measures = ["executed"]
last = "、"
"""
IN_BRACKETS, AFTER_COMMAS = 'bracket = "growth"\n', 'between = "；"\n'
OWNERS = "从企业性质看，外资企业、内资企业、港澳台商投资企业离岸合同签约额分别为"
LINES = "从业务结构看，信息技术外包（ITO）、业务流程外包（BPO）、知识流程外包（KPO）离岸接包合同执行额分别为"


def printed(name: str, switch: str) -> tuple[str, ...]:
    bundled = tomllib.loads((templates_folder() / "reports/service-outsourcing/definition.toml").read_text("utf-8"))
    definition = Definition.model_validate(bundled | tomllib.loads(PRINTED + switch))
    assert not list(inconsistencies(definition))
    figures = read_issue(Workspace(SAMPLES, date(2022, 9, 1), SAMPLES), SAMPLES / name / "issue.toml").figures
    assert figures
    style = ReportStyle("大连市", "我市", "商务部服务外包统一平台", "万美元", date(2022, 8, 26), lead="根据")
    return write_report(definition, figures, style).paragraphs


def test_the_months_as_they_were_printed() -> None:
    assert printed("2022-07", IN_BRACKETS) == (
        "根据商务部服务外包统一平台公布的最新数据显示，今年1—5月大连市服务外包合同签约额（包含在岸）405832.99万美元，"
        "同比增长238.15%；接包合同执行额102670.76万美元，同比增长2.1%。",
        "从国际市场看，接包合同执行额前三的是日本（25394万美元）、欧盟（21283万美元）、荷兰（19051万美元）。"
        "“一带一路”沿线国家合同签约额90601.17万美元，同比增长1073.29%；接包合同执行额9853.39万美元，同比下降32.93%。"
        "RCEP国家合同签约额145607.7万美元，同比增长159.84%；接包合同执行额36063.52万美元，同比下降19.46%。",
        OWNERS + "161801.34万美元、29030.10万美元、20637.23万美元；离岸接包合同执行额分别为54971.35万美元、"
        "12148.44万美元、9494.06万美元。",
        LINES + "56072.78万美元（同比下降16.29%）、18842.96万美元（同比下降25.10%）、1698.11万美元（同比下降37.52%）。")


def test_the_half_year_as_it_was_printed() -> None:
    assert printed("2022-08", AFTER_COMMAS) == (
        "根据商务部服务外包统一平台公布的最新数据显示，今年上半年大连市服务外包合同签约额（包含在岸）442826.44万美元，"
        "同比增长164.14%；接包合同执行额143309.75万美元，同比增长2.4%。",
        "从国际市场看，接包合同执行额前三的是日本（33203万美元，同比下降12.93%）、欧盟（27292万美元，同比下降23.08%）、"
        "荷兰（24192万美元，同比下降20.08%）。"
        "“一带一路”沿线国家合同签约额92397.96万美元，同比增长844.93%；接包合同执行额15824.32万美元，同比下降20.08%。"
        "RCEP国家合同签约额157439.66万美元，同比增长127.73%；接包合同执行额50009.87万美元，同比下降15.98%。",
        OWNERS + "183310.75万美元、33145.6万美元、21419.22万美元；离岸接包合同执行额分别为78283.45万美元、"
        "14813.28万美元、11130.42万美元。",
        LINES + "77174.16万美元，同比下降11.12%；23970.09万美元，同比下降17.76%；3082.90万美元，同比下降14.88%。")
