package compare

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"plenary/export/picture"
	"plenary/model/calendar"
)

// barHeight is that of one plan in a row of the timeline, in points.
const barHeight = 5

// shortMonth labels a month on the time axis.
func shortMonth(d calendar.Day) string { return d.Time(time.UTC).Format("Jan") }

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
	return picture.WholeMonths(out), ok
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
	picture.Ruled(c, p, len(b.sessions))
	for _, t := range p.X.Tick.Marker.Ticks(p.X.Min, p.X.Max) {
		c.StrokeLine2(picture.Grid, x(t.Value), c.Min.Y, x(t.Value), c.Max.Y)
	}
	for i, s := range b.sessions {
		share := 0.84 / float64(len(s.Held))
		for n, held := range s.Held {
			if held == nil {
				continue
			}
			top := picture.Row(i, len(b.sessions)) + 0.42 - float64(n)*share
			for from := 0; from < len(held.Days); {
				to := from
				for to+1 < len(held.Days) && held.Days[to+1] == held.Days[to]+1 {
					to++
				}
				left, right := x(float64(held.Days[from])), x(float64(held.Days[to]+1))
				fill(picture.Colours[n%Most], left, max(right, left+picture.BarLeast), y(top-share*0.9), y(top))
				from = to + 1
			}
		}
	}
}

// timeline draws all plans on one time axis, in as many pictures as the rows
// need.
func (c Comparison) timeline() (out []picture.Picture) {
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
	most := max(1, int((picture.MostHeight-picture.AxisHeight)/height))
	pictures := max(1, (len(held)+most-1)/most)
	for part := range slices.Chunk(held, max(1, (len(held)+pictures-1)/pictures)) { // of equal height
		p := picture.Axes(days, shortMonth)
		var names []string
		for _, s := range part {
			names = append(names, s.Title)
		}
		picture.Named(p, names)
		p.Add(bars{part})
		out = append(out, picture.Picture{
			ID: fmt.Sprintf("timeline-%d", len(out)+1), Title: "Timeline of all plans",
			Text: fmt.Sprintf("%s from %s, one row for each, with one bar above the other for the plans %s to %s. The dates stand in the table “%s”.",
				plural(len(part), "session"), days.Words(), c.Plans[0].Letter, c.Plans[len(c.Plans)-1].Letter, datesTitle),
			Plot: p, Height: height*vg.Length(len(part)) + picture.AxisHeight,
		})
	}
	return out
}

// heat draws the meetings by week and station, one picture for each plan, and
// gives what the shades mean, the same for all.
func (c Comparison) heat(sides []Side) (out []picture.Picture, keys []picture.Step, err error) {
	days, ok := c.spans()
	if !ok {
		return nil, nil, nil
	}
	shades, err := picture.HeatShades()
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
	for n := range sides {
		var rows []picture.StationWeeks
		fullest, where := Use{}, ""
		for _, s := range c.Stations {
			rows = append(rows, picture.StationWeeks{Title: s.Title, Meetings: perWeek(sides[n].Plan, s.ID)})
			if u := s.Use[n]; u.InThatWeek > fullest.InThatWeek {
				fullest, where = u, s.Title
			}
		}
		p, height := picture.Heat(days, rows, most, shades, shortMonth)
		say := "No meeting is held."
		if where != "" {
			say = fmt.Sprintf("The fullest week is that of %s in %s, with %s.", calendar.Words([]calendar.Day{fullest.BusiestWeek}), where, plural(fullest.InThatWeek, "meeting"))
		}
		out = append(out, picture.Picture{
			ID: "weeks-" + strings.ToLower(c.Plans[n].Letter), Title: "Meetings per week and station, plan " + c.Plans[n].Letter,
			Text: say, Plot: p, Height: height,
		})
	}
	return out, picture.Legend(shades, most), nil
}
