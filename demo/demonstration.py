"""What the demo adds to a portal: its pages, its load, its sign-ins, and a refusal to meet real accounts."""

from demo import pages
from demo.accounts import printed_accounts
from demo.center import load_once, refuse_real_accounts
from employer_portal.web.demonstration import Demonstration


def _sign_ins() -> list[str]:
    return [f"{each.role.value} {each.email} {each.password}" for each in printed_accounts()]


DEMONSTRATION = Demonstration(
    areas=(pages.area,), refuse=refuse_real_accounts, load=load_once, sign_ins=_sign_ins
)
