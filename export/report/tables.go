package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"plenary/export/language"
	"plenary/model/calendar"
)

// Table is a part of the report in rows and columns.
type Table struct {
	ID      string // programme, grid, people, interpretation, deadlines, compliance, balance, costs, reasons
	Title   string
	Columns []Column
	Rows    [][]any // of calendar.Day, int or string; nil for an empty cell
}

// Column is the heading of a column, and the characters that it is wide.
type Column struct {
	Title string
	Width int
}

// TableIDs are the names of the tables in their order.
var TableIDs = []string{"programme", "grid", "people", "interpretation", "deadlines", "compliance", "balance", "costs", "reasons"}

// Tables gives the report as tables, those without rows too.
func (r Report) Tables() []Table {
	l, _ := language.Named(r.Language)
	return []Table{r.programme(l), r.grid(l), r.people(l), r.interpretation(l), r.deadlines(l), r.compliance(l), r.balance(l), r.costs(l), r.reasons(l)}
}

// Table gives the table with the id; ok is false when there is none such.
func (r Report) Table(id string) (t Table, ok bool) {
	tables := r.Tables()
	if i := slices.IndexFunc(tables, func(t Table) bool { return t.ID == id }); i >= 0 {
		return tables[i], true
	}
	return t, false
}

// columns makes columns of titles, in the catalogue's words, and widths.
func columns(l language.Language, titles []string, widths ...int) []Column {
	var out []Column
	for i, t := range titles {
		out = append(out, Column{l.Text(t), widths[i]})
	}
	return out
}

func (r Report) programme(l language.Language) Table {
	t := Table{ID: "programme", Title: l.Text("Programme of work"), Columns: columns(l,
		[]string{"Date", "Weekday", "From", "To", "Session", "Meeting", "Station", "Room", "Interpretation", "Seats", "Chaired by", "Paragraph"},
		12, 11, 7, 7, 28, 26, 12, 14, 12, 48, 16, 7)}
	for _, x := range r.byTime() {
		t.Rows = append(t.Rows, []any{x.m.Day, l.Weekday(x.m.Day), x.m.From, x.m.To, x.s.Title, x.m.Title, x.s.StationTitle, x.m.Room, x.m.Interpretation,
			seatsText(l, x.m.Seats), strings.Join(x.s.Chairs, "; "), x.s.Paragraph})
	}
	return t
}

// held is a meeting with its session.
type held struct {
	s *Session
	m *Meeting
}

// byTime gives all meetings by day and time.
func (r Report) byTime() (out []held) {
	for i := range r.Sessions {
		for j := range r.Sessions[i].Meetings {
			out = append(out, held{&r.Sessions[i], &r.Sessions[i].Meetings[j]})
		}
	}
	slices.SortStableFunc(out, func(a, b held) int {
		if d := int(a.m.Day - b.m.Day); d != 0 {
			return d
		}
		return cmp.Or(strings.Compare(a.m.From, b.m.From), strings.Compare(a.m.To, b.m.To))
	})
	return out
}

// seatsText gives who sits where on one line.
func seatsText(l language.Language, seats []Seat) string {
	var parts []string
	for _, s := range seats {
		var names []string
		for _, m := range s.Members {
			names = append(names, m.Name)
		}
		parts = append(parts, l.Text("%s: %s", s.Title, l.List(names...)))
	}
	return strings.Join(parts, "; ")
}

// grid has a row for each day in use and a column for each room in use, the
// stations in the order in which they are first used. Rooms that hosts provide
// stand in one column, each with its city. Titles are cut, for the programme has
// them whole; that of a session stands on its first day and where another came
// between.
func (r Report) grid(l language.Language) Table {
	t := Table{ID: "grid", Title: l.Text("Meeting grid"), Columns: columns(l, []string{"Date", "Weekday"}, 12, 11)}
	hosted := l.Text("provided by the host")
	type place struct{ station, room string }
	var places []place
	meetings := r.byTime()
	in := func(x held) place {
		if x.m.Room == hosted {
			return place{room: hosted}
		}
		return place{x.s.StationTitle, x.m.Room}
	}
	first := map[string]int{"": len(meetings)} // of the station; what hosts provide comes last
	for i, x := range meetings {
		p := in(x)
		if !slices.Contains(places, p) {
			places = append(places, p)
		}
		if _, seen := first[p.station]; !seen {
			first[p.station] = i
		}
	}
	slices.SortStableFunc(places, func(a, b place) int {
		return cmp.Or(cmp.Compare(first[a.station], first[b.station]), cmp.Compare(a.room, b.room))
	})
	for _, p := range places {
		title := cmp.Or(p.station, capital(p.room))
		if p.station != "" && p.room != "" {
			title = l.Text("%s: %s", p.station, p.room)
		}
		t.Columns = append(t.Columns, Column{title, max(18, min(40, 180/len(places)))})
	}
	said := map[int]*Session{} // the session that a column speaks of last
	for i, x := range meetings {
		if i == 0 || meetings[i-1].m.Day != x.m.Day {
			t.Rows = append(t.Rows, append([]any{x.m.Day, l.Weekday(x.m.Day)}, make([]any, len(places))...))
		}
		p := in(x)
		column := slices.Index(places, p)
		cell := &t.Rows[len(t.Rows)-1][2+column]
		var lines []string
		if was, ok := (*cell).(string); ok {
			lines = append(lines, was)
		}
		if said[column] != x.s {
			title := cut(x.s.Title, 44)
			if p.station == "" {
				title = l.Text("%s: %s", x.s.StationTitle, title)
			}
			lines = append(lines, title)
		}
		said[column] = x.s
		line := x.m.From + "–" + x.m.To
		if x.m.Title != x.s.Title {
			line += " " + cut(x.m.Title, 32)
		}
		*cell = strings.Join(append(lines, line), "\n")
	}
	return t
}

// cut shortens a title at the end of a word to so many characters.
func cut(title string, most int) string {
	runes := []rune(title)
	if len(runes) <= most {
		return title
	}
	short := string(runes[:most-1])
	if i := strings.LastIndexByte(short, ' '); i > len(short)/2 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:-–—") + "…"
}

func (r Report) people(l language.Language) Table {
	t := Table{ID: "people", Title: l.Text("Moderators and panellists"), Columns: columns(l,
		[]string{"Date", "From", "Session", "Meeting", "Seat", "Name", "Groups", "Station"}, 12, 7, 36, 34, 22, 36, 38, 15)}
	for _, x := range r.byTime() {
		for _, s := range x.m.Seats {
			for _, m := range s.Members {
				t.Rows = append(t.Rows, []any{x.m.Day, x.m.From, x.s.Title, x.m.Title, s.Title, m.Name, l.List(m.Groups...), x.s.StationTitle})
			}
		}
	}
	return t
}

func (r Report) interpretation(l language.Language) Table {
	t := Table{ID: "interpretation", Title: l.Text("Interpretation by week"), Columns: columns(l,
		[]string{"Week of", "Station", "Team", "Meetings", "At most", "Sessions"}, 12, 16, 22, 10, 10, 70)}
	for _, x := range r.Teams {
		row := []any{x.Week, x.StationTitle, x.Team, x.Meetings, nil, strings.Join(x.Sessions, "; ")}
		if x.Most >= 0 {
			row[4] = x.Most
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (r Report) deadlines(l language.Language) Table {
	t := Table{ID: "deadlines", Title: l.Text("Documents and deadlines"), Columns: columns(l,
		[]string{"Document", "Writer", "Submitted", "Issued", "Needed for", "Deadline", "Days in hand", "Paragraph"}, 50, 34, 12, 12, 44, 12, 10, 12)}
	for _, d := range r.Documents {
		row := []any{d.Title, d.Writer, nil, d.Issued, nil, nil, nil, d.Paragraph}
		if d.Submitted != nil {
			row[2] = *d.Submitted
		}
		if len(d.Deadlines) == 0 {
			t.Rows = append(t.Rows, row)
		}
		for _, x := range d.Deadlines {
			one := slices.Clone(row)
			one[4], one[5], one[6] = x.For, x.Last, x.Left
			t.Rows = append(t.Rows, one)
		}
	}
	return t
}

func (r Report) compliance(l language.Language) Table {
	t := Table{ID: "compliance", Title: l.Text("Compliance, paragraph by paragraph"), Columns: columns(l,
		[]string{"Paragraph", "Subject", "Rule", "What is asked", "How the plan meets it", "In hand", "Status"}, 10, 56, 16, 50, 42, 14, 12)}
	for _, p := range r.Paragraphs {
		for _, s := range p.Subjects {
			for _, x := range s.Rules {
				left := ""
				if x.Left != nil {
					left = x.Left.Text
				}
				has := slices.Concat([]string{x.Plan}, x.Findings)
				t.Rows = append(t.Rows, []any{p.Paragraph, s.Title, x.Label, cmp.Or(x.Asked, x.Statement), strings.TrimPrefix(strings.Join(has, "; "), "; "), left, x.Status(l)})
			}
		}
	}
	return t
}

// Status says in a word whether the rule is kept.
func (r Rule) Status(l language.Language) string {
	switch {
	case r.Kept:
		return l.Text("kept")
	case r.Tier > 0:
		return l.Text("priced in tier %d", r.Tier)
	}
	return l.Text("broken")
}

func (r Report) balance(l language.Language) Table {
	t := Table{ID: "balance", Title: l.Text("Balance"), Columns: columns(l,
		[]string{"Seat", "Sessions", "Group", "Seats", "At least", "At most", "Who", "Paragraph"}, 22, 32, 36, 8, 9, 9, 72, 12)}
	for _, b := range r.Balances {
		for _, g := range b.Groups {
			row := []any{b.Seat, b.Of, g.Title, g.Seats, nil, nil, strings.Join(g.Names, "; "), b.Paragraph}
			if g.Least > 0 {
				row[4] = g.Least
			}
			if g.Most >= 0 {
				row[5] = g.Most
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func (r Report) costs(l language.Language) Table {
	t := Table{ID: "costs", Title: l.Text("Costs, by priority"), Columns: columns(l, []string{"Tier", "Priority", "Cost", "Bound", "Status"}, 6, 60, 10, 10, 44)}
	for _, x := range r.Tiers {
		row := []any{x.Tier, x.Title, int(x.Cost), nil, x.Status(l)}
		if x.Bound != nil {
			row[3] = int(*x.Bound)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// Status says how far the cost of a priority is proven.
func (x Tier) Status(l language.Language) string {
	switch {
	case x.Bound == nil:
		return l.Text("not proven")
	case x.Proven:
		return l.Text("proven optimal")
	}
	return l.Text("best found, not below %d", *x.Bound)
}

func (r Report) reasons(l language.Language) Table {
	t := Table{ID: "reasons", Title: l.Text("What the costs are made of"), Columns: columns(l, []string{"Tier", "Cost", "Why", "Paragraph"}, 6, 10, 100, 12)}
	for _, x := range r.Costs {
		t.Rows = append(t.Rows, []any{x.Tier, int(x.Cost), x.Text, x.Paragraph})
	}
	return t
}

// cellText gives a cell as text: days as ISO dates.
func cellText(cell any) string {
	switch x := cell.(type) {
	case nil:
		return ""
	case calendar.Day:
		return x.String()
	case int:
		return strconv.Itoa(x)
	}
	return fmt.Sprint(cell)
}
