"""What a process has in memory, as the system at hand says it."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_QUERY = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of psapi.h."""

    _fields_ = (
        ("size", ctypes.c_uint32), ("faults", ctypes.c_uint32), ("peak", ctypes.c_size_t), ("now", ctypes.c_size_t),
        *((f"other_{number}", ctypes.c_size_t) for number in range(6)),
    )  # fmt: skip


def memory_of(process: int) -> int | None:
    """What a process has in memory, bytes; None where the system does not say."""
    if sys.platform == "win32":
        counters = _counters(process)
        return int(counters.now) if counters else None
    return _pages(process, 1)


def address_space_of(process: int) -> int | None:
    """The address space of a process, bytes; None where the system does not say."""
    return _pages(process, 0)


def most_memory() -> int:
    """The most memory that this process ever had, bytes; 0 where the system does not say."""
    if sys.platform == "win32":
        counters = _counters(os.getpid())
        return int(counters.peak) if counters else 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _pages(process: int, field: int) -> int | None:
    if sys.platform == "win32":
        return None
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text("ascii").split()[field]) * os.sysconf("SC_PAGE_SIZE")
    return None


def _counters(process: int) -> Any:
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined, unused-ignore]  # Windows has it
    # A handle has the size of a pointer; ctypes takes all for an int unless told.
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = kernel.OpenProcess(_QUERY, 0, process)
    if not handle:
        return None
    try:
        counters = _Counters(size=ctypes.sizeof(_Counters))
        told = kernel.K32GetProcessMemoryInfo(ctypes.c_void_p(handle), ctypes.byref(counters), counters.size)
        return counters if told else None
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))
