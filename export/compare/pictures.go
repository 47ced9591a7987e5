package compare

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"html/template"
	"image/color"
	"math"
	"slices"
	"strings"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/palette"
	"gonum.org/v1/plot/palette/brewer"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"

	"plenary/model/calendar"
)

// Sizes of pictures in points: a page of A4 across, less its margins.
const (
	pictureWidth  = 760
	pictureHeight = 455 // at most, so that it fits under a heading
	barHeight     = 5   // of one plan in a row of the timeline
	barLeast      = 2.2 // the width of one day, where the time axis is long
	stationHeight = 15  // a row of the heat map
	axisHeight    = 34
	labelLength   = 48 // characters
)

// colours of the plans, in order: dark enough for white letters on them, and
// for themselves on white; apart for those who see red and green alike.
var colours = [Most]color.NRGBA{
	{0x0b, 0x53, 0x94, 0xff}, {0xb4, 0x53, 0x09, 0xff}, {0x04, 0x78, 0x57, 0xff}, {0x9d, 0x17, 0x4d, 0xff},
	{0x5b, 0x21, 0xb6, 0xff}, {0x3f, 0x3f, 0x46, 0xff}, {0x0e, 0x74, 0x90, 0xff}, {0x7c, 0x2d, 0x12, 0xff},
}

var (
	paper  = color.NRGBA{0xff, 0xff, 0xff, 0xff}
	line   = color.NRGBA{0xd1, 0xd5, 0xdb, 0xff}
	letter = color.NRGBA{0x1f, 0x29, 0x37, 0xff}
)

// hex writes a colour for style sheets.
func hex(c color.Color) string {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02x%02x%02x", r>>8, g>>8, b>>8)
}

// picture is one drawing: what it shows in a word and in a sentence.
type picture struct {
	ID, Title, Text string
	plot            *plot.Plot
	height          vg.Length
}

// SVG writes the picture as an element that stands in a page by itself, as
// wide as the page, with its title and description for those who listen.
func (p picture) SVG() (template.HTML, error) {
	canvas := vgsvg.New(pictureWidth, p.height)
	p.plot.Draw(draw.New(canvas))
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return "", fmt.Errorf("draw %s: %w", p.ID, err)
	}
	_, rest, found := strings.Cut(b.String(), "<svg")
	_, body, closed := strings.Cut(rest, ">")
	if !found || !closed {
		return "", fmt.Errorf("draw %s: no drawing came out", p.ID)
	}
	var head bytes.Buffer
	fmt.Fprintf(&head, `<svg viewBox="0 0 %d %g" role="img" aria-labelledby="%s-title %s-text"><title id="%s-title">`, pictureWidth, float64(p.height), p.ID, p.ID, p.ID)
	_ = xml.EscapeText(&head, []byte(p.Title)) // a buffer takes all
	fmt.Fprintf(&head, `</title><desc id="%s-text">`, p.ID)
	_ = xml.EscapeText(&head, []byte(p.Text))
	head.WriteString("</desc>")
	return template.HTML(head.String() + body), nil
}

// face is the type of all words in pictures.
func face(size vg.Length) font.Font {
	return font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
}

// axes gives an empty plot over the days, with a tick for each month.
func axes(days calendar.Range) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = paper
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.Tick.Label.Font, axis.Tick.Label.Color = face(8), letter
		axis.Tick.LineStyle.Color, axis.LineStyle.Color = line, line
		axis.Padding = 0
	}
	p.X.Min, p.X.Max = float64(days.First), float64(days.Last+1)
	p.X.Tick.Marker = plot.ConstantTicks(ticks(days))
	p.X.Tick.Label.YAlign = text.YTop
	return p
}

// named puts a name at each row, the first at the top.
func named(p *plot.Plot, names []string) {
	var ticks []plot.Tick
	for i, name := range names {
		ticks = append(ticks, plot.Tick{Value: row(i, len(names)), Label: shortened(name)})
	}
	p.Y.Tick.Marker, p.Y.Tick.Length, p.Y.LineStyle.Width = plot.ConstantTicks(ticks), 0, 0
	p.Y.Padding = 6
	p.Y.Min, p.Y.Max = -0.5, float64(len(names))-0.5
}

// row gives the height at which the i-th of n rows stands.
func row(i, n int) float64 { return float64(n - 1 - i) }

// shortened cuts a name to what fits beside a picture: out of its middle,
// because names in one calendar often begin alike.
func shortened(name string) string {
	runes := []rune(strings.Join(strings.Fields(name), " "))
	if len(runes) <= labelLength {
		return string(runes)
	}
	head, tail := string(runes[:labelLength/2]), string(runes[len(runes)-labelLength/2+1:])
	if i := strings.LastIndexByte(head, ' '); i > 0 {
		head = head[:i]
	}
	if i := strings.IndexByte(tail, ' '); i >= 0 {
		tail = tail[i+1:]
	}
	return strings.TrimRight(head, ",:;") + " … " + tail
}

// ticks marks the start of every month, of every third month, or of every
// year, by how long the time is.
func ticks(days calendar.Range) (out []plot.Tick) {
	step := 1
	switch months := days.Len() / 30; {
	case months > 120:
		step = 12
	case months > 30:
		step = 3
	}
	first := days.First.Time(time.UTC)
	for m := first.Month(); ; m++ {
		d := calendar.NewDay(first.Year(), m, 1)
		at := d.Time(time.UTC)
		switch {
		case d > days.Last:
			return out
		case d < days.First || (int(at.Month())-1)%step != 0:
			continue
		}
		label := at.Format("Jan")
		if len(out) == 0 || at.Month() == time.January {
			label = at.Format("Jan\n2006")
		}
		out = append(out, plot.Tick{Value: float64(d), Label: label})
	}
}

// spans gives the whole months in which some plan has a session; ok is false
// when none has.
func (c Comparison) spans() (out calendar.Range, ok bool) {
	for _, h := range c.Plans {
		if h.Meets.First == 0 && h.Meets.Last == 0 {
			continue
		}
		if !ok {
			out, ok = h.Meets, true
		}
		out.First, out.Last = min(out.First, h.Meets.First), max(out.Last, h.Meets.Last)
	}
	first, last := out.First.Time(time.UTC), out.Last.Time(time.UTC)
	return calendar.Range{First: calendar.NewDay(first.Year(), first.Month(), 1), Last: calendar.NewDay(last.Year(), last.Month()+1, 0)}, ok
}

// bars draws the days of sessions: a row for each, in it a bar for each plan
// and run of days.
type bars struct {
	sessions []Session
}

// Plot draws the bars.
func (b bars) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	fill := func(col color.Color, left, right, low, high vg.Length) {
		c.FillPolygon(col, []vg.Point{{X: left, Y: low}, {X: right, Y: low}, {X: right, Y: high}, {X: left, Y: high}})
	}
	ruled(c, p, len(b.sessions))
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		c.StrokeLine2(draw.LineStyle{Color: line, Width: 0.4}, x(t.Value), c.Min.Y, x(t.Value), c.Max.Y)
	}
	for i, s := range b.sessions {
		share := 0.84 / float64(len(s.Held))
		for n, held := range s.Held {
			if held == nil {
				continue
			}
			top := row(i, len(b.sessions)) + 0.42 - float64(n)*share
			for from := 0; from < len(held.Days); {
				to := from
				for to+1 < len(held.Days) && held.Days[to+1] == held.Days[to]+1 {
					to++
				}
				left, right := x(float64(held.Days[from])), x(float64(held.Days[to]+1))
				fill(colours[n%Most], left, max(right, left+barLeast), y(top-share*0.9), y(top))
				from = to + 1
			}
		}
	}
}

// timeline draws all plans on one time axis, in as many pictures as the rows
// need.
func (c Comparison) timeline() (out []picture) {
	days, ok := c.spans()
	if !ok {
		return nil
	}
	held := slices.DeleteFunc(slices.Clone(c.Sessions), func(s Session) bool {
		for _, x := range s.Held {
			if x != nil {
				return false
			}
		}
		return true
	})
	height := vg.Length(barHeight*len(c.Plans) + 5)
	most := max(1, int((pictureHeight-axisHeight)/height))
	pictures := max(1, (len(held)+most-1)/most)
	for part := range slices.Chunk(held, max(1, (len(held)+pictures-1)/pictures)) { // of equal height
		p := axes(days)
		var names []string
		for _, s := range part {
			names = append(names, s.Title)
		}
		named(p, names)
		p.Add(bars{part})
		out = append(out, picture{
			ID: fmt.Sprintf("timeline-%d", len(out)+1), Title: "Timeline of all plans",
			Text: fmt.Sprintf("%s from %s, one row for each, with one bar above the other for the plans %s to %s. The dates stand in the table “%s”.",
				plural(len(part), "session"), days.Words(), c.Plans[0].Letter, c.Plans[len(c.Plans)-1].Letter, datesTitle),
			plot: p, height: height*vg.Length(len(part)) + axisHeight,
		})
	}
	return out
}

// weeks is the meetings of a plan by week and station, for a heat map.
type weeks struct {
	monday   calendar.Day // of the first week
	count    int          // of weeks
	stations []map[calendar.Day]int
}

// Dims gives the weeks and the stations.
func (w weeks) Dims() (columns, rows int) { return w.count, len(w.stations) }

// Z gives the meetings in a week, NaN for none.
func (w weeks) Z(column, row int) float64 {
	n := w.stations[len(w.stations)-1-row][w.monday+calendar.Day(7*column)]
	if n == 0 {
		return math.NaN()
	}
	return float64(n)
}

// X gives the middle of a week.
func (w weeks) X(column int) float64 { return float64(w.monday) + 7*float64(column) + 3.5 }

// Y gives the height of a station's row.
func (w weeks) Y(row int) float64 { return float64(row) }

// rows draws a line under every row.
type rows int

// Plot draws the lines.
func (r rows) Plot(c draw.Canvas, p *plot.Plot) { ruled(c, p, int(r)) }

// ruled draws a line under every one of n rows, and none through the names:
// where another type is wider than the one they were measured by, they reach
// over the edge, and bands of colour would hide their ends.
func ruled(c draw.Canvas, p *plot.Plot, n int) {
	_, y := p.Transforms(&c)
	for i := range n {
		c.StrokeLine2(draw.LineStyle{Color: line, Width: 0.4}, 0, y(float64(i)-0.5), c.Max.X, y(float64(i)-0.5))
	}
}

// shades is the palette of the heat map, from few to many.
type shades []color.Color

// Colors gives the colours.
func (s shades) Colors() []color.Color { return s }

var _ palette.Palette = shades{}

func heatShades() (shades, error) {
	blues, err := brewer.GetPalette(brewer.TypeSequential, "Blues", 9)
	if err != nil {
		return nil, fmt.Errorf("colours of the heat map: %w", err)
	}
	return shades(blues.Colors()[3:]), nil // the first three are hardly seen on paper
}

// step is one shade of the legend.
type step struct{ Colour, Label string }

// legend says which counts have which shade, by the heat map's own formula.
func legend(s shades, most int) (out []step) {
	from := 1
	for n := 1; n <= most; n++ {
		shade := func(n int) int { return int(float64(n)*float64(len(s)-1)/float64(most) + 0.5) }
		if n < most && shade(n) == shade(n+1) {
			continue
		}
		label := fmt.Sprint(n)
		if from < n {
			label = fmt.Sprintf("%d–%d", from, n)
		}
		out = append(out, step{hex(s[shade(n)]), label})
		from = n + 1
	}
	return out
}

// heat draws the meetings by week and station, one picture for each plan, and
// gives what the shades mean, the same for all.
func (c Comparison) heat(sides []Side) (out []picture, keys []step, err error) {
	days, ok := c.spans()
	if !ok {
		return nil, nil, nil
	}
	colours, err := heatShades()
	if err != nil {
		return nil, nil, err
	}
	most := 0
	for _, s := range c.Stations {
		for _, u := range s.Use {
			most = max(most, u.InThatWeek)
		}
	}
	if most == 0 {
		return nil, nil, nil
	}
	days = calendar.Range{First: days.First.Monday(), Last: days.Last.Monday() + 6}
	for n := range sides {
		grid := weeks{monday: days.First, count: days.Len() / 7}
		var names []string
		fullest, where := Use{}, ""
		for _, s := range c.Stations {
			grid.stations = append(grid.stations, perWeek(sides[n].Plan, s.ID))
			names = append(names, s.Title)
			if u := s.Use[n]; u.InThatWeek > fullest.InThatWeek {
				fullest, where = u, s.Title
			}
		}
		p := axes(days)
		named(p, names)
		// The heat map leaves out cells that touch the edge by rounding.
		p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = p.X.Min-0.5, p.X.Max+0.5, p.Y.Min-0.01, p.Y.Max+0.01
		h := plotter.NewHeatMap(grid, colours)
		h.Min, h.Max = 0, float64(most)
		p.Add(rows(len(names)), h)
		say := "No meeting is held."
		if where != "" {
			say = fmt.Sprintf("The fullest week is that of %s in %s, with %s.", calendar.Words([]calendar.Day{fullest.BusiestWeek}), where, plural(fullest.InThatWeek, "meeting"))
		}
		out = append(out, picture{
			ID: "weeks-" + strings.ToLower(c.Plans[n].Letter), Title: "Meetings per week and station, plan " + c.Plans[n].Letter,
			Text: say, plot: p, height: vg.Length(stationHeight*len(names)) + axisHeight,
		})
	}
	return out, legend(colours, most), nil
}
