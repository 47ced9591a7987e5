package rule

import (
	"fmt"
	"maps"
	"slices"

	"plenary/model/diag"
	"plenary/model/scenario"
	"plenary/model/source"
)

var panelMixKind = Kind{
	Name: "panel-mix", Unit: "seat",
	Doc:     "Every meeting of a kind has so many members of each profile in its seats. A member may have several profiles and counts for each. The excess is the members missing or too many, for each meeting and profile.",
	Example: "{of: thematic-*, kind: panel, profile: {origin: 1.., transit: 1.., destination: 1..}}",
	New:     func() Rule { return &PanelMix{} },
}

// PanelMix asks that each panel reflects several profiles. Resolution 71/280,
// paragraph 17: countries of origin, transit and destination.
type PanelMix struct {
	Common
	Selection
	Kind    string                  `key:"kind,required" doc:"the kind of meeting" eg:"panel"`
	Seats   []string                `key:"seats" doc:"the seats that count; all where nothing is said" eg:"[panellists]"`
	Column  string                  `key:"column" doc:"the column with the profiles, profile where nothing is said" eg:"profile"`
	Profile map[string]source.Count `key:"profile,required" doc:"how many members of each profile" eg:"{origin: 1.., transit: 1..}"`
}

func (r *PanelMix) resolve(s *scenario.Scenario, problems *diag.List) {
	r.find(s, r.Origin, problems)
	if r.Column == "" {
		r.Column = "profile"
	}
	var kinds, seats []string
	for _, i := range r.Sessions {
		for _, k := range s.Sessions[i].Programmed {
			if len(k.Seats) > 0 && !slices.Contains(kinds, k.Kind) {
				kinds = append(kinds, k.Kind)
			}
			if k.Kind == r.Kind {
				for _, x := range k.Seats {
					if !slices.Contains(seats, x.ID) {
						seats = append(seats, x.ID)
					}
				}
			}
		}
	}
	if len(r.Sessions) == 0 {
		return
	}
	if !slices.Contains(kinds, r.Kind) {
		problems.Add(r.At("kind"), fmt.Sprintf("no session here has meetings of the kind %q with seats", diag.Shorten(r.Kind)), diag.Suggest(r.Kind, kinds, "correct the name"))
		return
	}
	for i, id := range r.Seats {
		if !slices.Contains(seats, id) {
			problems.Add(r.At("seats", i), fmt.Sprintf("meetings of the kind %q have no seat %q", r.Kind, diag.Shorten(id)), diag.Suggest(id, seats, "correct the name"))
		}
	}
	if torn(s, r.Sessions, r.Kind, r.Seats) {
		return
	}
	values := groups(s, r.Sessions, r.Kind, r.Seats, r.Column)
	for _, p := range slices.Sorted(maps.Keys(r.Profile)) {
		if !slices.Contains(values, p) {
			problems.Add(r.At("profile", p), fmt.Sprintf("no member of the rosters has %q in the column %s", diag.Shorten(p), r.Column), diag.Suggest(p, values, "fill the column, for example by a joined table"))
		}
	}
}

func (r *PanelMix) split(*scenario.Scenario) (out []Rule) {
	for _, i := range r.Sessions {
		part := *r
		part.Selection = one(i)
		out = append(out, &part)
	}
	return out
}

// Columns gives the column of the profiles.
func (r *PanelMix) Columns() []string { return []string{r.Column} }

// Counts tells whether a seat counts.
func (r *PanelMix) Counts(seat string) bool {
	return len(r.Seats) == 0 || slices.Contains(r.Seats, seat)
}

// Statement says what the rule asks.
func (r *PanelMix) Statement(s *scenario.Scenario) string {
	var parts []string
	for _, p := range slices.Sorted(maps.Keys(r.Profile)) {
		parts = append(parts, fmt.Sprintf("%s with the %s %s", amount(r.Profile[p], "member"), called(s, r.Column), called(s, p)))
	}
	return fmt.Sprintf("every %s of %s has %s", spaced(r.Kind), name(s, r.Sessions[0]), listed(parts, "and"))
}

// Check measures, for each meeting and profile, the members missing or too
// many.
func (r *PanelMix) Check(f *Facts) (out []Finding) {
	held, at := f.Held(r.Sessions)
	for i, x := range held {
		k := kindOf(&f.S.Sessions[at[i]], r.Kind)
		if f.S.Sessions[at[i]].FillsDay {
			continue // without a programme there are no panels
		}
		for _, m := range x.Meetings {
			if m.Kind != r.Kind || k == nil {
				continue
			}
			count := map[string]int{}
			for j := range k.Seats {
				if !r.Counts(k.Seats[j].ID) {
					continue
				}
				for _, id := range m.Seats[k.Seats[j].ID] {
					if who := member(f.S, &k.Seats[j], id); who != nil {
						for _, p := range who.Values[r.Column] {
							count[p]++
						}
					}
				}
			}
			for _, p := range slices.Sorted(maps.Keys(r.Profile)) {
				want := r.Profile[p]
				if excess := want.Short(count[p]) + want.Over(count[p]); excess > 0 {
					out = append(out, Finding{excess, fmt.Sprintf("%s has %s with the %s %s instead of %s",
						meetingOf(f.S, at[i], m.Kind, m.Number), plural(count[p], "member"), called(f.S, r.Column), called(f.S, p), want), []string{x.ID}})
				}
			}
		}
	}
	return out
}
