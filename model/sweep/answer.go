package sweep

import (
	"encoding/json"
	"fmt"
	"time"

	"plenary/model/diag"
	"plenary/model/plan"
)

// Status says how a job ended.
type Status string

// How a job can end. Unknown is not impossible: the limit came before any plan.
const (
	Optimal    Status = "optimal"
	Feasible   Status = "feasible"   // the best plan found; how far it is proven say the bounds
	Impossible Status = "impossible" // there is no plan
	Unknown    Status = "unknown"    // the limit came before any plan, and it is not proven that there is none
	Unreadable Status = "unreadable" // the changes together make no sound scenario
	Failed     Status = "failed"     // a fault of the program: solver and checker disagree
	SetAside   Status = "set aside"  // so many workers were lost or failed over it that it is not tried again
)

// Answer is what a job comes to.
type Answer struct {
	Status Status `json:"status"`
	// TimeUp tells that time ended the search, or the search for reasons: then
	// the answer may be another on another machine.
	TimeUp bool `json:"time-up,omitempty"`
	// MemoryUp tells the same of memory.
	MemoryUp bool `json:"memory-up,omitempty"`

	Tiers   []plan.Tier `json:"tiers,omitempty"`   // of the plan
	Plan    []byte      `json:"plan,omitempty"`    // the plan file
	Reasons []Reason    `json:"reasons,omitempty"` // why there is no plan
	Trouble string      `json:"trouble,omitempty"` // why there is no answer, in words
}

// Reason is rules that cannot hold together.
type Reason struct {
	Rules      []Blamed `json:"rules"`
	Background []string `json:"background,omitempty"` // what they take for granted
	Minimal    bool     `json:"minimal"`              // none can be left out
}

// Blamed is one rule of a reason.
type Blamed struct {
	ID   string `json:"id"`   // as the scenario calls it, or Plenary where it says nothing
	Text string `json:"text"` // its statement, with the paragraph
}

// Result is an answer with how it came about.
type Result struct {
	Key string `json:"key"`
	Answer
	Worker string        `json:"worker"`
	Took   time.Duration `json:"took"` // from the start of the try that succeeded
	Tries  int           `json:"tries"`
}

// Clean takes out of the texts what would steer a terminal, for results that come
// from machines of others.
func (r *Result) Clean() {
	r.Worker, r.Trouble = diag.Printable(r.Worker), diag.Printable(r.Trouble)
	for i := range r.Tiers {
		r.Tiers[i].Title = diag.Printable(r.Tiers[i].Title)
	}
	for i := range r.Reasons {
		reason := &r.Reasons[i]
		for j := range reason.Rules {
			reason.Rules[j].ID, reason.Rules[j].Text = diag.Printable(reason.Rules[j].ID), diag.Printable(reason.Rules[j].Text)
		}
		for j, text := range reason.Background {
			reason.Background[j] = diag.Printable(text)
		}
	}
}

// HasPlan tells whether the answer is a plan.
func (a Answer) HasPlan() bool { return a.Status == Optimal || a.Status == Feasible }

// Answered tells whether the question was answered, with a plan or without.
func (a Answer) Answered() bool { return a.HasPlan() || a.Status == Impossible }

// EncodeResult gives a result to be sent.
func EncodeResult(r Result) ([]byte, error) {
	plain, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("write a result: %w", err)
	}
	return pack(plain), nil
}

// DecodeResult reads what EncodeResult wrote.
func DecodeResult(content []byte) (Result, error) {
	var r Result
	plain, err := unpack(content)
	if err == nil {
		err = json.Unmarshal(plain, &r)
	}
	if err != nil {
		return Result{}, fmt.Errorf("read a result: %w", err)
	}
	return r, nil
}
