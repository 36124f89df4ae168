"""Words are escaped first and held together second; words too long for a line are let go."""

import pytest

from foundation.documents.press.words import LONGEST_HELD, keep_words


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("다온밥상", '<span class="w">다온밥상</span>'),
        (
            " 서울  마포구\n1층 ",
            '<span class="w">서울</span> <span class="w">마포구</span> <span class="w">1층</span>',
        ),
        ("<b>&", '<span class="w">&lt;b&gt;&amp;</span>'),
        ("</span><script>", '<span class="w">&lt;/span&gt;&lt;script&gt;</span>'),
        ("가" * (LONGEST_HELD + 1), "가" * (LONGEST_HELD + 1)),
    ],
)
def test_keep_words(text: str, html: str) -> None:
    assert keep_words(text) == html
