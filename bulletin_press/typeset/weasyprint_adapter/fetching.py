"""The fetcher that WeasyPrint is handed: it knows the page's assets and nothing else."""

from __future__ import annotations

from weasyprint.urls import URLFetcher, URLFetcherResponse

from bulletin_press.typeset.assets import Assets


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves ``asset:`` names; every other address is refused and remembered."""

    def __init__(self, assets: Assets) -> None:
        super().__init__(allowed_protocols={"asset"}, allow_redirects=False)
        self._assets = assets

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """What an address gives.

        Raises:
            ValueError: it is refused.
        """
        data, media_type = self._assets.load(url)
        # Never a file: address: WeasyPrint would open it again when it writes.
        return URLFetcherResponse(url, data, {"Content-Type": media_type})
