// Package memory ends searches before the memory of the machine does. A search
// bounds its context; when what is in use after a collection of garbage comes to
// seven eighths of the limit, every such context ends and the searches hand over
// the best that they have.
//
//	memory.Limit(1<<30, leave)
//	ctx, cancel := memory.Bounded(ctx)
//	outcome, err := solve.Plan(ctx, …)
//	if memory.Reached(ctx) { … }
//
// The limit is that of runtime/debug.SetMemoryLimit for the whole process, so that
// garbage is collected in time; seven eighths leave room for what is not on the
// heap. Where a step that asks nobody fills the memory on, beyond nine eighths,
// the process is left.
package memory
