# Reads an e-mail from standard input with Python's own reader and the package
# icalendar, and writes as JSON what it says and the event that it invites to.
import email
import email.policy
import json
import sys

import icalendar

message = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
if message.defects:
    raise SystemExit("defects: %s" % message.defects)
parts = {part.get_content_type(): part for part in message.iter_parts()}
invitation = parts["text/calendar"]
calendar = icalendar.Calendar.from_ical(invitation.get_content())
events = calendar.walk("VEVENT")
if len(events) != 1 or str(calendar["METHOD"]) != invitation.get_param("method"):
    raise SystemExit("not one event, or two methods")
event = events[0]
start = event["DTSTART"].dt
json.dump({
    "from": str(message["From"]), "to": str(message["To"]), "subject": str(message["Subject"]),
    "kind": message.get_content_type(),
    "plain": parts["text/plain"].get_content(), "html": parts["text/html"].get_content(),
    "method": str(calendar["METHOD"]), "zones": [str(z["TZID"]) for z in calendar.walk("VTIMEZONE")],
    "uid": str(event["UID"]), "status": str(event["STATUS"]), "sequence": int(event["SEQUENCE"]), "start": start.isoformat(),
    "organizer": str(event["ORGANIZER"]), "attendee": str(event["ATTENDEE"]), "name": event["ATTENDEE"].params["CN"],
    "rsvp": event["ATTENDEE"].params["RSVP"],
}, sys.stdout)
