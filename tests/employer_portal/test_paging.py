"""A pager names few pages however many there are, and never hides a single one behind dots."""

import pytest

from employer_portal.web.wording import page_numbers


@pytest.mark.parametrize(
    ("page", "pages", "named"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, None, 9]),
        (3, 9, [1, 2, 3, 4, None, 9]),
        (4, 9, [1, 2, 3, 4, 5, None, 9]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (9, 9, [1, None, 8, 9]),
        (2_500, 5_000, [1, None, 2_499, 2_500, 2_501, None, 5_000]),
    ],
)
def test_the_pages_named(page: int, pages: int, named: list[int | None]) -> None:
    assert page_numbers(page, pages) == named


def test_every_pager_leads_on_and_back() -> None:
    for pages in range(1, 30):
        for page in range(1, pages + 1):
            named = page_numbers(page, pages)
            assert len(named) <= 7
            assert {1, page, pages} <= set(named)
            assert {each for each in (page - 1, page + 1) if 1 <= each <= pages} <= set(named)
