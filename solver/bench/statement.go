package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/compile"
	"plenary/solver/program"
)

// Statement is a scenario as a time-indexed model, for peers: choices in
// blocks, of which each takes exactly one, and rows. It is what
// [compile.Listed] says, the whole scenario in one, without Plenary's own
// words: a choice of a session is its first day, station, length and so on.
type Statement struct {
	Tiers  []string // the titles, the best first
	Due    []int64  // by tier: what costs in any case
	Blocks []int32  // by block: where its choices begin; and the end of the last
	Costs  []Sparse // by tier: what choices cost; the others cost nothing
	Rows   Rows
}

// Sparse is amounts of choices, which are counted through from the first block
// to the last.
type Sparse struct {
	Choices []int32
	Amounts []int64
}

// Rows bound sums: row r says that the amounts of the choices taken among
// Choices[Start[r]:Start[r+1]] sum to at most Most[r]. With Tier[r] = -1 that
// is hard; otherwise each unit over it costs Weight[r] in the tier.
type Rows struct {
	Start   []int32
	Choices []int32
	Amounts []int32
	Most    []int64
	Tier    []int
	Weight  []int64
}

var (
	errTooLarge   = errors.New("a session has too many choices, or the rows too many entries, for a time-indexed model")
	errImpossible = errors.New("no choices keep every hard rule")
)

// state reads a scenario, with changes in the words of --set, and states it as
// one model. A scenario without priorities gets one tier, in which all costs 0.
func state(name string, set []string) (*Statement, error) {
	s, instances, err := read(name, set)
	if err != nil {
		return nil, err
	}
	if len(s.Priorities) == 0 {
		s.Priorities = []string{"any plan"}
	}
	p, err := listed(s, instances)
	if err != nil {
		return nil, err
	}
	return stated(s.Priorities, p), nil
}

// listed gives the whole scenario as one program.
func listed(s *scenario.Scenario, instances []rule.Instance) (*program.Program, error) {
	whole := compile.Whole(s)
	part := compile.Compile(s, instances, compile.Options{Listed: 1, Only: &whole}).Parts[0]
	switch {
	case part.Listed == nil || len(part.Listed.Left) > 0:
		return nil, errTooLarge
	case part.Listed.Program == nil:
		return nil, errImpossible
	}
	return part.Listed.Program, nil
}

// stated writes a program as rows of single choices.
func stated(titles []string, p *program.Program) *Statement {
	s := &Statement{Tiers: titles, Due: p.Due, Blocks: []int32{0}, Costs: make([]Sparse, p.Tiers)}
	s.Rows.Start = make([]int32, len(p.Rows)+1)
	each := func(visit func(row, choice, amount int32)) {
		for i := range p.Blocks {
			b := &p.Blocks[i]
			for c := range b.Choices() {
				for _, u := range b.Uses(c) {
					for r := u.Row; r < u.Row+u.Rows; r++ {
						visit(r, s.Blocks[i]+int32(c), u.Amount)
					}
				}
			}
		}
	}
	for i := range p.Blocks {
		b := &p.Blocks[i]
		first := s.Blocks[i]
		s.Blocks = append(s.Blocks, first+int32(b.Choices()))
		for t := range s.Costs {
			for c, cost := range b.Cost[t] {
				if cost != 0 {
					s.Costs[t].Choices = append(s.Costs[t].Choices, first+int32(c))
					s.Costs[t].Amounts = append(s.Costs[t].Amounts, cost)
				}
			}
		}
	}
	for _, r := range p.Rows {
		s.Rows.Most = append(s.Rows.Most, r.Most)
		s.Rows.Tier = append(s.Rows.Tier, r.Tier)
		s.Rows.Weight = append(s.Rows.Weight, r.Weight)
	}
	// First how many entries each row has, then the entries.
	each(func(row, _, _ int32) { s.Rows.Start[row+1]++ })
	for r := range p.Rows {
		s.Rows.Start[r+1] += s.Rows.Start[r]
	}
	n := s.Rows.Start[len(p.Rows)]
	s.Rows.Choices, s.Rows.Amounts = make([]int32, n), make([]int32, n)
	next := append([]int32(nil), s.Rows.Start...)
	each(func(row, choice, amount int32) {
		s.Rows.Choices[next[row]], s.Rows.Amounts[next[row]] = choice, amount
		next[row]++
	})
	return s
}

// write writes the statement as JSON.
func (s *Statement) write(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("write the model: %w", err)
	}
	to := bufio.NewWriter(f)
	if err := errors.Join(json.NewEncoder(to).Encode(s), to.Flush(), f.Close()); err != nil {
		return fmt.Errorf("write the model: %w", err)
	}
	return nil
}
