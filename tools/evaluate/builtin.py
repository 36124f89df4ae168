"""The sets out of the real files, each with what it is."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from tools.evaluate import names, sources
from tools.evaluate.figures import searched
from tools.evaluate.openings import measured_openings
from tools.evaluate.people import people

WORDS: Final = {
    "occupation_names": "직종 이름 하나로 같은 분류의 다른 이름을 찾습니다. · "
    "A name asks for the other names of its category.",
    "career_titles": "직업 이름으로, 이름을 지운 그 직업의 설명을 찾습니다. · "
    "A title asks for its description, from which the title was taken out.",
    "tree_titles": "직업분류의 이름으로 같은 직업(2)이나 가까운 직업(1)의 설명을 찾습니다. · "
    "A title of the tree asks for descriptions of the same (2) or a related (1) occupation.",
    "career_halves": "설명의 뒤쪽 절반으로 앞쪽 절반을 찾습니다. · "
    "The second half of a description asks for the first.",
    "feed_postings": "실제 구인 글로, 만든 사람들 가운데 같은 직종(3)·소분류(2)·중분류(1)를 찾습니다. "
    "재현율과 MRR은 같은 직종만 셉니다. · "
    "Real openings ask for invented people; recall and MRR count the same occupation only.",
    "feed_postings_disturbed": "희망 직종을 열에 셋은 바꾸거나 지운 집단에서 같은 일을 합니다. · "
    "The same with the wanted occupation of three in ten people replaced or missing.",
    "agency_openings": "장애인 고용 공고의 직종 이름마다 같은 일을 합니다. · "
    "The same for every occupation name of the agency's openings.",
    "agency_openings_disturbed": "희망 직종을 흐트러뜨린 집단에서 같은 일을 합니다. · "
    "The same in the disturbed pool.",
}
"""What every set asks, in the order in which they are measured."""


def measured_sets() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every set's name and figures, one after the other."""
    made: dict[str, Callable[[], Any]] = {
        name: getattr(names, name)
        for name in ("occupation_names", "career_titles", "tree_titles", "career_halves")
    }
    for name, build in made.items():
        yield name, searched(build())
    calm, disturbed = people(disturbed=False), people(disturbed=True)
    for name, postings in (
        ("feed_postings", sources.feed_postings()),
        ("agency_openings", sources.agency_openings()),
    ):
        yield name, measured_openings(postings, calm)
        yield f"{name}_disturbed", measured_openings(postings, disturbed)
