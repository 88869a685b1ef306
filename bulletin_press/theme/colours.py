"""Colours as #rgb or #rrggbb: mixed, and how light they are."""

from __future__ import annotations


def channels(color: str) -> tuple[int, int, int]:
    """Red, green and blue of #rgb or #rrggbb, 0 to 255."""
    digits = color.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def mixed(color: str, other: str, share: float) -> str:
    """A colour with a share (0 to 1) of another mixed in."""
    pairs = zip(channels(color), channels(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02X}" for one, two in pairs)


def contrasting(color: str, ink: str) -> str:
    """White or the ink, whichever reads better on a colour (relative luminance of WCAG 2)."""
    light = luminance(color)
    on_white, on_ink = 1.05 / (light + 0.05), (light + 0.05) / (luminance(ink) + 0.05)
    return "#FFFFFF" if on_white >= on_ink else ink


def luminance(color: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
              for c in (channel / 255 for channel in channels(color))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
