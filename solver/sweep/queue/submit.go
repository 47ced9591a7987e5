package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go/jetstream"

	"plenary/model/sweep"
)

// Submission is what is asked of a queue.
type Submission struct {
	Jobs    []sweep.Job
	Bundles map[string][]byte // by the name that jobs call them
	// Ahead is how many jobs may wait or be at work at once; the others follow
	// as results come.
	Ahead int
	// Again takes away results that are no answers, so that their jobs are
	// tried again.
	Again bool
	// Check may change a result before anything is done with it, such as one from a
	// stranger that is not as it claims; known as for Told; nil for none.
	Check func(r *sweep.Result, known bool)
	// Told hears of every result once, those that were there first; known tells
	// that it was there before.
	Told func(r sweep.Result, known bool)
}

// Submit hands out the jobs that have no result yet, and returns when all have
// one. What was done is kept when it ends early: the same call goes on.
func (q *Queue) Submit(ctx context.Context, s Submission) error {
	for name, content := range s.Bundles {
		if err := q.store(ctx, name, content); err != nil {
			return fmt.Errorf("store the files of the scenario: %w", err)
		}
	}
	open := map[string]sweep.Job{} // without a result, by key
	var order []string
	for _, j := range s.Jobs {
		if _, twice := open[j.Key()]; !twice {
			order = append(order, j.Key())
			open[j.Key()] = j
		}
	}
	watch, err := q.answers.Watch(ctx, answerKey("*"), jetstream.IgnoreDeletes())
	if err != nil {
		return fmt.Errorf("watch results: %w", err)
	}
	defer func() { _ = watch.Stop() }()
	known := true
	out := map[string]bool{} // handed out by us, and without a result
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case entry, ok := <-watch.Updates():
			switch {
			case !ok:
				return errors.New("the connection to the queue has ended")
			case entry == nil: // all that was there before
				known = false
			default:
				key := strings.TrimPrefix(entry.Key(), answerKey(""))
				if _, ours := open[key]; !ours {
					continue
				}
				r, err := q.result(ctx, key, entry.Value())
				if err != nil {
					return err
				}
				if s.Check != nil {
					s.Check(&r, known)
				}
				if known && s.Again && !r.Answered() {
					if err := q.forget(ctx, key); err != nil {
						return err
					}
					continue
				}
				delete(open, key)
				delete(out, key)
				s.Told(r, known)
			}
		}
		if known {
			continue
		}
		for len(out) < s.Ahead && len(order) > 0 {
			key := order[0]
			order = order[1:]
			if job, unanswered := open[key]; unanswered {
				if err := q.publish(ctx, key, job); err != nil {
					return err
				}
				out[key] = true
			}
		}
		if len(open) == 0 {
			return nil
		}
	}
}

// result reads an entry; one that is not what it says is a result, too.
func (q *Queue) result(ctx context.Context, key string, value []byte) (sweep.Result, error) {
	content, err := q.content(ctx, value)
	if ctx.Err() != nil {
		return sweep.Result{}, ctx.Err()
	}
	var r sweep.Result
	if err == nil {
		r, err = sweep.DecodeResult(content)
	}
	if err == nil && r.Key != key {
		err = errors.New("it is the answer to another job")
	}
	if err != nil {
		r = sweep.Result{Key: key, Answer: sweep.Answer{Status: sweep.SetAside, Trouble: "the result in the queue cannot be read: " + err.Error()}}
	}
	r.Clean()
	return r, nil
}

// forget takes away a result and the tries that led to it, and the job, too: it stands
// in the queue until its worker's acknowledgement is there, which would take away a job
// that is handed out anew meanwhile.
func (q *Queue) forget(ctx context.Context, key string) error {
	if err := q.stream.Purge(ctx, jetstream.WithPurgeSubject(q.subject(key))); err != nil {
		return fmt.Errorf("take away a job: %w", err)
	}
	for _, k := range []string{triesKey(key), answerKey(key)} {
		if err := q.answers.Purge(ctx, k); err != nil {
			return fmt.Errorf("take away a result: %w", err)
		}
	}
	return nil
}

// storeFailed is the error of a stream that does not take a message.
const storeFailed = 10077

// publish hands out a job, unless it is handed out already.
func (q *Queue) publish(ctx context.Context, key string, job sweep.Job) error {
	content, err := json.Marshal(job)
	if err != nil {
		return err
	}
	_, err = q.js.Publish(ctx, q.subject(key), content, jetstream.WithExpectStream(q.name))
	var refused *jetstream.APIError
	if errors.As(err, &refused) && refused.ErrorCode == storeFailed && strings.Contains(refused.Description, "per subject") {
		return nil
	}
	if err != nil {
		return fmt.Errorf("hand out a job: %w", err)
	}
	return nil
}

// Sound fails with ErrDamaged when the queue counts answers that are not there: their
// jobs would never get another.
func (q *Queue) Sound(ctx context.Context) error {
	bucket, err := q.js.Stream(ctx, "KV_"+q.name)
	if err != nil {
		return fmt.Errorf("look at the queue: %w", err)
	}
	if state := bucket.CachedInfo().State; state.NumSubjects != state.Msgs { // one of each is kept
		return ErrDamaged
	}
	return nil
}

// Renew hands out anew at once what was at work when the process before this one
// ended, instead of waiting until it is taken for lost, by times that another clock
// may have told: for a queue from which nobody else takes.
func (q *Queue) Renew(ctx context.Context) error {
	err := q.stream.DeleteConsumer(ctx, consumer)
	if err == nil {
		q.ready, err = q.stream.CreateOrUpdateConsumer(ctx, q.options.workers())
	}
	if err != nil {
		return fmt.Errorf("renew the queue: %w", err)
	}
	return nil
}

// Withdraw takes out of the queue what is waiting or at work and is none of these
// jobs: for a queue that nobody else uses.
func (q *Queue) Withdraw(ctx context.Context, jobs []sweep.Job) error {
	ours := map[string]bool{}
	for _, j := range jobs {
		ours[q.subject(j.Key())] = true
	}
	info, err := q.stream.Info(ctx, jetstream.WithSubjectFilter(">"))
	if err != nil {
		return fmt.Errorf("look at the queue: %w", err)
	}
	for subject := range info.State.Subjects {
		if !ours[subject] {
			if err := q.stream.Purge(ctx, jetstream.WithPurgeSubject(subject)); err != nil {
				return fmt.Errorf("clear the queue: %w", err)
			}
		}
	}
	return nil
}
