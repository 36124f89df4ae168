"""The invitation as calendars read it (RFC 5545, RFC 5546): UID stays, SEQUENCE counts, CANCEL takes it out again."""

import datetime as dt

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vCalAddress, vText

from foundation.database import SEOUL
from foundation.messages.commands import RECIPIENT
from screening.casework.interviews.models import Interview

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"


def invitation(
    interview: Interview,
    *,
    firm: str,
    title: str,
    organiser: str,
    at: dt.datetime,
    method: str = PUBLISH,
    sender: str = "",
) -> bytes:
    """The interview as one VEVENT in Asia/Seoul.

    `PUBLISH` is for a file one downloads, `REQUEST` and `CANCEL` for mail: they name `sender` as organiser and the
    receiver as attendee, so that Google, Outlook and Apple calendars move or remove what they hold already.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Ieum//Interview//KO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_seoul())
    event = Event()
    event.add("uid", f"{interview.id}@ieum")
    event.add("sequence", interview.sequence)
    event.add("dtstamp", at.astimezone(dt.UTC))
    event.add("last-modified", at.astimezone(dt.UTC))
    start = interview.starts_at.astimezone(SEOUL).replace(tzinfo=None)
    event.add("dtstart", start, parameters={"TZID": "Asia/Seoul"})
    event.add("dtend", start + dt.timedelta(minutes=interview.minutes), parameters={"TZID": "Asia/Seoul"})
    event.add("summary", f"면접: {firm} {title}")
    event.add("location", interview.place)
    event.add("description", f"{interview.mode.ko}. 문의: {organiser}")
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    if sender:
        organizer = vCalAddress(f"mailto:{sender}")
        organizer.params["cn"] = vText("이음")
        event["organizer"] = organizer
        attendee = vCalAddress(f"mailto:{RECIPIENT}")
        attendee.params["rsvp"] = vText("FALSE")
        attendee.params["partstat"] = vText("ACCEPTED")
        event.add("attendee", attendee, encode=False)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _seoul() -> Timezone:
    zone = Timezone()
    zone.add("tzid", "Asia/Seoul")
    standard = TimezoneStandard()
    standard.add("dtstart", dt.datetime(1988, 10, 9))
    standard.add("tzoffsetfrom", dt.timedelta(hours=9))
    standard.add("tzoffsetto", dt.timedelta(hours=9))
    standard.add("tzname", "KST")
    zone.add_component(standard)
    return zone
