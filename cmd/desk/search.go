package desk

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/alternatives"
	"plenary/solver/clock"
	"plenary/solver/explain"
	"plenary/solver/memory"
	"plenary/solver/repair"
	"plenary/solver/solve"
)

// Proposal is a plan that a search has found: it is looked at, and taken or not.
type Proposal struct {
	Title  string      `json:"title"`
	Detail string      `json:"detail"`
	Moves  []string    `json:"moves"`
	Costs  []plan.Tier `json:"costs"`
	plan   *plan.Plan
}

// Search is what is known of the search in the background.
type Search struct {
	Running   bool       `json:"running"`
	What      string     `json:"what"`
	Doing     string     `json:"doing"` // while no plan is priced: what is sought, and how far that is
	Tier      string     `json:"tier"`  // the priority at which it is
	Found     bool       `json:"found"`
	Cost      int64      `json:"cost"`
	Bound     int64      `json:"bound"`
	Said      []string   `json:"said"` // how it ended
	Proposals []Proposal `json:"proposals"`
}

// errBusy says that one search runs already: there is one at a time.
var errBusy = errors.New("a search is running already; stop it first")

// job is what a search works on: it is not touched by what is done meanwhile.
type job struct {
	s         *scenario.Scenario
	instances []rule.Instance
	now       *plan.Plan
	free      bool // nothing is pinned: what is proven holds among all plans
	offer     func(Proposal)
	say       func(doing string)
}

// start begins a search. What it offers is shown at once; it gives what is said at its
// end.
func (d *Desk) start(what string, run func(ctx context.Context, j job, tell func(s *scenario.Scenario) func(solve.Progress)) ([]string, error)) error {
	if d.search.Running {
		return errBusy
	}
	ctx, cancel := memory.Bounded(context.Background())
	d.search, d.stop = Search{Running: true, What: what, Doing: "A first plan is sought."}, cancel
	j := job{s: d.s, instances: d.withPins(), now: d.now, free: len(d.states[d.at].pins) == 0}
	j.offer = func(p Proposal) {
		d.mu.Lock()
		defer d.mu.Unlock()
		// Those that were told of before are read meanwhile: they stay as they are.
		d.search.Proposals = append(slices.Clip(d.search.Proposals), p)
		d.search.Found, d.search.Tier = false, ""
		d.tell()
	}
	j.say = func(doing string) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.search.Doing = doing
		d.tell()
	}
	tell := func(s *scenario.Scenario) func(solve.Progress) {
		return func(p solve.Progress) {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.search.Found, d.search.Cost, d.search.Bound = p.Found, p.Cost, p.Bound
			if p.Tier < len(s.Priorities) {
				d.search.Tier = s.Priorities[p.Tier]
			}
			d.tell()
		}
	}
	go func() {
		said, err := run(ctx, j, tell)
		if err != nil {
			said = append(said, err.Error())
		}
		switch {
		case memory.Reached(ctx):
			said = append(said, "The search was stopped by the memory limit. More can be given with --memory-limit.")
		case ctx.Err() != nil:
			said = append(said, "The search was stopped.")
		}
		cancel()
		d.mu.Lock()
		defer d.mu.Unlock()
		d.search.Running, d.search.Said = false, said
		d.tell()
	}()
	d.tell()
	return nil
}

// withPins gives the rules of the scenario and one for each pinned session.
func (d *Desk) withPins() []rule.Instance {
	out := slices.Clone(d.instances)
	for _, id := range d.states[d.at].pins {
		x, at := d.now.Session(id), d.s.Session(id)
		if x == nil || at < 0 {
			continue
		}
		one := rule.Selection{Of: []string{id}, Sessions: []int{at}}
		out = append(out, rule.Instance{Kind: "keep", ID: "pinned " + id, Note: "pinned on the desk", Rule: &rule.Keep{Selection: one, Days: x.Days, At: x.Station}})
	}
	return out
}

func (d *Desk) plan() error {
	return d.start("plan", func(ctx context.Context, j job, tell func(*scenario.Scenario) func(solve.Progress)) ([]string, error) {
		found, err := solve.Plan(ctx, j.s, j.instances, solve.Options{Seed: 1, Prefer: j.now, Progress: tell(j.s)})
		if err != nil || found.Plan == nil {
			return reasons(ctx, j, found, err), err
		}
		j.offer(proposal(j, "The best plan found", found.Plan))
		return nil, nil
	})
}

func (d *Desk) mend() error {
	return d.start("mend", func(ctx context.Context, j job, tell func(*scenario.Scenario) func(solve.Progress)) ([]string, error) {
		changed := *j.s
		changed.Priorities = slices.Concat([]string{repair.Title}, j.s.Priorities)
		found, err := repair.Plan(ctx, j.s, j.instances, j.now, repair.Options{Prices: repair.DefaultPrices, Seed: 1, Progress: tell(&changed)})
		if err != nil || found.Plan == nil {
			return reasons(ctx, j, found.Outcome, err), err
		}
		fewest := found.Plan.Tiers[0].Proven
		found.Plan.Tiers = slices.Clone(found.Plan.Tiers[1:])
		for i := range found.Plan.Tiers {
			found.Plan.Tiers[i].Tier--
		}
		// What is proven holds among the plans that disturb as little, not among all.
		unproven(found.Plan)
		x := proposal(j, "Mended", found.Plan)
		if fewest {
			x.Title, x.Detail = "Mended with the fewest moves", "proven: no plan disturbs less, with what is pinned"
		}
		j.offer(x)
		return nil, nil
	})
}

// How many alternatives are looked for, how much more each priority may cost, in per
// cent, and for how long: half of the time for the best plan, the rest shared out among
// the alternatives.
const (
	mostAlternatives = 5
	tolerance        = 3
	forAlternatives  = time.Minute
)

func (d *Desk) alternatives() error {
	return d.start("alternatives", func(outer context.Context, j job, tell func(*scenario.Scenario) func(solve.Progress)) ([]string, error) {
		ctx, cancel := context.WithTimeout(outer, forAlternatives)
		defer cancel()
		half, enough := clock.Share(ctx, 2)
		best, err := solve.Plan(half, j.s, j.instances, solve.Options{Seed: 1, Prefer: j.now, Progress: tell(j.s)})
		enough()
		if err != nil || best.Plan == nil {
			return reasons(ctx, j, best, err), err
		}
		j.offer(proposal(j, "The best plan found", best.Plan))
		var budget []int64
		for _, t := range best.Plan.Tiers {
			budget = append(budget, t.Cost+t.Cost*tolerance/100)
		}
		number := 0
		found := func(a alternatives.Alternative) {
			number++
			x := proposal(j, fmt.Sprintf("Alternative %d", number), a.Plan)
			x.Detail = apart(a)
			j.offer(x)
		}
		_, exhausted, err := alternatives.Find(ctx, j.s, j.instances, best.Plan, alternatives.Options{Most: mostAlternatives, Budget: budget, Seed: 1, Found: found,
			Progress: func(now alternatives.Progress) { j.say(sought(now)) }})
		switch {
		case err != nil || outer.Err() != nil || number == mostAlternatives:
			return nil, err
		case exhausted:
			return []string{"No further plan is within this, proven."}, nil
		}
		return []string{"No further plan was found within the minute."}, nil
	})
}

// sought says how far the next alternative is while it is looked for.
func sought(now alternatives.Progress) string {
	text := fmt.Sprintf("Alternative %d of %d is sought", now.Number, mostAlternatives)
	if now.Distance > 0 {
		text += fmt.Sprintf(": %d sessions differ so far", now.Distance)
	}
	return text + fmt.Sprintf(", and no plan could differ in more than %d", now.Furthest)
}

// apart says how far an alternative is from the plans above it, and what is
// proven of that.
func apart(a alternatives.Alternative) string {
	text := fmt.Sprintf("within %d %% of the best in every priority; %d sessions differ from every plan above it", tolerance, a.Distance)
	if a.Furthest > a.Distance {
		return text + fmt.Sprintf(", and no plan within this could differ in more than %d", a.Furthest)
	}
	return text + ", and no plan within this is further away, proven"
}

// reasons says why there is no plan.
func reasons(ctx context.Context, j job, found solve.Outcome, err error) (out []string) {
	if err != nil || found.Status != solve.Infeasible {
		return []string{"No plan was found, and it is not proven that there is none."}
	}
	out = []string{"There is no plan: these cannot all hold together."}
	for _, group := range found.Blamed {
		for reason := range explain.Infeasible(ctx, j.s, j.instances, group) {
			for _, in := range reason.Instances {
				out = append(out, in.Rule.Statement(j.s)+in.Paragraph())
			}
		}
	}
	return out
}

func proposal(j job, title string, p *plan.Plan) Proposal {
	out := Proposal{Title: title, Costs: p.Tiers, Moves: []string{}, plan: p}
	for _, m := range plan.Moves(j.s, j.now, p) {
		out.Moves = append(out.Moves, titled(j.s, m.ID)+" "+m.Text)
	}
	out.Detail = "as far as the search went"
	if p.Status == plan.Optimal {
		out.Detail = "proven: no plan is better"
	}
	if !j.free {
		out.Detail += ", with what is pinned"
		unproven(p)
	}
	p.Scenario = plan.SourceOf(j.s, filepath.Base(j.s.File))
	return out
}

// unproven takes back what was proven of a plan.
func unproven(p *plan.Plan) {
	p.Status, p.Tiers, p.Prices = plan.Feasible, slices.Clone(p.Tiers), nil
	for i := range p.Tiers {
		p.Tiers[i].Bound, p.Tiers[i].Proven = 0, false
	}
}

// titled names a session or document.
func titled(s *scenario.Scenario, id string) string {
	if i := s.Session(id); i >= 0 {
		return "“" + s.Sessions[i].Name() + "”"
	}
	if i := s.Document(id); i >= 0 {
		return "“" + s.Documents[i].Name() + "”"
	}
	return id
}
