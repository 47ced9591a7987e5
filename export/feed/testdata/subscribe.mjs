// Fetches a calendar with node-ical, as a program that subscribes to it does, and
// writes its events: UID and start, in order.
//
// usage: node subscribe.mjs FOLDER_OF_NODE_MODULES ADDRESS
import { pathToFileURL } from "node:url";

const { default: ical } = await import(pathToFileURL(process.argv[2] + "/node-ical/node-ical.js").href);
const events = Object.values(await ical.async.fromURL(process.argv[3])).filter((e) => e.type === "VEVENT");
const two = (n) => String(n).padStart(2, "0");
const when = (t) => (t.dateOnly ? `${t.getFullYear()}-${two(t.getMonth() + 1)}-${two(t.getDate())}` : t.toISOString());
process.stdout.write(events.map((e) => `${e.uid} ${when(e.start)}\n`).sort().join(""));
