"""How heavy a finding about an order is."""

from enum import StrEnum


class Severity(StrEnum):
    """`refuse` blocks submitting, `explain` blocks it until a reason is given, `hint` blocks nothing, `passed` shows
    the sum that holds."""

    REFUSE = "refuse"
    EXPLAIN = "explain"
    HINT = "hint"
    PASSED = "passed"
