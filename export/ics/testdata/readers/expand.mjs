// Reads calendars, a JSON list of texts, from standard input with ical.js and
// writes for each when its events take place, repetitions included, up to a day:
// [from, to, summary], in UTC or, for times that belong to no zone, without Z; null
// for a calendar on which it fails.
//
// usage: node expand.mjs FOLDER_OF_NODE_MODULES 2030-01-01
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2] + "/ical.js/dist/ical.js").href);
const limit = ICAL.Time.fromDateString(process.argv[3]);

function moment(time) {
  if (time.isDate) return time.toString() + "T00:00:00";
  if (time.zone === ICAL.Timezone.localTimezone) return time.toString();
  return new Date(time.toUnixTime() * 1000).toISOString().replace(".000Z", "Z");
}

const idle = (event) => {
  const value = (name) => event.component.getFirstPropertyValue(name);
  return value("status") === "CANCELLED" || value("transp") === "TRANSPARENT";
};

function occurrences(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
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
  return out;
}

const answers = JSON.parse(readFileSync(0, "utf8")).map((text) => {
  ICAL.TimezoneService.reset(); // zones of one calendar are not those of the next
  try {
    return occurrences(text);
  } catch {
    return null;
  }
});
process.stdout.write(JSON.stringify(answers));
