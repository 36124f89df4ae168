"""Ending one sort of letter by the address in it: a page with one button, and the one click of mail programs."""

import uuid

from flask import render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.seekers.links import area
from employer_portal.web.areas import ANYONE
from employer_portal.web.request import db, now
from foundation.notices.choices import mark, unsubscribe
from foundation.notices.models import Topic
from foundation.refusals import NotFound


def _topic(code: str) -> Topic:
    if code not in set(Topic):
        raise NotFound("이 주소로는 알림을 끊을 수 없습니다.")
    return Topic(code)


@area.reads("/u/<uuid:account_id>/<topic>/<proof>", by=ANYONE)
def unsubscribe_page(account_id: uuid.UUID, topic: str, proof: str) -> str:
    """One button; opening the page changes nothing."""
    wanted = _topic(topic)
    if proof != mark(db(), account_id, wanted):
        raise NotFound("이 주소로는 알림을 끊을 수 없습니다.")
    action = url_for("seekers.one_click", account_id=account_id, topic=topic, proof=proof)
    return render_template("seekers/unsubscribe.html", topic=wanted, action=action, done=False)


@area.writes("/u/<uuid:account_id>/<topic>/<proof>", by=ANYONE)
def one_click(account_id: uuid.UUID, topic: str, proof: str) -> str | BaseResponse:
    """RFC 8058: the mail program posts here without any cookie; the address itself is the proof."""
    unsubscribe(db(), account_id=account_id, topic=_topic(topic), proof=proof, at=now())
    return render_template("seekers/unsubscribe.html", topic=_topic(topic), action="", done=True)
