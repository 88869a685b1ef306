"""What a page may load: nothing but what was put here first.

A layout engine by default opens any address that HTML, CSS or SVG names: files, web pages, machines
of the local network. Ours is handed these few ``asset:`` names; what else it asks for is refused, and
remembered.
"""

from __future__ import annotations

from dataclasses import dataclass, field

SCHEME = "asset:"


@dataclass
class Assets:
    """The allow-list: name to bytes and media type; ``refused`` fills while pages are made."""

    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def add(self, name: str, data: bytes, media_type: str) -> str:
        """Admit some bytes; returns the address to load them from."""
        self.files[name] = (data, media_type)
        return SCHEME + name

    def load(self, address: str) -> tuple[bytes, str]:
        """The bytes and the media type at an address.

        Raises:
            ValueError: it is none of these; it is remembered.
        """
        name = address.removeprefix(SCHEME)
        if not address.startswith(SCHEME) or name not in self.files:
            self.refused.append(address)
            raise ValueError("address refused")
        return self.files[name]
