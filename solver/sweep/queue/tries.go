package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go/jetstream"
)

// try is a worker that took a job.
type try struct {
	Worker string `json:"worker"`
	Fault  string `json:"fault,omitempty"` // what went wrong; "" while it is at work, or lost
}

// turn is a worker's try among those of a job.
type turn struct {
	q        *Queue
	job      string
	all      []try
	revision uint64
}

// errTooMany says that a job had all the tries that it may have.
var errTooMany = errors.New("too many tries")

// errTaken says that another worker took the job at the same moment.
var errTaken = errors.New("another worker has it")

// begin notes that a worker takes a job. It fails with errTooMany when so many
// took it before, and with errTaken when another one took it at the same moment.
func (q *Queue) begin(ctx context.Context, job, worker string) (*turn, error) {
	t := &turn{q: q, job: job}
	entry, err := q.answers.Get(ctx, triesKey(job))
	switch {
	case errors.Is(err, jetstream.ErrKeyNotFound):
	case err != nil:
		return nil, err
	default:
		t.revision = entry.Revision()
		if err := json.Unmarshal(entry.Value(), &t.all); err != nil {
			return nil, fmt.Errorf("read the tries of a job: %w", err)
		}
	}
	if len(t.all) >= q.options.Tries {
		return t, errTooMany
	}
	t.all = append(t.all, try{Worker: worker})
	return t, t.note(ctx)
}

// note writes the tries down, unless somebody else did meanwhile.
func (t *turn) note(ctx context.Context) error {
	content, err := json.Marshal(t.all)
	if err != nil {
		return err
	}
	if t.revision == 0 {
		t.revision, err = t.q.answers.Create(ctx, triesKey(t.job), content)
	} else {
		t.revision, err = t.q.answers.Update(ctx, triesKey(t.job), content, t.revision)
	}
	var refused *jetstream.APIError
	if errors.Is(err, jetstream.ErrKeyExists) || errors.As(err, &refused) && refused.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence {
		return errTaken
	}
	return err
}

// fail notes what went wrong. That it is not noted costs a reason, no more.
func (t *turn) fail(ctx context.Context, fault error) {
	t.all[len(t.all)-1].Fault = fault.Error()
	_ = t.note(ctx)
}

// takeBack forgets the try: it ended for a reason that says nothing of the job.
// That it is not forgotten costs a try, no more.
func (t *turn) takeBack(ctx context.Context) {
	t.all = t.all[:len(t.all)-1]
	_ = t.note(ctx)
}

// story says in words how the tries went.
func (t *turn) story() string {
	var parts []string
	for _, x := range t.all {
		how := "was not heard of again"
		if x.Fault != "" {
			how = x.Fault
		}
		parts = append(parts, x.Worker+": "+how)
	}
	return fmt.Sprintf("%d workers tried; %s", len(t.all), strings.Join(parts, "; "))
}
