"""Messages that could not be handed over."""

from flask import render_template

from center.outbox import queries as outbox
from employer_portal.staff.area import area
from employer_portal.web.areas import STAFF
from employer_portal.web.request import db, today


@area.reads("/undelivered", by=STAFF)
def undelivered() -> str:
    """Messages that could not be handed over."""
    return render_template("staff/undelivered.html", failed=outbox.failed(db(), most=100), today=today())
