package sweep

import (
	"encoding/json"
	"fmt"
	"io"
	"time"

	"plenary/export/xlsx"
	"plenary/model/plan"
	"plenary/model/sweep"
)

// Version is the number of the JSON form. It grows when a key changes its meaning
// or goes; new keys may come without.
const Version = 1

// form is the JSON form; docs/sweeps.md describes it.
type form struct {
	Version  int        `json:"plenary-sweep-results"`
	Program  string     `json:"program"`
	Title    string     `json:"title"`
	Scenario string     `json:"scenario"`
	Seed     int        `json:"seed"`
	Axes     []formAxis `json:"axes"`
	WhatIfs  []formRow  `json:"what-ifs"`
	Front    []int      `json:"front"` // numbers of what-ifs
}

type formAxis struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	Levels []string `json:"levels"`
}

type formRow struct {
	Number   int               `json:"number"`
	Job      string            `json:"job"`
	Variant  string            `json:"variant,omitempty"`
	Levels   map[string]string `json:"levels,omitempty"` // by the axis's id
	Scenario string            `json:"scenario"`
	Changes  []string          `json:"changes"`
	Status   string            `json:"status"`
	TimeUp   bool              `json:"time-up"`
	MemoryUp bool              `json:"memory-up"`
	Tiers    []plan.Tier       `json:"tiers,omitempty"`
	Reasons  []sweep.Reason    `json:"reasons,omitempty"`
	Trouble  string            `json:"trouble,omitempty"`
	Plan     string            `json:"plan,omitempty"`
	Seconds  float64           `json:"seconds"`
	Worker   string            `json:"worker,omitempty"`
	Tries    int               `json:"tries"`
}

// JSON writes everything for other programs.
func (o Outcome) JSON(w io.Writer) error {
	f := form{Version: Version, Program: o.Program, Title: o.Title, Scenario: o.Sweep.Scenario, Seed: o.Sweep.Seed, Axes: []formAxis{}, WhatIfs: []formRow{}, Front: []int{}}
	for i := range o.Sweep.Axes {
		a := formAxis{ID: o.Sweep.Axes[i].ID, Title: o.Sweep.Axes[i].Name()}
		for _, p := range o.Sweep.Axes[i].Points() {
			a.Levels = append(a.Levels, p.Label)
		}
		f.Axes = append(f.Axes, a)
	}
	for _, r := range o.Rows {
		f.WhatIfs = append(f.WhatIfs, o.form(r))
	}
	for _, r := range o.Front() {
		f.Front = append(f.Front, r.Case.Number)
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(f); err != nil {
		return fmt.Errorf("write the outcome as JSON: %w", err)
	}
	return nil
}

func (o Outcome) form(r Row) formRow {
	x := formRow{Number: r.Case.Number, Job: r.Key, Variant: r.Case.Variant, Scenario: r.Case.Scenario, Changes: append([]string{}, r.Case.Set...), Status: r.status(), Plan: r.Plan}
	if r.Case.Levels != nil {
		x.Levels = map[string]string{}
		for a, l := range r.Case.Levels {
			x.Levels[o.Sweep.Axes[a].ID] = o.labelOf(a, l)
		}
	}
	if r.Result != nil {
		x.TimeUp, x.MemoryUp, x.Tiers, x.Reasons, x.Trouble = r.Result.TimeUp, r.Result.MemoryUp, r.Result.Tiers, r.Result.Reasons, r.Result.Trouble
		x.Seconds, x.Worker, x.Tries = r.Result.Took.Round(time.Millisecond).Seconds(), r.Result.Worker, r.Result.Tries
	}
	return x
}

// XLSX writes the tables as a workbook.
func (o Outcome) XLSX(w io.Writer) error {
	return xlsx.WriteTables(w, o.Title, [2]string{o.Counts().String(), "Scenario: " + o.Sweep.Scenario}, nil, o.Tables())
}

// CSV writes the table of every what-if.
func (o Outcome) CSV(w io.Writer) error { return o.Results().CSV(w) }
