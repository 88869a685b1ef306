"""The laboratory: each attack in a workspace of its own, under an audit hook that sees every file and connection.

``python -m strangers.lab FOLDER START STEP`` prints a line of JSON for every STEPth attack.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import shutil
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hostile

import bulletin_press
from strangers.attacks import PAGE, PLAIN_PAGE, PLAIN_THEME, SHEET, THEME_TOML, Attack, attacks, bombs, tree

_WRITES = frozenset(
    {
        "os.remove",
        "os.rename",
        "os.rmdir",
        "os.mkdir",
        "os.link",
        "os.symlink",
        "os.truncate",
        "os.chmod",
        "os.chown",
        "os.utime",
        "shutil.rmtree",
        "shutil.move",
        "shutil.copyfile",
        "shutil.copytree",
    }
)
_STARTS = ("subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "pty.")
_CONNECTS = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.")
BODY = """\
{% for section in document.sections %}<h2>{{ section.title }}</h2>{% for item in section["items"] %}
<p>{{ item.title or "" }}</p>{% for p in item.pictures() %}
{% if pictures[p].url %}<img src="{{ pictures[p].url }}" alt="">{% endif %}
{% endfor %}{% endfor %}{% endfor %}"""
ISSUE = """\
[issue]
number = 8
date = 2022-08-26
[[event]]
title = "标题"
body = "正文。"
image = "images/a.png"
[[member]]
ref = "m"
"""
PLAIN = {
    "publication.toml": '[publication]\nname = "刊"\norganiser = "会"\n',
    "2022-08/issue.toml": ISSUE,
    "members.toml": '[m]\nname = "甲"\nlogo = "logos/l.png"\n',
    THEME_TOML: PLAIN_THEME,
    PAGE: PLAIN_PAGE % BODY,
    SHEET: "h1 { color: red }\n",
}


class Watch:
    """Notes, while it is on, what is opened, changed, started and connected to outside some folders."""

    def __init__(self, allowed: list[Path]) -> None:
        self.allowed = [os.path.realpath(folder) for folder in allowed]
        self.place, self.on = "", False
        self.seen: dict[str, list[str]] = {}
        sys.addaudithook(self)

    def __call__(self, event: str, values: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event == "open":
            path, _, flags = values
            if isinstance(path, int) or path is None:
                return
            writes = bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))
            if not self._is_inside(path, [] if writes else self.allowed):
                self._note("wrote" if writes else "opened", path)
        elif event in _WRITES:
            for path in values[:2]:
                if not isinstance(path, (str, bytes, os.PathLike)) or self._is_inside(path, [], last=False):
                    continue
                # A folder that is asked for may be there already.
                if event != "os.mkdir" or not Path(os.fsdecode(path)).is_dir():
                    self._note("wrote", f"{event} {path!r}")
        elif event.startswith(_STARTS):
            self._note("started", f"{event} {values!r:.80}")
        elif event.startswith(_CONNECTS):
            self._note("connected", f"{event} {values!r:.80}")

    def _note(self, kind: str, what: object) -> None:
        self.seen.setdefault(kind, []).append(str(what))

    def _is_inside(self, path: Any, allowed: list[str], *, last: bool = True) -> bool:
        path = Path.cwd() / os.fsdecode(path)
        # Removing or renaming a link touches the link, not what it leads to.
        real = os.path.realpath(path if last else path.parent)
        return any(real == one or real.startswith(one + os.sep) for one in [self.place, *allowed])

    @contextlib.contextmanager
    def watching(self, place: Path) -> Iterator[dict[str, list[str]]]:
        """What is seen while a workspace is worked in."""
        self.place, self.seen, self.on = os.path.realpath(place), {}, True
        try:
            yield self.seen
        finally:
            self.on = False


def allowed_folders() -> list[Path]:
    """The package, its fonts, templates and words, Python, and the fonts' cache."""
    from bulletin_press import fonts

    root = Path(bulletin_press.__file__).resolve().parent
    return [
        root,
        root.parent / "templates",
        root.parent / "fonts",
        root.parent / "spelling",
        Path(sys.prefix),
        Path(sys.base_prefix),
        Path(sysconfig.get_path("stdlib")),
        *fonts_folders(fonts),
    ]


def fonts_folders(fonts: Any) -> list[Path]:
    """Where the settings of the isolated fonts and their cache lie."""
    path = os.environ.get("FONTCONFIG_FILE")
    return [Path(path).parent] if path else []


def lay(place: Path, attack: Attack) -> None:
    """Write a workspace with an attack in it."""
    from PIL import Image

    shutil.rmtree(place, ignore_errors=True)
    special = {*attack.links, *attack.pipes}
    files = {**PLAIN, **attack.files}
    for name, data in files.items():
        if not any(name == one or name.startswith(one + "/") for one in special):
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)
    for name in ("2022-08/images/a.png", "logos/l.png"):
        if not any(name == one or name.startswith(one + "/") for one in special):
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (40, 30), "blue").save(place / name)
    for name, target in attack.links.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).symlink_to(target)
    for name in attack.pipes:
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(place / name)


def lay_bait(bait: Path) -> None:
    """What nothing may reach."""
    hostile.lay_bait(bait)
    for path, text in tree(bait):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in ("2022-08/images/a.png", "logos/l.png"):
        (bait / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(bait / "canary.png", bait / "tree" / name)


def inventory(bait: Path) -> dict[str, tuple[int, int]]:
    """Every file of the bait, by size and time."""
    return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in sorted(bait.rglob("*"))}


def tried(watch: Watch, place: Path, attack: Attack) -> dict[str, Any]:
    """What came of an attack."""
    from bulletin_press import cli

    lay(place, attack)
    said, statuses, begun = "", [], time.process_time()
    with watch.watching(place) as seen:
        for command in attack.commands:
            out, err = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                statuses.append(int(cli.run(["--workspace", str(place), *command])))
            said += out.getvalue() + err.getvalue()
    pdf = place / "2022-08" / "out" / "2022-08.pdf"
    leaked = (
        hostile.leaks(pdf.read_bytes())
        if pdf.is_file() and not pdf.is_symlink() and pdf.parent.resolve().parent.parent == place.resolve()
        else []
    )
    leaked += ["said"] if hostile.MARK in said else []
    leaked += [
        f"copied {path.name}"
        for path in place.rglob("*")
        if path.suffix != ".pdf"
        and path.is_file()
        and path.resolve().is_relative_to(place.resolve())
        and hostile.MARK.encode() in path.read_bytes()
    ]
    return {
        "family": attack.family,
        "name": attack.name,
        "status": statuses,
        "said": said[-1500:],
        "leaked": leaked,
        "seconds": time.process_time() - begun,
        "refused": attack.refused,
        **seen,
    }


def faults(outcome: dict[str, Any]) -> list[str]:
    """What an outcome shows that must not be."""
    found = [
        f"{kind}: {outcome[kind][:3]}"
        for kind in ("opened", "wrote", "started", "connected", "leaked")
        if outcome.get(kind)
    ]
    said = outcome["said"]
    found += [word for word in ("Traceback", "程序内部出错") if word in said]
    if outcome["refused"] and not any(outcome["status"]):
        found.append("not refused")
    if any(outcome["status"]) and not any("一" <= char <= "鿿" for char in said):
        found.append("no word of Chinese")
    if outcome["seconds"] > 20:
        found.append(f"{outcome['seconds']:.0f} s")
    if outcome.get("memory", 0) > MOST_MEMORY:
        found.append(f"{outcome['memory'] / 1e6:.0f} MB")
    if outcome.get("killed"):
        found.append(f"killed: {outcome['killed']}")
    return found


def warmed(folder: Path) -> Watch:
    """A watch, after a first render and check have imported all there is."""
    plain = Attack(
        "plain",
        "plain",
        commands=(
            ("render", "2022-08", "--draft", "--theme", "evil"),
            ("list",),
            ("themes",),
            ("render", "2022-08", "--draft", "--theme", "modern"),
            ("report", "2022-08"),
        ),
    )
    watch = Watch([])
    outcome = tried(watch, folder / "ws", plain)
    assert outcome["status"] == [0] * len(plain.commands), outcome["said"]
    watch.allowed = [os.path.realpath(one) for one in allowed_folders()]
    return watch


def main(folder: Path, start: int, step: int) -> None:
    """Try every ``step``th attack."""
    bait = folder / "bait"
    lay_bait(bait)
    before = inventory(bait)
    watch = warmed(folder)
    for number, attack in enumerate(attacks(bait.as_posix())):
        if number % step == start % step:
            outcome = tried(watch, folder / "ws", attack)
            if inventory(bait) != before:
                outcome.setdefault("wrote", []).append("the bait has changed")
                before = inventory(bait)
            print(json.dumps(outcome), flush=True)


# What a bomb may use, seconds and bytes: beyond the first it is killed.
KILLED, MOST_MEMORY = 40, 1_000_000_000


def exploded(folder: Path, start: int, step: int) -> None:
    """Set off every ``step``th bomb, each in a process of its own, which is measured from outside."""
    watch = warmed(folder)
    for number, attack in enumerate(bombs()):
        if number % step == start % step:
            print(json.dumps(_exploded(watch, folder / "ws", attack)), flush=True)


def _exploded(watch: Watch, place: Path, attack: Attack) -> dict[str, Any]:
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        resource.setrlimit(resource.RLIMIT_CPU, (KILLED, KILLED))
        resource.setrlimit(resource.RLIMIT_AS, (3 * MOST_MEMORY, 3 * MOST_MEMORY))
        with os.fdopen(writer, "w", encoding="utf-8") as told:
            json.dump(tried(watch, place, attack), told)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as told:
        text = told.read()
    _, status, used = os.wait4(child, 0)
    outcome = (
        json.loads(text)
        if text
        else {
            "family": attack.family,
            "name": attack.name,
            "status": [],
            "said": "",
            "refused": True,
            "leaked": [],
            "killed": f"status {status}",
        }
    )
    return {**outcome, "seconds": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss * 1024}


if __name__ == "__main__":
    if sys.argv[1] == "bombs":
        exploded(Path(sys.argv[2]).resolve(), int(sys.argv[3]), int(sys.argv[4]))
        sys.exit()
    main(Path(sys.argv[1]).resolve(), int(sys.argv[2]), int(sys.argv[3]))
