"""``press import`` of what stands beside a value: growth alone, 环比, shares, the month alone."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from commands import Press
from sheets import Rows, xlsx
from workspaces import HEAD, PUBLICATION_TEXT, write

D = Decimal

PRICES: Rows = (
    ("2023年12月居民消费价格主要数据",), ("指标", "环比涨跌幅(%)", "同比涨跌幅(%)", "1—12月同比涨跌幅(%)"),
    ("居民消费价格", .1, -.3, .2), ("其中：城市", .1, -.3, .3), ("  农村", .1, -.5, .1),
    ("其中：食品", .9, -3.7, -.3), ("  非食品", -.1, .5, .4), ("其中：消费品", .1, -1.1, -.3), ("  服务", .1, 1, 1),
    ("其中：不包括食品和能源", .1, .6, .7), ("按类别分",), ("一、食品烟酒", .6, -2, .3), ("  猪肉", -1, -26.1, -13.6))
CAPITAL: Rows = (
    ("2023年1-12月全国吸收外商直接投资情况",),
    ("行业", "实际使用外资金额（亿元人民币）", None, "占比（%）", "占比同比增减（百分点）"),
    (None, "1-12月累计", "同比（%）", None, None),
    ("全国", 11339.1, -8, 100, None), ("制造业", 3179.2, -1.8, 28, None), ("服务业", 7760.8, -13.4, 68.4, None),
    ("高技术产业", 4233.4, None, 37.3, 1.2), ("高技术制造业", None, 6.5, None, None), ("公共事业", 1, 1, 1, 1))
SOURCES: Rows = (("来源地", "实际使用外资同比（%）"), ("荷兰", 31.5), ("法国", 84.1), ("英国", 81))


def place(root: Path, definition: str, unit: str, period: str) -> Path:
    """A publication that reports by a shipped definition, and one empty issue."""
    write(root / "issues", {
        "2024-02/issue.toml": HEAD.replace("2022-08", "2024-02") + f'\n[report]\nperiod = "{period}"\n',
        "publication.toml": PUBLICATION_TEXT + f'[report]\ndefinition = "{definition}"\nunit = "{unit}"\n'})
    return root / "issues/2024-02/issue.toml"


def report(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)["report"]  # type: ignore[no-any-return]


def test_consumer_prices_have_rates_alone(press: Press, tmp_path: Path) -> None:
    xlsx(tmp_path / "12月.xlsx", {"表": PRICES})
    path = place(tmp_path, "consumer-prices", "%", "2023-12/month")
    ran = press("import", "12月.xlsx", "--yes")
    assert ran.status == 0, ran.err
    found = report(path)
    assert found["price"]["all"] == {"growth": D("-0.3"), "mom": D("0.1")}
    assert found["price"]["city"] == {"growth": D("-0.3"), "mom": D("0.1")}
    assert found["price"]["core"] == {"growth": D("0.6"), "mom": D("0.1")}
    assert found["price"]["diet"] == {"growth": -2, "mom": D("0.6")}
    assert found["price"]["pork"] == {"growth": D("-26.1"), "mom": -1}
    assert found["average"]["all"] == {"growth": D("0.2")} and found["average"]["rural"] == {"growth": D("0.1")}
    assert found["average"]["pork"] == {"growth": D("-13.6")}
    assert found["source"]["price.all"] == "12月.xlsx!表!C3、B3" and "环比 0.1" in ran.err
    again = press("import", "12月.xlsx", "--yes")
    assert again.status == 0 and "都相同" in again.err


def test_foreign_investment_has_shares_and_rankings_by_growth(press: Press, tmp_path: Path) -> None:
    xlsx(tmp_path / "a.xlsx", {"行业": CAPITAL, "来源地": SOURCES})
    path = place(tmp_path, "foreign-investment", "亿元人民币", "2023-12")
    ran = press("import", "a.xlsx", "--yes")
    assert ran.status == 0, ran.err
    used = report(path)["used"]
    assert used["total"] == [D("11339.1"), -8] and used["making"] == [D("3179.2"), D("-1.8")]
    assert used["hightech"] == {"value": D("4233.4"), "share": D("37.3"), "share_change": D("1.2")}
    assert used["hightech_making"] == {"growth": D("6.5")}
    assert used["sources"] == [{"name": "法国", "growth": D("84.1")}, {"name": "英国", "growth": 81},
                               {"name": "荷兰", "growth": D("31.5")}]
    assert "占比、环比、拉动等，月报里没有说它的句子" in ran.err and "不认识：公共事业" in ran.err


EXPRESS: Rows = (
    ("2020年8月快递服务企业业务情况表",), ("指标名称", "单位", "1-8月累计", None, "8月", None, "8月", None),
    (None, None, "绝对值", "同比（%）", "绝对值", "同比（%）", "绝对值", "同比（%）"),
    ("一、快递业务量", "亿件", 480.5, 26.6, 72.4, 36.5, 72.4, 36.5),
    ("二、快递业务收入", "亿元", 5233, 15.1, 719.6, 20.1, 720, 20.1))


def test_of_two_cells_of_the_month_neither_is_taken(press: Press, tmp_path: Path) -> None:
    xlsx(tmp_path / "a.xlsx", {"表": EXPRESS})
    path = place(tmp_path, "express-delivery", "亿元", "2020-08")
    ran = press("import", "a.xlsx", "--yes")
    assert ran.status == 1 and "revenue.total 的当月数" in ran.err and "表!E5（719.6" in ran.err
    found = report(path)
    assert found["volume"]["total"] == {"value": D("480.5"), "growth": D("26.6"), "month": [D("72.4"), D("36.5")]}
    assert found["revenue"]["total"] == {"value": 5233, "growth": D("15.1"), "month": {"growth": D("20.1")}}
    memory = tmp_path / "issues/intake.toml"
    memory.write_text(memory.read_text("utf-8") + 'cells = { "revenue.total.month" = "G5" }\n', "utf-8")
    press("import", "a.xlsx", "--yes")
    assert "两格都对得上" not in press("import", "a.xlsx", "--yes").err


@pytest.mark.parametrize(("share", "said"), [(137.3, "占比在 0 和 100 之间"), (-1, "占比在 0 和 100 之间")])
def test_a_share_beyond_the_whole_is_left(press: Press, tmp_path: Path, share: float, said: str) -> None:
    rows = [*CAPITAL[:6], ("高技术产业", 4233.4, None, share, 1.2)]
    xlsx(tmp_path / "a.xlsx", {"行业": rows})
    path = place(tmp_path, "foreign-investment", "亿元人民币", "2023-12")
    assert said in press("import", "a.xlsx", "--yes").err
    assert "share" not in report(path)["used"]["hightech"]


def test_a_rate_alone_is_not_taken_where_the_value_is_in_doubt(press: Press, tmp_path: Path) -> None:
    rows = (*CAPITAL[:3], ("制造业", 3179.2, -1.8), ("制造业", 3180, -1.8))
    xlsx(tmp_path / "a.xlsx", {"行业": rows})
    path = place(tmp_path, "foreign-investment", "亿元人民币", "2023-12")
    assert press("import", "a.xlsx", "--yes").status == 1
    assert "used" not in report(path)


def test_what_is_typed_as_a_table_is_filled_up(press: Press, tmp_path: Path) -> None:
    xlsx(tmp_path / "12月.xlsx", {"表": PRICES})
    path = place(tmp_path, "consumer-prices", "%", "2023-12/month")
    path.write_text(path.read_text("utf-8") + "\n[report.price]\nall = { growth = -0.3 }  # 已核\n"
                    "city = { growth = 9, mom = 0 }\n", "utf-8")
    ran = press("import", "12月.xlsx", "--yes")
    assert ran.status == 1 and "price.city" in ran.err
    assert "all = { growth = -0.3, mom = 0.1 }  # 已核\n" in path.read_text("utf-8")
    assert report(path)["price"]["city"] == {"growth": 9, "mom": 0}


# --- indices and other spans ----------------------------------------------------------------

INDICES: Rows = (
    ("2023年12月居民消费价格分类指数",), ("指标", "上月=100", "上年同月=100", "1—12月（上年同期=100）"),
    ("居民消费价格总指数", 100.1, 99.7, 100.2), ("  城市", 100.1, 99.7, 100.3), ("  农村", 100.1, 99.5, 100.1),
    ("食品", 100.9, 96.3, 99.7), ("能源指数（2020年=100）", 118, 119, 120))
ONE_BASE: Rows = (
    ("居民消费价格指数（上年同月=100）",), ("指标", "2023年12月"), ("居民消费价格", 99.7), ("城市", 99.7),
    ("食品", 96.3))


def test_an_index_against_the_year_before_is_a_rate(press: Press, tmp_path: Path) -> None:
    xlsx(tmp_path / "指数.xlsx", {"表": INDICES})
    path = place(tmp_path, "consumer-prices", "%", "2023-12/month")
    ran = press("import", "指数.xlsx", "--yes")
    assert ran.status == 0, ran.err
    found = report(path)
    assert found["price"]["all"] == {"growth": D("-0.3"), "mom": D("0.1")}
    assert found["price"]["city"] == {"growth": D("-0.3"), "mom": D("0.1")}
    assert found["price"]["food"] == {"growth": D("-3.7"), "mom": D("0.9")}
    assert found["average"]["all"] == {"growth": D("0.2")} and found["average"]["rural"] == {"growth": D("0.1")}
    assert found["source"]["price.all"] == "指数.xlsx!表!C3（99.7）、B3（100.1）"
    assert "减去 100" in ran.err
    # One that is reckoned from a year of its own says no rate.
    assert "118" not in path.read_text("utf-8")


def test_the_title_may_say_what_an_index_is_reckoned_from(press: Press, tmp_path: Path) -> None:
    xlsx(tmp_path / "指数.xlsx", {"表": ONE_BASE})
    path = place(tmp_path, "consumer-prices", "%", "2023-12/month")
    assert press("import", "指数.xlsx", "--yes").status == 0
    assert report(path)["price"] == {"all": {"growth": D("-0.3")}, "city": {"growth": D("-0.3")},
                                     "food": {"growth": D("-3.7")}}


TRIPS: Rows = (
    ("2023年国内旅游数据",), ("时间", "国内旅游人次（亿人次）", "同比（%）"),
    ("一季度", 12.16, 46.5), ("二季度", 11.68, 86.9), ("上半年", 23.84, 63.9), ("三季度", 12.90, 101.9),
    ("前三季度", 36.74, 75.5), ("四季度", 12.17, 179.1), ("全年", 48.91, 93.3))


@pytest.mark.parametrize(("period", "spans", "whole"), [
    ("2023-12", {"q1": 12.16, "q2": 11.68, "q3": 12.9, "q4": 12.17}, 48.91),
    ("2023-06", {"q1": 12.16, "q2": 11.68}, 23.84)])
def test_quarters_go_where_the_sentences_that_speak_of_them_look(
        press: Press, tmp_path: Path, period: str, spans: dict[str, float], whole: float) -> None:
    xlsx(tmp_path / "旅游.xlsx", {"表": TRIPS})
    path = place(tmp_path, "tourism", "亿元", period)
    ran = press("import", "旅游.xlsx", "--yes")
    assert ran.status == 0, ran.err
    found = report(path)
    assert float(found["trips"]["total"][0]) == whole
    assert {key: float(found[key]["trips"]["total"][0]) for key in found if key in ("q1", "q2", "q3", "q4")} == spans
    assert found["source"]["q1.trips.total"] == "旅游.xlsx!表!B3、C3"
    assert "[report.q1.trips] 一季度 国内旅游人次" in ran.err or "[report.q1.trips] 一季度" in ran.err
    again = press("import", "旅游.xlsx", "--yes")
    assert again.status == 0 and "都相同" in again.err
    assert press("check").status in (0, 1)
