"""Score bars of a list, drawn in one go: a ranked page shows hundreds of them."""

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from employer_portal.web.wording import points
from screening.matching.reasons import Reason

ENOUGH = 0.7
"""Share of the points below which a bar is drawn in the warning colour."""


def bar_cells(reasons: Iterable[Reason], names: Mapping[str, str]) -> Markup:
    """One table cell a reason: the points in figures and as a bar of 8 px, named for phones and for readers aloud."""
    cells = []
    for reason in reasons:
        share = reason.share
        cells.append(
            f'<td role="cell" class="i-bars" data-k="{escape(names[reason.criterion])}"><div>'
            f'<span>{points(reason.points)}<span class="sr-only">점, {reason.most // 1000}점 만점</span></span>'
            f'<svg class="i-bar{"" if share >= ENOUGH else " warn"}" aria-hidden="true" focusable="false">'
            '<rect class="tr" width="100%" height="100%" rx="4"/>'
            f'<rect class="fi" width="{share * 100:.1f}%" height="100%" rx="4"/></svg></div></td>'
        )
    return Markup("".join(cells))
