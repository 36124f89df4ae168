"""Telephone numbers of Korea: stored as digits, shown with hyphens."""

import re

import phonenumbers

from foundation.refusals import Invalid

PLAUSIBLE = re.compile(r"0[0-9]{8,11}|1[5-9][0-9]{6}")
"""An area or mobile prefix with its number, or a nationwide one such as 1588-0000."""


def parse(text: str, *, field: str = "phone") -> str:
    """National digits such as `01012345678`; raises `Invalid` when no Korean number can be read."""
    try:
        number = phonenumbers.parse(text, "KR")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number) or number.country_code != 82:
        raise Invalid("전화번호를 010-1234-5678처럼 입력해 주세요.", field=field)
    national = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    digits = "".join(character for character in national if character.isdigit())
    if not PLAUSIBLE.fullmatch(digits) or len(set(digits)) == 1:
        raise Invalid("전화번호를 010-1234-5678처럼 입력해 주세요.", field=field)
    return digits


def written(digits: str) -> str:
    """`010-1234-5678`; digits that cannot be read are returned as they are."""
    try:
        number = phonenumbers.parse(digits, "KR")
    except phonenumbers.NumberParseException:
        return digits
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
