"""What a page may load: nothing but what was put here first.

WeasyPrint by default opens any address that HTML, CSS or SVG names: files, web pages, machines
of the local network. Here it is handed a fetcher that knows a few ``asset:`` names and refuses,
and remembers, everything else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

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

    def fetcher(self) -> URLFetcher:
        """A fetcher that serves these assets and nothing else."""
        # Late: ``press check`` never loads WeasyPrint.
        from weasyprint.urls import URLFetcher, URLFetcherResponse

        assets = self

        class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
            """Serves ``asset:`` names; every other address is refused and remembered."""

            def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
                name = url.removeprefix(SCHEME)
                if not url.startswith(SCHEME) or name not in assets.files:
                    assets.refused.append(url)
                    raise ValueError("address refused")
                data, media_type = assets.files[name]
                # Never a file: address: WeasyPrint would open it again when it writes.
                return URLFetcherResponse(url, data, {"Content-Type": media_type})

        return AssetFetcher(allowed_protocols={"asset"}, allow_redirects=False)
