// Reads a calendar from standard input with node-ical and writes its events as
// JSON: one object per event, times in UTC by the zone data that Node.js has.
//
// usage: node nodeical.mjs FOLDER_OF_NODE_MODULES
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { default: ical } = await import(pathToFileURL(process.argv[2] + "/node-ical/node-ical.js").href);

const moment = (time) =>
  time.dateOnly
    ? [time.getFullYear(), time.getMonth() + 1, time.getDate()].map((n) => String(n).padStart(2, "0")).join("-")
    : time.toISOString().replace(".000Z", "Z");
const text = (value) => (value === undefined ? "" : String(value.val ?? value));

const out = Object.values(ical.sync.parseICS(readFileSync(0, "utf8")))
  .filter((e) => e.type === "VEVENT")
  .map((e) => ({
    uid: e.uid,
    start: moment(e.start),
    end: moment(e.end),
    summary: text(e.summary),
    location: text(e.location),
    description: text(e.description),
    category: (e.categories ?? []).join(","),
    related: text(e["related-to"]),
    status: text(e.status),
    sequence: Number(e.sequence ?? 0),
    busy: text(e["MICROSOFT-CDO-BUSYSTATUS"]),
    html: text(e["ALT-DESC"]),
    alarms: (e.alarms ?? []).length,
  }));
process.stdout.write(JSON.stringify(out));
