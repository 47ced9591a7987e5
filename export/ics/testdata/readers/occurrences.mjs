// Reads calendars, a JSON list of texts, from standard input with node-ical and
// writes for each when its events take place, repetitions included, up to a day:
// [from, to, summary], in UTC or, for whole days and times that belong to no zone,
// without Z; null for a calendar on which it fails. Run it with TZ=UTC: node-ical
// takes a time without zone for one of this machine.
//
// usage: node occurrences.mjs FOLDER_OF_NODE_MODULES 2030-01-01
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ical } = await import(pathToFileURL(process.argv[2] + "/node-ical/node-ical.js").href);
const from = new Date("1990-01-01"), to = new Date(process.argv[3]);

const two = (n) => String(n).padStart(2, "0");
const moment = (time, wholeDay, tied) =>
  wholeDay
    ? `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}T00:00:00`
    : time.toISOString().replace(".000Z", tied ? "Z" : "");

function occurrences(calendar) {
  const out = [];
  for (const event of Object.values(ical.sync.parseICS(calendar))) {
    if (event.type !== "VEVENT") continue;
    for (const i of ical.expandRecurringEvent(event, { from, to })) {
      const title = String(i.summary?.val ?? i.summary ?? "");
      const tied = event.start.tz !== undefined;
      if (i.start < to && i.start.getTime() !== i.end.getTime()) out.push([moment(i.start, i.isFullDay, tied), moment(i.end, i.isFullDay, tied), title]);
    }
  }
  return out;
}

const answers = JSON.parse(readFileSync(0, "utf8")).map((calendar) => {
  try {
    return occurrences(calendar);
  } catch {
    return null;
  }
});
process.stdout.write(JSON.stringify(answers));
