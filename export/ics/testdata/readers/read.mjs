// Reads a calendar from standard input with ical.js and writes its events as
// JSON: one object per event, times in UTC as the reader works them out from the
// VTIMEZONEs of the calendar; it has no zone data of its own.
//
// usage: node read.mjs FOLDER_OF_NODE_MODULES
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2] + "/ical.js/dist/ical.js").href);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));

function moment(time) {
  if (time.isDate) return time.toString();
  if (time.zone === ICAL.Timezone.localTimezone) throw new Error("a time without zone: " + time);
  return new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");
}

const out = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  const text = (name) => component.getFirstPropertyValue(name) ?? "";
  return {
    uid: event.uid,
    start: moment(event.startDate),
    end: moment(event.endDate),
    summary: text("summary"),
    location: text("location"),
    description: text("description"),
    category: component.getAllProperties("categories").flatMap((c) => c.getValues()).join(","),
    related: text("related-to"),
    status: text("status"),
    sequence: event.sequence ?? 0,
    busy: text("x-microsoft-cdo-busystatus"),
    html: text("x-alt-desc").replaceAll("\\n", "\n").replace(/\\([\\;,])/g, "$1"), // ical.js takes what it does not know as it stands
    alarms: component.getAllSubcomponents("valarm").length,
  };
});
process.stdout.write(JSON.stringify(out));
