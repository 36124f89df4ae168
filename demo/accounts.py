"""The accounts that `make run` prints."""

from dataclasses import dataclass

from foundation.actors import Role


@dataclass(frozen=True)
class PrintedAccount:
    """An account that `make run` prints, so that a visitor can try every role."""

    role: Role
    name: str
    email: str
    password: str


def printed_accounts() -> tuple[PrintedAccount, ...]:
    """One per role; the passwords are the demo's and open nothing else."""
    people = (
        (Role.EMPLOYER, "윤미정"), (Role.OFFICER, "정다혜"), (Role.LEAD, "한지우"), (Role.CHAMBER, "오세린"),
        (Role.CITY_CHAMBER, "문가람"), (Role.AGENCY, "배수현"), (Role.AUDITOR, "남도윤"), (Role.ADMIN, "서하진"),
    )  # fmt: skip
    return tuple(
        PrintedAccount(role, name, f"{role.value}@ieum.example", f"demo-{role.value}-2026")
        for role, name in people
    )
