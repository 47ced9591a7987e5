package deal

import (
	"plenary/model/calendar"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// documents moves days of issue where nothing is lost by it: a document that
// follows something comes out as early as its rules allow, one that only has a
// deadline as late. The checks of the rules that speak of it decide: each keeps
// what it has, hard or soft.
func documents(s *scenario.Scenario, instances []rule.Instance, p *plan.Plan) {
	mine := make([][]*rule.Instance, len(s.Documents))
	for i := range instances {
		for _, d := range instances[i].Rule.Ties(s).Documents {
			mine[d] = append(mine[d], &instances[i])
		}
	}
	// The facts point into the plan: they see each day of issue as it is moved.
	facts := rule.NewFacts(s, p)
	// A document can wait for others: as many rounds as there are documents
	// settle every chain.
	for range p.Documents {
		moved := false
		for i := range p.Documents {
			d := &p.Documents[i]
			index := s.Document(d.ID)
			moved = settle(facts, mine[index], d, len(s.Documents[index].After) > 0) || moved
		}
		if !moved {
			return
		}
	}
}

// settle moves one document of the facts' plan and tells whether it moved.
func settle(f *rule.Facts, instances []*rule.Instance, d *plan.Document, early bool) bool {
	excess := func() (out []int) {
		for _, in := range instances {
			n := 0
			for _, finding := range in.Rule.Check(f) {
				n += finding.Excess
			}
			out = append(out, n)
		}
		return out
	}
	now, was := d.Issued, excess()
	period := f.S.Period
	step, end := calendar.Day(1), period.Last
	if early {
		step, end = -1, period.First
	}
	best := now
	for d.Issued = now + step; period.Contains(d.Issued) && d.Issued != end+step; d.Issued += step {
		worse := false
		for i, n := range excess() {
			worse = worse || n > was[i]
		}
		if worse && scenario.Weekdays(d.Issued) {
			break
		}
		if !worse {
			best = d.Issued
		}
	}
	d.Issued = best
	return best != now
}
