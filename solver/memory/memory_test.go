package memory_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"time"

	"plenary/solver/memory"
)

// limit is far above what a test needs by itself.
const limit = 256 << 20

// fill takes eighths of the limit until the test ends.
func fill(t *testing.T, eighths int) {
	t.Helper()
	ballast := make([]byte, eighths*limit/8)
	t.Cleanup(func() { runtime.KeepAlive(ballast); memory.Limit(0, nil) })
	runtime.GC()
}

func TestASearchEndsWhenTheLimitIsReached(t *testing.T) {
	for _, c := range []struct {
		name    string
		eighths int
		ends    bool
	}{
		{"there is room", 4, false},
		{"it is full", 8, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			memory.Limit(limit, nil)
			ctx, cancel := memory.Bounded(context.Background())
			defer cancel()
			fill(t, c.eighths)
			memory.Look()
			if memory.Reached(ctx) != c.ends || (ctx.Err() != nil) != c.ends {
				t.Errorf("with %d eighths in use the search ended by the limit: %t, want %t", c.eighths, memory.Reached(ctx), c.ends)
			}
			inner, end := context.WithTimeout(ctx, time.Hour)
			defer end()
			if memory.Reached(inner) != c.ends {
				t.Error("what was made of it does not say the same")
			}
		})
	}
}

// Nobody needs to look: every collection does.
func TestACollectionOfGarbageLooks(t *testing.T) {
	memory.Limit(limit, nil)
	ctx, cancel := memory.Bounded(context.Background())
	defer cancel()
	fill(t, 8)
	<-ctx.Done()
	if !errors.Is(context.Cause(ctx), memory.ErrLimit) {
		t.Errorf("it ended because of %v", context.Cause(ctx))
	}
}

func TestTheProcessIsLeftWhenSearchesHaveEndedAndMemoryGrowsOn(t *testing.T) {
	ctx, cancel := memory.Bounded(context.Background())
	defer cancel()
	left := make(chan error, 100)
	memory.Limit(limit, func() { left <- ctx.Err() })
	fill(t, 10)
	memory.Look()
	memory.Look()
	if <-left == nil {
		t.Error("it was left before the search was ended")
	}
}

func TestWhatEndsOtherwiseIsNotTheLimit(t *testing.T) {
	parent, stop := context.WithCancel(context.Background())
	ctx, cancel := memory.Bounded(parent)
	defer cancel()
	stop()
	if ctx.Err() == nil || memory.Reached(ctx) {
		t.Errorf("the end of the parent is taken for the limit: %v", context.Cause(ctx))
	}
	own, cancel := memory.Bounded(context.Background())
	cancel()
	if own.Err() == nil || memory.Reached(own) {
		t.Errorf("the end of the search is taken for the limit: %v", context.Cause(own))
	}
}

// The usual limit is part of what there is, and the one that GOMEMLIMIT says.
func TestTheUsualLimit(t *testing.T) {
	if os.Getenv("GOMEMLIMIT") != "" {
		if memory.Usual() != 123<<20 {
			t.Errorf("GOMEMLIMIT is not taken: %d", memory.Usual())
		}
		return
	}
	if n := memory.Usual(); n < 64<<20 || n > 1<<50 {
		t.Errorf("the usual limit is %d bytes", n)
	}
	again := exec.Command(os.Args[0], "-test.run", t.Name())
	again.Env = append(os.Environ(), "GOMEMLIMIT=123MiB")
	if out, err := again.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
