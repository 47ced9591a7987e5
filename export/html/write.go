package html

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"plenary/export/language"
	"plenary/export/report"
	"plenary/model/calendar"
)

//go:embed page.html
var page string

// page's own texts are looked up in the catalogue by the function text.
var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"text": func(string, ...any) string { return "" }, // of the language, see Write
	"day":  func(calendar.Day) string { return "" }, "number": func(int) string { return "" }, "status": func(any) string { return "" },
}).Parse(page))

// colours of stations in the timeline: dark enough on white for themselves, and
// apart for those who see red and green alike. The stations' names stand beside
// them.
var colours = []string{"#0b5394", "#b45309", "#047857", "#9d174d", "#5b21b6", "#3f3f46", "#0e7490", "#7c2d12"}

// sheet is what the page shows.
type sheet struct {
	report.Report
	Direction string
	Verdict   string
	Stations  []key
	Ticks     []tick
	Stages    []bar
	Rows      []row
	Months    []month
	Charts    []chart
}

// key names the colour of a station.
type key struct{ Title, Colour string }

// tick is the first of a month on the time axis, at a share of its length in
// percent.
type tick struct {
	At    string
	Label string
	Year  int // 0 where it is that of the tick before
}

// bar is a stretch of days on the time axis, in percent.
type bar struct {
	At, Length string
	Title      string
	Dates      string
}

// row is a session on the time axis.
type row struct {
	report.Session
	When   string // dates and city
	Colour string
	Bars   []bar
}

// month is a month of the day-by-day programme.
type month struct {
	Title string
	Days  []day
}

// day is the meetings of one day.
type day struct {
	Date     string
	Meetings []meeting
}

// meeting is a meeting with its session.
type meeting struct {
	report.Meeting
	Session report.Session
}

// chart is a balance with the share of each group's bar in percent.
type chart struct {
	report.Balance
	Bars []share
}

// share is a group's bar: its length, and where the least and the most lie.
type share struct {
	report.Group
	Length, Least, Most string // percent; "" for no bound
}

// Write writes the page.
func Write(w io.Writer, r report.Report) error {
	l, ok := language.Named(r.Language)
	if !ok {
		return fmt.Errorf("write the page: there is no language %q", r.Language)
	}
	s := sheet{Report: r, Direction: l.Direction(), Verdict: r.Verdict(l), Months: months(r, l), Charts: charts(r)}
	s.timeline(l)
	t, err := pageTemplate.Clone()
	if err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	t.Funcs(template.FuncMap{
		"text":   func(key string, args ...any) string { return l.Text(key, args...) },
		"day":    l.Day,
		"number": l.Number,
		"status": func(x interface {
			Status(language.Language) string
		}) string {
			return x.Status(l)
		},
	})
	if err := t.Execute(w, s); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// percent gives a share of a whole.
func percent(part, whole int) string {
	return fmt.Sprintf("%.2f%%", 100*float64(part)/float64(max(1, whole)))
}

// timeline fills the time axis: whole months, from the first session to the
// last.
func (s *sheet) timeline(l language.Language) {
	if len(s.Sessions) == 0 {
		return
	}
	first, last := s.Sessions[0].Days[0], s.Sessions[0].Days[0]
	for _, x := range s.Sessions {
		first, last = min(first, x.Days[0]), max(last, x.Days[len(x.Days)-1])
	}
	from, to := startOfMonth(first), startOfMonth(startOfMonth(last)+31)
	whole := int(to - from)
	step, year := monthsPerTick(whole), 0
	for d, n := from, 0; d < to; d, n = startOfMonth(d+31), n+1 {
		if n%step != 0 {
			continue
		}
		t := tick{At: percent(int(d-from), whole), Label: l.ShortMonth(d)}
		if y := d.Time(time.UTC).Year(); y != year {
			t.Year, year = y, y
		}
		s.Ticks = append(s.Ticks, t)
	}
	for _, ph := range s.Phases {
		a, b := max(from, ph.First), min(to-1, ph.Last)
		if a <= b {
			s.Stages = append(s.Stages, bar{percent(int(a-from), whole), percent(int(b-a)+1, whole), ph.Title, l.Range(calendar.Range{First: ph.First, Last: ph.Last})})
		}
	}
	for _, x := range s.Sessions {
		i := slices.IndexFunc(s.Stations, func(k key) bool { return k.Title == x.StationTitle })
		if i < 0 {
			i = len(s.Stations)
			s.Stations = append(s.Stations, key{x.StationTitle, colours[i%len(colours)]})
		}
		r := row{Session: x, When: l.List(x.Dates, x.StationTitle), Colour: s.Stations[i].Colour}
		for a := 0; a < len(x.Days); {
			b := a
			for b+1 < len(x.Days) && x.Days[b+1] == x.Days[b]+1 {
				b++
			}
			r.Bars = append(r.Bars, bar{At: percent(int(x.Days[a]-from), whole), Length: percent(int(x.Days[b]-x.Days[a])+1, whole)})
			a = b + 1
		}
		s.Rows = append(s.Rows, r)
	}
}

// monthsPerTick gives how many months lie between two marks of the axis, so that
// their labels do not touch.
func monthsPerTick(days int) int {
	switch months := days / 30; {
	case months <= 20:
		return 1
	case months <= 60:
		return 3
	}
	return 12
}

// startOfMonth gives the first day of a day's month.
func startOfMonth(d calendar.Day) calendar.Day {
	at := d.Time(time.UTC)
	return calendar.NewDay(at.Year(), at.Month(), 1)
}

// months gives the meetings by month and day.
func months(r report.Report, l language.Language) (out []month) {
	var all []meeting
	for _, s := range r.Sessions {
		for _, m := range s.Meetings {
			all = append(all, meeting{m, s})
		}
	}
	slices.SortStableFunc(all, func(a, b meeting) int {
		if a.Day != b.Day {
			return int(a.Day - b.Day)
		}
		return strings.Compare(a.From, b.From)
	})
	for i, m := range all {
		if i == 0 || startOfMonth(all[i-1].Day) != startOfMonth(m.Day) {
			out = append(out, month{Title: l.Month(m.Day)})
		}
		days := &out[len(out)-1].Days
		if i == 0 || all[i-1].Day != m.Day {
			*days = append(*days, day{Date: l.Long(m.Day)})
		}
		today := &(*days)[len(*days)-1]
		today.Meetings = append(today.Meetings, m)
	}
	return out
}

// mostNames is how many names stand beside one chart; the workbook has all.
const mostNames = 24

// charts gives every group's bar as a share of the longest.
func charts(r report.Report) (out []chart) {
	for _, b := range r.Balances {
		c, longest := chart{Balance: b}, 1
		for _, g := range b.Groups {
			longest = max(longest, g.Seats, g.Least, g.Most)
		}
		names := 0
		for _, g := range b.Groups {
			names += len(g.Names)
		}
		for _, g := range b.Groups {
			if names > mostNames {
				g.Names = nil
			}
			s := share{Group: g, Length: percent(g.Seats, longest)}
			if g.Least > 0 {
				s.Least = percent(g.Least, longest)
			}
			if g.Most > 0 {
				s.Most = percent(g.Most, longest)
			}
			c.Bars = append(c.Bars, s)
		}
		out = append(out, c)
	}
	return out
}
