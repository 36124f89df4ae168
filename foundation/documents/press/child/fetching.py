"""The URL fetcher of a sheet: in-memory assets by name only, no address of any kind."""

from collections.abc import Mapping
from typing import NoReturn

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

KINDS = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "ttf": "font/ttf",
}


class AddressRefused(FatalURLFetchingError):  # type: ignore[misc]
    """The sheet named something that was not handed over with it; the whole rendering stops."""


class Handed(URLFetcher):  # type: ignore[misc]
    """Gives out what was handed over under `asset:NAME`; every other address, `data:` too, is refused.

    A refused address ends the job instead of leaving a hole in the page: our own templates name nothing else, so
    it is either a mistake or an attack (GHSA-983w-rhvv-gwmv and others: the library's own fetcher follows all).
    """

    def __init__(self, assets: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._assets = assets
        self.refused: list[str] = []
        """What was asked for in vain: the library swallows even a fatal error while it draws an inline SVG."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        if scheme != "asset" or name not in self._assets:
            raise self._refusal(url)
        kind = KINDS.get(name.rpartition(".")[2], "application/octet-stream")
        return URLFetcherResponse(url, self._assets[name], {"Content-Type": kind})

    def open(self, url: object, data: object = None, timeout: object = None) -> NoReturn:
        """The library's way to the network is closed even for a caller that goes round `fetch`."""
        raise self._refusal(str(url))

    def _refusal(self, url: str) -> AddressRefused:
        self.refused.append(url[:200])
        return AddressRefused(url[:200])
