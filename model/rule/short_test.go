package rule_test

// Three side events at a station with three rooms, for the rules about short
// sessions. Slot d exists on Tuesdays alone.
const side = `slots: {a: 09:00-10:00, b: 10:00-11:00, c: {times: 13:00-14:00, tags: [after-lunch]}, d: {times: 14:00-15:00, on: tue}}
stations:
  geneva: {title: Geneva, zone: Europe/Zurich, rooms: {L: {seats: 30, tags: [recorded]}, M: {seats: 20}, S: {seats: 10}}}
people: {amy: Amy Cole, dan: Dan Li}
sessions:
  climate: {title: Climate finance, at: geneva, lasts: 1 slot, tags: [money], attendees: 12, people: [amy], invited: [dan], optional: yes}
  cities: {title: Cities, at: geneva, lasts: 2 slots, tags: [places], attendees: 25, people: [amy], optional: yes}
  health: {title: Health, at: geneva, lasts: 1 slot, tags: [money], attendees: 12, invited: [amy, dan], optional: yes}
`

// climate, cities and health write where and when the three are: climate("01-08
// a L").
func climate(at string) string { return sideEvent("climate", at) }
func health(at string) string  { return sideEvent("health", at) }

// sideEvent writes a session of one slot: its day, slot and room.
func sideEvent(id, at string) string {
	return meet(id, "geneva", at[:5], at[:7]+" meeting room: "+at[8:])
}

// cities writes the session of two slots: "01-08 a b L".
func cities(at string) string {
	return meet("cities", "geneva", at[:5], at[:7]+" meeting room: "+at[10:], at[:5]+at[7:9]+" meeting room: "+at[10:])
}

// shortTables are the tables of rules that speak of short sessions.
var shortTables = []table{
	{"programme", "of a short session", side, "", []tableCase{
		{"exactly at", lines{cities("01-08 a b L"), climate("01-08 c S")}, 0},
		{"exactly at, over lunch", lines{cities("01-08 b c L")}, 0},
		{"one over: a slot missing", lines{meet("cities", "geneva", "01-08", "01-08 a meeting room: L")}, 1},
		{"one over: the room changes", lines{meet("cities", "geneva", "01-08", "01-08 a meeting room: L", "01-08 b meeting room: S")}, 1},
		{"one over: where it cannot start", lines{meet("cities", "geneva", "01-08", "01-08 c meeting room: L", "01-08 d meeting room: L")}, 1},
		{"two over: slots apart", lines{meet("cities", "geneva", "01-08", "01-08 a meeting room: L", "01-08 c meeting room: L")}, 2},
		{"unheld", none, 0},
	}},
	{"rooms", "closed in a slot", "slots: {a: 09:00-10:00, b: 10:00-11:00}\nstations: {geneva: {zone: UTC, rooms: {L: {seats: 30, closed: [{days: 2018-01-08, slots: [b]}]}}}}\nsessions: {a: {at: geneva, lasts: 1 slot, optional: yes}}", "", []tableCase{
		{"exactly beside it", lines{meet("a", "geneva", "01-08", "01-08 a meeting room: L")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08", "01-08 b meeting room: L")}, 1},
		{"unheld", none, 0},
	}},
	{"pin", "of a short session", "slots: {a: 09:00-10:00, b: 10:00-11:00}\nstations: {geneva: {zone: UTC, rooms: {L: {seats: 30}, S: {seats: 3}}}}\nsessions: {a: {at: geneva, lasts: 1 slot, optional: yes, pin: {slot: b, room: L}}}", "", []tableCase{
		{"exactly at", lines{meet("a", "geneva", "01-08", "01-08 b meeting room: L")}, 0},
		{"one over", lines{meet("a", "geneva", "01-08", "01-08 b meeting room: S")}, 1},
		{"two over", lines{meet("a", "geneva", "01-08", "01-08 a meeting room: S")}, 2},
		{"unheld", none, 0},
	}},
	{"keep", "of a short session", side + "rules: [{keep: {id: t, of: climate, slot: b, room: L}}]", "t", []tableCase{
		{"exactly at", lines{climate("01-08 b L")}, 0},
		{"one over", lines{climate("01-08 b S")}, 1},
		{"two over", lines{climate("01-08 c M")}, 2},
		{"unheld", none, 2},
	}},
	{"overlap", "", side + "rules: [{overlap: {id: t, of: '*'}}]", "t", []tableCase{
		{"exactly one after the other", lines{climate("01-08 c S"), cities("01-08 a b L"), health("01-09 a S")}, 0},
		{"one over", lines{climate("01-08 b S"), cities("01-08 a b L")}, 1},
		{"three over: all at once", lines{climate("01-08 b S"), cities("01-08 a b L"), health("01-08 b M")}, 3},
		{"unheld", none, 0},
	}},
	{"overlap", "with others", side + "rules: [{overlap: {id: t, of: [climate, health], with: cities}}]", "t", []tableCase{
		{"exactly at, both of the one side", lines{climate("01-08 c S"), health("01-08 c L"), cities("01-08 a b L")}, 0},
		{"one over", lines{climate("01-08 b S"), health("01-08 c L"), cities("01-08 a b L")}, 1},
		{"unheld", none, 0},
	}},
	{"attendance", "", side, "", []tableCase{
		{"exactly at, where the one invited is elsewhere", lines{climate("01-08 c S"), health("01-08 c L"), cities("01-08 a b L")}, 0},
		{"one over", lines{climate("01-08 b S"), cities("01-08 a b L")}, 1},
		{"unheld", none, 0},
	}},
	{"attendance", "of those invited", side + "rules: [{attendance: {id: t, of: '*'}}]", "t", []tableCase{
		{"exactly at", lines{climate("01-08 c S"), health("01-09 c L"), cities("01-08 a b L")}, 0},
		{"one over", lines{climate("01-08 b S"), cities("01-08 a b L")}, 1},
		{"two over: two people", lines{climate("01-08 b S"), health("01-08 b L")}, 2},
		{"four over: one person in three", lines{climate("01-08 b S"), health("01-08 b M"), cities("01-08 a b L")}, 4},
		{"unheld", none, 0},
	}},
	{"times", "", side + "rules: [{times: {id: t, of: '*', not: {tagged: [after-lunch], on: [mon]}}}]", "t", []tableCase{
		{"exactly beside them", lines{climate("01-09 c S"), cities("01-08 a b L")}, 0},
		{"one over", lines{cities("01-08 b c L")}, 1},
		{"unheld", none, 0},
	}},
	{"times", "by slots", side + "rules: [{times: {id: t, of: cities, in: {slots: [a], days: 2018-01-08..2018-01-09}, count: slots}}]", "t", []tableCase{
		{"one over", lines{cities("01-08 a b L")}, 1},
		{"two over", lines{cities("01-10 a b L")}, 2},
		{"unheld", none, 0},
	}},
	{"places", "", side + "rules: [{places: {id: t, of: '*', in: {seats: 20..}, not: {tagged: recorded}}}]", "t", []tableCase{
		{"exactly at the least", lines{climate("01-08 a M"), cities("01-08 b c M")}, 0},
		{"one over", lines{climate("01-08 a M"), cities("01-08 b c L")}, 1},
		{"two over", lines{climate("01-08 a S"), cities("01-08 b c L")}, 2},
		{"unheld", none, 0},
	}},
	{"places", "by slots", side + "rules: [{places: {id: t, of: '*', in: {rooms: [M, S]}, count: slots}}]", "t", []tableCase{
		{"two over", lines{climate("01-08 a S"), cities("01-08 b c L")}, 2},
	}},
	{"room-size", "", side + "rules: [{room-size: {id: t, of: '*'}}]", "t", []tableCase{
		{"exactly enough", lines{climate("01-08 a M"), cities("01-08 b c L")}, 0},
		{"two over", lines{climate("01-08 a S"), cities("01-08 b c L")}, 2},
		{"seven over", lines{climate("01-08 a S"), cities("01-08 b c M")}, 7},
		{"unheld", none, 0},
	}},
	{"room-size", "one seat", "slots: {a: 09:00-10:00}\nstations: {geneva: {zone: UTC, rooms: {L: {seats: 11}, S: {seats: 10}}}}\nsessions: {a: {at: geneva, lasts: 1 slot, attendees: 11, optional: yes}}\nrules: [{room-size: {id: t, of: a}}]", "t", []tableCase{
		{"one over", lines{meet("a", "geneva", "01-08", "01-08 a meeting room: S")}, 1},
	}},
	{"one-room", "", side + "rules: [{one-room: {id: t, of: '*'}}]", "t", []tableCase{
		{"exactly one", lines{climate("01-08 a L"), cities("01-09 b c L")}, 0},
		{"one over", lines{climate("01-08 a S"), cities("01-09 b c L"), health("01-10 a S")}, 1},
		{"two over", lines{climate("01-08 a S"), cities("01-09 b c L"), health("01-10 a M")}, 2},
		{"unheld", none, 0},
	}},
	{"same-room", "", side + "rules: [{same-room: {id: t, of: '*'}}]", "t", []tableCase{
		{"exactly one on each day", lines{climate("01-08 a L"), cities("01-08 b c L"), health("01-09 a S")}, 0},
		{"one over", lines{climate("01-08 a S"), cities("01-08 b c L"), health("01-09 a S")}, 1},
		{"two over", lines{climate("01-08 a S"), cities("01-08 b c L"), health("01-08 b S")}, 2},
		{"unheld", none, 0},
	}},
	{"same-room", "by slots", side + "rules: [{same-room: {id: t, of: climate, with: cities, count: slots}}]", "t", []tableCase{
		{"three over", lines{climate("01-08 a S"), cities("01-08 b c L"), health("01-08 b M")}, 3},
	}},
	{"same-day", "", side + "rules: [{same-day: {id: t, of: '*'}}]", "t", []tableCase{
		{"exactly one day", lines{climate("01-08 a L"), cities("01-08 b c L")}, 0},
		{"one over", lines{climate("01-08 a L"), cities("01-09 b c L")}, 1},
		{"two over", lines{climate("01-08 a L"), cities("01-09 b c L"), health("01-08 a S")}, 2},
		{"unheld", none, 0},
	}},
	{"same-day", "by slots", side + "rules: [{same-day: {id: t, of: '*', count: slots}}]", "t", []tableCase{
		{"three over", lines{climate("01-08 a L"), cities("01-09 b c L")}, 3},
	}},
	{"days-apart", "", side + "rules: [{days-apart: {id: t, of: climate, with: health, days: 1..3, never: 2}}]", "t", []tableCase{
		{"exactly at the least", lines{climate("01-09 a L"), health("01-08 a L")}, 0},
		{"exactly at the most", lines{climate("01-08 a L"), health("01-11 a L")}, 0},
		{"one over", lines{climate("01-08 a L"), health("01-12 a L")}, 1},
		{"one over: never", lines{climate("01-08 a L"), health("01-10 a L")}, 1},
		{"one over: on one day", lines{climate("01-08 a L"), health("01-08 a S")}, 1},
		{"unheld", lines{climate("01-08 a L")}, 0},
	}},
	{"in-order", "", side + "rules: [{in-order: {id: t, of: cities, then: [climate, health]}}]", "t", []tableCase{
		{"exactly one after the other", lines{cities("01-08 a b L"), climate("01-08 c L"), health("01-09 a L")}, 0},
		{"one over", lines{cities("01-08 a b L"), climate("01-08 b S"), health("01-09 a L")}, 1},
		{"two over", lines{cities("01-09 a b L"), climate("01-09 b S"), health("01-08 c L")}, 2},
		{"unheld", lines{climate("01-08 b S")}, 0},
	}},
	{"in-order", "by slots", side + "rules: [{in-order: {id: t, of: cities, then: climate, count: slots}}]", "t", []tableCase{
		{"three over", lines{cities("01-08 a b L"), climate("01-08 b S")}, 3},
	}},
	{"spread", "", side + "rules: [{spread: {id: t, of: '*', over: 2}}]", "t", []tableCase{
		{"exactly at", lines{climate("01-08 a L"), cities("01-09 b c L")}, 0},
		{"one over", lines{climate("01-08 a L"), cities("01-08 b c L")}, 1},
		{"unheld: both days are missing", none, 2},
	}},
	{"compact", "", side + "rules: [{compact: {id: t, of: '*'}}]", "t", []tableCase{
		{"exactly beside it", lines{climate("01-08 a L"), health("01-08 b S")}, 0},
		{"exactly beside it, over lunch", lines{climate("01-08 b L"), health("01-08 c S")}, 0},
		{"one over", lines{cities("01-08 a b L"), health("01-09 a S")}, 1},
		{"two over", lines{climate("01-09 a L"), health("01-09 d S")}, 2},
		{"unheld", none, 0},
	}},
	{"early", "", side + "rules: [{early: {id: t, of: '*'}}]", "t", []tableCase{
		{"exactly the first slot", lines{climate("01-01 a L")}, 0},
		{"one over", lines{climate("01-01 b L")}, 1},
		{"two over: its last slot counts", lines{cities("01-01 b c L")}, 2},
		{"after a week of three slots a day, four on Tuesday", lines{climate("01-08 a L")}, 16},
		{"unheld", none, 0},
	}},
	{"pause", "", side + "rules: [{pause: {id: t, of: '*', at-least: 1 slot}}]", "t", []tableCase{
		{"exactly one slot", lines{climate("01-08 a L"), health("01-08 c L")}, 0},
		{"exactly at the same time", lines{climate("01-08 a L"), health("01-08 a S")}, 0},
		{"one over, over lunch", lines{climate("01-08 b L"), health("01-08 c L")}, 1},
		{"one over, over night", lines{climate("01-08 c L"), cities("01-09 a b L")}, 1},
		{"unheld", none, 0},
	}},
	{"pause", "in minutes, for people", side + "rules: [{pause: {id: t, of: '*', at-least: 2 hours, sharing: people}}]", "t", []tableCase{
		{"exactly two hours", lines{cities("01-08 a b L"), climate("01-08 c L"), health("01-08 c S")}, 0},
		{"exactly at, over night", lines{cities("01-09 a b L"), climate("01-08 c L")}, 0},
		{"one over", lines{cities("01-08 b c L"), climate("01-08 a L"), health("01-08 a S")}, 1},
		{"unheld", none, 0},
	}},
	{"room-change", "", side + "rules: [{room-change: {id: t, of: '*', within: 1 slot}}]", "t", []tableCase{
		{"exactly the same room", lines{climate("01-08 a L"), health("01-08 c L")}, 0},
		{"exactly two slots between", lines{climate("01-09 a L"), health("01-09 d S")}, 0},
		{"one over: one person", lines{cities("01-08 a b L"), health("01-08 c S")}, 1},
		{"one over: while it goes on", lines{cities("01-08 a b L"), health("01-08 b S")}, 1},
		{"two over: two people", lines{climate("01-08 a L"), health("01-08 c S")}, 2},
		{"two over: over night", lines{climate("01-08 c L"), health("01-09 a S")}, 2},
		{"unheld", none, 0},
	}},
	{"larger-rooms-first", "", "slots: {a: 09:00-10:00}\nstations: {geneva: {zone: UTC, rooms: {L: {seats: 11}, M: {seats: 11}, S: {seats: 10, count: 2}, T: {seats: 8}}}}\nsessions: {a: {at: geneva, lasts: 1 slot, optional: yes}}\nrules: [{larger-rooms-first: {id: t, of: a}}]", "t", []tableCase{
		{"exactly the largest", lines{meet("a", "geneva", "01-08", "01-08 a meeting room: M")}, 0},
		{"two over: two are larger by one", lines{meet("a", "geneva", "01-08", "01-08 a meeting room: S 2")}, 2},
		{"ten over: four are larger", lines{meet("a", "geneva", "01-08", "01-08 a meeting room: T")}, 10},
		{"unheld", none, 0},
	}},
	{"larger-rooms-first", "one larger", "slots: {a: 09:00-10:00}\nstations: {geneva: {zone: UTC, rooms: {L: {seats: 11}, S: {seats: 10}}}}\nsessions: {a: {at: geneva, lasts: 1 slot, optional: yes}}\nrules: [{larger-rooms-first: {id: t, of: a}}]", "t", []tableCase{
		{"one over", lines{meet("a", "geneva", "01-08", "01-08 a meeting room: S")}, 1},
	}},
	{"rooms-by-size", "", side + "rules: [{rooms-by-size: {id: t, of: '*'}}]", "t", []tableCase{
		{"exactly in order", lines{cities("01-08 a b L"), climate("01-09 a M"), health("01-09 a S")}, 0},
		{"exactly the same room", lines{cities("01-08 a b M"), climate("01-09 a M")}, 0},
		{"one over", lines{cities("01-08 a b M"), climate("01-09 a L"), health("01-09 a S")}, 1},
		{"two over", lines{cities("01-08 a b S"), climate("01-09 a L"), health("01-09 a M")}, 2},
		{"unheld", none, 0},
	}},
	{"rooms-by-size", "by slots", side + "rules: [{rooms-by-size: {id: t, of: '*', count: slots}}]", "t", []tableCase{
		{"three over", lines{cities("01-08 a b M"), climate("01-09 a L"), health("01-09 a S")}, 3},
	}},
	{"alongside", "", side + "rules: [{alongside: {id: t, of: climate, with: [cities, health]}}]", "t", []tableCase{
		{"exactly at the same time", lines{climate("01-08 b M"), cities("01-08 a b L"), health("01-08 b S")}, 0},
		{"one over", lines{climate("01-08 b M"), cities("01-08 a b L"), health("01-08 c S")}, 1},
		{"unheld", lines{climate("01-08 b M")}, 0},
	}},
	{"next-to", "", side + "rules: [{next-to: {id: t, of: climate, to: '*', within: 2 hours, same-room: yes}}]", "t", []tableCase{
		{"exactly two hours", lines{climate("01-08 c L"), cities("01-08 a b L")}, 0},
		{"exactly one of two", lines{climate("01-08 a L"), cities("01-08 b c L"), health("01-09 a L")}, 0},
		{"one over: another room", lines{climate("01-08 c M"), cities("01-08 a b L")}, 1},
		{"one over: at the same time", lines{climate("01-08 b L"), cities("01-08 a b L")}, 1},
		{"one over: alone", lines{climate("01-08 b L")}, 1},
		{"unheld", lines{health("01-08 b L")}, 0},
	}},
	{"next-to", "in slots", side + "rules: [{next-to: {id: t, of: climate, to: health, within: 1 slot}}]", "t", []tableCase{
		{"exactly one slot", lines{climate("01-08 a L"), health("01-08 c S")}, 0},
		{"one over", lines{climate("01-09 a L"), health("01-09 d S")}, 1},
	}},
}

// shortCases are the sentences of rules that speak of short sessions.
var shortCases = []spokenCase{
	{"programme", "of a short session", side, "", lines{meet("climate", "geneva", "01-08", "01-08 d meeting"), meet("cities", "geneva", "01-08", "01-08 a meeting room: L", "01-08 c meeting room: S")}},
	{"pin", "of a short session", "slots: {a: 09:00-10:00, b: 10:00-11:00}\nstations: {geneva: {zone: UTC, rooms: {L: {seats: 30}, S: {seats: 3}}}}\nsessions: {climate: {title: Climate finance, at: geneva, lasts: 1 slot, optional: yes, pin: {slot: b, room: L}}}", "",
		lines{meet("climate", "geneva", "01-08", "01-08 a meeting room: S")}},
	{"keep", "of a short session", side + "rules: [{keep: {id: t, of: climate, slot: b, room: L}}]", "t", lines{climate("01-08 c M")}},
	{"overlap", "of a tag", side + "rules: [{overlap: {id: t, of: 'tag:money'}}]", "t", lines{climate("01-08 b M"), health("01-08 b S")}},
	{"overlap", "of several", side + "rules: [{overlap: {id: t, of: '*'}}]", "t", lines{meet("climate", "geneva", "01-08", "01-08 a meeting", "01-08 b meeting"), cities("01-08 a b L")}},
	{"overlap", "with others", side + "rules: [{overlap: {id: t, of: cities, with: 'tag:money'}}]", "t", lines{climate("01-08 b M"), cities("01-08 a b L")}},
	{"attendance", "key", side, "", lines{climate("01-08 b M"), cities("01-08 a b L")}},
	{"attendance", "listed", side + "rules: [{attendance: {id: t, of: '*'}}]", "t", lines{climate("01-08 b M"), health("01-08 b S")}},
	{"times", "not", side + "rules: [{times: {id: t, of: cities, not: {tagged: after-lunch, on: mon}}}]", "t", lines{cities("01-08 b c L")}},
	{"times", "in", side + "rules: [{times: {id: t, of: cities, in: {slots: [a, b], days: 2018-01-08..2018-01-10}, count: slots}}]", "t", lines{cities("01-11 a b L")}},
	{"times", "in and not", side + "rules: [{times: {id: t, of: cities, in: {on: mon-wed}, not: {slots: 'a*'}}}]", "t", none},
	{"places", "in", side + "rules: [{places: {id: t, of: climate, in: {seats: 15..}}}]", "t", lines{climate("01-08 b S")}},
	{"places", "in and not", side + "rules: [{places: {id: t, of: climate, in: {rooms: [L, S]}, not: {tagged: recorded}}}]", "t", lines{climate("01-08 b L")}},
	{"room-size", "listed", side + "rules: [{room-size: {id: t, of: cities}}]", "t", lines{cities("01-08 b c M")}},
	{"one-room", "listed", side + "rules: [{one-room: {id: t, of: '*'}}]", "t", lines{climate("01-08 a S"), cities("01-08 b c L")}},
	{"same-room", "listed", side + "rules: [{same-room: {id: t, of: [climate, health]}}]", "t", lines{climate("01-08 a S"), health("01-08 b L")}},
	{"same-day", "listed", side + "rules: [{same-day: {id: t, of: 'tag:money'}}]", "t", lines{climate("01-08 a S"), health("01-09 b L")}},
	{"days-apart", "days", side + "rules: [{days-apart: {id: t, of: [climate, health], days: 1}}]", "t", lines{climate("01-08 a S"), health("01-11 b L")}},
	{"days-apart", "never", side + "rules: [{days-apart: {id: t, of: '*', days: 0..3, never: 1}}]", "t", lines{climate("01-08 a S"), health("01-09 b L")}},
	{"days-apart", "never the same day", side + "rules: [{days-apart: {id: t, of: climate, with: cities, never: 0}}]", "t", lines{climate("01-08 a S"), cities("01-08 b c L")}},
	{"in-order", "listed", side + "rules: [{in-order: {id: t, of: cities, then: 'tag:money'}}]", "t", lines{climate("01-08 a S"), cities("01-08 b c L")}},
	{"spread", "listed", side + "rules: [{spread: {id: t, of: '*', over: 3}}]", "t", lines{climate("01-08 a S"), cities("01-08 b c L")}},
	{"compact", "listed", side + "rules: [{compact: {id: t, of: 'tag:money'}}]", "t", lines{climate("01-08 a S")}},
	{"early", "listed", side + "rules: [{early: {id: t, of: climate}}]", "t", lines{climate("01-01 c S")}},
	{"pause", "slots", side + "rules: [{pause: {id: t, of: '*', at-least: 1 slot}}]", "t", lines{climate("01-08 a S"), cities("01-08 b c L")}},
	{"pause", "minutes, for people", side + "rules: [{pause: {id: t, of: [climate, cities], at-least: 3 hours, sharing: people}}]", "t", lines{climate("01-08 c S"), cities("01-08 a b L")}},
	{"room-change", "listed", side + "rules: [{room-change: {id: t, of: '*', within: 2 slots}}]", "t", lines{climate("01-08 a S"), health("01-08 b L"), cities("01-09 b c S")}},
	{"room-change", "one person", side + "rules: [{room-change: {id: t, of: [climate, cities], within: 0 slots}}]", "t", lines{climate("01-08 a S"), cities("01-08 b c L")}},
	{"larger-rooms-first", "listed", side + "rules: [{larger-rooms-first: {id: t, of: climate}}]", "t", lines{climate("01-08 a S")}},
	{"rooms-by-size", "listed", side + "rules: [{rooms-by-size: {id: t, of: '*'}}]", "t", lines{climate("01-08 a L"), cities("01-08 b c S")}},
	{"alongside", "listed", side + "rules: [{alongside: {id: t, of: climate, with: cities}}]", "t", lines{climate("01-08 a L"), cities("01-08 b c S")}},
	{"next-to", "listed", side + "rules: [{next-to: {id: t, of: climate, to: cities, within: 30 minutes, same-room: yes}}]", "t", lines{climate("01-08 a L"), cities("01-08 b c S")}},
	{"next-to", "several", side + "rules: [{next-to: {id: t, of: climate, to: '*', within: 1 slot}}]", "t", lines{climate("01-08 a L")}},
}
