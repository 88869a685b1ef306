"""``press import`` as a talk: shown, asked, written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bulletin_press.intake.importing import TypedRow, proposed, write
from bulletin_press.intake.telling import told
from bulletin_press.publication.workspace import Workspace


def import_sheet(workspace: Workspace, path: Path, file: Path, *, yes: bool, hidden: bool, sheet: str | None,
                 say: Callable[[str], None], agreed: Callable[[str], bool]) -> bool:
    """Take the figures of a sheet into an issue.

    Args:
        workspace: the publication.
        path: the issue's TOML file.
        file: the sheet's file.
        yes: do not ask: only what is beyond doubt is written, and nothing over what is typed differently.
        hidden: what is hidden in it is read too.
        sheet: the one sheet to read.
        say: prints a line.
        agreed: asks; whether the answer was yes.

    Returns:
        Whether nothing is left that a person has to decide.

    Raises:
        PressError: the sheet or the issue cannot be read, or a file cannot be written.
    """
    proposal = proposed(workspace, path, file, hidden=hidden, sheet=sheet)
    for line in told(proposal):
        say(line)
    if not proposal.entries:
        say("表里没有这一期月报要的数，什么也没有写")
        return False
    if proposal.doubts and (yes or not agreed("还是要用这张表？")):
        say("没有改动" + ("：有拿不准的地方，--yes 时不写；去掉 --yes 再运行，看过再答" if yes else ""))
        return False
    plain = proposal.chosen(unsure=False, overwrite=False)
    extra = [entry for entry in proposal.entries if entry not in plain]
    chosen = list(plain)
    new = sum(entry.state != "same" for entry in plain)
    if new and not (yes or agreed(f"写入这 {new} 项？")):
        say("没有改动")
        return False
    chosen += [entry for entry in extra if not yes and agreed(_question(entry))]
    written = sum(entry.state != "same" for entry in chosen)
    if not chosen:
        say("没有改动")
        return False
    for said in write(proposal, [entry for entry in proposal.entries if entry in chosen]):
        say(f"注意：{said}")
    say(f"已写入 {written} 项：{proposal.table.source.name}" if written else "各项已经填好，都相同")
    left = [entry for entry in extra if entry not in chosen]
    if left and yes:
        say(f"{len(left)} 项没有写（已填的不同，或拿不准）：{'、'.join(_key(entry) for entry in left)}；"
            "去掉 --yes 再运行，逐项回答")
    return not left and not proposal.matching.several


def _key(entry: TypedRow) -> str:
    return f"{entry.setting.measure}.{entry.setting.item}"


def _question(entry: TypedRow) -> str:
    numbers = entry.setting.figure
    new = numbers.toml() if numbers else "；".join(one.toml(name) for name, one in entry.setting.ranking)
    if entry.state == "differs":
        return f"{_key(entry)} 已填 {entry.typed}，表里是 {new}，改成表里的？"
    return f"{_key(entry)} 拿不准，写入 {new}？"
