package picture

import (
	"fmt"
	"image/color"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/palette"
	"gonum.org/v1/plot/palette/brewer"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"

	"plenary/model/calendar"
)

// stationHeight is that of a row of the heat map.
const stationHeight = 15

// StationWeeks is a row of a heat map: a station with the meetings by the Monday of their week.
type StationWeeks struct {
	Title    string
	Meetings map[calendar.Day]int
}

// weeks is the meetings by week and station, for a heat map.
type weeks struct {
	monday   calendar.Day // of the first week
	count    int          // of weeks
	stations []StationWeeks
}

// Dims gives the weeks and the stations.
func (w weeks) Dims() (columns, rows int) { return w.count, len(w.stations) }

// Z gives the meetings in a week, NaN for none.
func (w weeks) Z(column, row int) float64 {
	n := w.stations[len(w.stations)-1-row].Meetings[w.monday+calendar.Day(7*column)]
	if n == 0 {
		return math.NaN()
	}
	return float64(n)
}

// X gives the middle of a week.
func (w weeks) X(column int) float64 { return float64(w.monday) + 7*float64(column) + 3.5 }

// Y gives the height of a station's row.
func (w weeks) Y(row int) float64 { return float64(row) }

// Shades is the palette of the heat map, from few to many.
type Shades []color.Color

// Colors gives the colours.
func (s Shades) Colors() []color.Color { return s }

var _ palette.Palette = Shades{}

// HeatShades gives the palette.
func HeatShades() (Shades, error) {
	blues, err := brewer.GetPalette(brewer.TypeSequential, "Blues", 9)
	if err != nil {
		return nil, fmt.Errorf("colours of the heat map: %w", err)
	}
	return Shades(blues.Colors()[3:]), nil // the first three are hardly seen on paper
}

// Step is one shade of the legend.
type Step struct{ Colour, Label string }

// of gives the shade of a count, by the heat map's own formula.
func (s Shades) of(n, most int) int { return int(float64(n)*float64(len(s)-1)/float64(most) + 0.5) }

// Legend says which counts have which shade.
func Legend(s Shades, most int) (out []Step) {
	from := 1
	for n := 1; n <= most; n++ {
		if n < most && s.of(n, most) == s.of(n+1, most) {
			continue
		}
		label := fmt.Sprint(n)
		if from < n {
			label = fmt.Sprintf("%d–%d", from, n)
		}
		out = append(out, Step{Hex(s[s.of(n, most)]), label})
		from = n + 1
	}
	return out
}

// Heat gives the plot of the meetings by week and station; most is the darkest
// shade.
func Heat(days calendar.Range, stations []StationWeeks, most int, shades Shades, label func(calendar.Day) string) (*plot.Plot, vg.Length) {
	days = calendar.Range{First: days.First.Monday(), Last: days.Last.Monday() + 6}
	var names []string
	for _, s := range stations {
		names = append(names, s.Title)
	}
	p := Axes(days, label)
	Named(p, names)
	// The heat map leaves out cells that touch the edge by rounding.
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = p.X.Min-0.5, p.X.Max+0.5, p.Y.Min-0.01, p.Y.Max+0.01
	h := plotter.NewHeatMap(weeks{monday: days.First, count: days.Len() / 7, stations: stations}, shades)
	h.Min, h.Max = 0, float64(most)
	p.Add(Rows(len(names)), h)
	return p, vg.Length(stationHeight*len(names)) + AxisHeight
}
