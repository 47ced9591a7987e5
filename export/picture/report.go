package picture

import (
	"fmt"
	"image/color"
	"maps"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"plenary/export/language"
	"plenary/export/report"
	"plenary/model/calendar"
)

// Sizes of the pictures of a report, in points.
const (
	rowHeight  = 13
	titleRoom  = 22
	widestName = 330
)

// labels writes the names of rows and a title, all flush left: in letters that
// the program has no font for, only the reader's machine knows how wide a word
// is.
type labels struct {
	title string
	names []string
	room  vg.Length // left of the drawing
}

// labelled makes room for names beside a plot and puts them there.
func labelled(p *plot.Plot, title string, names []string) {
	l := labels{title: title}
	for _, name := range names {
		name = shortened(name)
		l.names = append(l.names, name)
		l.room = max(l.room, min(widestName, reach(name)))
	}
	p.Y.Tick.Marker, p.Y.Tick.Length, p.Y.LineStyle.Width = plot.ConstantTicks(nil), 0, 0
	p.Y.Padding = l.room
	p.Y.Min, p.Y.Max = -0.5, float64(len(names))-0.5
	p.Title.Text, p.Title.Padding = " ", titleRoom/2
	p.Add(l)
}

// reach gives about how wide a name is: letters of Chinese are as wide as high.
func reach(name string) (points vg.Length) {
	for _, r := range name {
		if r >= 0x2e80 {
			points += 8.5
		} else {
			points += 4.6
		}
	}
	return points + 12
}

// Plot writes the names and the title.
func (l labels) Plot(c draw.Canvas, p *plot.Plot) {
	_, y := p.Transforms(&c)
	style := draw.TextStyle{Color: letter, Font: face(8), YAlign: text.YCenter, Handler: plot.DefaultTextHandler}
	for i, name := range l.names {
		c.FillText(style, vg.Point{X: 4, Y: y(Row(i, len(l.names)))}, name)
	}
	style.Font = face(11)
	c.FillText(style, vg.Point{X: 4, Y: c.Max.Y + titleRoom/2}, l.title)
}

// stretch is a bar in a row, from one value of the axis to another, with what
// stands behind its end.
type stretch struct {
	row      int
	from, to float64
	fill     color.Color
	note     string
}

// stretches draws bars in n rows.
type stretches struct {
	n    int
	bars []stretch
}

// Plot draws the bars, with lines between the rows and at the ticks.
func (s stretches) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	Ruled(c, p, s.n)
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		c.StrokeLine2(Grid, x(t.Value), c.Min.Y, x(t.Value), c.Max.Y)
	}
	style := draw.TextStyle{Color: letter, Font: face(8), YAlign: text.YCenter, Handler: plot.DefaultTextHandler}
	for _, b := range s.bars {
		at := Row(b.row, s.n)
		left, right := x(b.from), max(x(b.to), x(b.from)+BarLeast)
		if b.to > b.from {
			c.FillPolygon(b.fill, []vg.Point{{X: left, Y: y(at - 0.32)}, {X: right, Y: y(at - 0.32)}, {X: right, Y: y(at + 0.32)}, {X: left, Y: y(at + 0.32)}})
		}
		c.FillText(style, vg.Point{X: right + 3, Y: y(at)}, b.note)
	}
}

// counts writes the number of meetings into each field of a heat map.
type counts struct {
	rows   []StationWeeks
	most   int
	shades Shades
}

// Plot writes the numbers, white on dark fields.
func (n counts) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	style := draw.TextStyle{Font: face(6.5), XAlign: text.XCenter, YAlign: text.YCenter, Handler: plot.DefaultTextHandler}
	for i, row := range n.rows {
		for _, monday := range slices.Sorted(maps.Keys(row.Meetings)) {
			count := row.Meetings[monday]
			style.Color = letter
			if n.shades.of(count, n.most) >= len(n.shades)/2 {
				style.Color = Paper
			}
			c.FillText(style, vg.Point{X: x(float64(monday) + 3.5), Y: y(Row(i, len(n.rows)))}, fmt.Sprint(count))
		}
	}
}

// months gives the whole months from the first to the last session; ok is
// false when none is held.
func months(r report.Report) (out calendar.Range, ok bool) {
	var days []calendar.Day
	for _, s := range r.Sessions {
		days = append(days, s.Days...)
	}
	if len(days) == 0 {
		return out, false
	}
	return WholeMonths(calendar.Range{First: slices.Min(days), Last: slices.Max(days)}), true
}

// Timeline draws every session on one time axis, with its city behind it; ok is
// false when none is held.
func Timeline(r report.Report) (out Picture, ok bool) {
	l, _ := language.Named(r.Language)
	days, ok := months(r)
	if !ok {
		return out, false
	}
	s := stretches{n: len(r.Sessions)}
	var names, stations []string
	for i, x := range r.Sessions {
		names = append(names, x.Title)
		if !slices.Contains(stations, x.Station) {
			stations = append(stations, x.Station)
		}
		fill := Colours[slices.Index(stations, x.Station)%len(Colours)]
		for from := 0; from < len(x.Days); {
			to := from
			for to+1 < len(x.Days) && x.Days[to+1] == x.Days[to]+1 {
				to++
			}
			note := ""
			if to == len(x.Days)-1 {
				note = x.StationTitle
			}
			s.bars = append(s.bars, stretch{i, float64(x.Days[from]), float64(x.Days[to] + 1), fill, note})
			from = to + 1
		}
	}
	p := Axes(days, l.ShortMonth)
	p.X.Max += float64(days.Len()) / 9 // room for the last city
	labelled(p, l.Text("%s: %s", l.Text("Timeline"), shortened(r.Title)), names)
	p.Add(s)
	return Picture{ID: "timeline", Title: l.Text("Timeline"), Text: l.List(l.Count("%d sessions", len(names)), l.Range(days)),
		Plot: p, Height: vg.Length(rowHeight*len(names)) + AxisHeight + titleRoom}, true
}

// Weeks draws the meetings by week and station, with their numbers; ok is false
// when there is none.
func Weeks(r report.Report) (out Picture, ok bool, err error) {
	l, _ := language.Named(r.Language)
	days, ok := months(r)
	if !ok {
		return out, false, nil
	}
	shades, err := HeatShades()
	if err != nil {
		return out, false, err
	}
	var rows []StationWeeks
	var names []string
	most := 0
	for _, s := range r.Sessions {
		i := slices.Index(names, s.StationTitle)
		if i < 0 {
			i = len(rows)
			names, rows = append(names, s.StationTitle), append(rows, StationWeeks{s.StationTitle, map[calendar.Day]int{}})
		}
		for _, m := range s.Meetings {
			rows[i].Meetings[m.Day.Monday()]++
			most = max(most, rows[i].Meetings[m.Day.Monday()])
		}
	}
	if most == 0 {
		return out, false, nil
	}
	p, height := Heat(days, rows, most, shades, l.ShortMonth)
	title := l.Text("Meetings by week and station")
	low, high := p.Y.Min, p.Y.Max
	labelled(p, l.Text("%s: %s", title, shortened(r.Title)), names)
	p.Y.Min, p.Y.Max = low, high
	p.Add(counts{rows, most, shades})
	return Picture{ID: "weeks", Title: title, Text: l.List(l.Text("at most %s", l.Count("%d meetings", most)), l.Range(days)), Plot: p, Height: height + titleRoom}, true, nil
}

// Balance draws the seats of every group; ok is false when no rule balances
// any.
func Balance(r report.Report) (out Picture, ok bool) {
	l, _ := language.Named(r.Language)
	s := stretches{}
	var names []string
	most := 1
	for n, b := range r.Balances {
		for _, g := range b.Groups {
			of := b.Seat
			if g.ID == "yes" || g.ID == "no" { // says nothing without its question
				of = l.List(b.Seat, b.Over)
			}
			names = append(names, l.Text("%s: %s", of, g.Title))
			s.bars = append(s.bars, stretch{len(names) - 1, 0, float64(g.Seats), Colours[n%len(Colours)], l.Number(g.Seats)})
			most = max(most, g.Seats)
		}
	}
	if s.n = len(names); s.n == 0 {
		return out, false
	}
	p := Axes(calendar.Range{}, l.ShortMonth)
	p.X.Min, p.X.Max = 0, float64(most)*1.08
	var ticks []plot.Tick
	for step, at := max(1, most/8), 0; at <= most; at += step {
		ticks = append(ticks, plot.Tick{Value: float64(at), Label: l.Number(at)})
	}
	p.X.Tick.Marker = plot.ConstantTicks(ticks)
	labelled(p, l.Text("%s: %s", l.Text("Balance"), shortened(r.Title)), names)
	p.Add(s)
	return Picture{ID: "balance", Title: l.Text("Balance"), Text: l.Count("%d seats", sum(r)), Plot: p, Height: vg.Length(rowHeight*s.n) + AxisHeight + titleRoom}, true
}

// sum gives all seats that are balanced.
func sum(r report.Report) (n int) {
	for _, b := range r.Balances {
		for _, g := range b.Groups {
			n += g.Seats
		}
	}
	return n
}
