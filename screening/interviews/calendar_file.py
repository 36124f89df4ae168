"""The invitation as calendars read it (RFC 5545): UID stays, SEQUENCE counts, so a moved interview moves there too."""

import datetime as dt

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from center.database import SEOUL
from screening.interviews.models import Interview


def invitation(interview: Interview, *, firm: str, title: str, organiser: str, at: dt.datetime) -> bytes:
    """The interview as one VEVENT in Asia/Seoul."""
    calendar = Calendar()
    calendar.add("prodid", "-//Ieum//Interview//KO")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_seoul())
    event = Event()
    event.add("uid", f"{interview.id}@ieum")
    event.add("sequence", interview.sequence)
    event.add("dtstamp", at.astimezone(dt.UTC))
    start = interview.starts_at.astimezone(SEOUL).replace(tzinfo=None)
    event.add("dtstart", start, parameters={"TZID": "Asia/Seoul"})
    event.add("dtend", start + dt.timedelta(minutes=interview.minutes), parameters={"TZID": "Asia/Seoul"})
    event.add("summary", f"면접: {firm} {title}")
    event.add("location", interview.place)
    event.add("description", f"{interview.mode.ko}. 문의: {organiser}")
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
