"""Control characters, and line ends that are none to TOML."""

from __future__ import annotations

from bisect import bisect_left

from bulletin_press.toml.cursor import Cursor
from bulletin_press.toml.marks import BREAKS, CONTROL
from bulletin_press.toml.scanned import Fault


class Controls(Cursor):
    """Says of each control character what it was meant to be."""

    def _controls(self) -> None:
        for match in CONTROL.finditer(self.text):
            self._fault(*match.span(), "")

    def _place_controls(self) -> None:
        """Say of each control character what it was meant to be, which its surroundings tell."""
        starts, old = [start for start, _, _ in self._strings], list[int]()
        for index, fault in enumerate(self.faults):
            if fault.message:
                continue
            char = self.text[fault.start]
            inside = bisect_left(starts, fault.end) - 1
            start, end, several = self._strings[inside] if inside >= 0 else (0, 0, False)
            line = start < fault.start < end and not several
            meant = "\n" if char in BREAKS and not line else ""
            if char in BREAKS and line and self._between_words(fault.start):
                meant = " "
            if char == "\r" and meant == "\n":
                self._edits.append((fault.start, fault.end, meant))
                old.append(index)
                continue
            name = \
                f"这里有软回车或分页符（U+{ord(char):04X}），{'改为换行' if meant == chr(10) else '请删去'}" \
                if char in BREAKS else f"这里有看不见的控制字符（U+{ord(char):04X}），请删去"
            self.faults[index] = Fault(fault.start, fault.end, name, meant, certain=True)
            self._edits.append((fault.start, fault.end, meant))
        for index in reversed(old[1:]):
            del self.faults[index]
        if old:
            first = self.faults[old[0]]
            others = f"（连这里共 {len(old)} 处）" if len(old) > 1 else ""
            self.faults[old[0]] = Fault(first.start, first.end, f"这里的换行是旧式写法（只有 CR）{others}：运行 press "
                                        "check --fix 一次改好，或用编辑器另存为 LF 换行", "\n", certain=True)

    def _between_words(self, at: int) -> bool:
        """Whether both neighbours of a character are ASCII: a space is needed between words."""
        return self.text[at - 1 : at].isascii() and self.text[at + 1 : at + 2].isascii()
