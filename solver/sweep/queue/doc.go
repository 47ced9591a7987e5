// Package queue hands the jobs of a sweep to workers and brings their results
// back, over NATS JetStream, which stands in no other package: a server within
// this process whose data lie in a folder, or any cluster.
//
// Each sweep has a stream of jobs from which one worker at a time takes each, a
// bucket of results, and a store of files. A job is handed out again when its
// worker was not heard of for a while: delivery at least once. A result is
// created under its job's key and never replaced: one result, the first. A job
// over which several workers were lost or failed is set aside with what is
// known of them.
//
//	server, err := queue.Serve(queue.ServerOptions{Folder: "gcm.sweep/queue"})
//	nc, err := server.Connect()
//	q, err := queue.Open(ctx, nc, queue.Name(jobs), program, queue.Options{Lost: 30 * time.Second, Tries: 3})
//	go worker.WorkFor(ctx, q)
//	err = q.Submit(ctx, queue.Submission{Jobs: jobs, Bundles: bundles, Ahead: 256, Told: told})
package queue
