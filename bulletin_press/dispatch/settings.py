"""The sender's own settings: the mail server and who writes, in a file of the user's, never of the publication's."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr

from bulletin_press.dispatch.addresses import as_sent, fault_of
from bulletin_press.ground.diagnostics import Finding, InputFault, PressError, UsageFault
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.toml.positions import KeyPath, Table, parse_table
from bulletin_press.toml.schema import Line, Model, keys_of, read_model, refuse
from bulletin_press.toml.source import Source, read_source

SETTINGS, PASSWORD = "PRESS_SETTINGS", "PRESS_MAIL_PASSWORD"
_PORTS = {"tls": 465, "starttls": 587, "none": 25}
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_UNSUBSCRIBE = re.compile(r"https://[^\s<>,\"]+\Z")
EXAMPLE = """[mail]
server = "smtp.example.org"
user = "tongxun@example.org"
password = "授权码"
sender = "tongxun@example.org"
from_name = "某某协会"
"""


def _address(value: object) -> object:
    if isinstance(value, str) and (fault := fault_of(value)):
        refuse("wrong-address", fault.message, fault.meant)
    return as_sent(value) if isinstance(value, str) else value


def _one_click(value: object) -> object:
    if isinstance(value, str) and not _UNSUBSCRIBE.match(value):
        refuse("wrong-value", "退订的网址要写全，以 https:// 开头，{address} 处填进收件人的地址")
    return value


Mailbox = Annotated[Line, BeforeValidator(_address)]


class MailSettings(Model):
    """How mail is sent, and by whom."""

    server: Line
    port: int | None = Field(None, ge=1, le=65_535)
    security: Literal["tls", "starttls", "none"] = "tls"
    user: Line | None = None
    password: SecretStr | None = None
    sender: Mailbox
    from_name: Line | None = None
    reply_to: Mailbox | None = None
    list: Line | None = None
    per_minute: int = Field(20, ge=1, le=6_000)
    retries: int = Field(3, ge=0, le=10)
    retry_after: int = Field(60, ge=0, le=3_600)
    timeout: int = Field(60, ge=1, le=600)
    ca: Line | None = None
    unsubscribe_mail: Mailbox | None = None
    unsubscribe_url: Annotated[Line, BeforeValidator(_one_click)] | None = None

    @property
    def door(self) -> int:
        """The port: what is usual where none is given."""
        return self.port or _PORTS[self.security]

    @cached_property
    def domain(self) -> str:
        """The sender's host."""
        return self.sender.rpartition("@")[2]


class SettingsFile(Model):
    """The user's settings file."""

    mail: MailSettings


@dataclass(frozen=True)
class Own:
    """The settings as read: their file, the folder that its paths start from, what the user should know of it."""

    mail: MailSettings
    path: Path
    notices: tuple[str, ...] = ()


def settings_keys(path: KeyPath) -> tuple[str, ...]:
    """The keys that the settings file allows at a path."""
    return keys_of(SettingsFile) if not path else keys_of(MailSettings) if path == ("mail",) else ()


def settings_path(environment: Mapping[str, str], home: Path) -> Path:
    """Where the user's settings lie: $PRESS_SETTINGS, else the place that the system has for such."""
    if named := environment.get(SETTINGS):
        return Path(named)
    base = Path(environment.get("APPDATA" if os.name == "nt" else "XDG_CONFIG_HOME") or "")
    return (base if base.is_absolute() else home / ".config") / "bulletin-press" / "settings.toml"


def read_settings(path: Path, environment: Mapping[str, str], root: Path) -> Own:
    """The user's settings; the password of the environment stands before that of the file.

    Args:
        path: the file.
        environment: the process's.
        root: the publication's folder, in which the file may not lie: it is sent around, and kept in git.

    Raises:
        UsageFault: there is no such file.
        PressError: it lies in the publication, or is wrong. Never shows a line of it: the password may stand there.
    """
    if is_inside(path, root):
        raise PressError(f"{path} 在刊物的文件夹里，会跟着刊物传出去；请移到别处，用环境变量 {SETTINGS} 指明")
    if not path.exists():
        raise UsageFault(f"还没有写发信的设置。请新建 {path}，内容例如：\n\n{EXAMPLE}")
    try:
        source = read_source(path, str(path))
        mail = read_model(parse_table(source), SettingsFile, settings_keys).mail
    except InputFault as fault:
        raise PressError(_without_lines(fault, path)) from None
    if password := environment.get(PASSWORD):
        mail = mail.model_copy(update={"password": SecretStr(password)})
    _require_sense(mail, path)
    return Own(mail, path, tuple(_notices(path, source)))


def faults_of(path: Path, environment: Mapping[str, str]) -> list[tuple[KeyPath, str]]:
    """What is wrong in a settings file, each by its key, in words that show no password: a form says it there.

    Args:
        path: the file, which is there.
        environment: the process's.
    """
    try:
        source = read_source(path, str(path))
        table = parse_table(source)
    except InputFault as fault:
        return [((), _without_lines(fault, path))]
    held = table.values.get("mail")
    held = held if isinstance(held, Mapping) else {}
    lacking = [(("mail", name), f"缺少 {name}") for name, field in MailSettings.model_fields.items()
               if field.is_required() and name not in held]
    try:
        mail = read_model(table, SettingsFile, settings_keys).mail
    except InputFault as fault:
        return [*lacking, *((_key_at(table, one), _told(one, path)) for one in fault.findings
                            if one.rule != "missing-key")]
    given = mail.password is not None or PASSWORD in environment
    return [(("mail", key), words) for key, words in _senseless(mail, given=given)]


def _key_at(table: Table, finding: Finding) -> KeyPath:
    """The key in whose line a finding is."""
    start = table.source.line_starts[finding.span.line - 1] + finding.span.column - 1
    return next((key for key, place in table.places.items() if len(key) == 2 and (
        place.key[0] <= start < place.key[1] or place.value[0] <= start < max(place.value[1], place.value[0] + 1))), ())


def _told(finding: Finding, path: Path) -> str:
    """A finding's words, without what was typed where the password may stand."""
    hidden = _near_password(path, finding.span.line)
    return "这个键的写法不对，应当是 password = \"授权码\"" if hidden else finding.message


def _without_lines(fault: InputFault, path: Path) -> str:
    """A fault's findings in words, without what was typed."""
    if not fault.findings:
        return fault.message
    found = fault.findings[0]
    if found.rule == "encoding":
        return found.message  # it could not be read: nothing of it is in the words
    return f"{found.span.file}:{found.span.line}:{found.span.column}：{_told(found, path)}"


def _near_password(path: Path, number: int) -> bool:
    try:
        return "pass" in read_source(path).line(number).lower()
    except InputFault:
        return True


def _require_sense(mail: MailSettings, path: Path) -> None:
    for _, words in _senseless(mail, given=mail.password is not None):
        raise PressError(f"{path}：{words}")


def _senseless(mail: MailSettings, *, given: bool) -> Iterator[tuple[str, str]]:
    """Keys that do not go together, and why; ``given`` is whether there is a password."""
    if mail.security == "none" and mail.server not in _HERE:
        yield "security", "security = \"none\" 不加密，只能用于本机的服务器；请写 \"tls\" 或 \"starttls\""
    if mail.user and not given:
        yield "password", f"写了 user，没有写 password；也可以放在环境变量 {PASSWORD} 里"


def _notices(path: Path, source: Source) -> list[str]:
    """A password that others on the machine can read."""
    readable = os.name != "nt" and path.stat().st_mode & 0o077
    if not (readable and "password" in source.text):
        return []
    return [f"{path} 别人也读得到，里面有密码；请运行 chmod 600 {path}"]
