package generate

import (
	"fmt"
	"io/fs"

	"plenary/model/roster"
	"plenary/scenarios"
)

// The regional groups of Member States, as the library has them.
var groups = []string{"african", "asia-pacific", "eastern-european", "grulac", "weog"}

// memberStates reads the Member States of the library.
func memberStates() (roster.Table, error) {
	const file = "library/member-states.csv"
	src, err := fs.ReadFile(scenarios.FS, file)
	if err != nil {
		return roster.Table{}, fmt.Errorf("read the library's Member States: %w", err)
	}
	lines, problems := roster.ReadCSV(file, src)
	table, more := roster.Read(lines, "iso3", "name_en")
	problems = append(problems, more...)
	if len(problems) > 0 {
		return roster.Table{}, fmt.Errorf("read the library's Member States: %s", problems[0])
	}
	return table, nil
}

// turns gives members one after the other, and begins again at the end.
type turns struct {
	ids  []string
	next int
}

func (t *turns) one() string {
	t.next++
	return t.ids[(t.next-1)%len(t.ids)]
}

// other gives the next one who is not somebody.
func (t *turns) other(somebody string) string {
	if id := t.one(); id != somebody {
		return id
	}
	return t.one()
}

// panel fills the seats of panels: moderators from the regional groups in
// turn, and on each panel a least developed country and another.
type panel struct {
	moderators  []turns // by group
	least, rest turns
	group       int
}

// newPanel reads who can sit on a panel.
func newPanel() (*panel, error) {
	states, err := memberStates()
	if err != nil {
		return nil, err
	}
	p := &panel{moderators: make([]turns, len(groups))}
	for _, m := range states.Members {
		for g := range groups {
			if m.Has("regional_group", groups[g]) {
				p.moderators[g].ids = append(p.moderators[g].ids, m.ID)
			}
		}
		if m.Has("ldc", "yes") {
			p.least.ids = append(p.least.ids, m.ID)
		} else {
			p.rest.ids = append(p.rest.ids, m.ID)
		}
	}
	return p, nil
}

// seats gives one panel its moderator and its panellists.
func (p *panel) seats() map[string][]string {
	moderator := p.moderators[p.group].one()
	p.group = (p.group + 1) % len(groups)
	return map[string][]string{"moderator": {moderator}, "panellists": {p.least.other(moderator), p.rest.other(moderator)}}
}

// panels fills the seats of the forums in the hidden plan. The rules about
// seats follow from it.
func (y *year) panels() error {
	p, err := newPanel()
	if err != nil {
		return err
	}
	n := 0
	for _, s := range y.sessions {
		for i := range s.meetings {
			if m := &s.meetings[i]; m.kind == "panel" {
				m.seats = p.seats()
				n++
			}
		}
	}
	if n == 0 {
		return nil
	}
	// A group of the hidden plan has n/5 moderators, or one more; the smallest
	// group has 23 members.
	y.rule("moderators", "of: \"*-forum-*\", seat: moderator, from: member-states, each: ..%d", n/len(groups)/20+1)
	y.rule("balance", "of: \"*-forum-*\", seat: moderator, over: regional_group, each: %d..%d", n/len(groups)*9/10, n/len(groups)+1+n/20)
	y.rule("panel-mix", "of: \"*-forum-*\", kind: panel, seats: [panellists], column: ldc, profile: {yes: 1.., no: 1..}")
	y.rule("programme", "of: \"*-forum-*\", kind: panel, count: 3, tier: 4")
	y.rule("idle", "of: \"*-forum-*\", tier: 5")
	return nil
}
