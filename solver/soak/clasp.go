package soak

import (
	"bytes"
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

//go:embed rules.lp
var rulesText string

// second is a plan that the answer set solver gives, measured by rules.lp.
type second struct {
	plan   *plan.Plan
	excess []int // of every rule instance
}

// costs adds up the excesses of soft constraints by tier.
func (x *second) costs(s *scenario.Scenario, instances []rule.Instance) []int64 {
	out := make([]int64, len(s.Priorities))
	for i := range instances {
		if in := &instances[i]; !in.Hard() {
			out[in.Tier-1] += in.Weight * int64(x.excess[i])
		}
	}
	return out
}

// seconds is how long the answer set solver may take for one scenario.
const seconds = 60

// best asks for the best plan: nil where there is none. known is false when
// time was up.
func best(ctx context.Context, s *scenario.Scenario, instances []rule.Instance) (x *second, known bool, err error) {
	a, err := clingo(ctx, s, instances, "strict.", "--quiet=1,2,2")
	if err != nil {
		return nil, false, err
	}
	found := a.plans(s, instances)
	switch {
	case a.Result == "UNSATISFIABLE":
		return nil, true, nil
	case a.Result == "OPTIMUM FOUND" || (a.Result == "SATISFIABLE" && a.Models.Optimum == ""):
		return found[len(found)-1], true, nil
	}
	return nil, false, nil
}

// some asks for a few plans, whatever rules they break.
func some(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, most int) ([]*second, error) {
	a, err := clingo(ctx, s, instances, "", fmt.Sprint("-n", most), "--opt-mode=ignore", "--rand-freq=1", "--sign-def=rnd")
	if err != nil {
		return nil, err
	}
	return a.plans(s, instances), nil
}

// answer is what clingo prints.
type answer struct {
	Result string
	Models struct{ Optimum string }
	Call   []struct{ Witnesses []struct{ Value []string } }
}

// clingo runs the answer set solver of the University of Potsdam (Debian's
// package gringo) on a scenario.
func clingo(ctx context.Context, s *scenario.Scenario, instances []rule.Instance, more string, options ...string) (*answer, error) {
	text, err := written(s, instances)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "clingo", append(options, "--outf=2", "--warn=none", fmt.Sprintf("--time-limit=%d", seconds))...)
	cmd.Stdin = strings.NewReader(rulesText + text + more)
	var complaints bytes.Buffer // one of them, when its time is up
	cmd.Stderr = &complaints
	src, err := cmd.Output() // its exit status says what it found
	a := &answer{}
	if json.Unmarshal(src, a) != nil || strings.Contains(complaints.String(), "error") {
		return nil, fmt.Errorf("clingo: %w: %s", err, complaints.String())
	}
	return a, nil
}

func (a *answer) plans(s *scenario.Scenario, instances []rule.Instance) (out []*second) {
	for _, call := range a.Call {
		for _, witness := range call.Witnesses {
			out = append(out, decoded(s, instances, witness.Value))
		}
	}
	return out
}

var atomForm = regexp.MustCompile(`^([a-z_]+)\((.*)\)$`)

// numbered reads an atom whose arguments are numbers.
func numbered(atom string) (name string, arguments []int) {
	parts := atomForm.FindStringSubmatch(atom)
	if parts == nil {
		return atom, nil
	}
	for text := range strings.SplitSeq(parts[2], ",") {
		n, _ := strconv.Atoi(text)
		arguments = append(arguments, n)
	}
	return parts[1], arguments
}

// decoded gives the plan that an answer set says, and by how much it exceeds
// each rule.
func decoded(s *scenario.Scenario, instances []rule.Instance, atoms []string) *second {
	excess := make([]int, len(instances))
	sessions := make([]plan.Session, len(s.Sessions))
	type when struct {
		session, day, slot int
	}
	meetings := map[when]*plan.Meeting{}
	at := make([]int, len(s.Sessions))
	documents := map[int]calendar.Day{}
	var members []string
	for i := range s.Rosters {
		for _, m := range s.Rosters[i].Table.Members {
			members = append(members, m.ID)
		}
	}
	kinds, teams := map[when]int{}, map[when]int{}
	var details [][]int // of seats and rooms: read once stations and kinds are known
	var names []string
	for _, atom := range atoms {
		name, a := numbered(atom)
		switch name {
		case "violation":
			excess[a[0]] += a[len(a)-1]
		case "at":
			at[a[0]] = a[1]
		case "on":
			sessions[a[0]].Days = append(sessions[a[0]].Days, calendar.Day(a[1]))
		case "meet":
			m := when{a[0], a[1], a[2]}
			meetings[m] = &plan.Meeting{Day: calendar.Day(a[1]), Slot: s.Slots[a[2]].ID}
		case "kind":
			kinds[when{a[0], a[1], a[2]}] = a[3]
		case "team":
			teams[when{a[0], a[1], a[2]}] = a[3]
		case "issued":
			documents[a[0]] = calendar.Day(a[1])
		default:
			names, details = append(names, name), append(details, a)
		}
	}
	for i, a := range details {
		w := when{a[0], a[1], a[2]}
		m, x, st := meetings[w], &s.Sessions[a[0]], &s.Stations[at[a[0]]]
		switch names[i] {
		case "room":
			m.Room = st.Halls()[a[3]].Name
		case "interpreted":
			m.Interpretation = plan.HostTeam
			if n := teams[w]; n > 0 {
				m.Interpretation = plan.TeamName(n)
			}
		case "sits":
			if m.Seats == nil {
				m.Seats = map[string][]string{}
			}
			seat := x.Programmed[kinds[w]].Seats[a[3]].ID
			m.Seats[seat] = append(m.Seats[seat], members[a[4]])
		}
	}
	order := make([]when, 0, len(meetings))
	for w := range meetings {
		order = append(order, w)
	}
	slices.SortFunc(order, func(a, b when) int {
		return cmp.Or(cmp.Compare(a.session, b.session), cmp.Compare(a.day, b.day), cmp.Compare(a.slot, b.slot))
	})
	number := map[[2]int]int{}
	for _, w := range order {
		m := meetings[w]
		key := [2]int{w.session, kinds[w]}
		number[key]++
		m.Kind, m.Number = s.Sessions[w.session].Programmed[kinds[w]].Kind, number[key]
		if m.Room == "" {
			m.Room = plan.HostRoom
		}
		sessions[w.session].Meetings = append(sessions[w.session].Meetings, *m)
	}
	p := &plan.Plan{Version: plan.Version}
	for i, x := range sessions {
		if len(x.Days) > 0 {
			x.ID, x.Station = s.Sessions[i].ID, s.Stations[at[i]].ID
			slices.Sort(x.Days)
			p.Sessions = append(p.Sessions, x)
		}
	}
	for i := range s.Documents {
		if d, ok := documents[i]; ok {
			p.Documents = append(p.Documents, plan.Document{ID: s.Documents[i].ID, Issued: d})
		}
	}
	return &second{p, excess}
}
