package explain

import (
	"slices"

	"plenary/model/calendar"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/source"
)

// wider gives the scenario in which sessions can be what their own keys forbid, as far
// as constraints bend, by their position, for what may be spent: at any station where
// some session meets, with days left out between, and with fewer meetings than their
// programme asks for. The constraints themselves stay as they are, and price it.
func wider(s *scenario.Scenario, hard []rule.Instance, bend map[int]int64, spend int64) *scenario.Scenario {
	out := *s
	out.Sessions = slices.Clone(s.Sessions)
	for i := range hard {
		price, may := bend[i]
		slack := int(min(spend/max(price, 1), int64(s.Period.Len())))
		if !may || slack == 0 {
			continue
		}
		switch r := hard[i].Rule.(type) {
		case *rule.Venue:
			if x := ofItself(&out, r); x != nil {
				x.StationIDs = everywhere(s, x.StationIDs)
			}
		case *rule.Span:
			if x := ofItself(&out, r); x != nil && x.Length().Max > 1 {
				x.Within = &calendar.Duration{N: s.Period.Len(), Unit: calendar.Days}
				if r.Within != nil {
					x.Within.N = min(x.Within.N, r.Within.N+slack)
				}
			}
		case *rule.Programme:
			if x := ofItself(&out, r); x != nil && !x.FillsDay {
				x.Programmed = slices.Clone(x.Programmed)
				for k, own := range r.Own {
					x.Programmed[k].Count = &source.Count{Min: max(0, own.Min-slack), Max: own.Max}
				}
			}
		}
	}
	return &out
}

// ofItself gives the session for whose own keys a rule stands; nil for a rule of the
// list, and for a short session, which has nothing that could bend.
func ofItself(s *scenario.Scenario, r interface {
	Has(key string) bool
	Selected() *rule.Selection
}) *scenario.Session {
	if r.Has("of") {
		return nil
	}
	if x := &s.Sessions[r.Selected().Sessions[0]]; !x.Short {
		return x
	}
	return nil
}

// everywhere gives some stations, and all others where some session meets.
func everywhere(s *scenario.Scenario, first []int) []int {
	out := slices.Clone(first)
	for i := range s.Stations {
		if s.Stations[i].Used && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}
