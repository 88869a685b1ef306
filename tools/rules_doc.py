"""Write docs/rules.md from the rules' docstrings: ``python tools/rules_doc.py``."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bulletin_press.checks.engine import PlacedRule, entries  # noqa: E402
from bulletin_press.checks.input_rules import INPUT_RULES  # noqa: E402
from bulletin_press.checks.rule import Family  # noqa: E402

TARGET = ROOT / "docs" / "rules.md"
FAMILIES = {Family.DATA: "数据", Family.COPY: "文字", Family.ISSUE: "整期", Family.GLYPH: "字形", Family.LAYOUT: "版面"}
HEAD = """# 检查规则

`press check` 查的全部规则。“错误”要改正才能生成；“警告”和“提示”看过可以保留：在 issue.toml 的 `[allow]` 里写明理由，
或在 publication.toml 的 `[rules]` 里改级。标有“可自动改正”的，`press check --fix` 能改。
同样的说明用 `press explain 规则名` 查看。

词表（慎用词、容易写错的词、广告用语、媒体名、地名等）是 `templates/checks/` 里的 TOML 文件。刊物要增删，在自己的
`templates/checks/`（publication.toml 旁边）里放一个同名文件，只写要添的词；`"某词" = false` 是删去一个，
`replaces = true` 是全部换成自己的。机关、法律、条约、地名、节日的表在 `templates/facts/`，同样添改。

<!-- 由 tools/rules_doc.py 从各条规则的说明生成，不要手改。 -->
"""


def _rule(name: str, entry: PlacedRule) -> Iterator[str]:
    rule = entry.rule
    notes = [rule.severity.label, *(["可自动改正"] if rule.fix else []), *([] if rule.waivable else ["不能放行"])]
    title, _, rest = inspect.cleandoc(entry.module.__doc__ or "").partition("\n")
    yield f"\n### {name}\n\n**{title}**（{'，'.join(notes)}）\n"
    for line in rest.strip().split("\n"):
        label, colon, words = line.partition("：")
        # Fences keep every mark of a sample as it is typed.
        yield f"- {label}：`` {words} ``" if colon and label in ("误", "正") else \
            f"- {line}" if colon and label == "依据" else line


def text() -> str:
    """The page."""
    lines = [HEAD]
    for family, label in FAMILIES.items():
        found = [(name, entry) for name, entry in entries().items() if entry.family is family]
        if found:
            lines.append(f"\n## {label}（{family}）")
            for name, entry in found:
                lines += _rule(name, entry)
    lines.append("\n## 读不进来的文件、各种出口的限度和放行\n")
    for name, (severity, words) in INPUT_RULES.items():
        lines.append(f"- `{name}`（{severity.label}，不能放行）：{words.split(chr(10))[0]}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TARGET.write_text(text(), "utf-8")
