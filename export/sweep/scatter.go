package sweep

import "slices"

// Scatter is the plans as points over the costs of two tiers.
type Scatter struct {
	Across, Up string // titles of the tiers
	Points     []Dot
	XTicks     []Tick
	YTicks     []Tick
}

// Dot is where plans stand, in the units of the drawing.
type Dot struct {
	X, Y    float64
	Text    string // for who points at it
	Number  int
	OnFront bool
}

// Tick is a mark of an axis.
type Tick struct {
	At    float64
	Label int64
}

// The drawing in its own units.
const (
	wide   = 640
	high   = 320
	margin = 60
	ticks  = 4
)

// mostScatters is how many drawings there are at most.
const mostScatters = 3

// Scatters draws each two tiers, of those that differ between plans, against each
// other, the better tier upwards.
func (o Outcome) Scatters() (out []Scatter) {
	var differ []string
	for _, t := range o.Tiers() {
		if low, high, n := o.extent(t); n > 1 && low < high {
			differ = append(differ, t)
		}
	}
	front := o.Front()
	for i := range differ {
		for j := i + 1; j < len(differ) && len(out) < mostScatters; j++ {
			out = append(out, o.scatter(differ[j], differ[i], front))
		}
	}
	return out
}

// extent gives the least and the largest cost of a tier over n plans.
func (o Outcome) extent(tier string) (low, high int64, n int) {
	for _, r := range o.Rows {
		if t, ok := r.tier(tier); ok {
			if n++; n == 1 {
				low, high = t.Cost, t.Cost
			}
			low, high = min(low, t.Cost), max(high, t.Cost)
		}
	}
	return low, high, n
}

func (o Outcome) scatter(across, up string, front []Row) Scatter {
	s := Scatter{Across: across, Up: up}
	lowX, highX, _ := o.extent(across)
	lowY, highY, _ := o.extent(up)
	x := func(c int64) float64 { return margin + float64(c-lowX)/float64(highX-lowX)*(wide-2*margin) }
	y := func(c int64) float64 { return high - margin - float64(c-lowY)/float64(highY-lowY)*(high-2*margin) }
	seen := map[[2]int64]int{}
	for _, r := range o.Rows {
		tierX, okX := r.tier(across)
		tierY, okY := r.tier(up)
		if !okX || !okY {
			continue
		}
		a, b := tierX.Cost, tierY.Cost
		on := slices.ContainsFunc(front, func(f Row) bool { return f.Case.Number == r.Case.Number })
		if i, drawn := seen[[2]int64{a, b}]; drawn {
			s.Points[i].OnFront = s.Points[i].OnFront || on
			continue
		}
		seen[[2]int64{a, b}] = len(s.Points)
		s.Points = append(s.Points, Dot{x(a), y(b), o.Label(r), r.Case.Number, on})
	}
	for i := range int64(ticks + 1) {
		a, b := lowX+(highX-lowX)*i/ticks, lowY+(highY-lowY)*i/ticks
		if len(s.XTicks) == 0 || s.XTicks[len(s.XTicks)-1].Label != a {
			s.XTicks = append(s.XTicks, Tick{x(a), a})
		}
		if len(s.YTicks) == 0 || s.YTicks[len(s.YTicks)-1].Label != b {
			s.YTicks = append(s.YTicks, Tick{y(b), b})
		}
	}
	return s
}
