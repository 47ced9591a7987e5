package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"plenary/scenarios/generate"
)

// agree shows that the peers solve the same problem: on the process of the
// resolution and on small generated calendars, what each of them proves to be
// best costs what Plenary proves to be best, tier by tier.
func (b *bench) agree(ctx context.Context, to io.Writer, seeds int) error {
	if b.python == "" {
		return errors.New("the peers are needed: run  sh solver/bench/peers/setup.sh DIR  and give PEERS=DIR")
	}
	limit := cmp.Or(b.limit, 2*time.Minute)
	small := []row{{name: "S", size: "S", limit: limit}}
	for seed := range seeds {
		small = append(small, row{name: fmt.Sprintf("12 sessions, seed %d", seed+1), limit: limit})
	}
	say(to, "| instance | solver | costs by tier | all proven |")
	say(to, "|---|---|---|---|")
	differ := false
	for i, r := range small {
		var name string
		var err error
		if r.size != "" {
			name, err = b.scenario(ctx, r)
		} else {
			name, err = generated(b.folder, generate.Options{Size: "L", Seed: uint64(i), Sessions: 12, Stations: 1, Months: 3, Load: 60})
		}
		if err != nil {
			return err
		}
		runs, err := b.row(ctx, r, name)
		if err != nil {
			return err
		}
		var best []int64
		for _, x := range runs {
			costs, proven := x.end()
			say(to, "| %s | %s | %v | %t |", r.name, x.solver, costs, proven)
			if !proven || (best != nil && !slices.Equal(best, costs)) {
				differ = true
			}
			best = costs
		}
	}
	if differ {
		return errors.New("not everything is proven, or what is proven to be best is not the same")
	}
	return nil
}

// end gives what the best plan costs, and whether every tier is proven.
func (x *run) end() (costs []int64, proven bool) {
	if len(x.points) == 0 {
		return nil, false
	}
	last := x.points[len(x.points)-1]
	for t, c := range last.Costs {
		if c == nil {
			return nil, false
		}
		costs = append(costs, *c)
		_, proven = x.proven(t)
	}
	return costs, proven
}
