package ics

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

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

// meetingSummary gives the title of the meeting with that of its session.
func meetingSummary(session *scenario.Session, kind scenario.MeetingKind, m *plan.Meeting) string {
	title := "Meeting"
	if kind.Kind != "" {
		title = session.MeetingTitle(kind, max(1, m.Number))
	}
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

// blockWords describes a session.
func blockWords(s *scenario.Scenario, session *scenario.Session, x *plan.Session) string {
	return joined("\n",
		labelled("Session", session.Name()),
		labelled("Mandate", mandate(s, session.Mandate)),
		labelled("Dates", calendar.Words(x.Days)),
		labelled("Chaired by", chairs(s, session)),
	)
}

// meetingWords describes a meeting.
func meetingWords(s *scenario.Scenario, session *scenario.Session, kind scenario.MeetingKind, m *plan.Meeting) string {
	paragraph := kind.Mandate
	if paragraph == "" {
		paragraph = session.Mandate
	}
	parts := []string{
		labelled("Session", session.Name()),
		labelled("Mandate", mandate(s, paragraph)),
		labelled("Chaired by", chairs(s, session)),
	}
	parts = append(parts, seats(s, kind, m)...)
	if m.Room == plan.HostRoom {
		parts = append(parts, labelled("Room", plan.HostRoom))
	}
	switch {
	case m.Interpretation != "":
		parts = append(parts, labelled("Interpretation", m.Interpretation))
	case session.Interpretation == scenario.Required || session.Interpretation == scenario.AsAvailable:
		parts = append(parts, labelled("Interpretation", "none"))
	}
	return joined("\n", parts...)
}

// seats gives a line per seat: first those of the programme in its order, then
// any that the plan has besides.
func seats(s *scenario.Scenario, kind scenario.MeetingKind, m *plan.Meeting) []string {
	var lines, known []string
	for _, seat := range kind.Seats {
		known = append(known, seat.ID)
		title := seat.Title
		if title == "" {
			title = capital(strings.ReplaceAll(seat.ID, "-", " "))
		}
		lines = append(lines, labelled(title, names(s, seat.From, m.Seats[seat.ID])))
	}
	var others []string
	for id := range m.Seats {
		if !slices.Contains(known, id) {
			others = append(others, id)
		}
	}
	slices.Sort(others)
	for _, id := range others {
		lines = append(lines, labelled(capital(strings.ReplaceAll(id, "-", " ")), names(s, nil, m.Seats[id])))
	}
	return lines
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
func documentWords(s *scenario.Scenario, d *scenario.Document) string {
	writer := d.Writer
	for i := range s.Officers {
		if s.Officers[i].ID == d.Writer {
			writer = s.Officers[i].Name()
		}
	}
	return joined("\n",
		labelled("Document", d.Name()),
		labelled("Mandate", mandate(s, d.Mandate)),
		labelled("Written by", writer),
	)
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

// labelled gives a line of a description, nothing when there is no text.
func labelled(label, text string) string {
	if text == "" {
		return ""
	}
	return label + ": " + text
}

// capital writes the first letter large.
func capital(text string) string {
	runes := []rune(text)
	if len(runes) > 0 {
		runes[0] = unicode.ToUpper(runes[0])
	}
	return string(runes)
}

// lineEnds writes all ends of lines as \n. It is made once: made for every text,
// it took a third of the time to write a year.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// clean gives text that a line of a calendar can hold: valid UTF-8, line ends
// as \n alone, no other control characters, no space around it.
func clean(text string) string {
	text = lineEnds.Replace(strings.ToValidUTF8(text, "\ufffd"))
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(text)
}
