// Package bounded holds hostile input to its limits in tests: what runs may
// take so much of the processor and of memory, and no more.
//
//	bounded.Run(t, 5*time.Second, 250<<20, func() { source.Parse("bomb.yaml", src) })
package bounded

import (
	"runtime"
	"syscall"
	"testing"
	"time"
)

// Run runs what is hostile and fails when it takes more of the processor, or
// more heap in bytes, than allowed. Time of the processor is counted, not of the
// clock: machines are shared, and what takes four seconds of one has waited a
// minute for it. What sleeps for ever is ended by the limit of go test.
func Run(t *testing.T, most time.Duration, heap int64, run func()) {
	t.Helper()
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	used, done := processor(t), make(chan struct{})
	go func() {
		defer close(done)
		run()
	}()
	var peak uint64
	for running := true; running; {
		select {
		case <-done:
			running = false
		case <-time.After(10 * time.Millisecond):
		}
		runtime.ReadMemStats(&now)
		peak = max(peak, now.HeapAlloc)
		if processor(t)-used > most {
			t.Fatalf("it is not done after %s of the processor", processor(t)-used)
		}
	}
	grown := int64(peak) - int64(before.HeapAlloc)
	t.Logf("%s, %d MB", (processor(t) - used).Round(10*time.Millisecond), grown>>20)
	if grown > heap {
		t.Errorf("it takes %d MB", grown>>20)
	}
}

// processor gives the processor time that this process has used.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
