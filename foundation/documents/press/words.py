"""Korean lines break between words: the layout engine ignores `word-break: keep-all`, so words are held together."""

from markupsafe import Markup, escape

LONGEST_HELD = 24
"""Characters; a longer word may break anywhere, or it would run over the edge of the paper."""


def keep_words(text: str) -> Markup:
    """Escape the text, then hold each word in a `span.w` that does not break; a Jinja filter."""
    return Markup(" ").join(_held(word) for word in text.split())


def _held(word: str) -> Markup:
    if len(word) > LONGEST_HELD:
        return escape(word)
    return Markup('<span class="w">{}</span>').format(word)
