"""What the drawings in docs/states show is what the code does."""

import pytest

from foundation.settings import ROOT
from foundation.states import MoveRefused, StateTable
from incentives.certificates.models import CERTIFICATE_STATES
from incentives.editions.models import EDITION_STATES
from screening.casework.referrals.states import REFERRAL_STATES
from screening.demand.orders.states import ORDER_STATES, OrderStatus
from screening.demand.sign_ups.states import SIGN_UP_STATES

TABLES = {
    "order": ORDER_STATES,
    "referral": REFERRAL_STATES,
    "sign_up": SIGN_UP_STATES,
    "edition": EDITION_STATES,
    "certificate": CERTIFICATE_STATES,
}


@pytest.mark.parametrize("name", TABLES)
def test_the_drawing_is_the_table(name: str) -> None:
    drawn = (ROOT / "docs" / "states" / f"{name}.mmd").read_text()
    assert drawn == TABLES[name].drawing()


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_state_but_the_first_can_be_reached(table: StateTable) -> None:
    states = type(next(iter(next(iter(table.moves.values()))[0])))
    reached = {target for _, target in table.moves.values()}
    assert len(set(states) - reached) <= 2, set(states) - reached


def test_a_verb_that_leads_nowhere_says_so_in_words() -> None:
    with pytest.raises(MoveRefused, match="이미 '종결'입니다"):
        ORDER_STATES.after("approve", OrderStatus.CLOSED)
