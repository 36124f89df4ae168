"""The client says what the tax office says, and says so when it says nothing."""

import datetime as dt
import socket

import pytest

from foundation.tax_office.answers import BusinessClaim, BusinessStanding
from foundation.tax_office.client import SENTENCES, HttpTaxOffice, TaxOfficeSilent
from tests.tax_office import TaxOfficeServer

OPENED = dt.date(2019, 3, 4)
NUMBERS = [f"{number:010d}" for number in range(1, 251)]


@pytest.mark.parametrize(
    ("code", "standing"),
    [("01", BusinessStanding.ACTIVE), ("02", BusinessStanding.SUSPENDED), ("03", BusinessStanding.CLOSED)],
)
def test_the_state_of_a_number(tax_office: TaxOfficeServer, code: str, standing: BusinessStanding) -> None:
    tax_office.knows("0011234567", code=code, closed="20260131" if code == "03" else "")
    answer = tax_office.client().ask([BusinessClaim("0011234567")])["0011234567"]
    assert (answer.standing, answer.matches, answer.tax_type) == (standing, None, "01")
    assert answer.closed_on == (dt.date(2026, 1, 31) if code == "03" else None)


def test_a_number_nobody_registered(tax_office: TaxOfficeServer) -> None:
    answer = tax_office.client().ask([BusinessClaim("0011234567")])["0011234567"]
    assert answer.standing is BusinessStanding.UNREGISTERED


def test_a_complete_claim_is_compared(tax_office: TaxOfficeServer) -> None:
    tax_office.knows("0011234567", opened="20190304", owner="윤미정")
    right = BusinessClaim("0011234567", OPENED, "윤미정", "다온밥상")
    wrong = BusinessClaim("0011234567", OPENED, "남의이름", "다온밥상")
    client = tax_office.client()
    assert client.ask([right])["0011234567"].matches is True
    assert client.ask([wrong])["0011234567"].matches is False
    assert [what for what, _ in tax_office.questions] == ["validate", "validate"]


def test_a_hundred_at_once_and_no_more(tax_office: TaxOfficeServer) -> None:
    for number in NUMBERS:
        tax_office.knows(number)
    answers = tax_office.client().ask([BusinessClaim(number) for number in NUMBERS])
    assert len(answers) == 250
    assert tax_office.questions == [("status", 100), ("status", 100), ("status", 50)]


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        ("BAD_JSON_REQUEST", "BAD_JSON_REQUEST"),
        ("REQUEST_DATA_MALFORMED", "REQUEST_DATA_MALFORMED"),
        ("TOO_LARGE_REQUEST", "TOO_LARGE_REQUEST"),
        ("INTERNAL_ERROR", "INTERNAL_ERROR"),
        ("HTTP_ERROR", "HTTP_ERROR"),
        ("OVER_LIMIT", "OVER_LIMIT"),
        ("garbage", "UNREADABLE"),
        ("slow", "TIMEOUT"),
        ("drip", "TIMEOUT"),
    ],
)
def test_every_failure_has_its_word(tax_office: TaxOfficeServer, failure: str, code: str) -> None:
    tax_office.fails_with = failure
    with pytest.raises(TaxOfficeSilent) as silent:
        tax_office.client(timeout=0.3).ask([BusinessClaim("0011234567")])
    assert silent.value.code == code
    assert str(silent.value) == SENTENCES[code]


def test_a_wrong_key_no_key_and_nobody_there(tax_office: TaxOfficeServer) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/v1"
    for office, code in (
        (HttpTaxOffice("wrong", tax_office.url), "BAD_KEY"),
        (HttpTaxOffice("", tax_office.url), "NO_KEY"),
        (HttpTaxOffice("key", nobody), "UNREACHABLE"),
    ):
        with pytest.raises(TaxOfficeSilent) as silent:
            office.ask([BusinessClaim("0011234567")])
        assert silent.value.code == code
