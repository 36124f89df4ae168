"""Whether the records of an old register fit each other: references, days, sums."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from screening.intake.history.reading import MOST_ERRORS, LineError, RegisterRefused
from screening.intake.history.register import OldFirm, OldOrder, OldPerson, Register


def check(register: Register) -> None:
    """Raise `RegisterRefused` with everything (to 100) that does not fit: the whole file is taken in, or nothing."""
    errors = list(islice(_errors(register), MOST_ERRORS))
    if errors:
        raise RegisterRefused(sorted(errors, key=lambda error: error.line))


def _errors(register: Register) -> Iterator[LineError]:
    found = {
        "person": len(register.persons),
        "firm": len(register.firms),
        "order": len(register.orders),
        "placement": len(register.placements),
    }
    for kind, promised in register.header.counts.items():
        if found[kind] != promised:
            yield LineError(1, f"머리말은 {kind} {promised:,}건이라고 하지만 {found[kind]:,}건이 있습니다.")
    for records in (register.persons, register.firms, register.orders):
        yield from _twice(records)
    firms = {firm.key for firm in register.firms}
    for order in register.orders:
        if order.firm not in firms:
            yield LineError(order.line, f"firm {order.firm}이 이 파일에 없습니다.")
    yield from _misplaced(register)


def _twice(records: Sequence[OldPerson | OldFirm | OldOrder]) -> Iterator[LineError]:
    first: dict[str, int] = {}
    for record in records:
        if first.setdefault(record.key, record.line) != record.line:
            yield LineError(record.line, f"key {record.key}는 {first[record.key]}번째 줄에 이미 있습니다.")


def _misplaced(register: Register) -> Iterator[LineError]:
    persons = {person.key: person for person in register.persons}
    orders = {order.key: order for order in register.orders}
    hired: set[tuple[str, str]] = set()
    filled: Counter[str] = Counter()
    for placement in register.placements:
        person, order = persons.get(placement.person), orders.get(placement.order)
        if person is None or order is None:
            missing = f"person {placement.person}" if person is None else f"order {placement.order}"
            yield LineError(placement.line, f"{missing}이 이 파일에 없습니다.")
            continue
        filled[order.key] += 1
        if placement.hired_on < person.registered_on:
            yield LineError(placement.line, "구직등록을 하기 전에 취업했습니다.")
        if placement.hired_on < order.opened_on or (order.closed_on and placement.hired_on > order.closed_on):
            yield LineError(placement.line, "구인이 열려 있지 않던 날에 취업했습니다.")
        if (placement.person, placement.order) in hired:
            yield LineError(placement.line, "같은 사람이 같은 구인에 두 번 취업했습니다.")
        hired.add((placement.person, placement.order))
    for order in register.orders:
        if filled[order.key] != order.filled:
            yield LineError(
                order.line, f"filled는 {order.filled}이지만 이 구인의 취업은 {filled[order.key]}건입니다."
            )
