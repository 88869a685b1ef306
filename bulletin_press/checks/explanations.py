"""What each rule means, for ``press explain``."""

from __future__ import annotations

import difflib
import inspect
from collections.abc import Mapping

from bulletin_press.checks.engine import entries
from bulletin_press.checks.input_rules import INPUT_RULES
from bulletin_press.ground.diagnostics import UsageFault
from bulletin_press.language.guesses import perhaps


def rule_names() -> list[str]:
    """Every name that a finding may carry."""
    return [*INPUT_RULES, *entries()]


def explanation(name: str) -> str:
    """What a rule catches, why, wrong and right, and its source.

    Raises:
        UsageFault: there is no such rule; close names are suggested.
    """
    if name in INPUT_RULES:
        severity, text = INPUT_RULES[name]
        return f"{name}（{severity.label}，不能放行）\n\n{text}"
    entry = entries().get(name)
    if entry is None:
        close = difflib.get_close_matches(name, rule_names(), n=1, cutoff=0.5)
        raise UsageFault(f"没有“{name}”这条规则" + perhaps(close[0] if close else None, "。press explain 列出全部"))
    waivable = "可在 [allow] 里放行" if entry.rule.waivable else "不能放行"
    text = inspect.cleandoc(entry.module.__doc__ or "")
    return f"{name}（{entry.family.value}，{entry.rule.severity.label}，{waivable}）\n\n{text}"


def summaries() -> Mapping[str, str]:
    """The first sentence about every rule, by its name."""
    found = {name: text.split("\n")[0] for name, (_, text) in INPUT_RULES.items()}
    return found | {name: (entry.module.__doc__ or "").strip().split("\n")[0] for name, entry in entries().items()}


def summary() -> str:
    """All rules, a line each."""
    rows = [(name, severity, text.split("\n")[0]) for name, (severity, text) in INPUT_RULES.items()]
    rows += [(name, entry.rule.severity, (entry.module.__doc__ or "").strip().split("\n")[0])
             for name, entry in entries().items()]
    width = max(len(name) for name, _, _ in rows)
    return "\n".join(f"{name:<{width}}  {severity.label}  {text}" for name, severity, text in rows)
