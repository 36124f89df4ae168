"""Somebody who uses the portal: opens pages, presses buttons by their words, and notices faults on the way."""

import re
from typing import Any

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.page import FormFound, Page


class Visitor:
    """A browser session; every page it sees is checked."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.page: Page = Page("<html lang=ko><title>x</title><h1>x</h1>", "/", 200)

    def open(self, path: str, *, expect: int = 200) -> "Visitor":
        """Open an address and follow where it leads."""
        answer = self.client.get(path, follow_redirects=True)
        return self._see(answer, expect)

    def download(self, path: str) -> Any:
        """Open an address that is a file."""
        answer = self.client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer

    def follow(self, words: str) -> "Visitor":
        """Follow the link with these words."""
        found = [href for text, href in self.page.links if words in text]
        assert found, f"no link '{words}' on {self.page.path}: {[text for text, _ in self.page.links]}"
        return self.open(found[0])

    def press(self, words: str, /, *, expect: int = 200, at: str = "", **typed: Any) -> "Visitor":
        """Press the button with these words after typing into its form; `at` narrows to the form's address."""
        form, button = self._button(words, at)
        values = [(name, value) for name, value in form.values if name not in typed]
        for name, value in typed.items():
            each = value if isinstance(value, list | tuple) else [value]
            assert any(name == known for known, _ in form.values) or name in form.choices, (name, form.values)
            values += [(name, str(one)) for one in each]
        if button[1]:
            values.append((button[1], button[2]))
        send = self.client.post if form.method == "post" else self.client.get
        key = "data" if form.method == "post" else "query_string"
        fields: dict[str, list[str]] = {}
        for name, value in values:
            fields.setdefault(name, []).append(value)
        answer = send(
            button[3] or form.action,
            **{key: fields},
            headers={"Sec-Fetch-Site": "same-origin"},
            follow_redirects=True,
        )
        return self._see(answer, expect)

    def upload(self, words: str, name: str, content: bytes, *, expect: int = 200) -> "Visitor":
        """Upload a file through the form with this button."""
        import io

        form, _button = self._button(words, "")
        fields: dict[str, Any] = dict(form.values)
        fields[name] = (io.BytesIO(content), "upload.pdf")
        answer = self.client.post(
            form.action, data=fields, content_type="multipart/form-data", follow_redirects=True
        )
        return self._see(answer, expect)

    def _button(self, words: str, at: str) -> tuple[FormFound, tuple[str, str, str, str]]:
        for form in self.page.forms:
            for button in form.buttons:
                if words in button[0] and at in form.action:
                    return form, button
        raise AssertionError(
            f"no button '{words}' on {self.page.path}: {[b[0] for f in self.page.forms for b in f.buttons]}"
        )

    def _see(self, answer: Any, expect: int) -> "Visitor":
        path = answer.request.path
        self.page = Page(answer.get_data(as_text=True), path, answer.status_code)
        assert answer.status_code == expect, (path, answer.status_code, self.page.text[:600])
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        faults = self.page.faults() + self._dead_links()
        assert not faults, (path, faults)
        return self

    def _dead_links(self) -> list[str]:
        adapter = self.app.url_map.bind("localhost")
        dead = []
        for _, href in self.page.links:
            if not href.startswith("/"):
                continue
            try:
                adapter.match(re.split(r"[?#]", href)[0], method="GET")
            except RequestRedirect:
                continue
            except HTTPException:
                dead.append(f"dead link {href}")
        return dead

    def sees(self, words: str) -> "Visitor":
        """The page says these words."""
        assert words in self.page.text, (words, self.page.text[:3000])
        return self

    def misses(self, words: str) -> "Visitor":
        """The page does not say these words, anywhere in its source."""
        assert words not in self.page.html, words
        return self
