"""The desk's script: what a module takes from another is brought in; a browser tells of it only when it gets there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SOURCES = Path(__file__).parent.parent / "tools" / "desk" / "src"
EXPORTED = re.compile(r"^export (?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
BROUGHT = re.compile(r"^import \{([^}]*)\} from", re.MULTILINE)
# What is no code: remarks, texts between quotation marks, and expressions that look for a pattern.
ASIDE = re.compile(r"/\*.*?\*/|(?<![:\"'`\\])//[^\n]*|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL)


def missing(text: str, exported: frozenset[str]) -> set[str]:
    """Exported names that a module calls or makes, and neither brings in nor has of its own."""
    brought = {one.split(" as ")[-1].strip() for names in BROUGHT.findall(text) for one in names.split(",")}
    code = ASIDE.sub("", text)
    own = set(re.findall(r"\b(?:function|const|let|class)\s+(\w+)", code))
    own |= {name for names in re.findall(r"\b(?:const|let)\s*[{\[]([^}\]]*)[}\]]", code)
            for name in re.findall(r"\w+", names)}
    own |= {name for names in re.findall(r"\(([^()]*)\)\s*(?:=>|\{)", code) for name in re.findall(r"\w+", names)}
    own |= set(re.findall(r"^\s+(?:async )?(\w+)\([^()]*\) \{", code, re.MULTILINE))
    called = set(re.findall(r"(?<![.\w])(\w+)\(", code)) | set(re.findall(r"\b(?:new|instanceof) (\w+)", code))
    return (called & exported) - brought - own


def exported() -> frozenset[str]:
    return frozenset(name for path in SOURCES.glob("*.js") for name in EXPORTED.findall(path.read_text("utf-8")))


@pytest.mark.parametrize("path", sorted(SOURCES.glob("*.js")), ids=lambda path: path.name)
def test_what_a_module_calls_of_another_is_brought_in(path: Path) -> None:
    assert missing(path.read_text("utf-8"), exported()) == set()


def test_a_name_that_is_not_brought_in_is_told() -> None:
    assert {"send", "read", "make"} <= exported()
    text = (SOURCES / "editor.js").read_text("utf-8")
    assert missing(text.replace("read, send, toast", "read, toast", 1), exported()) == {"send"}
