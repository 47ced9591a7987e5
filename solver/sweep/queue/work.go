package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"plenary/model/scenario"
	"plenary/model/sweep"
)

// Worker takes jobs and answers them, one at a time.
type Worker struct {
	Name    string
	Program string // jobs of other programs are left to others
	// Run answers a job. Its error is that of ctx.
	Run func(ctx context.Context, job sweep.Job, files scenario.Bundle) (sweep.Answer, error)
	// Told hears of what the worker does; may be nil.
	Told func(Event)
	// Patience is how often running the queue may take nothing before WorkFor gives
	// up, for a queue to which no connection can be lost; 0: for ever.
	Patience int

	bundle string // the last one
	files  scenario.Bundle
	failed int // how often running the queue took nothing
}

// Event is something that a worker did.
type Event struct {
	Job    string
	Text   string
	Status sweep.Status // of the answer; "" for everything else
}

// String gives the event in words.
func (e Event) String() string {
	switch {
	case e.Status == "":
		return e.Text
	case e.Text == "":
		return string(e.Status)
	}
	return string(e.Status) + ": " + e.Text
}

func (w *Worker) tell(job, text string, status sweep.Status) {
	if w.Told != nil {
		w.Told(Event{job, text, status})
	}
}

// waiting is how long a worker waits for a job before it looks for other sweeps.
const waiting = 2 * time.Second

// Work answers jobs of every sweep in a cluster, until ctx is done. The job that
// is at work then is given back.
func (w *Worker) Work(ctx context.Context, nc *nats.Conn) error {
	js, err := jetstream.New(nc)
	if err != nil {
		return fmt.Errorf("join the cluster: %w", err)
	}
	if _, err := js.AccountInfo(ctx); err != nil {
		return opening(err)
	}
	var queues []*Queue
	var looked time.Time
	for ctx.Err() == nil {
		if time.Since(looked) > waiting {
			if found, err := find(ctx, js, w.Program); err == nil { // else the connection is lost
				queues = found
			}
			looked = time.Now()
		}
		worked := false
		for _, q := range queues { // one of each in turn
			worked = w.next(ctx, q, 0) || worked
		}
		switch {
		case worked:
		case len(queues) == 0:
			pause(ctx, waiting)
		default:
			for _, q := range queues {
				w.next(ctx, q, waiting/time.Duration(len(queues)))
			}
		}
	}
	return nil
}

// WorkFor answers jobs of one sweep, until ctx is done; the error is errStore when
// the worker's patience ended before.
func (w *Worker) WorkFor(ctx context.Context, q *Queue) error {
	for ctx.Err() == nil {
		w.next(ctx, q, waiting)
		if w.Patience > 0 && w.failed >= w.Patience {
			return errStore
		}
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// next answers a job, if there is one, or one comes within a while.
func (w *Worker) next(ctx context.Context, q *Queue, within time.Duration) (worked bool) {
	var batch jetstream.MessageBatch
	var err error
	if within == 0 {
		batch, err = q.ready.FetchNoWait(1)
	} else {
		wait, cancel := context.WithTimeout(ctx, within)
		defer cancel()
		batch, err = q.ready.Fetch(1, jetstream.FetchContext(wait))
	}
	if err != nil {
		w.failed++
		pause(ctx, within/2) // the connection is lost
		return false
	}
	for msg := range batch.Messages() {
		w.handle(ctx, q, msg)
		worked = true
	}
	return worked
}

// handle answers the job of a message. Whatever happens, the message is
// acknowledged only when there is a result, and otherwise given back.
func (w *Worker) handle(ctx context.Context, q *Queue, msg jetstream.Msg) {
	key := strings.TrimPrefix(msg.Subject(), q.subject(""))
	// What stands in the queue is settled even when we are asked to end.
	settle := context.WithoutCancel(ctx)
	if _, err := q.answers.Get(settle, answerKey(key)); err == nil {
		_ = msg.Ack()
		return
	}
	defer q.beat(msg)()
	setAside := func(trouble string, tries int) {
		w.settle(settle, q, msg, sweep.Result{Key: key, Tries: tries, Answer: sweep.Answer{Status: sweep.SetAside, Trouble: trouble}})
	}
	var job sweep.Job
	if err := json.Unmarshal(msg.Data(), &job); err != nil || job.Key() != key {
		setAside("the job in the queue cannot be read", 0)
		return
	}
	files, err := w.fetch(settle, q, job.Bundle)
	switch {
	case errors.Is(err, errWrongFiles):
		setAside(err.Error(), 0)
		return
	case err != nil: // the connection is lost
		_ = msg.NakWithDelay(time.Second)
		return
	}
	turn, err := q.begin(settle, key, w.Name)
	switch {
	case errors.Is(err, errTooMany):
		setAside(turn.story(), len(turn.all))
		return
	case errors.Is(err, errTaken):
		_ = msg.NakWithDelay(time.Second)
		return
	case err != nil: // the connection is lost, or the disk is full
		w.failed++
		_ = msg.NakWithDelay(time.Second)
		return
	}
	start := time.Now()
	answer, err := w.answer(ctx, job, files)
	switch {
	case ctx.Err() != nil:
		turn.takeBack(settle)
		_ = msg.Nak()
	case err != nil:
		w.tell(key, err.Error(), "")
		turn.fail(settle, err)
		_ = msg.Nak()
	default:
		w.settle(settle, q, msg, sweep.Result{Key: key, Answer: answer, Took: time.Since(start), Tries: len(turn.all)})
	}
}

// answer runs a job. A crash of the program is an error.
func (w *Worker) answer(ctx context.Context, job sweep.Job, files scenario.Bundle) (answer sweep.Answer, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("the program crashed: %v, at %s", fault, firstFrame(string(debug.Stack())))
		}
	}()
	return w.Run(ctx, job, files)
}

// errWrongFiles says that the files of a job are not there, or not what they
// should be.
var errWrongFiles = errors.New("the files of the scenario are missing in the queue, or damaged")

// fetch gives the files of a scenario. The last ones are kept at hand.
func (w *Worker) fetch(ctx context.Context, q *Queue, bundle string) (scenario.Bundle, error) {
	if w.files != nil && w.bundle == bundle {
		return w.files, nil
	}
	content, err := q.load(ctx, bundle)
	if errors.Is(err, jetstream.ErrObjectNotFound) || errors.Is(err, errObject) {
		return nil, errWrongFiles
	}
	if err != nil {
		return nil, err
	}
	files, err := sweep.DecodeBundle(content, bundle)
	if err != nil {
		return nil, errWrongFiles
	}
	w.bundle, w.files = bundle, files
	return files, nil
}

// firstFrame gives the first line of ours in a trace after the panic.
func firstFrame(trace string) string {
	_, after, _ := strings.Cut(trace, "panic(")
	for line := range strings.Lines(after) {
		if name, _, ok := strings.Cut(line, "("); ok && strings.HasPrefix(name, "plenary/") {
			return name
		}
	}
	return "an unknown place"
}

// settled is how often a result is tried to be handed in while the connection is
// lost. After that another worker does the job.
const settled = 10

// settle hands in a result, unless there is one, and takes the job off the queue.
func (w *Worker) settle(ctx context.Context, q *Queue, msg jetstream.Msg, r sweep.Result) {
	r.Worker = w.Name
	content, err := sweep.EncodeResult(r)
	if err != nil {
		w.tell(r.Key, err.Error(), "")
		return
	}
	for range settled {
		if err = q.handIn(ctx, r.Key, content); err == nil || errors.Is(err, jetstream.ErrKeyExists) {
			break
		}
		time.Sleep(time.Second)
	}
	switch {
	case errors.Is(err, jetstream.ErrKeyExists):
		w.tell(r.Key, "another worker was first", "")
	case err != nil:
		w.failed++
		w.tell(r.Key, "the result could not be handed in: "+err.Error(), "")
		return
	default:
		w.failed = 0
		w.tell(r.Key, r.Trouble, r.Status)
	}
	_ = msg.Ack() // lost: it comes once more, and there is a result
}

// handIn stores a result, the first.
func (q *Queue) handIn(ctx context.Context, key string, content []byte) error {
	value, err := q.value(ctx, content)
	if err != nil {
		return err
	}
	_, err = q.answers.Create(ctx, answerKey(key), value)
	return err
}

// beat says again and again that a job is at work, until the function that it
// gives is called.
func (q *Queue) beat(msg jetstream.Msg) (stop func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(max(q.options.Lost/4, 10*time.Millisecond))
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				_ = msg.InProgress()
			}
		}
	}()
	return func() { close(done) }
}
