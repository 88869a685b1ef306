"""Compile the rules' regular expressions, the methods of data classes, bundled tables and templates beforehand.

As Python's bytecode is.

Run by tools/setup.sh.

python tools/patterns.py
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import shutil
import tempfile
from datetime import date
from pathlib import Path

from bulletin_press.ground.written_methods import WRITTEN, keep_written_methods

# Before any data class is made; the command line's own package does so in every command.
keep_written_methods()
from bulletin_press.language import script  # noqa: E402
from bulletin_press.language.compiled import COMPILED  # noqa: E402


def main() -> None:
    """Import every module, and keep what it would compile when first used, and what a month's work does."""
    typed: list[tuple[str, int]] = []
    put_off = script._Lazy.__init__

    def noted(self: script._Lazy, pattern: str, flags: int) -> None:
        typed.append((pattern, flags))
        put_off(self, pattern, flags)

    script._Lazy.__init__ = noted  # type: ignore[method-assign]
    import bulletin_press

    for module in pkgutil.walk_packages(bulletin_press.__path__, "bulletin_press."):
        # What an extra that is not there brings is compiled when it is first used.
        with contextlib.suppress(ModuleNotFoundError):
            importlib.import_module(module.name)
    for pattern, flags in typed:
        COMPILED.compile(pattern, flags)
        for way in COMPILED.ways(pattern, flags):
            COMPILED.compile(way)
    from bulletin_press.pipeline import check
    from bulletin_press.publication.bundled import BUNDLED
    from bulletin_press.publication.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        # Some are made of word lists.
        issues = Path(shutil.copytree(Path(__file__).parents[1] / "issues", Path(folder) / "issues"))
        workspace = Workspace(issues, date(2022, 9, 1), issues)
        for path in sorted(issues.glob("*/issue.toml")):
            check(workspace, path)
    COMPILED.write()
    WRITTEN.write()
    BUNDLED.write()
    _compile_templates()


def _compile_templates() -> None:
    """Have Jinja compile the templates of all themes and outlets, by the names that those ask for them."""
    from bulletin_press.ground.resources import templates_folder
    from bulletin_press.theme.compiled_templates import COMPILED_TEMPLATES
    from bulletin_press.theme.page import document_environment
    from bulletin_press.theme.templating import SUFFIX, TemplateFolder

    root = templates_folder()
    for folder in sorted({path.parent for kind in ("themes", "outlets") for path in (root / kind).rglob(f"*{SUFFIX}")}):
        environment = document_environment([TemplateFolder(folder, root)], {})
        for path in folder.glob(f"*{SUFFIX}"):
            environment.get_template(path.name)
    COMPILED_TEMPLATES.write()


if __name__ == "__main__":
    main()
