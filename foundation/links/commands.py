"""Giving out, finding and revoking links."""

import datetime as dt
import hashlib
import secrets
import uuid

import sqlalchemy as sa
from sqlalchemy import orm

from foundation.links.models import Link, LinkPurpose
from foundation.refusals import NotFound

TOKEN_BYTES = 16
OVER = "이 링크는 끝났습니다. 더 나중에 받은 메일이나 문자가 있으면 그것을 열어 주세요."
OVER_INVITATION = (
    "이 초대는 이미 쓰셨거나 새 초대로 바뀌었거나 거두어졌습니다. 비밀번호를 정하셨으면 로그인해 주시고, "
    "아니면 가장 나중에 받은 초대 메일을 열어 주세요."
)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def issue(
    session: orm.Session,
    *,
    purpose: LinkPurpose,
    subject_id: uuid.UUID,
    holder_id: uuid.UUID,
    expires_at: dt.datetime,
    at: dt.datetime,
) -> tuple[Link, str]:
    """A new link and the path that goes into the message (`/l/…`); the caller records it with its own act."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = Link(
        token_hash=_hash(token),
        purpose=purpose,
        subject_id=subject_id,
        holder_id=holder_id,
        created_at=at,
        expires_at=expires_at,
    )
    session.add(link)
    return link, f"/l/{token}"


def revoke_held(
    session: orm.Session, *, holder_id: uuid.UUID, purpose: LinkPurpose | None = None, at: dt.datetime
) -> tuple[Link, ...]:
    """End every link that somebody holds, or those of one purpose; the caller records them with its own act."""
    held = sa.select(Link).where(Link.holder_id == holder_id, Link.revoked_at.is_(None))
    if purpose is not None:
        held = held.where(Link.purpose == purpose)
    links = tuple(session.scalars(held.with_for_update()))
    for link in links:
        link.revoked_at = at
    return links


def find(session: orm.Session, token: str) -> Link:
    """The link of a token, expired or not; raises `NotFound` for a token that was never given out or is revoked."""
    link = session.scalars(sa.select(Link).where(Link.token_hash == _hash(token))).one_or_none()
    if link is None:
        raise NotFound("이 링크는 쓸 수 없습니다. 받으신 글자를 그대로 눌러 주세요.")
    if link.revoked_at is not None:
        raise NotFound(OVER_INVITATION if link.purpose is LinkPurpose.INVITATION else OVER)
    return link
