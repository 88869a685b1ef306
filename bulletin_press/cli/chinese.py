"""Typer's help and its complaints, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import typer

# Typer carries a copy of click of its own, and raises its exceptions; those of the public click are other
# classes, and nobody need have it installed. What Typer does not hand out is had from the copy, here alone.
from typer._click.exceptions import BadOptionUsage, MissingParameter, NoSuchOption
from typer.core import TyperCommand, TyperGroup

from bulletin_press.language.guesses import perhaps

_HELP_WORDS = {
    "Usage:": "用法：", "Options:": "选项：", "Arguments:": "参数：", "Commands:": "命令：",
    "[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…", "[required]": "[必填]",
    "Show this message and exit.": "显示这份说明。",
    "Install completion for the current shell.": "为当前的命令行安装自动补全。",
    "Show completion for the current shell, to copy it or customize the installation.": "显示自动补全脚本。",
    "{FILE}": "FILE", "{NAME}": "NAME", "{ISSUE}": "ISSUE",
}
# Python's name of an argument's type, which Typer prints after it.
_TYPE_NAME = re.compile(r" <(?:str|path|list\[str\])>")


def _in_chinese(text: str) -> str:
    """Typer's own words in Chinese, wherever its lines were wrapped."""
    for english, chinese in _HELP_WORDS.items():
        text = re.sub(r"\s+".join(map(re.escape, english.split())), chinese, text)
    return _TYPE_NAME.sub("", text).replace("用法： ", "用法：")


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _in_chinese(super().get_help(ctx))


class RenderCommand(ChineseCommand):
    """The command that writes: its help names the outlets, which are loaded for that alone."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        from bulletin_press.writers import outlets

        rows = "\n".join(f"{outlet.name:<8}  {outlet.label}：{outlet.about}" for outlet in outlets())
        self.epilog = f"\b\n--to 可以是：\n{rows}"
        return super().get_help(ctx)


class ReportsCommand(ChineseCommand):
    """A command that takes a report definition: its help names those that come with the press."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        from bulletin_press.report.definition_files import bundled_titles

        rows = "\n".join(f"{name:<22}  {title}" for name, title in bundled_titles().items())
        self.epilog = f"\b\n随附的数据月报：\n{rows}"
        return super().get_help(ctx)


class ChineseGroup(TyperGroup):
    """The group of commands, with Chinese help, in the order of a month's work."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _in_chinese(super().get_help(ctx))

    def list_commands(self, ctx: Any) -> list[str]:
        """The commands as they were declared."""
        return list(self.commands)


def usage_words(error: typer.TyperException, commands: Sequence[str]) -> str:
    """Typer's usage errors in Chinese; a command that does not exist is compared with those that do."""
    if isinstance(error, NoSuchOption):
        close = perhaps("、".join(sorted(error.possibilities or ())))
        return f"没有 {error.option_name} 这个选项{close}"
    if isinstance(error, BadOptionUsage):
        if "does not take a value" in error.message:
            return f"{error.option_name} 后面不跟值"
        return f"{error.option_name} 后面缺一个值"
    if isinstance(error, MissingParameter):
        return f"缺少参数 {error.param.display_name_raw if error.param is not None else ''}"
    if isinstance(error, typer.BadParameter):
        param = error.param
        name = " / ".join(param.opts) if param is not None else str(error.param_hint)
        choices = param.type_descriptor.choices if param is not None else None
        return f"{name} 的值不对" + (f"，只能是 {'、'.join(map(str, choices))}" if choices else "")
    message = error.format_message()
    if message.startswith("No such command"):
        import difflib

        name = message.split("'")[1] if "'" in message else ""
        close_names = difflib.get_close_matches(name, commands, n=1)
        hint = perhaps(close_names[0] if close_names else None, f"。可用的：{'、'.join(commands)}")
        return f"没有“{name}”这个命令{hint}"
    if message.startswith("Got unexpected extra argument"):
        return f"多了参数：{message.rpartition('(')[2].rstrip(')')}"
    if message.startswith("Missing command"):
        return "缺少命令"
    return message
