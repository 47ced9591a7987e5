package ics

import (
	"cmp"
	"html"
	"slices"
	"strconv"
	"strings"
	"unicode"

	ical "github.com/arran4/golang-ical"

	"plenary/export/language"
	"plenary/model/plan"
	"plenary/model/roster"
	"plenary/model/scenario"
)

// words says what stands in a calendar, in a language.
type words struct {
	l        language.Language
	scenario *scenario.Scenario
}

// in gives a text of the scenario in the language.
func (c *words) in(text string) string { return c.scenario.In(c.l.Code, text) }

// about describes the calendar as a whole.
func (c *words) about() string {
	return joined(". ", c.scenario.Mandate, c.l.Range(c.scenario.Period))
}

// joined puts together what is not empty.
func joined(by string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), by)
}

// kindOf gives the kind of the meeting in the session's programme. A plan may
// know of kinds that the scenario has dropped.
func kindOf(session *scenario.Session, m *plan.Meeting) scenario.MeetingKind {
	for _, k := range session.Programmed {
		if k.Kind == m.Kind {
			return k
		}
	}
	return scenario.MeetingKind{Kind: m.Kind}
}

// meetingTitle gives the title of the meeting alone.
func (c *words) meetingTitle(session *scenario.Session, kind scenario.MeetingKind, m *plan.Meeting) string {
	n := max(1, m.Number)
	if kind.Kind == "" {
		return c.l.Text("Meeting")
	}
	if n <= len(session.Titles[kind.Kind]) {
		return c.in(session.MeetingTitle(kind, n))
	}
	switch {
	case kind.Title != "":
		kind.Title = c.in(kind.Title)
	case c.l.Code != "en" && session.FillsDay:
		kind.Title = c.l.Text("Plenary meeting")
	default:
		kind.Title = c.in(capital(strings.ReplaceAll(kind.Kind, "-", " ")))
	}
	return session.MeetingTitle(kind, n)
}

// meetingSummary gives the title of the meeting with that of its session.
func (c *words) meetingSummary(session *scenario.Session, kind scenario.MeetingKind, m *plan.Meeting) string {
	title := c.meetingTitle(session, kind, m)
	if name := c.in(session.Name()); name != title {
		title = c.l.Text("%s (%s)", title, inShort(name))
	}
	return title
}

// shortest is how many characters of a session's title stand in a meeting's.
const shortest = 60

// inShort cuts a long title at the end of a word.
func inShort(title string) string {
	runes := []rune(title)
	if len(runes) <= shortest {
		return title
	}
	end := shortest - 1
	for i := end; i > shortest/2; i-- {
		if unicode.IsSpace(runes[i]) {
			end = i
			break
		}
	}
	// What belongs to the character before is not torn from it: accents, the
	// parts of an emoji.
	for end > 1 && (unicode.Is(unicode.M, runes[end]) || runes[end] == zeroWidthJoiner || runes[end-1] == zeroWidthJoiner) {
		end--
	}
	return strings.TrimRight(string(runes[:end]), " ,;:-–—") + "…"
}

const zeroWidthJoiner = '\u200d'

// field is one line of a description. Without a label the text stands alone;
// a text of several lines is a list.
type field struct{ label, text string }

// plain gives the fields as text, a line for each; those without text are left
// out.
func (c *words) plain(fields []field) string {
	var lines []string
	for _, f := range fields {
		switch {
		case f.text == "":
		case f.label == "":
			lines = append(lines, f.text)
		case strings.Contains(f.text, "\n"):
			lines = append(lines, strings.TrimSpace(c.l.Text("%s: %s", f.label, ""))+"\n"+f.text)
		default:
			lines = append(lines, c.l.Text("%s: %s", f.label, f.text))
		}
	}
	return strings.Join(lines, "\n")
}

// rich gives the fields as HTML in the form in which Outlook writes it, "" when
// there is nothing to say.
func (c *words) rich(fields []field) string {
	var lines []string
	for _, f := range fields {
		text := strings.ReplaceAll(html.EscapeString(clean(f.text)), "\n", "<br>")
		switch {
		case text == "":
			continue
		case f.label == "":
		default:
			label := "<b>" + strings.TrimSpace(c.l.Text("%s: %s", html.EscapeString(f.label), "")) + "</b>"
			if strings.Contains(f.text, "\n") {
				label += "<br>"
			} else {
				label += " "
			}
			text = label + text
		}
		lines = append(lines, "<p>"+text+"</p>")
	}
	if len(lines) == 0 {
		return ""
	}
	return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN"><html><body>` + strings.Join(lines, "") + "</body></html>"
}

// hold says in front of the description that a session is on hold.
func (c *words) hold(status ical.ObjectStatus, fields []field) []field {
	if status != ical.ObjectStatusTentative {
		return fields
	}
	return append([]field{{"", c.l.Text("On hold: not decided yet")}}, fields...)
}

// blockWords describes a session, with its programme.
func (c *writing) blockWords(at int, session *scenario.Session, x *plan.Session) ([]field, error) {
	var programme []string
	for i := range x.Meetings {
		m := &x.Meetings[i]
		times, err := c.slotTimes(at, m.Slot)
		if err != nil {
			return nil, err
		}
		kind := kindOf(session, m)
		line := c.l.Text("%s, %s to %s: %s", c.l.Short(m.Day), times.From.String(), times.To.String(), c.meetingTitle(session, kind, m))
		for _, seat := range c.seats(kind, m) {
			// One person's seat, such as the moderator's; the others stand
			// with the meeting.
			if seat.text != "" && !strings.Contains(seat.text, ";") && slices.ContainsFunc(kind.Seats, func(k scenario.Seat) bool { return k.Number() == 1 && c.seatTitle(k.ID, k.Title) == seat.label }) {
				line = c.l.Text("%s (%s)", line, c.l.Text("%s: %s", seat.label, seat.text))
			}
		}
		programme = append(programme, line)
	}
	return []field{
		{c.l.Text("Session"), c.in(session.Name())},
		{c.l.Text("Mandate"), c.mandate(session.Mandate)},
		{c.l.Text("Dates"), c.l.Days(x.Days)},
		{c.l.Text("Chaired by"), c.chairs(session)},
		{c.l.Text("Programme"), strings.Join(programme, "\n")},
	}, nil
}

// meetingWords describes a meeting.
func (c *writing) meetingWords(station *scenario.Station, session *scenario.Session, kind scenario.MeetingKind, m *plan.Meeting) []field {
	paragraph := kind.Mandate
	if paragraph == "" {
		paragraph = session.Mandate
	}
	fields := []field{
		{c.l.Text("Session"), c.in(session.Name())},
		{c.l.Text("Mandate"), c.mandate(paragraph)},
		{c.l.Text("Chaired by"), c.chairs(session)},
	}
	fields = append(fields, c.seats(kind, m)...)
	if m.Room == plan.HostRoom {
		fields = append(fields, field{c.l.Text("Room"), c.l.Text("provided by the host")})
	}
	interpretation := c.l.Text("Interpretation")
	languages := c.l.List(c.languages(station)...)
	switch {
	case m.Interpretation != "" && (c.opts.For.services() || m.Interpretation == plan.HostTeam):
		fields = append(fields, field{interpretation, c.l.Text("%s (%s)", languages, c.team(m.Interpretation))})
	case m.Interpretation != "":
		fields = append(fields, field{interpretation, languages})
	case session.Interpretation == scenario.Required || session.Interpretation == scenario.AsAvailable:
		fields = append(fields, field{interpretation, c.l.Text("none")})
	}
	return fields
}

// official are the languages whose names are known in each other.
var official = []string{"Arabic", "Chinese", "English", "French", "Russian", "Spanish"}

// languages gives the languages of interpretation at the station by name.
func (c *words) languages(station *scenario.Station) (out []string) {
	for _, name := range station.LanguageNames() {
		if slices.Contains(official, name) {
			out = append(out, c.l.Text(name))
		} else {
			out = append(out, c.in(name))
		}
	}
	return out
}

// team gives an interpretation team as printed.
func (c *words) team(name string) string {
	if name == plan.HostTeam {
		return c.l.Text("provided by the host")
	}
	if digits, ok := strings.CutPrefix(name, "team "); ok && c.l.Code != "en" {
		if n, err := strconv.Atoi(digits); err == nil {
			return c.l.Text("Team %d", n)
		}
	}
	return c.in(name)
}

// seats gives a line per seat: first those of the programme in its order, then
// any that the plan has besides.
func (c *words) seats(kind scenario.MeetingKind, m *plan.Meeting) (out []field) {
	var known []string
	for _, seat := range kind.Seats {
		known = append(known, seat.ID)
		out = append(out, field{c.seatTitle(seat.ID, seat.Title), c.names(seat.From, m.Seats[seat.ID])})
	}
	var others []string
	for id := range m.Seats {
		if !slices.Contains(known, id) {
			others = append(others, id)
		}
	}
	slices.Sort(others)
	for _, id := range others {
		out = append(out, field{c.seatTitle(id, ""), c.names(nil, m.Seats[id])})
	}
	return out
}

// category gives the kind of a meeting: its word in the scenario in English, its
// title in other languages.
func (c *words) category(session *scenario.Session, kind scenario.MeetingKind) string {
	switch {
	case c.l.Code != "en" && kind.Title != "":
		return c.in(kind.Title)
	case c.l.Code != "en" && session.FillsDay:
		return c.l.Text("Plenary meeting")
	}
	return c.in(capital(strings.ReplaceAll(kind.Kind, "-", " ")))
}

// seatTitle gives what a seat is called in print.
func (c *words) seatTitle(id, title string) string {
	return c.in(cmp.Or(title, capital(strings.ReplaceAll(id, "-", " "))))
}

// names gives the members by name, looked for in the seat's rosters first.
// Names of States and organizations have commas: so semicolons part them.
func (c *words) names(rosters, members []string) string {
	out := make([]string, len(members))
	for i, id := range members {
		out[i] = id
		if m := member(c.scenario, rosters, id); m != nil {
			out[i] = c.scenario.NameOf(m, c.l.Code)
		}
	}
	return strings.Join(out, "; ")
}

// member gives the roster member with the id, looked for in the rosters first,
// nil when no roster has it.
func member(s *scenario.Scenario, rosters []string, id string) *roster.Member {
	for _, name := range rosters {
		if r := s.Roster(name); r != nil {
			if m := r.Table.Member(id); m != nil {
				return m
			}
		}
	}
	for i := range s.Rosters {
		if m := s.Rosters[i].Table.Member(id); m != nil {
			return m
		}
	}
	return nil
}

// chairs gives the officers of the session by name.
func (c *words) chairs(session *scenario.Session) string {
	var out []string
	for _, i := range session.OfficerIDs {
		out = append(out, c.in(c.scenario.Officers[i].Name()))
	}
	return strings.Join(out, "; ")
}

// documentWords describes a document.
func (c *words) documentWords(d *scenario.Document) []field {
	writer := d.Writer
	for i := range c.scenario.Officers {
		if o := &c.scenario.Officers[i]; o.ID == d.Writer {
			writer = o.Name()
		}
	}
	return []field{
		{c.l.Text("Document"), c.in(d.Name())},
		{c.l.Text("Mandate"), c.mandate(d.Mandate)},
		{c.l.Text("Written by"), c.in(writer)},
	}
}

// mandate gives the paragraph with the resolution it stands in.
func (c *words) mandate(paragraph string) string {
	if paragraph != "" && unicode.IsDigit([]rune(paragraph)[0]) {
		if strings.ContainsAny(paragraph, ",;") || strings.Contains(paragraph, " and ") {
			paragraph = c.l.Text("paragraphs %s", paragraph)
		} else {
			paragraph = c.l.Text("paragraph %s", paragraph)
		}
	}
	return c.l.List(c.scenario.Mandate, paragraph)
}

// placeWords gives room, building and city; room may be empty. A place that
// names its city already does not get it twice.
func (c *words) placeWords(station *scenario.Station, room string) string {
	city := c.in(station.Name())
	if strings.Contains(strings.ToLower(station.Place), strings.ToLower(station.Name())) {
		city = ""
	}
	return c.l.List(c.roomWords(room), c.in(station.Place), city)
}

// roomWords gives a room as one says it: a bare sign such as XX gets the word
// room, a name such as Trusteeship Council Chamber stands for itself.
func (c *words) roomWords(room string) string {
	switch {
	case room == "":
		return ""
	case room == plan.HostRoom:
		return c.l.Text("Room provided by the host")
	case strings.ContainsFunc(room, unicode.IsSpace), len([]rune(room)) > len("XVIII"):
		return c.in(room)
	}
	return c.l.Text("Room %s", c.in(room))
}

// capital writes the first letter large.
func capital(text string) string {
	runes := []rune(text)
	if len(runes) > 0 {
		runes[0] = unicode.ToUpper(runes[0])
	}
	return string(runes)
}

// clean gives text that a line of a calendar can hold: valid UTF-8, line ends
// as \n alone, no other control characters, no space around it.
func clean(text string) string {
	text = strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\r\n", "\n")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\u2028' || r == '\u2029':
			return '\n'
		case unicode.IsControl(r) && r != '\n' && r != '\t':
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}
