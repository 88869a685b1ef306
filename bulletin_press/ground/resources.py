"""The one place that finds what the package carries: templates, fonts, the model of words, the user's guide.

In a checkout the folders stand beside the package; a wheel carries them inside it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bulletin_press.ground.diagnostics import EnvironmentFault

_PACKAGE = Path(__file__).resolve().parents[1]


@cache
def _folder(name: str) -> Path:
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise EnvironmentFault(f"安装不完整：找不到随附的 {name} 文件夹。请重新安装 bulletin-press。")


def fonts_folder() -> Path:
    """The folder of the bundled fonts.

    Raises:
        EnvironmentFault: the installation lacks it.
    """
    return _folder("fonts")


def templates_folder() -> Path:
    """The folder of themes, report definitions and scaffolds.

    Raises:
        EnvironmentFault: the installation lacks it.
    """
    return _folder("templates")


def spelling_folder() -> Path:
    """The folder of the model of words that tells wrong characters.

    Raises:
        EnvironmentFault: the installation lacks it.
    """
    return _folder("spelling")


def docs_folder() -> Path:
    """The folder of the user's guide (guide/), the tables of keys (reference/) and the schemas (schemas/).

    Raises:
        EnvironmentFault: the installation lacks it.
    """
    return _folder("docs")
