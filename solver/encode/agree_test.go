package encode_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"plenary/model/diag"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/brute"
	"plenary/solver/cnf"
	"plenary/solver/encode"
	"plenary/solver/sat"
	"plenary/solver/vocab"
)

// MostPlans bounds the plans of one case, so that all of them stay quick.
const MostPlans = 12_000

// wild are the kinds whose cases also list plans that are none: the encoding
// must have no words for them.
var wild = []string{"closed-days", "span", "programme", "length", "venue", "seats"}

// counted are the kinds that the encoding only counts: it must be satisfiable
// exactly where rooms or teams can be dealt.
var counted = []string{"rooms", "teams"}

func TestEveryKindOfRuleHasAnEncoderAndEveryEncoderAKind(t *testing.T) {
	var kinds []string
	for _, k := range rule.Kinds {
		kinds = append(kinds, k.Name)
	}
	slices.Sort(kinds)
	if encoders := slices.Sorted(maps.Keys(encode.Encoders)); !slices.Equal(kinds, encoders) {
		t.Errorf("kinds of rules:\n%v\nencoders:\n%v", kinds, encoders)
	}
}

func TestEveryCaseFileBelongsToAKindOfRule(t *testing.T) {
	files, _ := filepath.Glob("testdata/cases/*.yaml")
	if len(files) == 0 {
		t.Fatal("there are no case files in testdata/cases")
	}
	for _, f := range files {
		if name := strings.TrimSuffix(filepath.Base(f), ".yaml"); rule.KindNamed(name) == nil {
			t.Errorf("%s: there is no kind of rule called %q", f, name)
		}
	}
}

// TestEncodingsAgreeWithChecksOnEveryPlan holds every encoding against the
// check of its rule on every plan of tiny scenarios: as a soft constraint the
// least sum of terms is the excess; as a hard one there is a model exactly
// where the check finds nothing.
func TestEncodingsAgreeWithChecksOnEveryPlan(t *testing.T) {
	for _, kind := range rule.Kinds {
		t.Run(kind.Name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join("testdata", "cases", kind.Name+".yaml")
			src, err := os.ReadFile(file)
			if err != nil {
				t.Fatalf("the kind %s has no case: %v", kind.Name, err)
			}
			for text := range bytes.SplitSeq(src, []byte("\n---\n")) {
				s, instances := read(t, text)
				t.Run(s.Title, func(t *testing.T) { agree(t, s, instances, kind.Name) })
			}
		})
	}
}

// TestAnUnheldSessionAnswersNothing asks every question of every session of
// every case while it is not held.
func TestAnUnheldSessionAnswersNothing(t *testing.T) {
	eachCase(t, func(t *testing.T, s *scenario.Scenario, _ []rule.Instance) {
		solver, v := vocabulary(s, vocab.Options{Loose: true}, true)
		for _, x := range v.All() {
			never := map[string]cnf.Lit{}
			for d := s.Period.First - 1; d <= s.Period.Last+1; d++ {
				never["started by "+d.String()] = x.StartedBy(d)
				never["not ended by "+d.String()] = x.EndedBy(d).Not()
				never["on "+d.String()] = x.On(d)
				for k := range s.Slots {
					never[fmt.Sprintf("occupies %s %d", d, k)] = x.Occupies(d, k)
					never[fmt.Sprintf("interpreted %s %d", d, k)] = x.Interpreted(d, k)
					never[fmt.Sprintf("starts %s %d", d, k)] = x.Starts(d, k)
				}
			}
			for st := range s.Stations {
				never["at "+s.Stations[st].ID] = x.At(st)
				for i, h := range s.Stations[st].Halls() {
					never["in "+h.Name+" at "+s.Stations[st].ID] = x.InHall(st, i)
				}
			}
			for n := 1; n <= x.Domain.Length.Max+1; n++ {
				never[fmt.Sprintf("takes %d days", n)] = x.TakesDays(n)
			}
			for k := range x.Scenario.Programmed {
				for n := 1; n <= min(4, x.Scenario.Programmed[k].Range().Max+1); n++ {
					never[fmt.Sprintf("has %d of kind %d", n, k)] = x.HasMeetings(k, n)
				}
			}
			x.EachSeat("", "", func(seat *vocab.Seat) {
				for i, c := range seat.Classes {
					never[fmt.Sprintf("seat %s %d %d class %d", seat.Scenario.ID, seat.Number, seat.Position, i)] = seat.TakenBy(c)
				}
			})
			for what, lit := range never {
				if solver.Solve(context.Background(), x.Held().Not(), lit) != sat.Unsat {
					t.Errorf("%s is not held, but can answer: %s", x.Scenario.ID, what)
				}
			}
		}
	})
}

// TestASessionsDaysDecideItsFirstAndLastDayAndItsLength fixes where and when
// each session of every case meets and asks for each derived answer whether it
// can be otherwise.
func TestASessionsDaysDecideItsFirstAndLastDayAndItsLength(t *testing.T) {
	eachCase(t, func(t *testing.T, s *scenario.Scenario, instances []rule.Instance) {
		solver, v := vocabulary(s, vocab.Options{Loose: true}, true)
		seen := map[string]bool{}
		brute.Plans(s, instances, brute.Options{}, func(p *plan.Plan) bool {
			for _, ps := range p.Sessions {
				key := fmt.Sprint(ps.ID, ps.Station, ps.Days)
				if seen[key] {
					continue
				}
				seen[key] = true
				x := v.Session(s.Session(ps.ID))
				fixed := []cnf.Lit{x.Held(), x.At(s.Station(ps.Station))}
				for d := s.Period.First; d <= s.Period.Last; d++ {
					fixed = append(fixed, signed(x.On(d), slices.Contains(ps.Days, d)))
				}
				if solver.Solve(context.Background(), fixed...) != sat.Sat {
					t.Fatalf("%s cannot be", key)
				}
				forced := func(l cnf.Lit, want bool, what string, n any) {
					if solver.Solve(context.Background(), append(slices.Clone(fixed), signed(l, !want))...) != sat.Unsat {
						t.Errorf("%s: %s %v can be %t", key, what, n, !want)
					}
				}
				for d := s.Period.First - 1; d <= s.Period.Last+1; d++ {
					forced(x.StartedBy(d), ps.First() <= d, "started by", d)
					forced(x.EndedBy(d), ps.Last() <= d, "ended by", d)
				}
				for n := range x.Domain.Length.Max + 2 {
					forced(x.TakesDays(n), len(ps.Days) >= n, "takes days", n)
				}
			}
			return true
		})
	})
}

func eachCase(t *testing.T, check func(t *testing.T, s *scenario.Scenario, instances []rule.Instance)) {
	files, _ := filepath.Glob("testdata/cases/*.yaml")
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for text := range bytes.SplitSeq(src, []byte("\n---\n")) {
			s, instances := read(t, text)
			t.Run(s.Title, func(t *testing.T) {
				t.Parallel()
				check(t, s, instances)
			})
		}
	}
}

// read reads one scenario of a case file, and busy calendars beside it.
func read(t *testing.T, text []byte) (*scenario.Scenario, []rule.Instance) {
	t.Helper()
	dir := t.TempDir()
	busy, _ := filepath.Glob("testdata/cases/*.busy")
	for _, f := range busy {
		src, err := os.ReadFile(f)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, filepath.Base(f)), src, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(dir, "case.yaml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	s, problems := scenario.Read(file, scenario.Sources{Busy: readBusy})
	if len(problems) > 0 {
		t.Fatalf("%v\n%s", problems, text)
	}
	instances, problems := rule.Of(s)
	if len(problems) > 0 {
		t.Fatalf("%v\n%s", problems, text)
	}
	return s, instances
}

// readBusy reads lines of two times, from and to: with a zone, or without one
// for floating times.
func readBusy(file string, src []byte) ([]scenario.Interval, diag.List) {
	out, err := intervals(src)
	if err != nil {
		return nil, diag.List{{Place: diag.Place{File: file}, Message: err.Error()}}
	}
	return out, nil
}

func intervals(src []byte) (out []scenario.Interval, err error) {
	for line := range strings.Lines(string(src)) {
		fields := strings.Fields(line)
		if len(fields) != 2 {
			return nil, fmt.Errorf("%q is not two times", line)
		}
		var x scenario.Interval
		x.From, err = time.Parse(time.RFC3339, fields[0])
		if err == nil {
			x.To, err = time.Parse(time.RFC3339, fields[1])
		} else {
			x.Floating = true
			if x.From, err = time.Parse("2006-01-02T15:04", fields[0]); err == nil {
				x.To, err = time.Parse("2006-01-02T15:04", fields[1])
			}
		}
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// vocabulary makes literals with domains that no rule narrows; free ones have
// only optional sessions, as for blaming.
func vocabulary(s *scenario.Scenario, o vocab.Options, free bool) (*sat.Solver, *vocab.Vocabulary) {
	solver := sat.New()
	sessions, documents := map[int]vocab.Domain{}, map[int]vocab.DocumentDomain{}
	for i := range s.Sessions {
		d := vocab.Widest(s, i)
		d.Optional = d.Optional || free
		sessions[i] = d
	}
	for i := range s.Documents {
		documents[i] = vocab.DocumentDomain{Days: s.Period}
	}
	return solver, vocab.New(cnf.NewBuilder(solver), s, sessions, documents, o)
}

// encoded is a scenario in one vocabulary with all its rules.
type encoded struct {
	solver *sat.Solver
	v      *vocab.Vocabulary
	sums   []*cnf.WeightedSum // soft: of the terms of each instance
	on     []cnf.Lit          // hard: the selector of each instance
	caps   []int64
}

func compileCase(s *scenario.Scenario, instances []rule.Instance, o vocab.Options, hard bool) *encoded {
	for i := range instances {
		if r, ok := instances[i].Rule.(rule.Looking); ok {
			o.Columns = append(o.Columns, r.Columns()...)
		}
	}
	e := &encoded{}
	o.Loose = !hard
	e.solver, e.v = vocabulary(s, o, !hard)
	for i := range instances {
		c := encode.New(e.v, hard)
		encode.Encoders[instances[i].Kind](c, instances[i].Rule)
		selector := c.B.Fresh()
		e.on = append(e.on, selector)
		if hard {
			for _, term := range c.Terms() {
				clause := []cnf.Lit{selector.Not()}
				for _, l := range term.When {
					clause = append(clause, l.Not())
				}
				c.B.Clause(clause...)
			}
			continue
		}
		var in []cnf.Weighted
		total := int64(0)
		for _, term := range c.Terms() {
			in = append(in, cnf.Weighted{Lit: c.B.And(term.When...), Weight: term.Excess})
			total += term.Excess
		}
		e.sums = append(e.sums, cnf.NewWeightedSum(c.B, in, total, cnf.Upward))
		e.caps = append(e.caps, total)
	}
	return e
}

// atMost gives the assumptions that an instance's terms sum to no more than n.
func (e *encoded) atMost(instance, n int) []cnf.Lit {
	if n < 0 {
		return []cnf.Lit{e.v.B.False()}
	}
	if int64(n) >= e.caps[instance] {
		return nil
	}
	if over, ok := e.sums[instance].AtLeast(int64(n) + 1); ok {
		return []cnf.Lit{over.Not()}
	}
	return nil
}

// seen is what the checks say of the plans that look alike to a vocabulary.
type seen struct {
	text   string
	free   []cnf.Lit // fixes it in the vocabulary of the soft constraints
	strict []cnf.Lit // in that of the hard ones
	words  bool      // the vocabulary has words for it
	sound  bool      // it is a plan at all
	excess []int     // of each instance, the least
}

func agree(t *testing.T, s *scenario.Scenario, instances []rule.Instance, kind string) {
	for _, single := range []bool{true, false} {
		if !single && len(s.Rosters) == 0 {
			continue
		}
		soft := compileCase(s, instances, vocab.Options{Single: single}, false)
		hard := compileCase(s, instances, vocab.Options{Single: single}, true)
		plans, views := 0, map[string]*seen{}
		listed := func(p *plan.Plan) bool {
			if plans++; plans > MostPlans {
				return false
			}
			look(s, instances, soft.v, hard.v, p, views)
			return true
		}
		brute.Plans(s, instances, brute.Options{Free: true}, listed)
		if slices.Contains(wild, kind) {
			brute.Plans(s, instances, brute.Options{Free: true, Wild: true}, listed)
		}
		if plans > MostPlans {
			t.Fatalf("the case has more than %d plans", MostPlans)
		}
		found := map[bool]int{} // plans with and without an excess of the kind
		for _, key := range slices.Sorted(maps.Keys(views)) {
			x := views[key]
			for i := range instances {
				if instances[i].Kind == kind && single && (x.sound || slices.Contains(wild, kind)) {
					found[x.excess[i] > 0]++
				}
			}
			if !compareSoft(t, instances, soft, x) || !compareHard(t, s, instances, hard, x) {
				return // one plan says enough
			}
		}
		if single && (found[true] == 0 || found[false] == 0) {
			t.Errorf("the case tests nothing: of its plans %d break a rule of the kind and %d don't", found[true], found[false])
		}
		t.Logf("%d plans, %d to the vocabulary", plans, len(views))
	}
}

// look files a plan under what the vocabulary sees of it.
func look(s *scenario.Scenario, instances []rule.Instance, free, strict *vocab.Vocabulary, p *plan.Plan, views map[string]*seen) {
	fixed, words := fix(free, p)
	var key []byte
	for _, l := range fixed {
		key = binary.LittleEndian.AppendUint32(key, uint32(l))
	}
	key = fmt.Append(key, words)
	x := views[string(key)]
	excess := make([]int, len(instances))
	f := rule.NewFacts(s, p)
	sound := brute.Seated(s, p)
	for i := range instances {
		in := &instances[i]
		switch {
		case slices.Contains(counted, in.Kind):
			if x != nil {
				excess[i] = x.excess[i]
			} else if brute.Deal(s, instances[i:i+1], p, in.Kind) == nil {
				excess[i] = 1
			}
		default:
			for _, finding := range in.Rule.Check(f) {
				excess[i] += finding.Excess
			}
			sound = sound && !(brute.Own(in) && excess[i] > 0)
		}
	}
	if x == nil {
		x = &seen{text: inWords(p), free: fixed, words: words, excess: excess}
		x.strict, _ = fix(strict, p)
		views[string(key)] = x
	}
	if sound && !x.sound {
		x.sound, x.excess, x.text = true, excess, inWords(p)
	}
	if sound || !x.sound {
		for i := range excess {
			x.excess[i] = min(x.excess[i], excess[i])
		}
	}
}

// inWords writes a plan for failures.
func inWords(p *plan.Plan) string {
	var b strings.Builder
	for _, x := range p.Sessions {
		fmt.Fprintf(&b, "%s at %s on %v:", x.ID, x.Station, x.Days)
		for _, m := range x.Meetings {
			fmt.Fprintf(&b, " %s %s %s %d %s %s %v;", m.Day, m.Slot, m.Kind, m.Number, m.Room, m.Interpretation, m.Seats)
		}
		b.WriteString("\n")
	}
	for _, d := range p.Documents {
		fmt.Fprintf(&b, "%s on %s\n", d.ID, d.Issued)
	}
	return b.String()
}

func signed(l cnf.Lit, holds bool) cnf.Lit {
	if holds {
		return l
	}
	return l.Not()
}

// fix says a plan in the vocabulary; words is false when it has none for it.
func fix(v *vocab.Vocabulary, p *plan.Plan) (fixed []cnf.Lit, words bool) {
	words = true
	say := func(l cnf.Lit, holds bool) { fixed = append(fixed, signed(l, holds)) }
	for _, x := range v.All() {
		ps := p.Session(x.Scenario.ID)
		say(x.Held(), ps != nil)
		if ps == nil {
			continue
		}
		words = words && slices.Contains(x.Domain.Stations, v.S.Station(ps.Station))
		for _, st := range x.Domain.Stations {
			say(x.At(st), v.S.Stations[st].ID == ps.Station)
		}
		words = fixShort(v.S, x, ps, say) && words
		counts := map[string]int{}
		at := map[string]*plan.Meeting{}
		for i := range ps.Meetings {
			m := &ps.Meetings[i]
			counts[m.Kind]++
			at[m.Day.String()+m.Slot] = m
		}
		for d := v.S.Period.First; d <= v.S.Period.Last; d++ {
			say(x.On(d), slices.Contains(ps.Days, d))
			for k := range v.S.Slots {
				m := at[d.String()+v.S.Slots[k].ID]
				say(x.Occupies(d, k), m != nil)
				if m != nil && x.Scenario.Interpretation != scenario.None {
					say(x.Interpreted(d, k), m.Interpretation != "")
				}
			}
		}
		for k := range x.Scenario.Programmed {
			kind := &x.Scenario.Programmed[k]
			if x.Scenario.FillsDay {
				continue
			}
			for n := 1; n <= max(kind.Range().Max, counts[kind.Kind]); n++ {
				say(x.HasMeetings(k, n), counts[kind.Kind] >= n)
			}
			for _, m := range ps.Meetings {
				for j := range kind.Seats {
					if m.Kind == kind.Kind && m.Number <= kind.Range().Max {
						words = fixSeats(x.Seats(k, m.Number, kind.Seats[j].ID), m.Seats[kind.Seats[j].ID], say) && words
					}
				}
			}
		}
	}
	for i := range v.S.Documents {
		x := v.Document(i)
		if d := p.Document(x.Scenario.ID); d != nil {
			say(x.IssuedBy(d.Issued), true)
			say(x.IssuedBy(d.Issued-1), false)
		}
	}
	return fixed, words
}

// fixShort says when and in which room a short session starts; other sessions
// say nothing. Words are wanting where the rooms of its slots differ.
func fixShort(s *scenario.Scenario, x *vocab.Session, ps *plan.Session, say func(cnf.Lit, bool)) (words bool) {
	station := s.Station(ps.Station)
	if !x.Scenario.Short || station < 0 || len(ps.Meetings) == 0 {
		return true
	}
	first := ps.Meetings[0]
	for d := s.Period.First; d <= s.Period.Last; d++ {
		for k := range s.Slots {
			say(x.Starts(d, k), d == first.Day && s.Slots[k].ID == first.Slot)
		}
	}
	for i, h := range s.Stations[station].Halls() {
		say(x.InHall(station, i), h.Name == first.Room)
	}
	return !slices.ContainsFunc(ps.Meetings, func(m plan.Meeting) bool { return m.Room != first.Room })
}

// fixSeats says who has the seats of one name in one meeting; seats of one
// name are alike, so their classes stand in order.
func fixSeats(seats []*vocab.Seat, who []string, say func(cnf.Lit, bool)) (words bool) {
	var classes []int
	for _, id := range who {
		class := slices.IndexFunc(seats[0].Classes, func(c *vocab.Class) bool {
			for _, m := range c.Members {
				if m.ID == id {
					return true
				}
			}
			return false
		})
		if class < 0 {
			return false
		}
		classes = append(classes, class)
	}
	slices.Sort(classes)
	for i, seat := range seats {
		for c, class := range seat.Classes {
			say(seat.TakenBy(class), i < len(classes) && classes[i] == c)
		}
	}
	return true
}

// compareSoft holds the least sums of terms against the excesses.
func compareSoft(t *testing.T, instances []rule.Instance, e *encoded, x *seen) bool {
	if !x.words || !x.sound {
		if x.words && e.solver.Solve(context.Background(), x.free...) != sat.Unsat {
			t.Errorf("this is no plan, but the vocabulary allows it:\n%s", x.text)
			return false
		}
		if x.sound {
			t.Errorf("the vocabulary has no words for the plan\n%s", x.text)
		}
		return !x.sound
	}
	if e.solver.Solve(context.Background(), x.free...) != sat.Sat {
		t.Errorf("the vocabulary does not allow the plan\n%s", x.text)
		return false
	}
	all := slices.Clone(x.free)
	for i := range instances {
		if rule.KindNamed(instances[i].Kind).Structural {
			continue
		}
		all = append(all, e.atMost(i, x.excess[i])...)
	}
	together := e.solver.Solve(context.Background(), all...) == sat.Sat
	for i := range instances {
		if rule.KindNamed(instances[i].Kind).Structural {
			continue
		}
		if !together && e.solver.Solve(context.Background(), slices.Concat(x.free, e.atMost(i, x.excess[i]))...) != sat.Sat {
			t.Errorf("%s: the check measures %d, the encoding more, on\n%s", instances[i].ID, x.excess[i], x.text)
			return false
		}
		if x.excess[i] > 0 && e.solver.Solve(context.Background(), slices.Concat(x.free, e.atMost(i, x.excess[i]-1))...) != sat.Unsat {
			t.Errorf("%s: the check measures %d, the encoding less, on\n%s", instances[i].ID, x.excess[i], x.text)
			return false
		}
	}
	if !together {
		t.Errorf("each encoding allows the excess by itself, but not all together, on\n%s", x.text)
	}
	return together
}

// compareHard holds the models of hard constraints against the checks.
func compareHard(t *testing.T, s *scenario.Scenario, instances []rule.Instance, e *encoded, x *seen) bool {
	if !x.words {
		return true
	}
	can := x.sound // the vocabulary should allow it
	all := slices.Clone(x.strict)
	for i := range instances {
		switch in := &instances[i]; {
		case x.excess[i] == 0:
			all = append(all, e.on[i])
		case in.Kind == "held" && !s.Sessions[in.Rule.Ties(s).Sessions[0]].Optional:
			can = false
		case in.Kind == "interpretation" && s.Sessions[in.Rule.Ties(s).Sessions[0]].Interpretation == scenario.Required:
			can = false
		case e.solver.Solve(context.Background(), append(slices.Clone(x.strict), e.on[i])...) != sat.Unsat:
			t.Errorf("%s: the check finds an excess of %d, the hard constraint holds, on\n%s", in.ID, x.excess[i], x.text)
			return false
		}
	}
	if got := e.solver.Solve(context.Background(), all...) == sat.Sat; got != can {
		var names []string
		for i := range instances {
			if x.excess[i] == 0 && can && e.solver.Solve(context.Background(), append(slices.Clone(x.strict), e.on[i])...) != sat.Sat {
				names = append(names, instances[i].ID)
			}
		}
		t.Errorf("with all hard constraints whose checks find nothing, there is a model: %t; should be: %t (%s) on\n%s", got, can, strings.Join(names, ", "), x.text)
		return false
	}
	return true
}
