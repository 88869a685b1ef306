"""How mail is sent, as a form: the user's own settings file, which is no part of the publication.

The password goes one way: it may be typed, and is written into that file; no page, no answer and no history has it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bulletin_press.desk.server.desk import Issue
from bulletin_press.desk.server.forms import Field, filled
from bulletin_press.desk.server.views import values_of
from bulletin_press.desk.server.work import Place
from bulletin_press.desk.store.private import PrivateFile
from bulletin_press.dispatch.recipients import read_recipients
from bulletin_press.dispatch.settings import (
    PASSWORD,
    SETTINGS,
    MailSettings,
    faults_of,
    settings_path,
)
from bulletin_press.ground.diagnostics import InputFault, PressError
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.toml.positions import KeyPath
from bulletin_press.toml.schema import keys_of

BEGUN = "# 发信的设置：只给这台电脑上的自己用，不要放进刊物的文件夹\n".encode()
_TABLE = "mail"
_SECRET = "password"

GROUPS: tuple[tuple[str, str, tuple[Field, ...]], ...] = (
    ("服务器", "问邮箱的服务商，或看邮箱网页里“客户端设置”“SMTP”一节。", (
        Field("server", "发信（SMTP）的服务器", "例如 smtp.example.org"),
        Field("port", "端口", "空着：465，STARTTLS 是 587", "number"),
        Field("security", "怎么加密", kind="choice", choices=(
            ("", "TLS（默认）"), ("tls", "TLS"), ("starttls", "STARTTLS"), ("none", "不加密，只能用于本机"))),
        Field("user", "登录的用户名", "多半是邮箱地址"))),
    ("谁发", "收件人看到的发件人；回信、退订的信不写就寄给发件人。", (
        Field("sender", "发件人的邮箱", "例如 tongxun@example.org"),
        Field("from_name", "发件人的名称", "例如 某某协会"),
        Field("reply_to", "回信寄到"), Field("unsubscribe_mail", "退订的信寄到"),
        Field("unsubscribe_url", "一点就退订的网址", "https://，{address} 处填进收件人的地址", wide=True))),
    ("发给谁", "名单是一个 .csv（Excel 里“另存为 CSV UTF-8”），有“姓名”“邮箱”两列；或 .toml。", (
        Field("list", "名单文件", "例如 名单.csv：和设置放在一起；别处的写全", wide=True),)),
    ("快慢", "空着就照默认；服务器嫌快就改小。", (
        Field("per_minute", "每分钟至多几封", "20", "number"), Field("timeout", "几秒没有回应算断了", "60", "number"),
        Field("retries", "“过一会儿再来”的再试几次", "3", "number"),
        Field("retry_after", "第一次再试之前等几秒", "60", "number"),
        Field("ca", "服务器的证书文件", "服务器用自己单位的证书时才写", wide=True))),
)


def mail_path() -> Path:
    """Where this user's settings lie."""
    return settings_path(os.environ, Path.home())


def mail_file() -> PrivateFile:
    """This user's settings in hand."""
    return PrivateFile(mail_path(), order=_order)


def _order(path: KeyPath) -> tuple[str, ...]:
    return (_TABLE,) if not path else keys_of(MailSettings)


def refused(place: Place) -> str:
    """Why the settings cannot be written where they are; "" where they can."""
    path = mail_path()
    return f"{path} 在刊物的文件夹里，会跟着刊物传出去；请移到别处，用环境变量 {SETTINGS} 指明" \
        if is_inside(path, place.root) else ""


def mail_view(held: Issue | None) -> dict[str, Any]:
    """The form: what is typed but for the password, and whether there is one.

    Args:
        held: the file; None where there is none yet.
    """
    values = (values_of(held) if held else {}).get(_TABLE)
    values = dict(values) if isinstance(values, Mapping) else {}
    written = bool(values.pop(_SECRET, None))
    groups = [{"title": title, "about": about, "fields": filled(fields, values, (_TABLE,))}
              for title, about, fields in GROUPS]
    return {"groups": groups, "secret": [_TABLE, _SECRET], "written": written, "given": PASSWORD in os.environ,
            "variable": PASSWORD, "path": str(mail_path()), "listed": listed(values, mail_path().parent)}


def listed(values: Mapping[str, Any], folder: Path) -> str:
    """How many the list names, or why it cannot be read; "" where none is named."""
    name = values.get("list")
    if not isinstance(name, str) or not name.strip():
        return ""
    try:
        read = read_recipients(folder / name, name)
    except PressError as fault:
        found = fault.findings if isinstance(fault, InputFault) else ()
        return f"第{found[0].span.line}行：{found[0].message}" if found else fault.message
    doubts = "".join(f"；第{one.span.line}行：{one.message}" for one in read.findings[:3])
    return f"名单里有{len(read.recipients)}人{doubts}"


def mail_findings(held: Issue | None, place: Place) -> dict[str, Any]:
    """What is wrong with the settings, field by field, in words that show nothing typed; what the list holds."""
    if held is None:
        return {"version": "", "findings": [], "said": ""}
    labels = {field.key: field.label for _, _, fields in GROUPS for field in fields}
    found = [{"path": list(path), "message": f"还没有写{labels[str(path[-1])]}" if message.startswith("缺少") and path
              else message} for path, message in faults_of(held.file.path, os.environ)]
    if why := refused(place):
        found.insert(0, {"path": [], "message": why})
    values = values_of(held).get(_TABLE)
    said = listed(values, held.file.path.parent) if isinstance(values, Mapping) else ""
    return {"version": held.file.version, "findings": found, "said": said}
