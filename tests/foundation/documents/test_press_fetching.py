"""A sheet reaches nothing that was not handed over with it (promise C8)."""

import contextlib
import http.server
import io
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
import segno

from foundation.documents.press.failures import PressFailed
from foundation.documents.press.press import Press
from tests.sheets import a_sheet

pytest_plugins = ["tests.press_fixture"]

CANARY = b"canary-that-must-not-be-printed"
SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'

HTML_VECTORS = {
    "img": '<img src="{url}" alt="x">',
    "img srcset": '<img srcset="{url} 2x" alt="x">',
    "object": '<object data="{url}">x</object>',
    "embed": '<embed src="{url}">',
    "iframe": '<iframe src="{url}"></iframe>',
    "video": '<video src="{url}" poster="{url}"></video>',
    "input image": '<input type="image" src="{url}" alt="x">',
    "stylesheet link": '<link rel="stylesheet" href="{url}">',
    "attachment link": '<link rel="attachment" href="{url}">',
    "attachment anchor": '<a rel="attachment" href="{url}">x</a>',
    "base": '<base href="{url}"><img src="picture.png" alt="x">',
    "style element": '<style>@import "{url}"; p {{ background: url({url}) }}</style><p>x</p>',
    "style attribute": '<p style="background: url({url})">x</p>',
    "svg image": '<svg width="9" height="9"><image href="{url}" width="9" height="9"/></svg>',
    "svg xlink": '<svg width="9" height="9"><image xlink:href="{url}" width="9" height="9"/></svg>',
    "svg use": '<svg width="9" height="9"><use href="{url}#a"/></svg>',
    "svg style": '<svg width="9" height="9"><style>@import "{url}";</style><rect width="9" height="9"/></svg>',
    "svg paint": '<svg width="9" height="9"><rect width="9" height="9" fill="url({url}#a)"/></svg>',
}
CSS_VECTORS = {
    "import": '@import "{url}";',
    "import url": "@import url({url});",
    "background": "p {{ background: url({url}) }}",
    "content": "p::before {{ content: url({url}) }}",
    "list image": "p {{ display: list-item; list-style-image: url({url}) }}",
    "border image": "p {{ border: 1px solid; border-image: url({url}) 1 }}",
    "page": "@page {{ background: url({url}); @top-left {{ content: url({url}) }} }}",
    "colour profile": "@color-profile --x {{ src: url({url}) }}",
}


@pytest.fixture(scope="module")
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server on loopback and the paths it was asked for."""
    paths: list[str] = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(CANARY)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("secret") / "secret.txt"
    file.write_bytes(CANARY)
    return file


def everything(pdf: bytes) -> bytes:
    """All bytes of a PDF, its streams unpacked; what it only links to does not count."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [item.read_bytes() for item in opened.objects if isinstance(item, pikepdf.Stream)]
    assert streams
    return b"".join([pdf, *streams]).replace(b"data:text/plain," + CANARY, b"")


@pytest.mark.parametrize("vector", [*HTML_VECTORS, *CSS_VECTORS])
def test_nothing_outside_is_fetched_or_embedded(
    press: Press, asked: tuple[str, list[str]], secret: Path, vector: str
) -> None:
    server, paths = asked
    addresses = [
        f"{server}/x",
        f"{server.upper()}/x",
        server.removeprefix("http:") + "/x",
        secret.as_uri(),
        str(secret),
        f"asset:{secret}",
        "data:text/plain," + CANARY.decode(),
        "ftp://127.0.0.1/x",
    ]
    for address in addresses:
        html, css = HTML_VECTORS.get(vector, "<p>x</p>"), CSS_VECTORS.get(vector, "")
        with contextlib.suppress(PressFailed):
            pdf = press.print(a_sheet(html.format(url=address), css=css.format(url=address)))
            assert CANARY not in everything(pdf)
    assert paths == []


@pytest.mark.parametrize(
    "vector", ["img", "stylesheet link", "attachment link", "svg image", "style element"]
)
def test_the_reason_is_said(press: Press, asked: tuple[str, list[str]], vector: str) -> None:
    with pytest.raises(PressFailed, match="밖의 자료를 불러오려"):
        press.print(a_sheet(HTML_VECTORS[vector].format(url=f"{asked[0]}/x")))


def test_the_server_would_have_noticed(asked: tuple[str, list[str]]) -> None:
    server, paths = asked
    with urllib.request.urlopen(f"{server}/control") as answer:
        assert answer.read() == CANARY
    assert paths.pop() == "/control"


def test_a_picture_that_was_handed_over_is_printed(press: Press) -> None:
    picture = io.BytesIO()
    segno.make("이음").save(picture, kind="png")
    pdf = press.print(a_sheet('<img src="asset:dot.png" alt="점">', images={"dot.png": picture.getvalue()}))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert list(opened.pages[0].get_images())


def test_a_broken_picture_leaves_no_hole(press: Press) -> None:
    with pytest.raises(PressFailed) as failed:
        press.print(a_sheet('<img src="asset:dot.png" alt="점">', images={"dot.png": b"no picture"}))
    assert "asset:dot.png" in failed.value.detail


def test_a_picture_without_words_is_refused(press: Press) -> None:
    with pytest.raises(PressFailed) as failed:
        press.print(
            a_sheet('<svg width="9" height="9"></svg><img src="asset:dot.svg">', images={"dot.svg": SQUARE})
        )
    assert "alt" in failed.value.detail


def test_a_picture_that_was_handed_over_reaches_no_further(
    press: Press, asked: tuple[str, list[str]], secret: Path
) -> None:
    server, paths = asked
    for address in (f"{server}/x", secret.as_uri(), "asset:other.png"):
        picture = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
            f'<image href="{address}" width="9" height="9"/></svg>'
        )
        with pytest.raises(PressFailed, match="밖의 자료를 불러오려"):
            press.print(a_sheet('<img src="asset:a.svg" alt="x">', images={"a.svg": picture.encode()}))
    assert paths == []


def test_a_name_that_was_not_handed_over_is_refused(press: Press) -> None:
    with pytest.raises(PressFailed, match="밖의 자료를 불러오려"):
        press.print(a_sheet('<img src="asset:none.png" alt="x">'))
