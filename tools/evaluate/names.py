"""Names of occupations and their descriptions, labelled by a category, a title or a common origin."""

from foundation.reference.occupations import squash, suggest
from tools.evaluate import sources
from tools.evaluate.labelled import LabelledSet


def occupation_names() -> LabelledSet:
    """Every name asks for the other names of its category: nearest neighbours, each left out in turn."""
    categories = sources.categories()
    names = {name: name for name in categories}
    grades = {
        name: {other: 1.0 for other, theirs in categories.items() if theirs == own and other != name}
        for name, own in categories.items()
    }
    return LabelledSet(names, names, grades, alone=True)


def career_titles() -> LabelledSet:
    """The title of an occupation asks for its description, from which the title was taken out."""
    careers = {career.title: career for career in sources.careers() if career.duties}
    return LabelledSet(
        queries={title: title for title in careers},
        corpus={title: " ".join(career.duties) for title, career in careers.items()},
        grades={title: {title: 1.0} for title in careers},
    )


def tree_titles() -> LabelledSet:
    """A title of the tree asks for the descriptions of the same title (2), or of one that we read as its code (1)."""
    careers = {career.title: career for career in sources.careers() if career.duties}
    codes = {title: suggest(title) for title in careers}
    titles = sources.titles()
    grades: dict[str, dict[str, float]] = {}
    for code, name in titles.items():
        for title, meant in codes.items():
            if squash(title) == squash(name):
                grades.setdefault(code, {})[title] = 2.0
            elif meant is not None and meant.code == code:
                grades.setdefault(code, {})[title] = 1.0
    return LabelledSet(titles, {title: " ".join(career.duties) for title, career in careers.items()}, grades)


def career_halves() -> LabelledSet:
    """The second half of a description asks for the first: text for text, as an opening for what somebody did."""
    careers = {career.title: career.duties for career in sources.careers() if len(career.duties) >= 4}
    return LabelledSet(
        queries={title: " ".join(duties[len(duties) // 2 :]) for title, duties in careers.items()},
        corpus={title: " ".join(duties[: len(duties) // 2]) for title, duties in careers.items()},
        grades={title: {title: 1.0} for title in careers},
    )
