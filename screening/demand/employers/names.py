"""One firm, many spellings: the key under which they meet."""

import re
import unicodedata

LEGAL_FORMS = re.compile(
    r"\(주\)|㈜|주식회사|\(유\)|유한회사|\(사\)|사단법인|\(재\)|재단법인|\(합\)|합자회사|합명회사"
)


def name_key(name: str) -> str:
    """The name in NFKC without legal form, spaces and signs, lower case."""
    plain = LEGAL_FORMS.sub("", unicodedata.normalize("NFKC", LEGAL_FORMS.sub("", name)))
    return re.sub(r"[^0-9a-z가-힣]", "", plain.lower())
