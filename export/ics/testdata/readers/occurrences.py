# Reads calendars, a JSON list of texts, from standard input with the Python
# packages icalendar and recurring-ical-events, and writes for each when its events
# take place, repetitions included, between 1990 and 2030: [from, to, summary], in
# UTC or, for times that belong to no zone, without Z; null for a calendar on which
# they fail.
import datetime
import json
import sys

import icalendar
import recurring_ical_events


def moment(value):
    if not isinstance(value, datetime.datetime):
        return value.isoformat() + "T00:00:00"
    if value.tzinfo is None:
        return value.strftime("%Y-%m-%dT%H:%M:%S")
    return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def occurrences(text):
    out = []
    calendar = icalendar.Calendar.from_ical(text.encode())
    for event in recurring_ical_events.of(calendar).between((1990, 1, 1), (2030, 1, 1)):
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        if start == end and not isinstance(start, datetime.datetime):
            end = start + datetime.timedelta(days=1)
        if start != end:
            out.append([moment(start), moment(end), str(event.get("SUMMARY", ""))])
    return out


answers = []
for text in json.load(sys.stdin):
    try:
        answers.append(occurrences(text))
    except Exception:
        answers.append(None)
json.dump(answers, sys.stdout)
