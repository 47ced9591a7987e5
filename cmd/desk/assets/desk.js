"use strict";
// The desk's script: shows what the program says, and passes on what is done.
// Every text is put in as text, never as markup.
const $ = id => document.getElementById(id);
const words = document.body.dataset;
const colours = ["#0b5394", "#9a4207", "#04694c", "#9d174d", "#5b21b6", "#3f3f46", "#0b6079", "#7c2d12"];
const locale = {en: "en-GB", ar: "ar-u-nu-latn"}[document.documentElement.lang] || document.documentElement.lang;
const crowd = 4; // meetings at once, above which sessions are shown in a week, and one line of each in a month
const narrow = matchMedia("(max-width: 60rem)"); // what stands beside the calendar then stands below it, as in desk.css
const many = 100; // sessions, above which the list has a page for each month
const most = 200; // lines of a list that are shown
let state = null, facts = [], choices = null, chosen = "", calendar = null, grabbed = "", dragging = "", turns = 0, doing = Promise.resolve();
let drawn = new Map(), drawnFor = ""; // what the calendar shows, by name, and of which days
const buttons = new Map(); // what stands on the events of the year, by their name
let printed = ""; // the view of which a list is being printed
let offered = []; // the proposals that are shown, as text
let outlook = new Map(); // by day, at the session's own station
let elsewhere = new Map(); // by station, the outlook there

const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), {textContent: text, ...more});
const keyed = (node, key) => { node.dataset.key = key; return node; };
// english is what the program says of rules and plans, in any language of the page.
const english = text => make("bdi", text, {lang: "en"});
const failed = error => error.message === words.lost ? error.message : english(error.message);
const say = (...what) => { if ($("said").textContent !== what.map(x => x.textContent ?? x).join("")) $("said").replaceChildren(...what); };
const iso = date => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
const plus = (day, n) => new Date(Date.parse(day) + n * 864e5).toISOString().slice(0, 10);
const days = (from, to) => (Date.parse(to) - Date.parse(from)) / 864e5;
const parts = text => text.toLowerCase().split(/\s+/).filter(Boolean);
const session = () => state.sessions.find(x => x.id === chosen);
const written = new Intl.DateTimeFormat(locale, {timeZone: "UTC", weekday: "short", day: "numeric", month: "short", year: "numeric"});
const day = text => written.format(new Date(text));
const stretch = (a, b) => a === b ? day(a) : written.formatRange(new Date(a), new Date(b));
const stationOf = x => (state.stations.find(s => s.id === x.station) || {title: x.station}).title;
const roomsOf = x => [...new Set(x.meetings.map(m => m.room).filter(Boolean))].join(", ");
const hoursOf = (x, a, b) => [...new Set(x.meetings.filter(m => a <= m.day && m.day <= b).map(m => `${m.from}–${m.to}`))].sort().join(", ");

// fill puts something in place of what was there; the button or choice that was in
// use stays in use.
function fill(id, nodes) {
	const at = $(id), used = at.contains(document.activeElement) ? document.activeElement.dataset.key : "";
	at.replaceChildren(...nodes);
	if (used) for (const x of at.querySelectorAll("[data-key]")) if (x.dataset.key === used) x.focus();
}

const lines = (id, texts) => fill(id, [...texts.slice(0, most), ...(texts.length > most ? [`… +${texts.length - most}`] : [])].map(text => make("li", text, {lang: "en"})));

async function ask(path, options) {
	let response;
	try {
		response = await fetch(path, options);
	} catch {
		throw new Error(words.lost);
	}
	if (!response.ok) throw new Error(await response.text());
	return response.json();
}

// act does one thing after the other, says how it went, and shows the desk as it
// then is.
function act(action, what = {}) {
	doing = doing.then(async () => {
		const used = document.activeElement;
		try {
			await show(await ask("/do/" + action, {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({version: state.version, ...what})}));
			say(words.saved);
			if (used.disabled && state.search.running) $("stop").focus();
		} catch (error) {
			await ask("/state").then(show).catch(() => {});
			say(failed(error));
		}
	});
	return doing;
}

// hits gives the sessions that the search and the station leave.
function hits() {
	const at = $("at").value, texts = parts($("find").value);
	return state.sessions.filter(x => (!at || x.station === at) && texts.every(t => x.text.includes(t)));
}

// sought gives the sessions that the search and the station leave, and the chosen one.
function sought() {
	const left = new Set(hits());
	return state.sessions.filter(x => x.id === chosen || left.has(x));
}

// seek shows what is sought: where none of it is on the days that the calendar shows, it
// turns to the first.
function seek() {
	const list = hits(), v = calendar.getView(), from = iso(v.currentStart), end = iso(v.currentEnd);
	if (list.length && !list.some(x => x.days.some(d => from <= d && d < end))) calendar.setOption("date", list.map(x => x.days[0]).sort()[0]);
	redraw();
}

// views gives the four views as they suit what is sought and the screen: a crowded week
// is shown by sessions, on a narrow screen as a list, a long list month by month.
function views(list) {
	const at = new Map();
	let peak = 0;
	for (const x of list) for (const m of x.meetings) {
		const n = (at.get(m.day + m.from) || 0) + 1;
		at.set(m.day + m.from, n);
		peak = Math.max(peak, n);
	}
	return ["resourceTimelineYear", "dayGridMonth", peak <= crowd ? "timeGridWeek" : narrow.matches || printed ? "listWeek" : "dayGridWeek", list.length > many || printed ? "listMonth" : "listYear"];
}

const weekly = view => view.endsWith("Week");

// events gives what the calendar shows of its days: in the week its meetings, in a
// crowded week and elsewhere each run of a session's days.
function events(list) {
	const out = [], v = calendar.getView(), week = v.type === "timeGridWeek", year = v.type === "resourceTimelineYear", listed = v.type.startsWith("list");
	const from = iso(v.activeStart), to = plus(iso(v.activeEnd), -1);
	for (const x of list) {
		const colour = colours[Math.max(0, state.stations.findIndex(s => s.id === x.station)) % colours.length];
		const common = {resourceIds: [x.station], backgroundColor: colour, classNames: [x.broken && "broken", x.pinned && "pinned", x.id === chosen && "chosen"].filter(Boolean)};
		if (week) {
			x.meetings.forEach((m, i) => {
				if (m.day >= from && m.day <= to) out.push({...common, id: `${x.id}#${i}`, title: x.title, start: `${m.day}T${m.from}`, end: `${m.day}T${m.to}`, extendedProps: {session: x.id, first: m.day, where: [m.room, m.title].filter(Boolean).join(" · ")}});
			});
			continue;
		}
		for (let a = 0; a < x.days.length;) {
			let b = a;
			while (b + 1 < x.days.length && days(x.days[b], x.days[b + 1]) <= (year ? 7 : 1)) b++; // in the year a gap of some days is not seen
			const start = listed && x.days[a] < from ? from : x.days[a];
			if (x.days[b] >= from && x.days[a] <= to) out.push({...common, id: `${x.id}#${a}`, title: x.title, allDay: true, start, end: plus(listed ? start : x.days[b], 1), extendedProps: {session: x.id, first: x.days[a], last: x.days[b], where: [stationOf(x), roomsOf(x), weekly(v.type) && hoursOf(x, x.days[a], x.days[b])].filter(Boolean).join(" · ")}});
			a = b + 1;
		}
	}
	const now = session();
	if (now) for (const [station, of] of [[now.station, outlook], ...elsewhere]) {
		if (station !== now.station && !year) continue;
		let run = null; // in the year, days alike are one stripe
		for (const o of of.values()) {
			if (year && run && run.classNames[0] === o.class) {
				run.end = plus(o.day, 1);
				continue;
			}
			const when = v.type === "timeGridWeek" ? {start: o.day + "T00:00", end: plus(o.day, 1) + "T00:00"} : {allDay: true, start: o.day, end: plus(o.day, 1)};
			run = {id: `outlook ${station} ${o.day}`, display: "background", ...when, resourceIds: [station], classNames: [o.class], title: ""};
			out.push(run);
		}
	}
	return out;
}

// content gives what stands on an event: never markup. The component asks for it
// whenever any event changes: in the year, which has the most, what is there already is
// given again.
function content(info) {
	const {event, view, timeText} = info;
	if (event.display === "background") return "";
	if (view.type !== "resourceTimelineYear" || event.display !== "auto") return {domNodes: [buttonOf(event, view.type, timeText)]};
	if (!buttons.has(event.id)) buttons.set(event.id, buttonOf(event, view.type, ""));
	return {domNodes: [buttons.get(event.id)]};
}

function buttonOf(event, type, hours) {
	const button = make("button", "", {type: "button", className: "event"}), p = event.extendedProps;
	const title = make("span", event.title, {className: "ec-event-title"}), where = make("span", p.where, {className: "where"});
	const when = make("span", p.last ? stretch(p.first, p.last) : `${day(p.first)} ${hours}`, {className: "ec-event-time"});
	button.dataset.event = event.id;
	if (type === "resourceTimelineYear") { // there is no room for text
		button.ariaLabel = [title, where, when].map(x => x.textContent).join(", ");
	} else if (type.startsWith("dayGrid")) {
		when.className = "heard";
		button.append(title, " ", where, " ", when);
	} else if (type.startsWith("list")) {
		button.append(when, " ", title, " ", where);
	} else {
		when.replaceChildren(make("span", day(p.first), {className: "heard"}), " ", hours);
		button.append(when, " ", where, " ", title);
	}
	return button;
}

// mended takes away what the calendar component says of its parts in error: they are
// no table of rows and cells; each event is a button that says its own day and place.
function mended(x) {
	if (/^(table|row|rowgroup|rowheader|columnheader|cell|gridcell|list|listitem)$/.test(x.getAttribute("role"))) x.removeAttribute("role");
	for (const name of ["aria-colindex", "aria-colspan", "aria-rowindex"]) x.removeAttribute(name);
	if (x.tagName === "H4") x.ariaLevel = "2";
	if (x.tagName === "TIME") x.removeAttribute("aria-label");
}

// fresh gives what of a part that was just drawn is to be mended.
const fresh = node => [node, ...node.querySelectorAll("[role], [aria-colindex], time[aria-label], h4")];

// told gives all that is known of a session, as the tip of its events.
function told(x) {
	const all = x.meetings.map(m => [day(m.day), `${m.from}–${m.to}`, m.title, m.room].filter(Boolean).join(" · "));
	return [x.title, `${stationOf(x)} · ${stretch(x.days[0], x.days.at(-1))}`, ...all.slice(0, 12), ...(all.length > 12 ? ["…"] : [])].join("\n");
}

function redraw() {
	const list = sought(), fit = views(list), v = calendar.getOption("view");
	$("shown").textContent = `${list.length} / ${state.sessions.length}`;
	const end = fit.join(",");
	$("calendar").classList.toggle("crowded", !fit.includes("timeGridWeek"));
	if (calendar.getOption("headerToolbar").end !== end) calendar.setOption("headerToolbar", {start: "prev,next", center: "title", end});
	if (!fit.includes(v)) return calendar.setOption("view", fit[weekly(v) ? 2 : 3]); // it asks to be drawn again
	const used = document.activeElement.dataset.event, of = calendar.getOption("view") + seen();
	const next = new Map(events(list).map(e => [e.id, e])), texts = new Map([...next].map(([id, e]) => [id, JSON.stringify(e)]));
	const gone = [...drawn.keys()].filter(id => texts.get(id) !== drawn.get(id)), more = [...texts.keys()].filter(id => texts.get(id) !== drawn.get(id));
	for (const id of gone) buttons.delete(id);
	if (of !== drawnFor || gone.length + more.length > most) {
		calendar.setOption("events", [...next.values()]);
	} else { // what stays is not drawn anew
		for (const id of gone) calendar.removeEventById(id);
		for (const id of more) calendar.addEvent(next.get(id));
	}
	drawn = texts;
	drawnFor = of;
	if (used) requestAnimationFrame(() => {
		if (!document.activeElement.dataset.event) for (const x of document.querySelectorAll("button.event")) if (x.dataset.event === used) return x.focus({preventScroll: true});
	});
}

const seen = () => { const v = calendar.getView(); return `${iso(v.activeStart)}..${plus(iso(v.activeEnd), -1)}`; };
const byDay = list => new Map(list.map(o => [o.day, o]));

// outlooks asks what days would mean for the chosen session: [] where that is not known.
// What was asked before, for the same purpose, is given up, and gives null.
async function outlooks(purpose, query) {
	if (outlooks[purpose]) outlooks[purpose].abort();
	const {signal} = outlooks[purpose] = new AbortController();
	try {
		return await ask(`/days?session=${encodeURIComponent(chosen)}&${query}`, {signal}) || [];
	} catch (error) {
		if (signal.aborted) return null;
		say(failed(error));
		return [];
	}
}

// choose shows a session and colours the days by what they would mean for it. With
// going, the calendar turns to its first day.
async function choose(id, going) {
	const turn = ++turns;
	if (id !== chosen) fill("answer", []);
	chosen = id;
	elsewhere = new Map(); // at once: what is asked from now on is of this session
	const x = session();
	if (going && x) calendar.setOption("date", x.days[0]);
	if (x) {
		const [all, more] = await Promise.all([outlooks("here", `days=${seen()}`), ask(`/session?session=${encodeURIComponent(id)}`)]);
		if (turn !== turns) return; // another one was chosen meanwhile
		choices = more;
		outlook = byDay(all);
	} else {
		outlook = new Map();
	}
	details();
	factsShown();
	redraw();
}

// there asks what the days would mean at another station, over which a session is
// dragged.
async function there(station) {
	elsewhere.set(station, new Map());
	const turn = turns, all = await outlooks("there", `station=${encodeURIComponent(station)}&days=${seen()}`);
	if (turn !== turns) return;
	if (!all) return elsewhere.delete(station); // it is asked again when the session is over it again
	elsewhere.set(station, byDay(all));
	redraw();
	if (dragging) pointed(pointed.last);
}

function details() {
	const x = session();
	$("session").value = chosen;
	$("details").hidden = !x;
	if (!x) return;
	$("day").value = x.days[0];
	$("day").min = state.first;
	$("day").max = state.last;
	$("pin").checked = x.pinned;
	means(null);
	fill("station", state.stations.filter(s => s.id === x.station || choices.at.includes(s.id)).map(s => make("option", s.title, {value: s.id, selected: s.id === x.station})));
	const rooms = (state.stations.find(s => s.id === x.station) || {rooms: []}).rooms;
	fill("meetings", x.meetings.map((m, i) => {
		const box = make("fieldset", "");
		box.append(make("legend", `${day(m.day)} · ${m.from}–${m.to} · ${m.title}`));
		const pick = (label, options, value, change) => {
			const l = make("label", label + " "), s = keyed(make("select", ""), `${i} ${label}`);
			s.append(...options.map(([id, name]) => make("option", name, {value: id, selected: id === value})));
			s.addEventListener("change", () => change(s.value));
			l.append(s);
			box.append(l);
		};
		if (rooms.length) pick(words.room, [...new Set([...rooms, m.room])].map(r => [r, r]), m.room, room => act("room", {session: x.id, meeting: i, room}));
		for (const seat of choices.seats[i]) pick(seat.title, seat.from.map(f => [f.id, f.name]), seat.member, member => act("seat", {session: x.id, meeting: i, seat: seat.id, member}));
		return box;
	}));
}

// means says what the typed day would mean for the session.
function means(o) {
	$("means").className = o ? o.class : "";
	$("means").replaceChildren(...(o ? sense(o) : []));
}

// sense says what a day means, and what a rule says of it.
const sense = o => [`${day(o.day)}: ${words[o.class]}${o.text ? ". " : ""}`, english(o.text)];

async function typed() {
	const x = session(), to = $("day").value;
	if (!x || to < state.first || to > state.last || to === x.days[0]) return means(null); // also while a year is typed
	const [o] = outlook.has(to) ? [outlook.get(to)] : await outlooks("typed", `days=${to}`) || [];
	if (chosen === x.id && $("day").value === to) means(o);
}

// factsShown lists the facts that are sought by what they are: of very many, the first,
// and of sessions then only the window of the chosen one.
function factsShown() {
	const now = $("fact").value, groups = new Map(), few = facts.length <= most, window = `sessions.${chosen}.between`;
	$("which").parentElement.hidden = few;
	const texts = few ? [] : parts($("which").value);
	const left = facts.filter(f => (few || !f.path.endsWith(".between") || f.path.endsWith(window)) && texts.every(t => `${f.group} ${f.title} ${f.path}`.toLowerCase().includes(t)));
	for (const f of left.slice(0, most)) {
		if (!groups.has(f.group)) groups.set(f.group, make("optgroup", "", {label: f.group}));
		const is = f.add ? words.add : f.days ? stretch(f.first, f.last) : f.value;
		groups.get(f.group).append(make("option", `${f.title}: ${is}`, {value: f.path, selected: f.path === now}));
	}
	fill("fact", [...groups.values()]);
	factChosen();
}

function factChosen() {
	const f = facts.find(x => x.path === $("fact").value), dated = Boolean(f && f.days);
	$("value").parentElement.hidden = dated;
	for (const id of ["from", "until"]) $(id).parentElement.hidden = !dated;
	$("value").required = !dated;
	$("from").required = dated;
	$("value").value = f ? f.value : "";
	$("from").value = dated && !f.add ? f.first : "";
	$("until").value = dated && !f.add ? f.last : "";
	$("remove").hidden = !(f && f.item);
}

function factTyped() {
	const from = $("from").value, until = $("until").value;
	if ($("value").required) return $("value").value;
	return !until || until === from ? from : `${from}..${until}`;
}

// searching shows how far the search is, and what it has found.
function searching(s) {
	const stopping = document.activeElement === $("stop");
	$("stop").hidden = !s.running;
	for (const id of ["plan", "mend", "alternatives"]) $(id).disabled = s.running;
	$("mend").disabled ||= !state.sessions.length;
	$("compare").hidden = !state.sessions.length || !(s.proposals || []).length && !state.drafts.length && !(state.published || []).length;
	const began = $("found").hidden && s.what;
	$("found").hidden = !s.what;
	if (began) $("panel").scrollTop = 0;
	$("search").replaceChildren(s.running && s.found ? `${s.tier}: ${words.best} ${s.cost}, ${words.bound} ${s.bound}, ${words.gap} ${s.cost - s.bound}` : english(s.running ? s.doing : (s.said || []).join("\n")));
	offer(s.proposals || []);
	if (stopping && !s.running) ($("proposals").querySelector("button") || $("plan")).focus();
}

// offer shows proposals. Those that stand there already are left as they are: somebody
// reads them.
function offer(proposals) {
	const texts = proposals.map(p => JSON.stringify(p)), differs = texts.findIndex((text, i) => text !== offered[i]);
	const same = differs < 0 ? texts.length : differs;
	for (const box of [...$("proposals").children].slice(same)) box.remove();
	proposals.slice(same).forEach((p, i) => {
		const box = make("article", ""), list = make("ul", ""), moved = make("details", "", {open: p.moves.length <= 12});
		list.append(...p.moves.slice(0, most).map(m => make("li", m, {lang: "en"})));
		moved.append(make("summary", `${words.moves}: ${p.moves.length}`), list);
		const take = make("button", words.take, {type: "button", ariaLabel: `${words.take}: ${p.title}`});
		take.addEventListener("click", () => act("take", {from: "proposal", number: same + i}));
		box.append(make("h3", p.title, {lang: "en"}), make("p", `${p.detail}. ${$("of-costs").textContent}: ${p.costs.map(t => t.proven || !t.bound ? t.cost : `${t.cost} (≥ ${t.bound})`).join(" · ")}`), take, moved);
		$("proposals").append(box);
	});
	offered = texts;
}

// costs shows what the plan costs, and how much more or less the last change made it.
function costs() {
	fill("tiers", state.tiers.map((t, i) => {
		const row = make("tr", ""), cost = make("td", String(t.cost)), more = state.before ? t.cost - (state.before[i] || 0) : 0;
		if (more) cost.append(" ", make("span", `(${more > 0 ? "+" : ""}${more})`, {className: more > 0 ? "more" : "less", title: words.than}));
		row.append(make("td", t.title), cost, make("td", t.proven ? words.proven : t.bound ? `≥ ${t.bound}` : "–"));
		return row;
	}));
	const none = !state.sessions.length;
	lines("violations", none ? [] : state.violations);
	lines("priced", state.priced || []);
	$("status").textContent = none ? words.empty : state.violations.length ? words.broken : words.whole;
	$("status").className = !none && state.violations.length ? "bad" : "";
}

// versions lists drafts and published versions, each of which can be taken.
function versions() {
	const entry = (text, from, number, links) => {
		const li = make("li", text + " "), take = keyed(make("button", words.take, {type: "button", ariaLabel: `${words.take}: ${text}`}), `${from} ${number}`);
		take.addEventListener("click", () => act("take", {from, number}));
		li.append(take, ...links);
		return li;
	};
	fill("drafts", state.drafts.map((x, number) => entry(`${x.name} ${x.note}`, "draft", number, [])));
	fill("published", (state.published || []).map((v, number) => entry(`${v.name} (${v.folder.replace(/.*-0*/, "")}) ${v.note}`, "version", number,
		[["Outlook", "calendar.ics"], ["Excel", "tables.xlsx"], ["HTML", "report.html"]].flatMap(([is, name]) => [" ", make("a", is, {href: `/published/${v.folder}/${name}`, title: name, target: name.endsWith("html") ? "_blank" : "", rel: "noopener"})]))));
}

async function show(next) {
	if (next.version !== state.version) fill("answer", []); // it was of the plan before
	state = next;
	for (const x of state.sessions) x.text = [x.title, x.words, stationOf(x), roomsOf(x)].join(" ").toLowerCase();
	for (const id of ["undo", "redo"]) {
		$(id).disabled = !state[id];
		$(id).title = state[id];
	}
	$("trouble").replaceChildren(...(state.trouble ? [english(state.trouble)] : []));
	fill("session", [make("option", "–", {value: ""}), ...state.sessions.map(x => make("option", x.title, {value: x.id, selected: x.id === chosen}))]);
	fill("at", [make("option", "–", {value: ""}), ...state.stations.map(x => make("option", x.title, {value: x.id, selected: x.id === $("at").value}))]);
	costs();
	versions();
	fill("priorities", state.priorities.map((title, i) => {
		const li = make("li", title + " ");
		for (const [sign, label, at] of [["↑", words.earlier, i - 1], ["↓", words.later, i]]) {
			const b = keyed(make("button", sign, {type: "button", ariaLabel: `${label}: ${title}`, disabled: at < 0 || at + 1 >= state.priorities.length}), sign + title);
			b.addEventListener("click", () => act("prefer", {number: at}));
			li.append(b);
		}
		return li;
	}));
	if (state.text !== show.text) {
		facts = await ask("/facts") || [];
		show.text = state.text;
	}
	searching(state.search);
	calendar.setOption("resources", state.stations.map(s => ({id: s.id, title: s.title})));
	return choose(chosen);
}

// drop moves a session by what was dragged: its first day by as many days, and to the
// station on whose line it was put.
function drop(info) {
	dragging = "";
	const x = state.sessions.find(s => s.id === info.event.extendedProps.session);
	const first = info.event.extendedProps.first, by = days(first, iso(info.event.start));
	const station = info.newResource && info.newResource.id !== x.station ? info.newResource.id : "";
	info.revert();
	if (by) act("move", {session: x.id, day: plus(x.days[0], by), station});
	else if (station) act("station", {session: x.id, station});
	else say(words.hours);
}

// under gives the day and the station of the calendar under the pointer, "" where there
// is none.
function under(event) {
	const at = calendar.dateFromPoint(event.clientX, event.clientY);
	return {day: at && at.date ? iso(at.date) : "", station: at && at.resource ? at.resource.id : ""};
}

const dayAt = event => under(event).day;

// pointed says what the day under the pointer would mean: while a session is dragged,
// for its first day there; else as the first day of the chosen one.
function pointed(event) {
	pointed.last = event;
	const x = session(), at = x && (outlook.size || dragging) ? under(event) : {day: ""};
	const year = at.station && at.station !== x.station;
	if (year && dragging && !elsewhere.has(at.station)) there(at.station);
	const of = year ? elsewhere.get(at.station) : outlook;
	const o = at.day && of && of.get(dragging ? plus(x.days[0], days(dragging, at.day)) : at.day);
	const shown = o && (dragging || !event.target.closest(".ec-event"));
	$("tip").hidden = !shown;
	if (!shown) return;
	if (dragging) say(...sense(o));
	$("tip").replaceChildren(...sense(o));
	$("tip").dataset.class = o.class;
	const box = $("tip").getBoundingClientRect();
	$("tip").style.left = Math.max(0, Math.min(event.clientX + 14, innerWidth - box.width - 4)) + "px";
	$("tip").style.top = Math.max(0, event.clientY + 18 + box.height > innerHeight ? event.clientY - box.height - 12 : event.clientY + 18) + "px";
}

// listen shows here what happens elsewhere. A page that nobody sees does not listen:
// browsers allow only a few such connections.
function listen() {
	if (listen.source) listen.source.close();
	listen.source = null;
	if (document.hidden) return;
	listen.source = new EventSource("/events");
	listen.source.onerror = () => { $("trouble").textContent = words.lost; };
	listen.source.onmessage = event => {
		const told = JSON.parse(event.data);
		doing = doing.then(async () => { // after what is done here, which may be just that
			if ($("trouble").textContent !== told.trouble || told.version > state.version) await show(await ask("/state"));
			state.search = told.search;
			searching(told.search);
		}).catch(error => say(failed(error)));
	};
}

async function start() {
	state = await ask("/state");
	const began = state.sessions.length ? state.sessions.map(s => s.days[0]).sort()[0] : state.first;
	calendar = EventCalendar.create($("calendar"), {
		view: "resourceTimelineYear", date: began, height: "100%", editable: true, eventDurationEditable: false, locale, firstDay: 1, dayMaxEvents: false,
		headerToolbar: {start: "prev,next", center: "title", end: ""},
		buttonText: text => ({...text, resourceTimelineYear: words.year, dayGridMonth: words.month, timeGridWeek: words.week, dayGridWeek: words.week, listWeek: words.week, listYear: words.list, listMonth: words.list}),
		allDaySlot: false, views: {resourceTimelineYear: {columnWidth: "minmax(2px, 1fr)", dayHeaderFormat: () => "", monthHeaderFormat: {month: "short"}}},
		slotMinTime: "08:00:00", slotMaxTime: "20:00:00", events: [], resources: [], noEventsContent: "–",
		eventContent: content,
		eventClick: async info => {
			await choose(info.event.extendedProps.session);
			if (narrow.matches) $("session").scrollIntoView();
		},
		eventDragStart: info => { dragging = grabbed; choose(info.event.extendedProps.session); },
		eventDragStop: () => { dragging = ""; $("tip").hidden = true; },
		eventDrop: drop,
		datesSet: info => {
			const turned = start.view && start.view !== info.view.type && session();
			start.view = info.view.type;
			if (!calendar) return;
			outlook = new Map();
			elsewhere = new Map();
			redraw();
			choose(chosen, turned);
		},
		eventDidMount: info => {
			for (const name of ["role", "tabindex"]) info.el.removeAttribute(name); // the button in it has both
		},
	});
	new MutationObserver(records => {
		for (const r of records) {
			if (r.type === "attributes") mended(r.target);
			for (const node of r.addedNodes) if (node.nodeType === Node.ELEMENT_NODE) fresh(node).forEach(mended);
		}
	}).observe($("calendar"), {subtree: true, childList: true, attributeFilter: ["role"]});
	fresh($("calendar")).forEach(mended);
	await show(state);
	$("goto").min = state.first;
	$("goto").max = state.last;
	$("calendar").addEventListener("pointerover", event => {
		const el = event.target.closest(".ec-event:not([title])"), id = el && el.querySelector("button.event").dataset.event.split("#")[0];
		const x = id && state.sessions.find(s => s.id === id);
		if (x) el.title = told(x);
	});
	document.addEventListener("pointerdown", event => { grabbed = dayAt(event); }, true);
	document.addEventListener("pointermove", pointed);
	document.addEventListener("visibilitychange", listen);
	for (const id of ["undo", "redo", "plan", "mend", "alternatives", "stop"]) $(id).addEventListener("click", () => act(id));
	for (const id of ["draft", "publish"]) $(id).addEventListener("click", () => act(id, {name: $("name").value, note: $("note").value}));
	for (const id of ["find", "at"]) $(id).addEventListener("input", seek);
	$("filter").addEventListener("submit", event => event.preventDefault());
	$("goto").addEventListener("change", () => { if ($("goto").value) calendar.setOption("date", $("goto").value); });
	$("session").addEventListener("change", () => choose($("session").value, true));
	$("day").addEventListener("input", typed);
	$("details").addEventListener("submit", event => { event.preventDefault(); act("move", {session: chosen, day: $("day").value}); });
	$("which").addEventListener("input", factsShown);
	$("fact").addEventListener("change", factChosen);
	$("remove").addEventListener("click", () => act("fact", {path: $("fact").value, value: ""}));
	$("facts").addEventListener("submit", event => { event.preventDefault(); act("fact", {path: $("fact").value, value: factTyped()}); });
	$("keep").addEventListener("submit", event => event.preventDefault());
	$("pin").addEventListener("change", () => act("pin", {session: chosen}));
	$("station").addEventListener("change", () => act("station", {session: chosen, station: $("station").value}));
	const question = async day => {
		fill("answer", [make("li", "…")]);
		try {
			lines("answer", await ask(`/why?session=${encodeURIComponent(chosen)}&day=${day}`));
		} catch (error) {
			lines("answer", [error.message]);
		}
	};
	$("why").addEventListener("click", () => question(""));
	$("whynot").addEventListener("click", () => question($("day").value));
	document.addEventListener("keydown", event => {
		const key = event.key.toLowerCase();
		if ((event.ctrlKey || event.metaKey) && (key === "z" || key === "y") && !/INPUT|SELECT/.test(event.target.tagName)) { event.preventDefault(); act(event.shiftKey || key === "y" ? "redo" : "undo"); }
	});
	narrow.addEventListener("change", redraw);
	// A crowded month or week is longer than a sheet: on paper it is a list.
	addEventListener("beforeprint", () => {
		const v = calendar.getOption("view");
		if (!v.startsWith("dayGrid") || !$("calendar").matches(".crowded")) return;
		printed = v;
		calendar.setOption("view", v.replace("dayGrid", "list"));
	});
	addEventListener("afterprint", () => {
		const v = printed;
		printed = "";
		if (v) calendar.setOption("view", v);
	});
	listen();
	document.documentElement.dataset.ready = "yes";
}
start();
