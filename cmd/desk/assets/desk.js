"use strict";
// The desk's script: shows what the program says, and passes on what is done.
// Every text is put in as text, never as markup.
const $ = id => document.getElementById(id);
const colours = ["#0b5394", "#9a4207", "#04694c", "#9d174d", "#5b21b6", "#3f3f46", "#0b6079", "#7c2d12"];
let state = null, facts = [], choices = null, chosen = "", outlook = new Map(), calendar = null, grabbed = "", dragging = "";

const make = (tag, text, more = {}) => Object.assign(document.createElement(tag), {textContent: text, ...more});
const fill = (id, nodes) => $(id).replaceChildren(...nodes);
const say = text => { $("said").textContent = text; };
const iso = date => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
const plus = (day, n) => new Date(Date.parse(day) + n * 864e5).toISOString().slice(0, 10);
const days = (from, to) => (Date.parse(to) - Date.parse(from)) / 864e5;
const session = () => state.sessions.find(x => x.id === chosen);

async function ask(path, options) {
	const response = await fetch(path, options);
	if (!response.ok) throw new Error(await response.text());
	return response.json();
}

// act does one thing, says how it went, and shows the desk as it then is.
async function act(action, what = {}) {
	try {
		await show(await ask("/do/" + action, {method: "POST", headers: {"Content-Type": "application/json"}, body: JSON.stringify({version: state.version, ...what})}));
		say(document.body.dataset.saved);
	} catch (error) {
		await show(await ask("/state"));
		say(error.message);
	}
}

// events gives what the calendar shows: in the week its meetings, elsewhere
// each run of a session's days.
function events() {
	const out = [], week = calendar && calendar.getOption("view") === "timeGridWeek";
	for (const x of state.sessions) {
		const colour = colours[Math.max(0, state.stations.findIndex(s => s.id === x.station)) % colours.length];
		const common = {resourceIds: [x.station], backgroundColor: colour, classNames: [x.broken ? "broken" : "", x.pinned ? "pinned" : ""].filter(Boolean)};
		if (week) {
			x.meetings.forEach((m, i) => out.push({...common, id: `${x.id}#${i}`, title: `${x.title}: ${m.title}${m.room ? " · " + m.room : ""}`, start: `${m.day}T${m.from}`, end: `${m.day}T${m.to}`, extendedProps: {session: x.id, first: m.day}}));
			continue;
		}
		for (let a = 0; a < x.days.length;) {
			let b = a;
			while (b + 1 < x.days.length && x.days[b + 1] === plus(x.days[b], 1)) b++;
			out.push({...common, id: `${x.id}#${a}`, title: x.title, allDay: true, start: x.days[a], end: plus(x.days[b], 1), extendedProps: {session: x.id, first: x.days[a]}});
			a = b + 1;
		}
	}
	const now = session(), year = calendar && calendar.getOption("view") === "resourceTimelineYear";
	let run = null; // in the year, days alike are one stripe
	if (now) for (const o of outlook.values()) {
		if (year && run && run.classNames[0] === o.class) {
			run.end = plus(o.day, 1);
			continue;
		}
		run = {id: "outlook" + o.day, display: "background", allDay: true, start: o.day, end: plus(o.day, 1), resourceIds: [now.station], classNames: [o.class], title: "", extendedProps: {text: year ? "" : o.text}};
		out.push(run);
	}
	return out;
}

function redraw() { calendar.setOption("events", events()); }

// choose shows a session and colours the days by what they would mean for it.
async function choose(id) {
	chosen = id;
	choices = null;
	outlook = new Map();
	if (session()) {
		const v = calendar.getView(), seen = `${iso(v.activeStart)}..${plus(iso(v.activeEnd), -1)}`, of = encodeURIComponent(id);
		const [all, more] = await Promise.all([ask(`/days?session=${of}&days=${seen}`), ask(`/session?session=${of}`)]);
		if (id !== chosen) return; // another one was chosen meanwhile
		choices = more;
		for (const o of all || []) outlook.set(o.day, o);
	}
	details();
	factsShown();
	redraw();
}

function details() {
	const x = session();
	$("session").value = chosen;
	$("details").hidden = !x;
	if (!x) return;
	$("day").value = x.days[0];
	$("day").min = state.first;
	$("day").max = state.last;
	$("pin").setAttribute("aria-pressed", String(x.pinned));
	fill("station", state.stations.filter(s => s.id === x.station || choices.at.includes(s.id)).map(s => make("option", s.title, {value: s.id, selected: s.id === x.station})));
	const rooms = (state.stations.find(s => s.id === x.station) || {rooms: []}).rooms;
	fill("meetings", x.meetings.map((m, i) => {
		const box = make("fieldset", "");
		box.append(make("legend", `${m.day} ${m.from}–${m.to} ${m.title}`));
		const pick = (label, options, value, change) => {
			const l = make("label", label + " "), s = make("select", "");
			s.append(...options.map(([id, name]) => make("option", name, {value: id, selected: id === value})));
			s.addEventListener("change", () => change(s.value));
			l.append(s);
			box.append(l);
		};
		if (rooms.length) pick(document.body.dataset.room, [...new Set([...rooms, m.room])].map(r => [r, r]), m.room, room => act("room", {session: x.id, meeting: i, room}));
		for (const seat of choices.seats[i]) pick(seat.title, seat.from.map(f => [f.id, f.name]), seat.member, member => act("seat", {session: x.id, meeting: i, seat: seat.id, member}));
		return box;
	}));
}

// factsShown lists the facts by what they are; of very many sessions, only the
// window of the chosen one.
function factsShown() {
	const now = $("fact").value, groups = new Map();
	for (const f of facts) {
		if (state.sessions.length > 100 && f.path.endsWith(".between") && f.path !== `sessions.${chosen}.between`) continue;
		if (!groups.has(f.group)) groups.set(f.group, make("optgroup", "", {label: f.group}));
		groups.get(f.group).append(make("option", f.value ? `${f.title}: ${f.value}` : `${f.title} +`, {value: f.path, selected: f.path === now}));
	}
	fill("fact", [...groups.values()]);
	factChosen();
}

function factChosen() {
	const f = facts.find(x => x.path === $("fact").value);
	$("value").value = f ? f.value : "";
	$("remove").hidden = !(f && f.item);
}

function searching(s) {
	$("stop").hidden = !s.running;
	for (const id of ["plan", "mend", "alternatives"]) $(id).disabled = s.running;
	$("found").hidden = !s.what;
	const progress = s.running ? (s.found ? `${s.tier}: ${document.body.dataset.best} ${s.cost}, ${document.body.dataset.bound} ${s.bound}, ${document.body.dataset.gap} ${s.cost - s.bound}` : "…") : (s.said || []).join("\n");
	$("search").textContent = progress;
	fill("proposals", (s.proposals || []).map((p, number) => {
		const box = make("article", "");
		const list = make("ul", "");
		list.append(...p.moves.map(m => make("li", m)));
		const take = make("button", document.body.dataset.take, {type: "button"});
		take.addEventListener("click", () => act("take", {from: "proposal", number}));
		box.append(make("h3", p.title), make("p", `${p.detail}: ${p.costs.map(t => t.cost).join(" · ")}`), take, list);
		return box;
	}));
}

async function show(next) {
	state = next;
	$("undo").disabled = !state.undo;
	$("undo").title = state.undo;
	$("redo").disabled = !state.redo;
	$("redo").title = state.redo;
	$("trouble").textContent = state.trouble;
	fill("session", [make("option", "", {value: ""}), ...state.sessions.map(x => make("option", x.title, {value: x.id}))]);
	fill("tiers", state.tiers.map(t => {
		const row = make("tr", "");
		row.append(make("td", t.title), make("td", String(t.cost)), make("td", t.proven ? document.body.dataset.proven : t.bound ? `≥ ${t.bound}` : "–"));
		return row;
	}));
	fill("violations", state.violations.map(v => make("li", v)));
	$("status").textContent = state.violations.length ? document.body.dataset.broken : document.body.dataset.whole;
	fill("drafts", state.drafts.map((x, number) => {
		const li = make("li", `${x.name} ${x.note} `), take = make("button", document.body.dataset.take, {type: "button"});
		take.addEventListener("click", () => act("take", {from: "draft", number}));
		li.append(take);
		return li;
	}));
	fill("published", (state.published || []).map(v => {
		const li = make("li", `${v.name} (${v.folder.replace(/.*-0*/, "")}) ${v.note} `);
		for (const name of ["calendar.ics", "tables.xlsx", "report.html"]) li.append(make("a", name, {href: `/published/${v.folder}/${name}`}), " ");
		return li;
	}));
	fill("priorities", state.priorities.map((title, i) => {
		const li = make("li", title + " ");
		for (const [sign, label, at] of [["↑", document.body.dataset.earlier, i - 1], ["↓", document.body.dataset.later, i]]) {
			const b = make("button", sign, {type: "button", ariaLabel: `${label}: ${title}`, disabled: at < 0 || at + 1 >= state.priorities.length});
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

// drop moves a session by what was dragged: its first day by as many days.
function drop(info) {
	dragging = "";
	const x = state.sessions.find(s => s.id === info.event.extendedProps.session);
	const first = info.event.extendedProps.first, by = days(first, iso(info.event.start));
	const to = info.newResource && info.newResource.id !== x.station ? info.newResource.id : "";
	info.revert();
	if (to && by === 0) act("station", {session: x.id, station: to});
	else if (by !== 0) act("move", {session: x.id, day: plus(x.days[0], by)});
}

// dayAt gives the day of the calendar under the pointer, "" where there is none.
function dayAt(event) {
	const at = calendar.dateFromPoint(event.clientX, event.clientY);
	return at && at.date ? iso(at.date) : "";
}

async function start() {
	state = await ask("/state");
	const year = state.sessions.length ? state.sessions.map(s => s.days[0]).sort()[0] : state.first;
	calendar = EventCalendar.create($("calendar"), {
		view: "resourceTimelineYear", date: year, height: "42rem", editable: true, eventDurationEditable: false, locale: {en: "en-GB", ar: "ar-u-nu-latn"}[document.documentElement.lang] || document.documentElement.lang, firstDay: 1, dayMaxEvents: false,
		headerToolbar: {start: "prev,next", center: "title", end: "resourceTimelineYear,dayGridMonth,timeGridWeek,listYear"},
		buttonText: text => ({...text, resourceTimelineYear: document.body.dataset.year, dayGridMonth: document.body.dataset.month, timeGridWeek: document.body.dataset.week, listYear: document.body.dataset.list}),
		allDayContent: "", views: {resourceTimelineYear: {columnWidth: "minmax(2px, 1fr)", dayHeaderFormat: () => "", monthHeaderFormat: {month: "short"}}}, slotMinTime: "08:00:00", slotMaxTime: "20:00:00", events: events(), resources: [],
		eventClick: info => choose(info.event.extendedProps.session),
		eventDragStart: info => { dragging = grabbed; choose(info.event.extendedProps.session); },
		eventDragStop: () => { dragging = ""; },
		eventDrop: drop,
		datesSet: () => { if (calendar) choose(chosen); },
		eventDidMount: info => { info.el.title = info.event.extendedProps.text || info.event.title; },
	});
	await show(state);
	// While a session is dragged, what its first day would then mean is said; else the
	// day under the pointer says what it would mean as the first one.
	document.addEventListener("pointerdown", event => { grabbed = dayAt(event); }, true);
	document.addEventListener("pointermove", event => {
		const at = outlook.size ? dayAt(event) : "", x = session();
		const o = at && outlook.get(dragging && x ? plus(x.days[0], days(dragging, at)) : at), text = o ? `${o.day}: ${document.body.dataset[o.class]} ${o.text}` : "";
		if (o && dragging) say(text);
		$("calendar").title = event.target.closest(".ec-event") ? "" : text;
	});
	for (const id of ["undo", "redo", "plan", "mend", "alternatives", "stop"]) $(id).addEventListener("click", () => act(id));
	for (const id of ["draft", "publish"]) $(id).addEventListener("click", () => act(id, {name: $("name").value, note: $("note").value}));
	$("session").addEventListener("change", () => choose($("session").value));
	$("details").addEventListener("submit", event => { event.preventDefault(); act("move", {session: chosen, day: $("day").value}); });
	$("fact").addEventListener("change", factChosen);
	$("remove").addEventListener("click", () => act("fact", {path: $("fact").value, value: ""}));
	$("facts").addEventListener("submit", event => { event.preventDefault(); act("fact", {path: $("fact").value, value: $("value").value}); });
	$("keep").addEventListener("submit", event => event.preventDefault());
	$("pin").addEventListener("click", () => act("pin", {session: chosen}));
	$("station").addEventListener("change", () => act("station", {session: chosen, station: $("station").value}));
	const question = async day => {
		fill("answer", [make("li", "…")]);
		try {
			fill("answer", (await ask(`/why?session=${encodeURIComponent(chosen)}&day=${day}`)).map(text => make("li", text)));
		} catch (error) {
			fill("answer", [make("li", error.message)]);
		}
	};
	$("why").addEventListener("click", () => question(""));
	$("whynot").addEventListener("click", () => question($("day").value));
	document.addEventListener("keydown", event => {
		if ((event.ctrlKey || event.metaKey) && event.key === "z" && !/INPUT|SELECT/.test(event.target.tagName)) { event.preventDefault(); act(event.shiftKey ? "redo" : "undo"); }
	});
	// What happens elsewhere is shown here, too.
	new EventSource("/events").onmessage = async event => {
		const told = JSON.parse(event.data);
		if (told.version !== state.version || told.trouble !== state.trouble) await show(await ask("/state"));
		state.search = told.search;
		searching(told.search);
	};
	document.documentElement.dataset.ready = "yes";
}
start();
