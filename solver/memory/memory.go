package memory

import (
	"context"
	"errors"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

// ErrLimit is the cause with which the contexts of searches end.
var ErrLimit = errors.New("the memory limit was reached")

// guard watches the memory of this process: there is one heap, and one limit.
var guard struct {
	sync.Mutex
	watched bool
	limit   uint64 // in bytes; 0: none
	leave   func()
	usual   int // garbage, in per cent of what is in use, where little is; 0: nobody said
	lies    int // now; 0: as usual
	ends    map[*struct{ end context.CancelCauseFunc }]bool
}

// Limit bounds the memory of this process, in bytes; 0: no more. Leave is called
// after a collection when memory grows on although searches were ended, or where
// there are none; nil: never.
func Limit(bytes uint64, leave func()) {
	all := int64(math.MaxInt64)
	if bytes > 0 && bytes < math.MaxInt64 {
		all = int64(bytes)
	}
	debug.SetMemoryLimit(all)
	guard.Lock()
	defer guard.Unlock()
	guard.limit, guard.leave = bytes, leave
	if !guard.watched {
		guard.watched = true
		afterEachCollection()
	}
}

// Usual gives the limit, in bytes, where nobody says one: the one that GOMEMLIMIT
// sets for every Go program, or else three quarters of what the machine has, or the
// container (control group) lets the process have; 0 where neither is known.
func Usual() uint64 {
	if set := debug.SetMemoryLimit(-1); set != math.MaxInt64 {
		return uint64(set)
	}
	has := uint64(0)
	for _, known := range []memlimit.Provider{memlimit.FromSystem, memlimit.FromCgroup} {
		if n, err := known(); err == nil && (has == 0 || n < has) {
			has = n
		}
	}
	return has / 4 * 3
}

// Ample lets garbage lie until memory is three times what is in use, not twice, within
// the limit: for many searches one after the other. A sweep of 60 what-ifs took a tenth
// less of the processor, and half as much memory again.
func Ample() {
	guard.Lock()
	defer guard.Unlock()
	guard.usual = 200
	tidy(0)
}

const (
	// Where so many bytes and more are in use, garbage may lie until it is so many per cent
	// of them: they are large lists, which a collection goes through quickly. A calendar of
	// 3,000 sessions took half the memory, and a twentieth more of the processor.
	much   = 1 << 30
	little = 8
)

// tidy says how much garbage may lie when so many bytes are in use, unless the
// environment (GOGC) does. The guard is locked.
func tidy(in uint64) {
	if os.Getenv("GOGC") != "" {
		return
	}
	if percent := garbage(in, guard.usual); percent != guard.lies {
		guard.lies = percent
		debug.SetGCPercent(percent)
	}
}

// garbage gives how much may lie, in per cent of what is in use.
func garbage(in uint64, usual int) int {
	switch {
	case in >= much:
		return little
	case usual > 0:
		return usual
	default:
		return 100
	}
}

// afterEachCollection has the memory looked at when the garbage collector has gone
// through it.
func afterEachCollection() {
	// An object that nothing refers to is found by every collection anew.
	found := &struct{ itself *byte }{}
	runtime.AddCleanup(found, func(struct{}) {
		Look()
		afterEachCollection()
	}, struct{}{})
}

// Bounded gives a context that also ends when the limit is reached, then with the
// cause ErrLimit.
func Bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, end := context.WithCancelCause(ctx)
	one := &struct{ end context.CancelCauseFunc }{end}
	guard.Lock()
	defer guard.Unlock()
	if guard.ends == nil {
		guard.ends = map[*struct{ end context.CancelCauseFunc }]bool{}
	}
	guard.ends[one] = true
	return ctx, func() {
		end(nil)
		guard.Lock()
		defer guard.Unlock()
		delete(guard.ends, one)
	}
}

// Reached tells whether it was the limit that ended a context, or one that this
// one was made of.
func Reached(ctx context.Context) bool { return errors.Is(context.Cause(ctx), ErrLimit) }

// Look compares what was in use at the last collection with the limit, and says how
// much garbage may lie until the next. It is called after each; nobody else needs to.
func Look() {
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(live)
	guard.Lock()
	defer guard.Unlock()
	in, eighth := live[0].Value.Uint64(), guard.limit/8
	tidy(in)
	if guard.limit == 0 || in < 7*eighth {
		return
	}
	ended := false
	for one := range guard.ends {
		one.end(ErrLimit)
		delete(guard.ends, one)
		ended = true
	}
	if !ended && in >= 9*eighth && guard.leave != nil {
		guard.leave()
	}
}
