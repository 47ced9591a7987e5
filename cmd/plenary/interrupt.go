package main

import (
	"context"
	"sync"
	"time"
)

// interruption is what Ctrl-C does to a call. One that searches, serves or writes
// ends by itself, with what it has; any other is left at once: it has written
// nothing yet.
type interruption struct {
	sync.Mutex
	itself bool
}

// interruptionKey is under what an interruption stands in the context of a call.
type interruptionKey struct{}

// interruptible gives the context of a call that is left when ctx ends. Leave does
// not come back.
func interruptible(ctx context.Context, leave func()) context.Context {
	i := &interruption{}
	context.AfterFunc(ctx, func() {
		i.Lock() // for good: nothing is begun any more
		if !i.itself {
			leave()
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

// searching gives the context of a search, which ends with the limit of time or
// with Ctrl-C.
func searching(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc, error) {
	if limit <= 0 {
		return nil, nil, status{exitInput, "the time limit must be longer than nothing, such as 2m or 90s"}
	}
	byItself(ctx)
	search, cancel := context.WithTimeout(ctx, limit)
	return search, cancel, nil
}
