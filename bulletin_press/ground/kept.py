"""What is kept from one piece of work to the next in a process: by content, and bounded."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Values that were made before; those used longest ago go first.

    A key must name all that its value is made of, so that nobody's value is taken for another's. The
    values are shared: nobody may change one. Several threads may ask at once; then one may be made twice.

    Args:
        most: the most that is kept, in the unit of ``size``.
        size: what a value counts.
    """

    def __init__(self, most: int, size: Callable[[Value], int]) -> None:
        self._most, self._size = most, size
        self._values: OrderedDict[Key, Value] = OrderedDict()
        self._lock, self._held = threading.Lock(), 0

    @property
    def held(self) -> int:
        """How much is kept at present, at most ``most``."""
        return self._held

    def known(self, key: Key) -> Value | None:
        """The value of a key, if it is kept."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def keep(self, key: Key, value: Value) -> None:
        """Keep a value; one that is larger than all that may be kept is let go at once."""
        size = self._size(value)
        with self._lock:
            if key in self._values or size > self._most:
                return
            self._values[key] = value
            self._held += size
            while self._held > self._most:
                _, gone = self._values.popitem(last=False)
                self._held -= self._size(gone)

    def made(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of a key, made where it is not kept. What making it raises is raised, and nothing kept."""
        found = self.known(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found
