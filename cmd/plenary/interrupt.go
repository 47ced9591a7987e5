package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/solver/memory"
)

// interruption is what Ctrl-C does to a call. One that searches, serves or writes
// ends by itself, with what it has; any other is left at once: it has written
// nothing yet.
type interruption struct {
	sync.Mutex
	itself bool
	leave  func(status)
}

// interruptionKey is under what an interruption stands in the context of a call.
type interruptionKey struct{}

// interruptible gives the context of a call that is left when ctx ends, or when it
// takes more memory than it may. Leave does not come back.
func interruptible(ctx context.Context, leave func(status)) context.Context {
	i := &interruption{leave: leave}
	context.AfterFunc(ctx, func() {
		i.Lock() // for good: nothing is begun any more
		if !i.itself {
			leave(status{exitInterrupted, "interrupted; nothing was written"})
		}
		i.Unlock()
	})
	return context.WithValue(ctx, interruptionKey{}, i)
}

// byItself says that the call ends by itself from now on. It does not come back
// where the call is being left.
func byItself(ctx context.Context) {
	if i, ok := ctx.Value(interruptionKey{}).(*interruption); ok {
		i.Lock()
		i.itself = true
		i.Unlock()
	}
}

// searching gives the context of a search, which ends with the limit of time, with
// Ctrl-C or with the limit of memory.
func searching(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc, error) {
	if limit <= 0 {
		return nil, nil, status{exitInput, "the time limit must be longer than nothing, such as 2m or 90s"}
	}
	byItself(ctx)
	bounded, end := memory.Bounded(ctx)
	search, cancel := context.WithTimeout(bounded, limit)
	return search, func() { cancel(); end() }, nil
}

// stopped gives the status of a call whose search was stopped before its answer.
func stopped(search context.Context, cmd *cobra.Command) error {
	switch {
	case cmd.Context().Err() != nil:
		return status{exitInterrupted, "interrupted before the answer was complete"}
	case memory.Reached(search):
		return status{exitLimit, "the memory limit came before the answer was complete; give more memory with --memory-limit"}
	}
	return status{exitLimit, "the time limit came before the answer was complete; give more time with --time-limit"}
}

// leastMemory is the smallest memory limit, in bytes, with which anything works.
const leastMemory = 16 << 20

// limitMemory sets the memory limit that was asked for, or the usual one.
func limitMemory(cmd *cobra.Command, settings *viper.Viper) error {
	limit := memory.Usual()
	if text := settings.GetString("memory-limit"); text != "" {
		var err error
		if limit, err = humanize.ParseBytes(text); err != nil || limit < leastMemory {
			return status{exitInput, fmt.Sprintf("--memory-limit: %q is no size of %s or more, such as 500MiB or 4GiB", text, humanize.IBytes(leastMemory))}
		}
	}
	if limit == 0 {
		return nil
	}
	memory.Limit(limit, func() {
		i, ok := cmd.Context().Value(interruptionKey{}).(*interruption)
		if !ok {
			return
		}
		i.Lock() // for good: nothing is begun any more
		written := "nothing was written"
		if i.itself {
			written = "what was written before is whole, and nothing else was written"
		}
		i.leave(status{exitLimit, fmt.Sprintf("this takes more memory than the limit of %s, and was ended; %s. Give more memory with --memory-limit", humanize.IBytes(limit), written)})
	})
	return nil
}
