// Reads a calendar from standard input with ical.js and writes when its events
// take place, repetitions included, up to a day: [from, to, summary], in UTC or,
// for times that belong to no zone, without Z.
//
// usage: node expand.mjs FOLDER_OF_ICAL_JS 2030-01-01
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2] + "/dist/ical.js").href);
const limit = ICAL.Time.fromDateString(process.argv[3]);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));

function moment(time) {
  if (time.isDate) return time.toString() + "T00:00:00";
  if (time.zone === ICAL.Timezone.localTimezone) return time.toString();
  return new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");
}

const idle = (event) => {
  const value = (name) => event.component.getFirstPropertyValue(name);
  return value("status") === "CANCELLED" || value("transp") === "TRANSPARENT";
};

const out = [];
const events = calendar.getAllSubcomponents("vevent").map((c) => new ICAL.Event(c));
const masters = events.filter((e) => !e.isRecurrenceException());
for (const master of masters) {
  for (const e of events) {
    if (e.isRecurrenceException() && e.uid === master.uid) master.relateException(e);
  }
  const times = master.iterator();
  for (let n = 0, t; n < 5000 && (t = times.next()) && t.compare(limit) < 0; n++) {
    const { startDate, endDate, item } = master.getOccurrenceDetails(t);
    if (!idle(item)) out.push([moment(startDate), moment(endDate), item.summary ?? ""]);
  }
}
process.stdout.write(JSON.stringify(out));
