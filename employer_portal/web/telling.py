"""Telling people how it ended: the form that the center's staff and the firm share."""

from employer_portal.web.forms import Form, LongText


class OutcomeForm(Form):
    """The words people will read."""

    words = LongText("받는 분이 읽을 말", needed="받는 분이 읽을 말을 적어 주세요.", most=500)
