package optimize_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"plenary/solver/optimize"
)

func TestT2(t *testing.T) {
	s, terms := seats(150, 40, 30, 0)
	optimize.Debug = true
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Second)
	defer cancel()
	r := optimize.Minimize(ctx, s, terms, optimize.Watcher{})
	fmt.Println(r.Status, r.Cost, r.Bound)
}
