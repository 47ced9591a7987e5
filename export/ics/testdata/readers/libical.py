# Reads a calendar from standard input with libical, by way of its GObject
# bindings, and writes its events as JSON: one object per event, times in UTC as
# libical works them out from the VTIMEZONEs of the calendar.
import datetime
import json
import re
import sys

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402

calendar = ICalGLib.Component.new_from_string(sys.stdin.buffer.read().decode())
if calendar is None or not calendar.is_valid() or calendar.count_errors():
    raise SystemExit("libical finds errors in the calendar")
if not ICalGLib.restriction_check(calendar):
    broken = [line for line in calendar.as_ical_string().replace("\r\n ", "").splitlines() if "LIC-ERROR" in line]
    raise SystemExit("the calendar breaks restrictions of RFC 5546: %s" % broken)


def moment(time):
    if time.is_date():
        return datetime.date(time.get_year(), time.get_month(), time.get_day()).isoformat()
    if time.is_utc():
        zone = ICalGLib.Timezone.get_utc_timezone()
    elif time.get_tzid() is None:
        raise SystemExit("a time without zone: " + time.as_ical_string())
    else:
        zone = calendar.get_timezone(time.get_tzid())
        if zone is None:
            raise SystemExit("a zone that the calendar does not describe: " + time.get_tzid())
    seconds = time.as_timet_with_zone(zone)
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def properties(component, kind):
    out = []
    found = component.get_first_property(kind)
    while found:
        out.append(found)
        found = component.get_next_property(kind)
    return out


def unescape(text):
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], text)


def extension(event, name):
    for p in properties(event, ICalGLib.PropertyKind.X_PROPERTY):
        if p.get_x_name() == name:
            return unescape(p.get_value_as_string())
    return ""


def related(event):
    found = properties(event, ICalGLib.PropertyKind.RELATEDTO_PROPERTY)
    return found[0].get_relatedto() if found else ""


status = {"I_CAL_STATUS_CONFIRMED": "CONFIRMED", "I_CAL_STATUS_TENTATIVE": "TENTATIVE", "I_CAL_STATUS_CANCELLED": "CANCELLED"}

out = []
event = calendar.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
while event:
    out.append({
        "uid": event.get_uid(),
        "start": moment(event.get_dtstart()),
        "end": moment(event.get_dtend()),
        "summary": event.get_summary() or "",
        "location": event.get_location() or "",
        "description": event.get_description() or "",
        "category": ",".join(p.get_categories() for p in properties(event, ICalGLib.PropertyKind.CATEGORIES_PROPERTY)),
        "related": related(event),
        "status": status[event.get_status().value_name],
        "sequence": event.get_sequence(),
        "busy": extension(event, "X-MICROSOFT-CDO-BUSYSTATUS"),
        "html": extension(event, "X-ALT-DESC"),
        "alarms": event.count_components(ICalGLib.ComponentKind.VALARM_COMPONENT),
    })
    event = calendar.get_next_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
json.dump(out, sys.stdout)
