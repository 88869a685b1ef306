"""Where an outlet's output goes, and what may not be written over."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bulletin_press.ground.diagnostics import PressError, UsageFault
from bulletin_press.ground.enclosure import is_inside
from bulletin_press.ground.made_folder import listed
from bulletin_press.publication.workspace import Workspace
from bulletin_press.writers import outlets
from bulletin_press.writers.outlet import Outlet

OUT = "out"
# What authors put into a workspace: a mistyped -o must not take its place.
_TYPED = frozenset({".toml", ".png", ".jpg", ".jpeg", ".webp", ".css", ".j2"})


def output_path(path: Path, outlet: Outlet) -> Path:
    """Where an issue's output goes unless the user says otherwise; ``path`` is the issue's TOML file."""
    return path.parent / OUT / outlet.output_name(path.parent.name)


def targets(workspace: Workspace, path: Path, chosen: Sequence[Outlet], output: Path | None) -> tuple[Path, ...]:
    """Where the outputs of some outlets go, in their order.

    Args:
        workspace: the publication.
        path: the issue's TOML file.
        chosen: the outlets.
        output: what the user named: the file, or the folder where an outlet makes one; or a folder that is there
            for the outputs to be put into, each under its own name.

    Raises:
        UsageFault: the suffix is not that of the outlet; several outputs cannot have one name.
        PressError: authors' files, or a place outside the publication that nobody named, would be written over.
    """
    into = output is not None and output.is_dir() and not (
        len(chosen) == 1 and chosen[0].makes_folder and listed(output) is not None)
    if output is not None and not into and len(chosen) > 1:
        raise UsageFault("几种一起生成时，-o 要写一个已有的文件夹；也可以不写 -o")
    return tuple(_target(workspace, path, outlet, output / outlet.output_name(path.parent.name)
                         if output is not None and into else output) for outlet in chosen)


def leaves_path(output: Path) -> Path:
    """The folder that an output's pages go into as pictures: beside it, 2022-08-png."""
    return output.with_name(output.stem + "-png")


def _target(workspace: Workspace, path: Path, outlet: Outlet, output: Path | None) -> Path:
    target = output or output_path(path, outlet)
    suffix = target.suffix.lower()
    if suffix in _TYPED and suffix not in outlet.suffixes:
        raise PressError(f"不能把结果写到 {workspace.shown(target)}：{target.suffix} 是你写的内容和图片")
    if outlet.makes_folder:
        if any(suffix in other.suffixes for other in outlets()):
            raise UsageFault(f"{workspace.shown(target)} 像是文件名；{outlet.label} 是几个文件，-o 要写文件夹")
    elif suffix not in outlet.suffixes:
        raise UsageFault(f"{workspace.shown(target)} 的扩展名与要生成的 {outlet.label} 不符：文件名要以 "
                         f"{' 或 '.join(outlet.suffixes)} 结尾，或改 --to")
    if output is None and not (is_inside(target.parent, path.parent) or is_inside(target.parent, workspace.root)):
        raise PressError(f"{workspace.shown(target.parent)} 是指到刊物文件夹以外的链接，不往那里写。"
                         "要写到别处，请用 -o 写明")
    return target
