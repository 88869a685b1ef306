"""A report definition copied into the publication's own templates, to be changed there."""

from __future__ import annotations

import os
from pathlib import Path

from bulletin_press.ground.diagnostics import InputFault, PressError, UsageFault
from bulletin_press.ground.enclosure import link_below
from bulletin_press.ground.output import create_folder, there_already
from bulletin_press.ground.reading import read_file
from bulletin_press.ground.resources import templates_folder
from bulletin_press.ground.temporary import sweep
from bulletin_press.publication.workspace import Workspace, template_folders
from bulletin_press.report.definition import Start
from bulletin_press.report.definition_files import (
    FILE,
    FOLDER,
    MAX_NAME,
    NONE,
    definition_names,
    definition_path,
    load_definition,
    valid_name,
)
from bulletin_press.toml.source import MAX_BYTES


def new_report(workspace: Workspace, name: str, source: str) -> tuple[Path, Start]:
    """Copy a report definition, comments and all, into the workspace's templates.

    Args:
        workspace: the publication.
        name: the new definition's name.
        source: the definition to start from, bundled or the workspace's own.

    Returns:
        The new file, and what its report would have a publication begin with.

    Raises:
        UsageFault: a name is not allowed, is taken, or names no definition.
        InputFault: the definition to start from is wrong.
        PressError: the folder cannot be written.
    """
    folders = template_folders(workspace)
    _require_name(name)
    path = folders[0] / FOLDER / name
    if link := link_below(path.parent, folders[0]):
        raise PressError(f"{workspace.shown(link)} 是链接，不往那里写：月报的定义只能放在刊物文件夹里的 "
                         "templates/reports/。请把链接换成文件夹")
    if os.path.lexists(path):
        sweep(path.parent)
        raise UsageFault(there_already(path, workspace.shown(path)))
    try:
        definition = load_definition(source, folders)  # what is wrong is not multiplied
    except InputFault as fault:
        if fault.findings:
            raise
        raise UsageFault(fault.message) from None
    start = definition_path(source, folders)
    create_folder(path, {FILE: read_file(start, MAX_BYTES) if start else b""})
    return path / FILE, definition.start


def _require_name(name: str) -> None:
    """Refuse a name that a definition may not have, or that a bundled one has.

    Raises:
        UsageFault: it is one of those.
    """
    if not valid_name(name) or name == NONE:
        raise UsageFault(f"“{name[:80]}”不能作数据月报的名称：用小写英文字母、数字和连字符，不超过 {MAX_NAME} 个字符，"
                         "例如 our-report")
    if name in definition_names((templates_folder(),)):
        raise UsageFault(f"“{name}”是随附月报的名称，请另取一个，例如 our-{name}"[:200])
