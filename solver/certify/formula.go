package certify

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/cnf"
	"plenary/solver/compile"
)

// formula is clauses that state a question, and what they mean.
type formula struct {
	says      string // what the clauses say together
	variables int
	clauses   [][]cnf.Lit
	sections  []section
	words     map[cnf.Lit]string
}

// section is variables and clauses that were written for one thing.
type section struct {
	about              string
	variables, clauses int // how many there are at its end
}

// cheaper states: the part has a plan that costs at most the given budget.
func cheaper(s *scenario.Scenario, instances []rule.Instance, group compile.Group, budget []int64, single bool) *formula {
	record := &compile.Record{}
	problem := compile.Compile(s, instances, compile.Options{Only: &group, Budget: budget, Single: single, Record: record})
	f := recorded(s, record, problem.Parts[0])
	last := len(budget) - 1
	f.says = fmt.Sprintf("these sessions and documents can be planned at a cost of at most %d in tier %d", budget[last], last+1)
	for t, most := range budget[:last] {
		f.says += fmt.Sprintf(", at most %d in tier %d", most, t+1)
	}
	return f
}

// together states: these hard constraints hold together.
func together(s *scenario.Scenario, rules []rule.Instance, single bool) *formula {
	var group compile.Group
	for i := range rules {
		tie := rules[i].Rule.Ties(s)
		group.Sessions = append(group.Sessions, tie.Sessions...)
		group.Documents = append(group.Documents, tie.Documents...)
	}
	for _, list := range []*[]int{&group.Sessions, &group.Documents} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	record := &compile.Record{}
	problem := compile.Compile(s, rules, compile.Options{Blame: true, Only: &group, Single: single, Record: record})
	part := problem.Parts[0]
	described := len(record.Sections)
	for _, sel := range part.Selectors {
		part.V.B.Clause(sel.Lit)
		record.Sections = append(record.Sections, compile.Section{Instance: sel.Instance, Clauses: len(record.Clauses)})
	}
	f := recorded(s, record, part)
	for i := described; i < len(f.sections); i++ {
		f.sections[i].about = "it has to hold: " + f.sections[i].about
		f.sections[i].variables = f.variables
	}
	f.says = "these rules can hold together"
	return f
}

// recorded reads what was compiled.
func recorded(s *scenario.Scenario, record *compile.Record, part *compile.Part) *formula {
	f := &formula{variables: part.Solver.Variables(), clauses: record.Clauses, words: part.V.Words()}
	for _, r := range record.Sections {
		about := source(s, r.Instance)
		if r.Tier > 0 {
			about = fmt.Sprintf("tier %d costs no more, %s", r.Tier, s.Priorities[r.Tier-1])
		}
		f.sections = append(f.sections, section{about, r.Variables, r.Clauses})
	}
	return f
}

// source gives for which rule clauses or rows stand; nil stands for none.
func source(s *scenario.Scenario, in *rule.Instance) string {
	if in == nil {
		return "what sessions and documents are by themselves"
	}
	return fmt.Sprintf("%s%s [%s]", in.Rule.Statement(s), in.Paragraph(), in.ID)
}

// dimacs writes the clauses as a formula in DIMACS.
func dimacs(variables int, clauses [][]cnf.Lit) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "p cnf %d %d\n", variables, len(clauses))
	for _, c := range clauses {
		for _, l := range c {
			b.WriteString(strconv.Itoa(int(l)))
			b.WriteByte(' ')
		}
		b.WriteString("0\n")
	}
	return b.Bytes()
}

// legend writes what the variables and clauses mean: the map from the formula
// back to the scenario.
func (f *formula) legend() []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "The clauses say: %s.\nThe proof shows that they cannot hold together.\n\n", f.says)
	named := make([]bool, f.variables+1)
	for _, lit := range slices.SortedFunc(maps.Keys(f.words), func(a, b cnf.Lit) int { return int(a.Var() - b.Var()) }) {
		named[lit.Var()] = true
		fmt.Fprintf(&b, "literal %d: %s\n", lit, f.words[lit])
	}
	b.WriteByte('\n')
	from := 1
	for _, x := range f.sections {
		for v := from; v <= x.variables; v++ {
			if named[v] {
				continue
			}
			to := v
			for to < x.variables && !named[to+1] {
				to++
			}
			fmt.Fprintf(&b, "%s: used for: %s\n", numbers("variable", v, to), x.about)
			v = to
		}
		from = max(from, x.variables+1)
	}
	b.WriteByte('\n')
	from = 1
	for _, x := range f.sections {
		if x.clauses >= from {
			fmt.Fprintf(&b, "%s: %s\n", numbers("clause", from, x.clauses), x.about)
		}
		from = x.clauses + 1
	}
	return []byte(b.String())
}

// numbers gives "clause 3" or "clauses 3-7".
func numbers(what string, from, to int) string {
	if from == to {
		return fmt.Sprintf("%s %d", what, from)
	}
	return fmt.Sprintf("%ss %d-%d", what, from, to)
}
