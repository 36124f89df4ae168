"""사업자등록번호: ten digits whose last one checks the rest (weights 1 3 7 1 3 7 1 3 5)."""

import re

from foundation.refusals import Invalid

WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
FICTIONAL_BELOW = 100
"""No tax office has a code below 100, so numbers that begin so are free for the demo's invented firms."""


def check_digit(first_nine: str) -> int:
    """The tenth digit that belongs to nine given ones."""
    total = sum(int(digit) * weight for digit, weight in zip(first_nine, WEIGHTS, strict=True))
    total += int(first_nine[8]) * 5 // 10
    return (10 - total % 10) % 10


def parse(text: str, *, fictional_allowed: bool) -> str:
    """Ten digits out of what was typed; raises `Invalid` with what is wrong and how to mend it."""
    digits = re.sub(r"[\s\-.]", "", text)
    if not digits.isascii() or not digits.isdigit() or len(digits) != 10:
        raise Invalid(
            f"사업자등록번호 10자리를 입력해 주세요. 지금은 {len(re.sub(r'[^0-9]', '', digits))}자리입니다.",
            field="business_number",
        )
    if digits == "0" * 10 or int(digits[9]) != check_digit(digits[:9]):
        raise Invalid("사업자등록번호가 맞지 않습니다. 숫자를 다시 확인해 주세요.", field="business_number")
    if int(digits[:3]) < FICTIONAL_BELOW and not fictional_allowed:
        raise Invalid("없는 세무서 번호로 시작합니다. 숫자를 다시 확인해 주세요.", field="business_number")
    return digits


def written(digits: str) -> str:
    """`123-45-67890`."""
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"
