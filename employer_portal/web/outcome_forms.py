"""Telling people how it ended, and ending it: the forms that the center's staff and the firm share."""

from wtforms.validators import ValidationError

from employer_portal.web.forms import Choice, Form, LongText
from screening.demand.orders.states import CloseReason


class OutcomeForm(Form):
    """The words people will read."""

    words = LongText("받는 분이 읽을 말", needed="받는 분이 읽을 말을 적어 주세요.", most=500)


class CloseForm(Form):
    """Why an order ends."""

    reason = Choice("마감 사유", [("", "골라 주세요"), *((each.value, each.ko) for each in CloseReason)])

    def validate_reason(self, field: Choice) -> None:
        if not field.data:
            raise ValidationError("마감 사유를 골라 주세요.")
