"""Every act that the code can record has words for the people who read the trail."""

import ast

from employer_portal.web.acts import ACT_KO, acts_named
from foundation.settings import ROOT
from incentives.certificates.models import CERTIFICATE_STATES
from tests.house import House


def recorded() -> set[str]:
    """The first string argument of every call of `record` and `record_act`, and every constant that names an act."""
    found = {f"certificate.{verb}" for verb in CERTIFICATE_STATES.moves}
    for room in ("foundation", "screening", "incentives", "employer_portal"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("record", "record_act"):
                    found |= {each.value for each in ast.walk(node.args[1]) if isinstance(each, ast.Constant)}
    return {each for each in found if isinstance(each, str) and "." in each and not each.endswith(".")}


def test_every_act_has_words() -> None:
    assert recorded() <= set(ACT_KO), recorded() - set(ACT_KO)
    assert len(recorded()) > 50


def test_the_trail_is_found_by_words(house: House) -> None:
    assert acts_named("로그인") == ("account.signed_in",)
    page = house.visitor("auditor").open("/audit?q=로그인")
    page.sees("로그인했습니다").misses("기업을 등록했습니다")
