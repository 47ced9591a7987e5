# Reads a calendar from standard input with the Python package icalendar and
# writes its events as JSON: one object per event, times in UTC as the reader
# works them out.
#
# The package has zone data of its own and takes those where it knows the name
# of a zone. With the argument "described", zones get names that nobody knows,
# so that it has to take them from the VTIMEZONEs.
import datetime
import json
import sys

import icalendar

source = sys.stdin.buffer.read()
if sys.argv[1:] == ["described"]:
    source = source.replace(b";TZID=", b";TZID=Described-").replace(b"\r\nTZID:", b"\r\nTZID:Described-")


def moment(value):
    if not isinstance(value, datetime.datetime):
        return value.isoformat()
    if value.tzinfo is None:
        raise SystemExit("a time without zone: %s" % value)
    if sys.argv[1:] == ["described"] and not str(value.tzinfo).startswith(("Described-", "<DstTzInfo 'Described-", "UTC")):
        raise SystemExit("a zone that the calendar does not describe: %r" % value.tzinfo)
    return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def text(event, name):
    value = event.get(name)
    return "" if value is None else str(value)


out = []
for event in icalendar.Calendar.from_ical(source).walk("VEVENT"):
    if event.errors:
        raise SystemExit("errors in %s: %s" % (event.get("UID"), event.errors))
    categories = event.get("CATEGORIES", [])
    if not isinstance(categories, list):
        categories = [categories]
    out.append({
        "uid": text(event, "UID"),
        "start": moment(event["DTSTART"].dt),
        "end": moment(event["DTEND"].dt),
        "summary": text(event, "SUMMARY"),
        "location": text(event, "LOCATION"),
        "description": text(event, "DESCRIPTION"),
        "category": ",".join(str(c) for line in categories for c in line.cats),
        "related": text(event, "RELATED-TO"),
        "status": text(event, "STATUS"),
        "sequence": int(event.get("SEQUENCE", 0)),
        "busy": text(event, "X-MICROSOFT-CDO-BUSYSTATUS"),
        "html": text(event, "X-ALT-DESC"),
        "alarms": len(event.walk("VALARM")),
    })
json.dump(out, sys.stdout)
