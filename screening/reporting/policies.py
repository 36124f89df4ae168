"""Who may publish the center's figures."""

from foundation.actors import CENTER_ROLES, Actor, Role
from foundation.verdicts import ALLOWED, Verdict, refused

PUBLISHERS = frozenset({Role.LEAD, Role.ADMIN, Role.SYSTEM})


def may_publish(actor: Actor) -> Verdict:
    """The lead or the administrator answers for a published figure."""
    return ALLOWED if actor.role in PUBLISHERS else refused("소식은 팀장이나 센터 관리자가 냅니다.")


def sees_drafts(viewer: Actor | None) -> bool:
    """The center's own people see what is not published yet; everyone else sees frozen editions only."""
    return viewer is not None and viewer.role in CENTER_ROLES | {Role.SYSTEM}
