package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"plenary/model/calendar"
	"plenary/model/rule"
)

// Table is a part of the comparison as it is printed: some leading columns and
// one column for each plan.
type Table struct {
	Title   string
	Notes   []string
	Columns []string // the leading ones
	Rows    []Row
}

// Row is one line of a table. Total marks a sum.
type Row struct {
	Labels []string
	Cells  []Cell // one for each plan
	Total  bool
}

// Cell is what a table says of one plan. Differs marks what is not as in the
// first plan.
type Cell struct {
	Text    string
	Differs bool
}

// absent stands where a scenario has nothing of the kind.
const absent = "–"

// Tables gives the comparison as tables, without those that would be empty.
func (c Comparison) Tables() []Table {
	all := []Table{c.costs(), c.byRule(), c.violated(), c.dates(), c.issues(), c.days(), c.travel()}
	all = append(all, c.seating()...)
	all = append(all, c.interpreters(), c.inHand(), c.between())
	return slices.DeleteFunc(all, func(t Table) bool { return len(t.Rows) == 0 })
}

// plural gives "1 day", "2 days".
func plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// spaced gives an id as words.
func spaced(id string) string { return strings.NewReplacer("-", " ", "_", " ").Replace(id) }

// paragraph gives " (paragraph 16)", or "".
func paragraph(mandate string) string {
	in := rule.Instance{Mandate: mandate}
	return in.Paragraph()
}

// marked makes cells of texts and marks those that are not as the first.
func marked(texts []string) []Cell {
	var out []Cell
	for _, t := range texts {
		out = append(out, Cell{t, t != texts[0]})
	}
	return out
}

// Standing says of every plan but the first how it compares by the priorities,
// in sentences without a full stop.
func (c Comparison) Standing() (out []string) {
	for i, v := range c.Violations {
		if len(v) > 0 {
			out = append(out, fmt.Sprintf("%s violates hard constraints: %s", c.Plans[i].Letter, plural(len(v), "violation")))
		}
	}
	for i := 1; i < len(c.Plans); i++ {
		if c.Plans[0].Feasible && c.Plans[i].Feasible {
			out = append(out, c.better(i))
		}
	}
	return out
}

// better compares a plan with the first one, tier by tier.
func (c Comparison) better(i int) string {
	a, b, own := c.Plans[0].Letter, c.Plans[i].Letter, ""
	if c.Plans[0].Scenario != c.Plans[i].Scenario {
		own = ", each by the rules of its own scenario"
	}
	for _, t := range c.Tiers {
		x, y := t.Costs[0], t.Costs[i]
		switch {
		case x.Number != y.Number:
			return fmt.Sprintf("%s and %s answer scenarios with other priorities: their costs cannot be ranked", a, b)
		case x.Cost < y.Cost:
			return fmt.Sprintf("%s is better than %s by the priorities: in tier %d, %s, it costs %d instead of %d%s", a, b, x.Number, t.Title, x.Cost, y.Cost, own)
		case x.Cost > y.Cost:
			return fmt.Sprintf("%s is better than %s by the priorities: in tier %d, %s, it costs %d instead of %d%s", b, a, x.Number, t.Title, y.Cost, x.Cost, own)
		}
	}
	return fmt.Sprintf("%s and %s cost the same in every tier%s", a, b, own)
}

func (c Comparison) costs() Table {
	t := Table{Title: costsTitle, Columns: []string{"Priority"},
		Notes: []string{"The best priority stands first; a later one never costs an earlier one."}}
	for _, tier := range c.Tiers {
		row := Row{Labels: []string{c.numbered(tier)}}
		for _, x := range tier.Costs {
			text := absent
			switch {
			case x.Number == 0:
			case x.Known && x.Bound == x.Cost:
				text = fmt.Sprintf("%d, proven best", x.Cost)
			case x.Known && x.Bound > 0:
				text = fmt.Sprintf("%d, not below %d", x.Cost, x.Bound)
			default:
				text = fmt.Sprint(x.Cost)
			}
			first := tier.Costs[0]
			row.Cells = append(row.Cells, Cell{text, x.Cost != first.Cost || (x.Number == 0) != (first.Number == 0)})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// numbered gives the title of a tier with its number, or with its numbers
// where scenarios have it in another place.
func (c Comparison) numbered(t Tier) string {
	plans := map[int][]string{}
	var numbers []int
	for i, x := range t.Costs {
		if x.Number > 0 && plans[x.Number] == nil {
			numbers = append(numbers, x.Number)
		}
		plans[x.Number] = append(plans[x.Number], c.Plans[i].Letter)
	}
	if len(numbers) == 1 {
		return fmt.Sprintf("%d. %s", numbers[0], t.Title)
	}
	var parts []string
	for _, n := range numbers {
		parts = append(parts, fmt.Sprintf("%d in %s", n, strings.Join(plans[n], ", ")))
	}
	return fmt.Sprintf("%s (tier %s)", t.Title, strings.Join(parts, "; "))
}

func (c Comparison) byRule() Table {
	t := Table{Title: "Costs by rule", Columns: []string{"Priority", "Rule", "Kind", "Para."}}
	free := 0
	for _, tier := range c.Tiers {
		for _, r := range c.Rules {
			if r.Tier != tier.Title {
				continue
			}
			if !slices.ContainsFunc(r.Costs, func(n int64) bool { return n != 0 }) {
				free++
				continue
			}
			texts := make([]string, len(r.Costs))
			for i, n := range r.Costs {
				if texts[i] = fmt.Sprint(n); !r.In[i] {
					texts[i] = absent
				}
			}
			id := r.ID
			if id == r.Kind {
				id = "no id" // the keys of a session or document made it, or nobody named it
			}
			t.Rows = append(t.Rows, Row{Labels: []string{tier.Title, id, r.Kind, r.Mandate}, Cells: marked(texts)})
		}
		var sums []string
		for _, x := range tier.Costs {
			if x.Number == 0 {
				sums = append(sums, absent)
			} else {
				sums = append(sums, fmt.Sprint(x.Cost))
			}
		}
		t.Rows = append(t.Rows, Row{Labels: []string{tier.Title, "together", "", ""}, Cells: marked(sums), Total: true})
	}
	if free > 0 {
		t.Notes = []string{fmt.Sprintf("Not listed: %s without cost in every plan.", plural(free, "soft rule"))}
	}
	return t
}

func (c Comparison) violated() Table {
	t := Table{Title: "Hard constraints violated", Columns: []string{"Violation"}}
	at := map[string]int{}
	for n, list := range c.Violations {
		for _, m := range list {
			text := m.Finding.Text + m.Instance.Paragraph()
			i, known := at[text]
			if !known {
				i = len(t.Rows)
				at[text] = i
				t.Rows = append(t.Rows, Row{Labels: []string{text}, Cells: marked(slices.Repeat([]string{""}, len(c.Plans)))})
			}
			t.Rows[i].Cells[n].Text = fmt.Sprintf("%d over", m.Finding.Excess)
		}
	}
	for _, row := range t.Rows {
		for i := range row.Cells {
			row.Cells[i].Differs = row.Cells[i].Text != row.Cells[0].Text
		}
	}
	return t
}

func (c Comparison) dates() Table {
	t := Table{Title: datesTitle, Columns: []string{"Session"}}
	for _, s := range c.Sessions {
		row := Row{Labels: []string{s.Title}}
		for i, held := range s.Held {
			text := "not held"
			switch {
			case !s.In[i]:
				text = "not in this scenario"
			case held != nil:
				text = calendar.Words(held.Days) + ", " + s.Station[i]
			}
			row.Cells = append(row.Cells, Cell{text, s.Differs[i]})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (c Comparison) issues() Table {
	t := Table{Title: "Documents, by day of issue", Columns: []string{"Document"}}
	for _, d := range c.Documents {
		row := Row{Labels: []string{d.Title}}
		for i, issued := range d.Issued {
			text := "no day"
			switch {
			case !d.In[i]:
				text = "not in this scenario"
			case issued != nil:
				text = calendar.Words([]calendar.Day{*issued})
			}
			row.Cells = append(row.Cells, Cell{text, d.Differs[i]})
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (c Comparison) days() Table {
	t := Table{Title: "Working days used", Columns: []string{"Rule"}}
	for _, x := range c.Caps {
		var texts []string
		for _, u := range x.Used {
			switch {
			case !u.In:
				texts = append(texts, absent)
			case u.Most < 0:
				texts = append(texts, fmt.Sprintf("%s (at least %d)", plural(u.Days, "day"), u.Least))
			default:
				texts = append(texts, fmt.Sprintf("%d of %s", u.Days, plural(u.Most, "day")))
			}
		}
		t.Rows = append(t.Rows, Row{Labels: []string{x.Statement + paragraph(x.Mandate)}, Cells: marked(texts)})
	}
	return t
}

func (c Comparison) travel() Table {
	t := Table{Title: "Travel of officers", Columns: []string{"Officer"},
		Notes: []string{"A trip is a session that the officer chairs away from the base; kilometres are there and back for each, along great circles."}}
	for _, o := range c.Officers {
		var texts []string
		for _, x := range o.Travel {
			text := absent
			if x.Known {
				text = plural(x.Trips, "trip")
				if x.Trips > x.Unmeasured {
					text += ", " + thousands(x.Kilometres) + " km"
				}
				if x.Unmeasured > 0 {
					text += fmt.Sprintf(" (%d not measured: no coordinates)", x.Unmeasured)
				}
			}
			texts = append(texts, text)
		}
		t.Rows = append(t.Rows, Row{Labels: []string{o.Title}, Cells: marked(texts)})
	}
	return t
}

// thousands writes a number rounded to ones: 12,345.
func thousands(x float64) string {
	digits := fmt.Sprintf("%.0f", x)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

func (c Comparison) seating() (out []Table) {
	for _, s := range c.Seats {
		t := Table{Title: fmt.Sprintf("Seat “%s” by %s, %s%s", spaced(s.Seat), spaced(s.Over), s.Of, paragraph(s.Mandate)), Columns: []string{"Group"}}
		for _, g := range s.Groups {
			var texts []string
			for _, n := range g.Seats {
				if n < 0 {
					texts = append(texts, absent)
				} else {
					texts = append(texts, fmt.Sprint(n))
				}
			}
			t.Rows = append(t.Rows, Row{Labels: []string{spaced(g.Name)}, Cells: marked(texts)})
		}
		out = append(out, t)
	}
	return out
}

func (c Comparison) interpreters() Table {
	t := Table{Title: "Meetings and interpreters", Columns: []string{"Station", "What"}}
	for _, s := range c.Stations {
		add := func(what string, say func(u Use) string) {
			var texts []string
			for _, u := range s.Use {
				text := absent
				if u.In {
					text = say(u)
				}
				texts = append(texts, text)
			}
			t.Rows = append(t.Rows, Row{Labels: []string{s.Title, what}, Cells: marked(texts)})
		}
		add("interpreted meetings", func(u Use) string { return fmt.Sprintf("%d of %d", u.Interpreted, u.Meetings) })
		add("teams at the same time, at most", func(u Use) string {
			switch {
			case u.Peak == 0:
				return "none"
			case u.Teams < 0:
				return fmt.Sprintf("%d, of the host", u.Peak)
			}
			return fmt.Sprintf("%d of %d", u.Peak, u.Teams)
		})
		add("fullest week", func(u Use) string {
			if u.InThatWeek == 0 {
				return "none"
			}
			return fmt.Sprintf("%s, week of %s", plural(u.InThatWeek, "meeting"), calendar.Words([]calendar.Day{u.BusiestWeek}))
		})
	}
	return t
}

func (c Comparison) inHand() Table {
	t := Table{Title: "Days in hand before deadlines", Columns: []string{"Document", "Due"},
		Notes: []string{"Calendar days from the day of issue to the last day allowed."}}
	for _, s := range c.Slack {
		var texts []string
		for _, d := range s.Days {
			switch {
			case d == nil:
				texts = append(texts, absent)
			case *d < 0:
				texts = append(texts, plural(-*d, "day")+" late")
			default:
				texts = append(texts, plural(*d, "day"))
			}
		}
		t.Rows = append(t.Rows, Row{Labels: []string{s.Document, s.Before}, Cells: marked(texts)})
	}
	return t
}

func (c Comparison) between() Table {
	t := Table{Title: "Days between sessions", Columns: []string{"Of", "What"},
		Notes: []string{"From the last day of a session to the first day of the next one by date, 0 where they overlap."}}
	for _, s := range c.Spread {
		add := func(what string, least int, say func(x Stats) float64) {
			var texts []string
			some := false
			for _, x := range s.Stats {
				value := math.NaN()
				if x.N >= least {
					value = say(x)
				}
				if math.IsNaN(value) {
					texts = append(texts, absent)
					continue
				}
				some = true
				texts = append(texts, fmt.Sprintf("%.1f", value))
			}
			if some {
				t.Rows = append(t.Rows, Row{Labels: []string{s.Of, what}, Cells: marked(texts)})
			}
		}
		add("mean", 1, func(x Stats) float64 { return x.Mean })
		add("standard deviation", 2, func(x Stats) float64 { return x.Deviation })
		add("least", 1, func(x Stats) float64 { return x.Least })
		add("most", 1, func(x Stats) float64 { return x.Most })
	}
	return t
}

// Moved is what moves in one plan against the first.
type Moved struct {
	Letter, Name string
	Sessions     []MovedSession
}

// MovedSession is what moves of one session or document.
type MovedSession struct {
	Title  string
	Texts  []string // dates, station, whether it is held
	Inside []string // its meetings: rooms, who sits where
}

// Moved gives what moves from the first plan to each other, by session.
func (c Comparison) Moved() (out []Moved) {
	titles := map[string]string{}
	for _, d := range c.Documents {
		titles[d.ID] = d.Title
	}
	for _, s := range c.Sessions {
		titles[s.ID] = s.Title
	}
	for i := 1; i < len(c.Plans); i++ {
		m := Moved{Letter: c.Plans[i].Letter, Name: c.Plans[i].Name}
		last := ""
		for _, x := range c.Moves[i] {
			if len(m.Sessions) == 0 || x.ID != last {
				m.Sessions = append(m.Sessions, MovedSession{Title: titles[x.ID]})
				last = x.ID
			}
			of := &m.Sessions[len(m.Sessions)-1]
			if x.What == "meeting" || x.What == "room" || x.What == "seat" {
				of.Inside = append(of.Inside, x.Text)
			} else {
				of.Texts = append(of.Texts, x.Text)
			}
		}
		out = append(out, m)
	}
	return out
}

// about says in one line what a plan is: proof, violations and when it meets.
func (c Comparison) about(i int) string {
	h := c.Plans[i]
	state := "feasible, not proven best"
	switch {
	case !h.Feasible:
		state = plural(len(c.Violations[i]), "violation") + " of hard constraints"
	case h.Optimal:
		state = "proven optimal in every tier"
	}
	switch {
	case h.Meets.First == 0 && h.Meets.Last == 0:
		return state + ", no session is held"
	case h.Meets.Len() == 1:
		return state + ", on " + h.Meets.Words()
	}
	return fmt.Sprintf("%s, from %s to %s", state, calendar.Words([]calendar.Day{h.Meets.First}), calendar.Words([]calendar.Day{h.Meets.Last}))
}
