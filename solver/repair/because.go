package repair

import (
	"slices"

	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
)

// Change is one move of a repair with its reasons: what the mended plan would
// break, or else cost, if this alone were as it was published. It has none
// where there was nothing to go back to.
type Change struct {
	plan.Move
	Because []judge.Measured
}

// Dealt are the kinds of rules about what is dealt out last: room and team of a
// meeting can be another's simply because it moved. They are reasons only where
// there are no others.
var Dealt = []string{"rooms", "teams"}

// Because gives the moves from a published plan to a mended one with their
// reasons. Moves of one session that go back together have them once, with the
// last of them.
func Because(s *scenario.Scenario, instances []rule.Instance, published, mended *plan.Plan) (out []Change) {
	moves, now := plan.Moves(s, published, mended), judge.Plan(s, instances, mended)
	known := published.Known(s)
	for i, m := range moves {
		change := Change{Move: m}
		if next := i + 1; next == len(moves) || moves[next].ID != m.ID || aspect(moves[next]) != aspect(m) {
			if back := putBack(known, mended, m); back != nil {
				change.Because = worse(now, judge.Plan(s, instances, back))
			}
		}
		out = append(out, change)
	}
	return out
}

// aspect says what goes back together with a move: who sits, the rooms, the day
// of a document, or else when and where the session meets.
func aspect(m plan.Move) string {
	switch m.What {
	case "seat", "room", "issued":
		return m.What
	}
	return "meets"
}

// putBack gives the mended plan with one thing as it was published, nil where
// it was not.
func putBack(published, mended *plan.Plan, m plan.Move) *plan.Plan {
	back := *mended
	if aspect(m) == "issued" {
		old := published.Document(m.ID)
		if old == nil {
			return nil
		}
		back.Documents = slices.Clone(mended.Documents)
		back.Document(m.ID).Issued = old.Issued
		return &back
	}
	old := published.Session(m.ID)
	if old == nil {
		return nil
	}
	back.Sessions = slices.DeleteFunc(slices.Clone(mended.Sessions), func(x plan.Session) bool { return x.ID == m.ID })
	is := mended.Session(m.ID)
	x := *old
	if aspect(m) != "meets" {
		x = *is
	}
	x.Meetings = slices.Clone(x.Meetings)
	for i := range x.Meetings {
		meeting := &x.Meetings[i]
		was := old.Meeting(meeting.Kind, meeting.Number)
		switch {
		case aspect(m) == "meets":
			if like := is.Meeting(meeting.Kind, meeting.Number); like != nil {
				meeting.Seats = like.Seats
			}
		case was == nil:
		case aspect(m) == "room":
			meeting.Room = was.Room
		default:
			meeting.Seats = was.Seats
		}
	}
	back.Sessions = append(back.Sessions, x)
	return &back
}

// worse gives what a plan breaks, or what more it costs in the first tier in
// which it costs more.
func worse(now, back judge.Verdict) []judge.Measured {
	if hard := slices.DeleteFunc(slices.Clone(back.Violations), func(m judge.Measured) bool { return slices.Contains(Dealt, m.Instance.Kind) }); len(hard) > 0 {
		return hard
	}
	if len(back.Violations) > 0 {
		return back.Violations
	}
	for t, cost := range back.Costs {
		if cost == now.Costs[t] {
			continue
		}
		if cost < now.Costs[t] {
			return nil
		}
		return slices.DeleteFunc(slices.Clone(back.Priced), func(m judge.Measured) bool {
			return m.Instance.Tier != t+1 || slices.ContainsFunc(now.Priced, func(had judge.Measured) bool {
				return had.Instance == m.Instance && had.Finding.Text == m.Finding.Text
			})
		})
	}
	return nil
}
