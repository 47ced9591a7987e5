package ics

import (
	"fmt"
	"html"
	"slices"
	"strings"
	"time"
	"unicode"

	ical "github.com/arran4/golang-ical"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/scenario"
)

// about describes the calendar as a whole.
func about(s *scenario.Scenario) string {
	return joined(". ", s.Mandate, s.Period.Words())
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
func meetingTitle(session *scenario.Session, kind scenario.MeetingKind, m *plan.Meeting) string {
	if kind.Kind == "" {
		return "Meeting"
	}
	return session.MeetingTitle(kind, max(1, m.Number))
}

// meetingSummary gives the title of the meeting with that of its session.
func meetingSummary(session *scenario.Session, kind scenario.MeetingKind, m *plan.Meeting) string {
	title := meetingTitle(session, kind, m)
	if name := session.Name(); name != title {
		title = fmt.Sprintf("%s (%s)", title, inShort(name))
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
func plain(fields []field) string {
	var lines []string
	for _, f := range fields {
		switch {
		case f.text == "":
		case f.label == "":
			lines = append(lines, f.text)
		case strings.Contains(f.text, "\n"):
			lines = append(lines, f.label+":\n"+f.text)
		default:
			lines = append(lines, f.label+": "+f.text)
		}
	}
	return strings.Join(lines, "\n")
}

// rich gives the fields as HTML in the form in which Outlook writes it, "" when
// there is nothing to say.
func rich(fields []field) string {
	var lines []string
	for _, f := range fields {
		text := strings.ReplaceAll(html.EscapeString(clean(f.text)), "\n", "<br>")
		switch {
		case text == "":
			continue
		case f.label == "":
		case strings.Contains(f.text, "\n"):
			text = "<b>" + html.EscapeString(f.label) + ":</b><br>" + text
		default:
			text = "<b>" + html.EscapeString(f.label) + ":</b> " + text
		}
		lines = append(lines, "<p>"+text+"</p>")
	}
	if len(lines) == 0 {
		return ""
	}
	return `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2//EN"><html><body>` + strings.Join(lines, "") + "</body></html>"
}

// hold says in front of the description that a session is on hold.
func hold(status ical.ObjectStatus, fields []field) []field {
	if status != ical.ObjectStatusTentative {
		return fields
	}
	return append([]field{{"", "On hold: not decided yet"}}, fields...)
}

// blockWords describes a session, with its programme.
func (c *writing) blockWords(at int, session *scenario.Session, x *plan.Session) ([]field, error) {
	s := c.scenario
	var programme []string
	for i := range x.Meetings {
		m := &x.Meetings[i]
		times, err := c.slotTimes(at, m.Slot)
		if err != nil {
			return nil, err
		}
		kind := kindOf(session, m)
		line := fmt.Sprintf("%s, %s to %s: %s", m.Day.Time(time.UTC).Format("2 January"), times.From, times.To, meetingTitle(session, kind, m))
		for _, seat := range seats(s, kind, m) {
			// One person's seat, such as the moderator's; the others stand
			// with the meeting.
			if seat.text != "" && !strings.Contains(seat.text, ";") && slices.ContainsFunc(kind.Seats, func(k scenario.Seat) bool { return k.Number() == 1 && seatTitle(k.ID, k.Title) == seat.label }) {
				line += fmt.Sprintf(" (%s: %s)", seat.label, seat.text)
			}
		}
		programme = append(programme, line)
	}
	return []field{
		{"Session", session.Name()},
		{"Mandate", mandate(s, session.Mandate)},
		{"Dates", calendar.Words(x.Days)},
		{"Chaired by", chairs(s, session)},
		{"Programme", strings.Join(programme, "\n")},
	}, nil
}

// meetingWords describes a meeting.
func (c *writing) meetingWords(station *scenario.Station, session *scenario.Session, kind scenario.MeetingKind, m *plan.Meeting) []field {
	s := c.scenario
	paragraph := kind.Mandate
	if paragraph == "" {
		paragraph = session.Mandate
	}
	fields := []field{
		{"Session", session.Name()},
		{"Mandate", mandate(s, paragraph)},
		{"Chaired by", chairs(s, session)},
	}
	fields = append(fields, seats(s, kind, m)...)
	if m.Room == plan.HostRoom {
		fields = append(fields, field{"Room", plan.HostRoom})
	}
	languages := strings.Join(station.LanguageNames(), ", ")
	switch {
	case m.Interpretation != "" && (c.opts.For.services() || m.Interpretation == plan.HostTeam):
		fields = append(fields, field{"Interpretation", fmt.Sprintf("%s (%s)", languages, m.Interpretation)})
	case m.Interpretation != "":
		fields = append(fields, field{"Interpretation", languages})
	case session.Interpretation == scenario.Required || session.Interpretation == scenario.AsAvailable:
		fields = append(fields, field{"Interpretation", "none"})
	}
	return fields
}

// seats gives a line per seat: first those of the programme in its order, then
// any that the plan has besides.
func seats(s *scenario.Scenario, kind scenario.MeetingKind, m *plan.Meeting) (out []field) {
	var known []string
	for _, seat := range kind.Seats {
		known = append(known, seat.ID)
		out = append(out, field{seatTitle(seat.ID, seat.Title), names(s, seat.From, m.Seats[seat.ID])})
	}
	var others []string
	for id := range m.Seats {
		if !slices.Contains(known, id) {
			others = append(others, id)
		}
	}
	slices.Sort(others)
	for _, id := range others {
		out = append(out, field{seatTitle(id, ""), names(s, nil, m.Seats[id])})
	}
	return out
}

// seatTitle gives what a seat is called in print.
func seatTitle(id, title string) string {
	if title != "" {
		return title
	}
	return capital(strings.ReplaceAll(id, "-", " "))
}

// names gives the members by name, looked for in the seat's rosters first.
// Names of States and organizations have commas: so semicolons part them.
func names(s *scenario.Scenario, rosters, members []string) string {
	out := make([]string, len(members))
	for i, id := range members {
		out[i] = memberName(s, rosters, id)
	}
	return strings.Join(out, "; ")
}

// memberName gives the name of the roster member with the id, the id when no
// roster has it.
func memberName(s *scenario.Scenario, rosters []string, id string) string {
	for _, name := range rosters {
		if r := s.Roster(name); r != nil {
			if m := r.Table.Member(id); m != nil {
				return m.Name
			}
		}
	}
	for i := range s.Rosters {
		if m := s.Rosters[i].Table.Member(id); m != nil {
			return m.Name
		}
	}
	return id
}

// chairs gives the officers of the session by name.
func chairs(s *scenario.Scenario, session *scenario.Session) string {
	var out []string
	for _, i := range session.OfficerIDs {
		out = append(out, s.Officers[i].Name())
	}
	return strings.Join(out, "; ")
}

// documentWords describes a document.
func documentWords(s *scenario.Scenario, d *scenario.Document) []field {
	writer := d.Writer
	for i := range s.Officers {
		if s.Officers[i].ID == d.Writer {
			writer = s.Officers[i].Name()
		}
	}
	return []field{
		{"Document", d.Name()},
		{"Mandate", mandate(s, d.Mandate)},
		{"Written by", writer},
	}
}

// mandate gives the paragraph with the resolution it stands in.
func mandate(s *scenario.Scenario, paragraph string) string {
	if paragraph != "" && unicode.IsDigit([]rune(paragraph)[0]) {
		word := "paragraph "
		if strings.ContainsAny(paragraph, ",;") || strings.Contains(paragraph, " and ") {
			word = "paragraphs "
		}
		paragraph = word + paragraph
	}
	return joined(", ", s.Mandate, paragraph)
}

// placeWords gives room, building and city; room may be empty. A place that
// names its city already does not get it twice.
func placeWords(station *scenario.Station, room string) string {
	city := station.Name()
	if strings.Contains(strings.ToLower(station.Place), strings.ToLower(city)) {
		city = ""
	}
	return joined(", ", roomWords(room), station.Place, city)
}

// roomWords gives a room as one says it: a bare sign such as XX gets the word
// room, a name such as Trusteeship Council Chamber stands for itself.
func roomWords(room string) string {
	switch {
	case room == "":
		return ""
	case room == plan.HostRoom:
		return "Room " + plan.HostRoom
	case strings.ContainsFunc(room, unicode.IsSpace), len([]rune(room)) > len("XVIII"):
		return room
	}
	return "Room " + room
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
