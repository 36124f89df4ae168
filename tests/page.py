"""A page as a visitor meets it: forms, buttons, links; and the faults that no page of ours may have."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "meta", "link", "br", "hr", "img", "path", "circle", "rect", "line", "polyline", "col"}
UNLABELLED = {"hidden", "submit", "button"}


@dataclass
class FormFound:
    """One form: where it goes, what it would send as it stands, and its buttons (words, name, value, own address)."""

    action: str
    method: str
    values: list[tuple[str, str]] = field(default_factory=list)
    choices: dict[str, set[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str, str]] = field(default_factory=list)


class Page(HTMLParser):
    """Reads one HTML answer."""

    def __init__(self, html: str, path: str, status: int) -> None:
        super().__init__(convert_charrefs=True)
        self.html, self.path, self.status = html, path, status
        self.title = self.lang = ""
        self.headings: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.forms: list[FormFound] = []
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.inputs: list[tuple[str, str, bool]] = []
        self.texts: list[str] = []
        self.styled: list[str] = []
        self._stack: list[tuple[str, dict[str, str]]] = []
        self._form: FormFound | None = None
        self._button: tuple[str, str, str] | None = None
        self._select: str | None = None
        self._textarea: str | None = None
        self._collected = ""
        self.feed(html)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).replace("\u00a0", " ").split())

    @property
    def h1(self) -> str:
        return self.headings[0] if self.headings else ""

    def _inside(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._stack)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if "id" in facts:
            self.ids.append(facts["id"])
        if "style" in facts or any(name.startswith("on") for name in facts):
            self.styled.append(tag)
        if tag == "html":
            self.lang = facts.get("lang", "")
        if tag == "label":
            self.labels.add(facts.get("for", ""))
        if tag == "form":
            self._form = FormFound(facts.get("action", "") or self.path, facts.get("method", "get").lower())
            self.forms.append(self._form)
        if tag in ("h1", "a", "title", "button"):
            self._collected = ""
        if tag == "button":
            self._button = (facts.get("name", ""), facts.get("value", ""), facts.get("formaction", ""))
        if tag in ("input", "select", "textarea"):
            kind = facts.get("type", "text") if tag == "input" else tag
            labelled = self._inside("label") or "aria-label" in facts
            if kind not in UNLABELLED:
                self.inputs.append((facts.get("id", ""), facts.get("name", ""), labelled))
            self._take_input(tag, kind, facts)
        if tag == "option" and self._select and self._form:
            self._form.choices.setdefault(self._select, set()).add(facts.get("value", ""))
            known = any(name == self._select for name, _ in self._form.values)
            if "selected" in facts or not known:
                self._form.values = [pair for pair in self._form.values if pair[0] != self._select]
                self._form.values.append((self._select, facts.get("value", "")))
        if tag not in VOID:
            self._stack.append((tag, facts))

    def _take_input(self, tag: str, kind: str, facts: dict[str, str]) -> None:
        name = facts.get("name", "")
        if tag == "select":
            self._select = name
        if tag == "textarea":
            self._textarea, self._collected = name, ""
        if tag == "input" and self._form is not None and name:
            if kind in ("checkbox", "radio"):
                self._form.choices.setdefault(name, set()).add(facts.get("value", "on"))
                if "checked" in facts:
                    self._form.values.append((name, facts.get("value", "on")))
            elif kind != "file":
                self._form.values.append((name, facts.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        while self._stack and self._stack[-1][0] != tag:
            self._stack.pop()
        _, facts = self._stack.pop() if self._stack else ("", {})
        words = " ".join(self._collected.split())
        if tag == "h1":
            self.headings.append(words)
        elif tag == "title" and not self._inside("svg"):
            self.title = self.title or words
        elif tag == "a":
            self.links.append((words, facts.get("href", "")))
        elif tag == "button" and self._form is not None and self._button is not None:
            self._form.buttons.append((words, *self._button))
        elif tag == "textarea" and self._form is not None:
            self._form.values.append((self._textarea or "", self._collected.removeprefix("\n")))
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        self._collected += data
        if not self._inside("script"):
            self.texts.append(data)

    def faults(self) -> list[str]:
        """What is wrong with the page itself."""
        found = []
        if len(self.headings) != 1 or not self.h1:
            found.append(f"one h1 expected: {self.headings}")
        if not self.title.strip(" –이음"):
            found.append("no title")
        if self.lang != "ko":
            found.append("no lang")
        twice = {each for each in self.ids if self.ids.count(each) > 1}
        if twice:
            found.append(f"ids used twice: {sorted(twice)}")
        bare = [name for key, name, labelled in self.inputs if not labelled and key not in self.labels]
        if bare:
            found.append(f"fields without a label: {bare}")
        if self.styled:
            found.append(f"inline style or script: {self.styled}")
        return found
