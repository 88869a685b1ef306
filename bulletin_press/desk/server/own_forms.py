"""The publication's own files as forms: what stands in publication.toml, in words, by what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bulletin_press.desk.server.forms import Field, Filled, filled

GRADES = (("", "照常"), ("off", "不查"), ("info", "提示"), ("warning", "警告"), ("error", "错误"))


@dataclass(frozen=True)
class Group:
    """Fields that stand together: the table they are typed in, what it is called, a word on it."""

    table: str
    title: str
    fields: tuple[Field, ...]
    about: str = ""


GROUPS: tuple[Group, ...] = (
    Group("publication", "刊物", (
        Field("name", "刊名", "印在报头"), Field("subtitle", "副题", "例如 月度通讯"),
        Field("organiser", "编印单位"), Field("editor", "编辑", "例如 某某协会秘书处"),
        Field("recipients", "发送对象", "例如 会员单位"), Field("copies_to", "抄送"), Field("signatory", "签发人"),
        Field("address", "地址"), Field("phone", "电话"), Field("email", "电子邮箱"), Field("website", "网址", "https://"),
        Field("profile", "怎么发", kind="choice", choices=(
            ("", "电子版（默认）"), ("electronic", "电子版"), ("internal-print", "内部资料，要印"))),
        Field("permit", "准印证号", "内部资料要写"), Field("printer", "印刷单位", "内部资料要写"),
        Field("print_run", "印数", "例如 500", "number"))),
    Group("report", "数据月报", (
        Field("definition", "用哪一种", kind="choice"), Field("source", "数据来源", "哪里公布的"),
        Field("region", "地区，首次出现用", "例如 大连市"), Field("short_region", "其后用", "例如 我市"),
        Field("unit", "金额单位", "例如 万美元"))),
    Group("style", "行文习惯", (
        Field("period", "时期的写法", kind="choice", choices=(
            ("", "上半年、前三季度（默认）"), ("mofcom", "上半年、前三季度"), ("nbs", "1—6月份"))),
        Field("over_100", "增幅超过100%时", kind="choice", choices=(
            ("", "增长164.14%（默认）"), ("percent", "增长164.14%"), ("times", "增长1.64倍"))),
        Field("lead", "引语", kind="choice", choices=(
            ("", "……最新数据显示（默认）"), ("显示", "……最新数据显示"), ("根据", "根据……"))),
        Field("lines", "断行", kind="choice", choices=(("", "宽松（默认）"), ("gentle", "宽松"), ("compact", "紧凑"))),
        Field("marks", "标点", kind="choice", choices=(("", "照版式"), ("gb", "国家标准"), ("newspaper", "报纸"))),
        Field("change", "写“降幅较1—5月收窄……”", kind="switch"), Field("month", "写推算的当月数", kind="switch"))),
    Group("site", "网站", (Field("address", "网站的地址", "https://www.example.org/tongxun/", wide=True),),
          "写了地址，网站就有订阅和站点地图。"),
    Group("print", "付印", (
        Field("bleed", "出血，毫米", "3", "number"), Field("ink_limit", "总墨量的上限，%", "300", "number"),
        Field("dpi", "图片的精度，点每英寸", "300", "number"),
        Field("paper_thickness", "纸厚，毫米", "0.1", "number"),
        Field("profile", "油墨的特性文件", "印刷厂给的 .icc", wide=True),
        Field("links", "网址怎么印", kind="choice", choices=(
            ("", "二维码（默认）"), ("codes", "二维码"), ("notes", "脚注"), ("none", "不印"))),
        Field("grey", "黑白", kind="switch"), Field("marks", "裁切线", kind="switch")),
          "用在“付印的PDF”和“拼好版的PDF”里，数值问印刷厂。"),
)
MEMBER = (
    Field("name", "名称", "", "title"), Field("role", "类型", "例如 理事单位"), Field("website", "网址", "https://"),
    Field("contact", "联系人、电话"), Field("logo", "标志", "例如 images/logo.png"),
)
MEMBER_INTRO = Field("intro", "简介", "", "body")
# What is so where nothing is typed.
DEFAULTS: Mapping[tuple[str, str], bool] = {("print", "marks"): True}


def grouped(values: Mapping[str, Any], reports: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """The groups with what is typed in them.

    Args:
        values: of publication.toml.
        reports: the reports that may be chosen, as names and titles.
    """
    found = []
    for group in GROUPS:
        held = values.get(group.table)
        held = held if isinstance(held, Mapping) else {}
        fields = [_with_reports(one, reports) if one.key == "definition" else one for one in group.fields]
        rows = filled(fields, held, (group.table,))
        found.append({"name": group.table, "title": group.title, "about": group.about,
                      "fields": [_switched(one, held, group.table) for one in rows]})
    return found


def _with_reports(one: Field, reports: Sequence[tuple[str, str]]) -> Field:
    return Field(one.key, one.label, one.hint, one.kind, (*reports, ("none", "不出月报")))


def _switched(one: Filled, held: Mapping[str, Any], table: str) -> Filled:
    """A switch that is on where nothing is typed shows so."""
    on = one.field.kind == "switch" and one.field.key not in held and DEFAULTS.get((table, one.field.key), False)
    return Filled(one.field, one.path, "true") if on else one


def rows_of(values: Mapping[str, Any], table: str) -> list[tuple[str, str]]:
    """A table of texts, as pairs: the words that are to be the same, how strict rules are."""
    held = values.get(table)
    return [(str(key), str(one)) for key, one in held.items()] if isinstance(held, Mapping) else []


