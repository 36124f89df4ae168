"""Setting an interview: the form that the center's staff and the firm share."""

import datetime as dt
import re
import uuid

from wtforms.validators import ValidationError

from employer_portal.web.forms import Choice, Day, Form, Text
from employer_portal.web.request import actor, db, now
from foundation.database import SEOUL
from foundation.refusals import Invalid
from screening.casework.interviews import commands as interviews
from screening.casework.interviews.models import InterviewMode
from screening.demand.orders.models import JobOrder

CLOCK_TIME = re.compile(r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9]")


class InterviewForm(Form):
    """When and where."""

    day = Day("날짜", needed="날짜를 적어 주세요.")
    time = Text("시각", needed="시각을 14:00처럼 적어 주세요.", most=5)
    place = Text("장소", needed="장소를 적어 주세요.")
    mode = Choice("방법", InterviewMode)

    def validate_time(self, field: Text) -> None:
        if not CLOCK_TIME.fullmatch(field.data or ""):
            raise ValidationError("시각을 14:00처럼 적어 주세요.")

    @property
    def starts_at(self) -> dt.datetime:
        hour, minute = map(int, self.time.data.split(":"))
        return dt.datetime.combine(self.day.data, dt.time(hour, minute), SEOUL)

    @classmethod
    def for_order(cls, order: JobOrder, number: int) -> "InterviewForm":
        """A blank form with the order's place and wish, one of several on its page."""
        mode = InterviewMode.ACCOMPANIED if order.accompany else InterviewMode.VISIT
        form = cls(formdata=None, place=order.workplace_address, time="14:00", mode=mode.value)
        return form.numbered(number)


class CancelForm(Form):
    """Why an interview is called off, as the person will read it."""

    reason = Text(
        "이유 (본인이 읽습니다)", needed="왜 취소하는지 5자 이상 적어 주세요. 본인이 읽습니다.", most=300
    )


def is_set(form: InterviewForm, referral_id: uuid.UUID) -> bool:
    """Set or move an interview as typed; False when the form has to be shown again with its sentence."""
    if not form.validate_on_submit():
        return False
    try:
        interviews.schedule(
            db(),
            referral_id=referral_id,
            starts_at=form.starts_at,
            place=form.place.data,
            mode=InterviewMode(form.mode.data),
            by=actor(),
            at=now(),
        )
    except Invalid as refused:
        form.take(refused)
        db().rollback()
        return False
    return True
