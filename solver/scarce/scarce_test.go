package scarce_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"plenary/model/calendar"
	"plenary/model/given"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/scenarios"
	"plenary/solver/scarce"
	"plenary/solver/solve"
)

func subject(t *testing.T) (*scenario.Scenario, []rule.Instance, *plan.Plan) {
	t.Helper()
	s, instances := given.File(t, filepath.Join("testdata", "two-weeks.yaml"), scenario.Sources{Library: scenarios.FS})
	outcome, err := solve.Plan(t.Context(), s, instances, solve.Options{Seed: 1})
	if err != nil || outcome.Status != solve.Optimal {
		t.Fatalf("status %v, error %v", outcome.Status, err)
	}
	return s, instances, outcome.Plan
}

func said(prices []plan.Price) string {
	var b strings.Builder
	for _, p := range prices {
		fmt.Fprintf(&b, "%s %s %s tier %d saves %d\n", p.Station, p.Room, p.From, p.Tier, p.Saves)
	}
	return b.String()
}

// An estimate is what prices of the limits say; here they bound the plan exactly,
// and so no room saves more when it is really added.
func TestNoRoomSavesMoreThanItsEstimate(t *testing.T) {
	s, instances, p := subject(t)
	exact, err := scarce.Prices(t.Context(), s, instances, p, func(string, calendar.Range) {})
	if err != nil {
		t.Fatal(err)
	}
	about, err := scarce.Estimate(t.Context(), s, instances, p)
	if err != nil {
		t.Fatal(err)
	}
	if len(exact) != 3 || len(about) != len(exact) {
		t.Fatalf("exact:\n%sabout:\n%swant three of each", said(exact), said(about))
	}
	for i, more := range exact {
		e := about[i]
		if e.Room != more.Room || e.From != more.From || e.To != more.To || e.Tier != more.Tier || e.Saves < more.Saves {
			t.Errorf("exact:\n%sabout:\n%s", said(exact), said(about))
		}
		if !e.Estimate || more.Estimate {
			t.Error("an estimate is not marked as one, or what is exact is")
		}
	}
}

// What prices say takes no time that is not there.
func TestWithoutTimeThereIsNoEstimate(t *testing.T) {
	s, instances, p := subject(t)
	done, cancel := context.WithCancel(t.Context())
	cancel()
	if found, err := scarce.Estimate(done, s, instances, p); !errors.Is(err, scarce.ErrTooLong) {
		t.Errorf("%v, %v", found, err)
	}
}
