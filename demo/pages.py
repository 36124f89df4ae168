"""The demo's clock and mailbox."""

import datetime as dt

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from employer_portal.web.areas import ADMINS, ANYONE, Area
from employer_portal.web.forms import Form, Number
from employer_portal.web.request import actor, db, now
from foundation.audit.commands import record_act
from foundation.clock import move_forward
from foundation.messages.mailbox import letters

area = Area("demo", __name__, prefix="/demo")
FARTHEST = 400


class ClockForm(Form):
    """How many days to move the clock."""

    days = Number("며칠 앞으로", needed="며칠인지 적어 주세요.")


@area.reads("/mailbox", by=ANYONE)
def mailbox() -> str:
    """Every mail and SMS that was sent, newest first; invented people only."""
    return render_template("demo/mailbox.html", letters=letters(db()))


@area.reads("/clock", by=ADMINS)
def clock_page() -> str:
    """The demo's clock."""
    return render_template("demo/clock.html", form=ClockForm(formdata=None, days=1), moment=now())


@area.writes("/clock", by=ADMINS)
def move_clock() -> str | BaseResponse | tuple[str, int]:
    """Move the clock forward; the worker then does what has fallen due."""
    form = ClockForm()
    if form.validate_on_submit():
        days = form.days.data or 0
        if 1 <= days <= FARTHEST:
            move_forward(db(), by=dt.timedelta(days=days))
            record_act(
                db(),
                "demo.clock_moved",
                subject_kind="demo_time",
                subject_id="1",
                by=actor(),
                at=now(),
                days=days,
            )
            flash(f"시계를 {days}일 앞으로 돌렸습니다. 그 사이에 할 일을 곧 처리합니다.")
            return redirect(url_for("demo.clock_page"), code=303)
        form.days.errors = [f"1일에서 {FARTHEST}일 사이로 적어 주세요. 시계는 뒤로 가지 않습니다."]
    return render_template("demo/clock.html", form=form, moment=now()), 422
