package letter

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"plenary/export/language"
	"plenary/export/report"
	"plenary/model/calendar"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/roster"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// Format is how tables are written.
type Format string

// The formats: Text for a terminal or a plain letter, Markdown, HTML for
// pasting into Word and Outlook, CSV for Excel.
const (
	Text     Format = "text"
	Markdown Format = "markdown"
	HTML     Format = "html"
	CSV      Format = "csv" // the calendar alone
)

// Formats lists the formats by name.
var Formats = []string{string(Text), string(Markdown), string(HTML), string(CSV)}

// MostNames is the largest number of seats for which groups are listed by
// name; beyond it, they are counted.
const MostNames = 24

// MostPriced is how many findings of soft constraints are listed; the rest is
// counted.
const MostPriced = 12

// writer writes headings and tables one after the other, in a language.
type writer struct {
	l      language.Language
	s      *scenario.Scenario
	to     io.Writer
	format Format
	err    error
}

func (w *writer) print(format string, args ...any) {
	if w.err == nil {
		_, w.err = fmt.Fprintf(w.to, format, args...)
	}
}

func (w *writer) heading(text string) {
	switch w.format {
	case Markdown:
		w.print("\n## %s\n\n", report.Plain(text))
	case HTML:
		w.print("<h2>%s</h2>\n", escape(text))
	default:
		w.print("\n%s\n\n", text)
	}
}

func (w *writer) line(text string) {
	switch w.format {
	case HTML:
		w.print("<p>%s</p>\n", escape(text))
	case Markdown:
		w.print("- %s\n", report.Plain(text))
	default:
		w.print("%s\n", text)
	}
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(s)
}

// table writes rows under a header; nothing when there are no rows. In text,
// cells are wrapped to the width given for their column, 0 for no limit.
func (w *writer) table(header []string, widths []int, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	if w.format == Markdown {
		w.markdown(header, rows)
		return
	}
	t := table.NewWriter()
	t.AppendHeader(w.cells(header))
	for _, r := range rows {
		t.AppendRow(w.cells(r))
	}
	switch w.format {
	case HTML:
		t.SetHTMLCSSClass("plenary")
		w.print("%s\n", t.RenderHTML())
	case CSV:
		w.print("%s\n", t.RenderCSV())
	default:
		style := table.StyleLight
		style.Options = table.Options{SeparateHeader: true}
		style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
		style.Format.Header = text.FormatDefault
		t.SetStyle(style)
		var columns []table.ColumnConfig
		for i, width := range widths {
			columns = append(columns, table.ColumnConfig{Number: i + 1, WidthMax: width, WidthMaxEnforcer: text.WrapSoft})
		}
		t.SetColumnConfigs(columns)
		for line := range strings.Lines(t.Render()) {
			w.print("%s\n", strings.TrimRight(line, " \n"))
		}
	}
}

// cells gives texts as the cells of a table; no spreadsheet takes one for a formula.
func (w *writer) cells(texts []string) table.Row {
	row := make(table.Row, len(texts))
	for i, t := range texts {
		if w.format == CSV {
			t = report.Inert(t)
		}
		row[i] = t
	}
	return row
}

// markdown writes a table of Markdown.
func (w *writer) markdown(header []string, rows [][]string) {
	w.print("%s|\n%s|\n", markdownRow(header), strings.Repeat("| --- ", len(header)))
	for _, row := range rows {
		w.print("%s|\n", markdownRow(row))
	}
}

func markdownRow(texts []string) string {
	var b strings.Builder
	for _, t := range texts {
		b.WriteString("| " + report.Plain(t) + " ")
	}
	return b.String()
}

// in gives a text of the scenario in the language.
func (w *writer) in(text string) string { return w.s.In(w.l.Code, text) }

// heads gives the headings of a table.
func (w *writer) heads(titles ...string) []string {
	for i, t := range titles {
		titles[i] = w.l.Text(t)
	}
	return titles
}

// paragraph gives a text with the paragraph that it comes from, where there is
// one.
func (w *writer) paragraph(text, mandate string) string {
	switch {
	case mandate == "":
		return text
	case strings.ContainsAny(mandate, ",;"):
		return w.l.Text("%s (%s)", text, w.l.Text("paragraphs %s", mandate))
	}
	return w.l.Text("%s (%s)", text, w.l.Text("paragraph %s", mandate))
}

// Write writes the plan with the checker's verdict in a language. What rules say
// is English in every language.
func Write(to io.Writer, s *scenario.Scenario, instances []rule.Instance, p *plan.Plan, v judge.Verdict, format Format, l language.Language) error {
	w := &writer{l: l, s: s, to: to, format: format}
	if format == CSV { // one table, as Excel reads it
		w.calendar(s, p)
		return w.err
	}
	title := w.in(s.Title)
	if s.Mandate != "" {
		title = l.Text("%s (%s)", title, s.Mandate)
	}
	switch format {
	case Markdown:
		w.print("# %s\n", report.Plain(title))
	case HTML:
		direction := ""
		if l.Direction() == "rtl" {
			direction = ` dir="rtl"`
		}
		w.print("<!doctype html>\n<html lang=\"%s\"%s>\n<meta charset=\"utf-8\">\n<title>%s</title>\n<h1>%s</h1>\n", l.Code, direction, escape(title), escape(title))
	default:
		w.print("%s\n", title)
	}
	w.heading(l.Text("Calendar"))
	w.calendar(s, p)
	if len(p.Documents) > 0 {
		w.heading(l.Text("Documents"))
		w.documents(s, p)
	}
	w.groups(s, instances, p)
	w.days(s, instances, p)
	if len(p.Tiers) > 0 {
		w.heading(l.Text("Costs, by priority"))
		w.tiers(p)
		w.priced(v)
	}
	return w.err
}

// byDate gives the plan's sessions by first day.
func byDate(s *scenario.Scenario, p *plan.Plan) []*plan.Session {
	var out []*plan.Session
	for i := range p.Sessions {
		out = append(out, &p.Sessions[i])
	}
	slices.SortStableFunc(out, func(a, b *plan.Session) int {
		return cmp.Or(cmp.Compare(a.First(), b.First()), cmp.Compare(starts(s, a), starts(s, b)))
	})
	return out
}

// starts gives the position of the slot in which a short session starts, 0 for
// others.
func starts(s *scenario.Scenario, x *plan.Session) int {
	if !s.Sessions[s.Session(x.ID)].Short || len(x.Meetings) == 0 {
		return 0
	}
	return slices.IndexFunc(s.Slots, func(slot scenario.Slot) bool { return slot.ID == x.Meetings[0].Slot })
}

// clock gives the times of a short session, "09:00–10:30".
func clock(s *scenario.Scenario, x *plan.Session) string {
	at := s.Station(x.Station)
	first, last := s.SlotTimes(at, starts(s, x)), calendar.Slot{}
	for i := range s.Slots {
		if s.Slots[i].ID == x.Meetings[len(x.Meetings)-1].Slot {
			last = s.SlotTimes(at, i)
		}
	}
	return fmt.Sprintf("%s–%s", first.From, last.To)
}

func (w *writer) calendar(s *scenario.Scenario, p *plan.Plan) {
	var rows [][]string
	for _, x := range byDate(s, p) {
		session := &s.Sessions[s.Session(x.ID)]
		var chairs []string
		for _, o := range session.OfficerIDs {
			chairs = append(chairs, w.in(s.Officers[o].Name()))
		}
		rows = append(rows, []string{
			w.l.Days(x.Days), w.in(session.Name()), w.in(s.Stations[s.Station(x.Station)].Name()), w.rooms(x), w.meetings(s, session, x), strings.Join(chairs, "; "), session.Mandate,
		})
	}
	w.table(w.heads("Dates", "Session", "Station", "Rooms", "Meetings", "Chaired by", "Para."), []int{20, 34, 12, 18, 24, 26, 9}, rows)
	for i := range s.Sessions {
		if w.format != CSV && p.Session(s.Sessions[i].ID) == nil {
			w.line(w.l.Text("Not held: %s", w.in(s.Sessions[i].Name())))
		}
	}
}

// rooms lists a session's rooms in order of use.
func (w *writer) rooms(x *plan.Session) string {
	var out []string
	for _, m := range x.Meetings {
		name := w.in(m.Room)
		if m.Room == plan.HostRoom {
			name = w.l.Text("provided by the host")
		}
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return w.l.List(out...)
}

// meetings counts a session's meetings by kind and says how many are
// interpreted.
func (w *writer) meetings(s *scenario.Scenario, session *scenario.Session, x *plan.Session) string {
	var kinds []string
	count := map[string]int{}
	interpreted := 0
	for _, m := range x.Meetings {
		if count[m.Kind]++; count[m.Kind] == 1 {
			kinds = append(kinds, m.Kind)
		}
		if m.Interpretation != "" {
			interpreted++
		}
	}
	var parts []string
	for _, k := range kinds {
		parts = append(parts, fmt.Sprintf("%d × %s", count[k], w.kind(session, k)))
	}
	out := w.l.List(parts...)
	if session.Short && len(x.Meetings) > 0 {
		out = clock(s, x)
	}
	switch {
	case session.Interpretation == scenario.None:
	case interpreted == len(x.Meetings):
		out = w.l.List(out, w.l.Text("interpreted"))
	default:
		out = w.l.List(out, w.l.Text("%d of %d interpreted", interpreted, len(x.Meetings)))
	}
	return out
}

// kind gives a kind of meeting: its word in the scenario in English, its title
// in other languages.
func (w *writer) kind(session *scenario.Session, id string) string {
	if w.l.Code == "en" {
		return id
	}
	for _, k := range session.Programmed {
		if k.Kind == id && k.Title != "" {
			return w.in(k.Title)
		}
	}
	if session.FillsDay {
		return w.l.Text("Plenary meeting")
	}
	return w.in(capital(id))
}

// capital gives an id as words with a large first letter, as translations have
// them.
func capital(id string) string {
	runes := []rune(strings.NewReplacer("-", " ", "_", " ").Replace(id))
	if len(runes) > 0 {
		runes[0] = unicode.ToUpper(runes[0])
	}
	return string(runes)
}

func (w *writer) documents(s *scenario.Scenario, p *plan.Plan) {
	list := slices.Clone(p.Documents)
	slices.SortStableFunc(list, func(a, b plan.Document) int { return cmp.Compare(a.Issued, b.Issued) })
	var rows [][]string
	for _, d := range list {
		doc := &s.Documents[s.Document(d.ID)]
		writer := doc.Writer
		for i := range s.Officers {
			if s.Officers[i].ID == writer {
				writer = s.Officers[i].Name()
			}
		}
		submitted := ""
		if doc.Processing != nil {
			submitted = w.l.Day(doc.Processing.Before(d.Issued, scenario.Weekdays))
		}
		rows = append(rows, []string{w.l.Day(d.Issued), w.in(doc.Name()), w.in(writer), submitted, doc.Mandate})
	}
	w.table(w.heads("Issued", "Document", "Writer", "Submitted", "Para."), []int{20, 52, 30, 20, 9}, rows)
}

// groups lists, for every rule of balance, who has the seat in each group.
func (w *writer) groups(s *scenario.Scenario, instances []rule.Instance, p *plan.Plan) {
	seen := map[string]bool{}
	for i := range instances {
		r, ok := instances[i].Rule.(*rule.Balance)
		if !ok {
			continue
		}
		key := fmt.Sprint(r.Seat, r.Over, r.Sessions)
		if seen[key] {
			continue
		}
		seen[key] = true
		names := map[string][]string{}
		for _, index := range r.Sessions {
			x := p.Session(s.Sessions[index].ID)
			if x == nil {
				continue
			}
			for _, m := range x.Meetings {
				for _, id := range m.Seats[r.Seat] {
					who := find(s, id)
					if who == nil {
						continue
					}
					label := w.l.Text("%s (%s)", s.NameOf(who, w.l.Code), w.meeting(&s.Sessions[index], m))
					for _, g := range who.Values[r.Over] {
						names[g] = append(names[g], label)
					}
				}
			}
		}
		total := 0
		for _, g := range r.Values {
			total += len(names[g])
		}
		var rows [][]string
		for _, g := range r.Values {
			row := []string{w.in(g), fmt.Sprint(len(names[g]))}
			if total <= MostNames {
				row = append(row, strings.Join(names[g], "; "))
			}
			rows = append(rows, row)
		}
		seat, over := r.Seat, strings.ReplaceAll(r.Over, "_", " ")
		if w.l.Code != "en" {
			seat, over = w.in(capital(seat)), w.in(over)
		}
		w.heading(w.paragraph(w.l.Text("Seat “%s” by %s, %s", seat, over, strings.Join(r.Of, ", ")), instances[i].Mandate))
		w.table(w.heads("Group", "Seats", "Who")[:len(rows[0])], []int{18, 5, 100}, rows)
	}
}

// meeting names a meeting: by its session's id and its kind in English, by its
// session's title in other languages.
func (w *writer) meeting(session *scenario.Session, m plan.Meeting) string {
	if w.l.Code == "en" {
		return fmt.Sprintf("%s, %s %d", session.ID, m.Kind, m.Number)
	}
	return w.l.List(w.in(session.Name()), fmt.Sprintf("%s %d", w.kind(session, m.Kind), m.Number))
}

// find finds a member in any roster.
func find(s *scenario.Scenario, id string) *roster.Member {
	for i := range s.Rosters {
		if m := s.Rosters[i].Table.Member(id); m != nil {
			return m
		}
	}
	return nil
}

// days says for every cap of days how many are used.
func (w *writer) days(s *scenario.Scenario, instances []rule.Instance, p *plan.Plan) {
	first := true
	for i := range instances {
		r, ok := instances[i].Rule.(*rule.DayCap)
		if !ok {
			continue
		}
		if first {
			w.heading(w.l.Text("Working days used"))
			first = false
		}
		used := 0
		for _, index := range r.Sessions {
			if x := p.Session(s.Sessions[index].ID); x != nil {
				used += len(x.Days)
			}
		}
		w.line(w.l.Text("%s: %s", w.l.Count("%d days", used), w.paragraph(r.Statement(s), instances[i].Mandate)))
	}
}

func (w *writer) tiers(p *plan.Plan) {
	var rows [][]string
	for _, t := range p.Tiers {
		status := w.l.Text("proven optimal")
		if !t.Proven {
			status = w.l.Text("best found; proven not below %d (gap %d)", t.Bound, t.Cost-t.Bound)
		}
		rows = append(rows, []string{fmt.Sprint(t.Tier), w.in(t.Title), fmt.Sprint(t.Cost), fmt.Sprint(t.Bound), status})
	}
	w.table(w.heads("Tier", "Priority", "Cost", "Bound", "Status"), []int{4, 60, 12, 12, 50}, rows)
}

// priced lists what the costs are made of, the dearest first within a tier.
func (w *writer) priced(v judge.Verdict) {
	list := slices.Clone(v.Priced)
	list = slices.DeleteFunc(list, func(m judge.Measured) bool { return m.Cost() == 0 })
	if len(list) == 0 {
		return
	}
	slices.SortStableFunc(list, func(a, b judge.Measured) int {
		return cmp.Or(cmp.Compare(a.Instance.Tier, b.Instance.Tier), cmp.Compare(b.Cost(), a.Cost()))
	})
	w.heading(w.l.Text("What the costs are made of"))
	var rows [][]string
	for _, m := range list[:min(len(list), MostPriced)] {
		rows = append(rows, []string{fmt.Sprint(m.Instance.Tier), fmt.Sprint(m.Cost()), m.Finding.Text, m.Instance.Mandate})
	}
	w.table(w.heads("Tier", "Cost", "Why", "Para."), []int{4, 12, 110, 9}, rows)
	if more := len(list) - MostPriced; more > 0 {
		w.line(w.l.Text("and %d more", more))
	}
}
