"""Messages that could not be handed over."""

import sqlalchemy as sa
from flask import render_template

from center.outbox.models import Effect
from employer_portal.staff.area import area
from employer_portal.web.areas import STAFF
from employer_portal.web.request import db, today


@area.reads("/undelivered", by=STAFF)
def undelivered() -> str:
    """Messages that could not be handed over."""
    failed = (
        db()
        .scalars(
            sa.select(Effect)
            .where(Effect.failed_at.is_not(None))
            .order_by(Effect.failed_at.desc())
            .limit(100)
        )
        .all()
    )
    return render_template("staff/undelivered.html", failed=failed, today=today())
