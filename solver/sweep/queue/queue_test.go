package queue

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"plenary/model/scenario"
	"plenary/model/sweep"
)

// quickly is how long a worker is not heard of before it is lost, in tests: no
// test waits for a length of time, only for what follows.
var quickly = Options{Lost: 500 * time.Millisecond, Tries: 3}

const testProgram = "plenary test"

// ask is a queue with its server, and jobs whose answers are their changes.
type ask struct {
	*testing.T
	server *Server
	nc     *nats.Conn
	q      *Queue
	jobs   []sweep.Job
	files  map[string][]byte
}

// jobs makes so many jobs, of one scenario.
func jobs(n int) ([]sweep.Job, map[string][]byte) {
	content, name := sweep.EncodeBundle(scenario.Bundle{"s.yaml": []byte("title: t\n")})
	var out []sweep.Job
	for i := range n {
		out = append(out, sweep.Job{Program: testProgram, Bundle: name, Scenario: "s.yaml", Set: []string{fmt.Sprintf("n=%d", i)}, Seed: 1, Time: time.Minute})
	}
	return out, map[string][]byte{name: content}
}

// start opens a queue of so many jobs in a folder.
func start(t *testing.T, folder string, n int, o Options) *ask {
	t.Helper()
	server, err := Serve(ServerOptions{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	a := &ask{T: t, server: server}
	a.nc = a.connect()
	a.jobs, a.files = jobs(n)
	if a.q, err = Open(t.Context(), a.nc, Name(a.jobs), testProgram, o); err != nil {
		t.Fatal(err)
	}
	return a
}

func (a *ask) connect() *nats.Conn {
	a.Helper()
	nc, err := a.server.Connect()
	if err != nil {
		a.Fatal(err)
	}
	a.Cleanup(nc.Close)
	return nc
}

// run is what a worker does with a job.
type run func(ctx context.Context, job sweep.Job, files scenario.Bundle) (sweep.Answer, error)

// echo answers a job with its changes.
func echo(_ context.Context, job sweep.Job, files scenario.Bundle) (sweep.Answer, error) {
	if string(files["s.yaml"]) != "title: t\n" {
		return sweep.Answer{}, errors.New("the files are others")
	}
	return sweep.Answer{Status: sweep.Optimal, Plan: []byte(job.Set[0])}, nil
}

// work starts workers, each with a connection of its own, until the test ends.
func (a *ask) work(runs ...run) {
	a.Helper()
	for i, r := range runs {
		nc := a.connect()
		w := &Worker{Name: fmt.Sprintf("worker-%d", i), Program: testProgram, Run: r}
		ctx, cancel := context.WithCancel(a.Context())
		var done sync.WaitGroup
		done.Add(1)
		go func() {
			defer done.Done()
			_ = w.Work(ctx, nc)
		}()
		a.Cleanup(func() { cancel(); done.Wait() })
	}
}

// submit asks all jobs and gives the results by key; a second result of a job
// fails the test.
func (a *ask) submit(s Submission) map[string]sweep.Result {
	a.Helper()
	out := map[string]sweep.Result{}
	s.Jobs, s.Bundles = a.jobs, a.files
	if s.Ahead == 0 {
		s.Ahead = len(a.jobs)
	}
	told := s.Told
	s.Told = func(r sweep.Result, known bool) {
		if _, twice := out[r.Key]; twice {
			a.Errorf("the job %s has two results", r.Key)
		}
		out[r.Key] = r
		if told != nil {
			told(r, known)
		}
	}
	if err := a.q.Submit(a.Context(), s); err != nil {
		a.Fatal(err)
	}
	return out
}

// answered checks that every job has the answer that echo gives.
func (a *ask) answered(results map[string]sweep.Result) {
	a.Helper()
	for _, j := range a.jobs {
		if r := results[j.Key()]; r.Status != sweep.Optimal || string(r.Plan) != j.Set[0] {
			a.Errorf("%s: %+v", j.Set[0], r)
		}
	}
	if len(results) != len(a.jobs) {
		a.Errorf("%d results of %d jobs", len(results), len(a.jobs))
	}
}

func TestEveryJobIsAnsweredOnce(t *testing.T) {
	a := start(t, t.TempDir(), 50, quickly)
	a.work(echo, echo, echo)
	a.answered(a.submit(Submission{Ahead: 7}))
}

func TestNoMoreJobsThanAllowedAreHandedOutAtOnce(t *testing.T) {
	a := start(t, t.TempDir(), 20, quickly)
	most := uint64(0)
	a.work(func(ctx context.Context, job sweep.Job, files scenario.Bundle) (sweep.Answer, error) {
		info, err := a.q.stream.Info(ctx)
		if err != nil {
			return sweep.Answer{}, err
		}
		most = max(most, info.State.Msgs)
		return echo(ctx, job, files)
	})
	a.answered(a.submit(Submission{Ahead: 4}))
	// A job whose result is known may still be on its way out of the queue.
	if most < 2 || most > 5 {
		t.Errorf("%d jobs were in the queue at once", most)
	}
}

func TestASecondRunAsksNothingThatIsKnown(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "queue")
	a := start(t, folder, 10, quickly)
	a.work(echo)
	first := a.submit(Submission{})
	a.nc.Close()
	a.server.Close()

	b := start(t, folder, 12, quickly) // two jobs more: the answers are kept
	asked := 0
	b.work(func(ctx context.Context, job sweep.Job, files scenario.Bundle) (sweep.Answer, error) {
		asked++
		return echo(ctx, job, files)
	})
	known := 0
	second := b.submit(Submission{Told: func(_ sweep.Result, before bool) {
		if before {
			known++
		}
	}})
	b.answered(second)
	if asked != 2 || known != 10 {
		t.Errorf("%d were asked, %d known", asked, known)
	}
	for key, r := range first {
		if !reflect.DeepEqual(second[key], r) {
			t.Errorf("%+v became %+v", r, second[key])
		}
	}
}

func TestAFolderIsUsedByOneProcessAtATime(t *testing.T) {
	folder := t.TempDir()
	a := start(t, folder, 1, quickly)
	if _, err := Serve(ServerOptions{Folder: folder}); !errors.Is(err, ErrInUse) {
		t.Errorf("%v", err)
	}
	a.nc.Close()
	a.server.Close()
	again, err := Serve(ServerOptions{Folder: folder})
	if err != nil {
		t.Fatal(err)
	}
	again.Close()
}

// A job that crashes its worker each time is set aside with its story, and the
// rest goes on.
func TestAPoisonJobIsSetAsideWithItsReason(t *testing.T) {
	a := start(t, t.TempDir(), 6, quickly)
	poison := a.jobs[2]
	crash := func(ctx context.Context, job sweep.Job, files scenario.Bundle) (sweep.Answer, error) {
		if job.Key() == poison.Key() {
			panic("index out of range")
		}
		return echo(ctx, job, files)
	}
	a.work(crash, crash)
	results := a.submit(Submission{})
	r := results[poison.Key()]
	if r.Status != sweep.SetAside || r.Tries != 3 || strings.Count(r.Trouble, "the program crashed: index out of range, at plenary/solver/sweep/queue.Test") != 3 {
		t.Errorf("%+v", r)
	}
	results[poison.Key()] = sweep.Result{Answer: sweep.Answer{Status: sweep.Optimal, Plan: []byte(poison.Set[0])}}
	a.answered(results)
}

// lose is a worker that takes the job, loses its connection for good, and is not
// heard of again.
func (a *ask) lose(name string, over sweep.Job) (taken chan bool) {
	nc, taken := a.connect(), make(chan bool)
	ctx, cancel := context.WithCancel(a.Context())
	a.Cleanup(cancel)
	w := &Worker{Name: name, Program: testProgram, Run: func(ctx context.Context, job sweep.Job, files scenario.Bundle) (sweep.Answer, error) {
		if job.Key() != over.Key() {
			return echo(ctx, job, files)
		}
		nc.Close()
		close(taken)
		<-ctx.Done()
		return sweep.Answer{}, ctx.Err()
	}}
	go func() { _ = w.Work(ctx, nc) }()
	return taken
}

func TestAJobOverWhichWorkersAreLostIsSetAside(t *testing.T) {
	a := start(t, t.TempDir(), 3, quickly)
	results := make(chan map[string]sweep.Result)
	go func() { results <- a.submit(Submission{}) }()
	for i := range quickly.Tries {
		<-a.lose(fmt.Sprintf("lost-%d", i), a.jobs[1])
	}
	a.work(echo)
	got := <-results
	r := got[a.jobs[1].Key()]
	want := "3 workers tried; lost-0: was not heard of again; lost-1: was not heard of again; lost-2: was not heard of again"
	if r.Status != sweep.SetAside || r.Trouble != want {
		t.Errorf("%+v", r)
	}
	for _, j := range []sweep.Job{a.jobs[0], a.jobs[2]} {
		if got[j.Key()].Status != sweep.Optimal {
			t.Errorf("%+v", got[j.Key()])
		}
	}
}

func TestAWorkerThatIsLostIsNoticedAndItsJobRedone(t *testing.T) {
	a := start(t, t.TempDir(), 5, quickly)
	results := make(chan map[string]sweep.Result)
	go func() { results <- a.submit(Submission{}) }()
	<-a.lose("lost", a.jobs[4])
	a.work(echo)
	got := <-results
	a.answered(got)
	if r := got[a.jobs[4].Key()]; r.Tries != 2 || r.Worker != "worker-0" {
		t.Errorf("%+v", r)
	}
}

// Bytes of the answers on the disk are others: that is said, and not waited for.
func TestADamagedQueueIsSaidToBeDamaged(t *testing.T) {
	folder := t.TempDir()
	t.Run("before", func(t *testing.T) {
		first := start(t, folder, 3, quickly)
		first.work(echo)
		first.answered(first.submit(Submission{}))
	})
	t.Run("sound", func(t *testing.T) {
		if err := start(t, folder, 3, quickly).q.Sound(t.Context()); err != nil {
			t.Error(err)
		}
	})
	files, err := filepath.Glob(filepath.Join(folder, "jetstream", "*", "streams", "KV_*", "msgs", "*.blk"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for i := 20; i < 320; i++ {
			src[i] ^= byte(i*7 + 1)
		}
		if err := os.WriteFile(name, src, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	again := start(t, folder, 3, quickly)
	if err := again.q.Sound(t.Context()); !errors.Is(err, ErrDamaged) {
		t.Errorf("%v", err)
	}
}

// What was at work when the process ended is not waited for, however long it would
// take to be taken for lost, and whatever the clock says then: the times that are
// kept do not count.
func TestWhatWasAtWorkWhenTheProcessEndedIsHandedOutAtOnce(t *testing.T) {
	folder := t.TempDir()
	forever := Options{Lost: 1000 * time.Hour, Tries: 3}
	first := start(t, folder, 2, forever)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- first.q.Submit(ctx, Submission{Jobs: first.jobs, Bundles: first.files, Ahead: 2, Told: func(sweep.Result, bool) {}})
	}()
	<-first.lose("gone", first.jobs[0])
	stop()
	<-ended
	first.server.Close()
	again := start(t, folder, 2, forever)
	if err := again.q.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	again.work(echo)
	again.answered(again.submit(Submission{}))
}

// A worker that was silent for too long comes back with another answer: the first
// result stays.
func TestAnAnswerThatComesTooLateReplacesNothing(t *testing.T) {
	a := start(t, t.TempDir(), 1, quickly)
	key := a.jobs[0].Key()
	told := make(chan Event, 10)
	w := &Worker{Name: "late", Program: testProgram, Told: func(e Event) { told <- e }}
	w.Run = func(ctx context.Context, _ sweep.Job, _ scenario.Bundle) (sweep.Answer, error) {
		content, err := sweep.EncodeResult(sweep.Result{Key: key, Worker: "other", Answer: sweep.Answer{Status: sweep.Optimal, Plan: []byte("n=0")}})
		if err != nil {
			return sweep.Answer{}, err
		}
		if err := a.q.handIn(ctx, key, content); err != nil {
			return sweep.Answer{}, err
		}
		return sweep.Answer{Status: sweep.Impossible}, nil
	}
	go func() { _ = w.Work(t.Context(), a.nc) }()
	a.answered(a.submit(Submission{}))
	if e := <-told; e.Text != "another worker was first" {
		t.Errorf("%+v", e)
	}
	a.answered(a.submit(Submission{}))
}

// A worker that is asked to end gives its job back, and that counts for nothing.
// A server whose disk is full refuses what it is given: a worker of our own process
// says so after a while, and does not wait for ever.
func TestAQueueThatTakesNothingIsGivenUp(t *testing.T) {
	a := start(t, t.TempDir(), 1, quickly)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if err := a.q.publish(ctx, a.jobs[0].Key(), a.jobs[0]); err != nil {
		t.Fatal(err)
	}
	bucket, err := a.q.js.Stream(ctx, "KV_"+a.q.name)
	if err != nil {
		t.Fatal(err)
	}
	full := bucket.CachedInfo().Config
	full.MaxBytes, full.Discard = 1, jetstream.DiscardNew
	if _, err := a.q.js.UpdateStream(ctx, full); err != nil {
		t.Fatal(err)
	}
	w := &Worker{Name: "patient", Program: testProgram, Run: echo, Patience: 1}
	if err := w.WorkFor(ctx, a.q); !errors.Is(err, errStore) {
		t.Errorf("%v", err)
	}
}

func TestAJobThatWasGivenBackIsNoTry(t *testing.T) {
	a := start(t, t.TempDir(), 1, Options{Lost: time.Hour, Tries: 1})
	results := make(chan map[string]sweep.Result)
	go func() { results <- a.submit(Submission{}) }()
	for range 3 {
		ctx, cancel := context.WithCancel(t.Context())
		w := &Worker{Name: "leaving", Program: testProgram, Run: func(ctx context.Context, _ sweep.Job, _ scenario.Bundle) (sweep.Answer, error) {
			cancel()
			return sweep.Answer{}, ctx.Err()
		}}
		if err := w.Work(ctx, a.nc); err != nil {
			t.Fatal(err)
		}
		cancel()
	}
	a.work(echo)
	got := <-results
	a.answered(got)
	if r := got[a.jobs[0].Key()]; r.Tries != 1 {
		t.Errorf("%+v", r)
	}
}

func TestLargeAnswersAndBundlesArrive(t *testing.T) {
	a := start(t, t.TempDir(), 2, quickly)
	noise := make([]byte, 3<<20) // more than a message may have, and not to be made smaller
	if _, err := rand.Read(noise); err != nil {
		t.Fatal(err)
	}
	content, name := sweep.EncodeBundle(scenario.Bundle{"s.yaml": []byte("title: t\n"), "large.csv": noise})
	a.files = map[string][]byte{name: content}
	for i := range a.jobs {
		a.jobs[i].Bundle = name
	}
	a.work(func(_ context.Context, _ sweep.Job, files scenario.Bundle) (sweep.Answer, error) {
		return sweep.Answer{Status: sweep.Optimal, Plan: files["large.csv"]}, nil
	})
	for _, r := range a.submit(Submission{}) {
		if string(r.Plan) != string(noise) {
			t.Errorf("%s: %d bytes of %d", r.Status, len(r.Plan), len(noise))
		}
	}
}

func TestWhatWasSetAsideIsAskedOnceMoreOnRequest(t *testing.T) {
	a := start(t, t.TempDir(), 3, quickly)
	broken := true
	a.work(func(ctx context.Context, job sweep.Job, files scenario.Bundle) (sweep.Answer, error) {
		if broken && job.Key() == a.jobs[1].Key() {
			return sweep.Answer{}, errors.New("it does not work yet")
		}
		return echo(ctx, job, files)
	})
	if r := a.submit(Submission{})[a.jobs[1].Key()]; r.Status != sweep.SetAside || !strings.Contains(r.Trouble, "it does not work yet") {
		t.Fatalf("%+v", r)
	}
	broken = false
	if r := a.submit(Submission{})[a.jobs[1].Key()]; r.Status != sweep.SetAside {
		t.Errorf("it was asked again without a request: %+v", r)
	}
	a.answered(a.submit(Submission{Again: true}))
}

func TestALateAcknowledgementTakesAwayNoJobThatIsAskedOnceMore(t *testing.T) {
	a := start(t, t.TempDir(), 2, quickly)
	key := a.jobs[0].Key()
	if err := a.q.publish(t.Context(), key, a.jobs[0]); err != nil {
		t.Fatal(err)
	}
	batch, err := a.q.ready.Fetch(1)
	if err != nil {
		t.Fatal(err)
	}
	late := <-batch.Messages()
	content, err := sweep.EncodeResult(sweep.Result{Key: key, Answer: sweep.Answer{Status: sweep.SetAside}})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.q.handIn(t.Context(), key, content); err != nil {
		t.Fatal(err)
	}

	results := make(chan map[string]sweep.Result)
	go func() { results <- a.submit(Submission{Again: true}) }()
	last := a.q.subject(a.jobs[1].Key())
	for { // until the last job is handed out
		if _, err := a.q.stream.GetLastMsgForSubject(t.Context(), last); err == nil {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if err := late.DoubleAck(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.work(echo)
	a.answered(<-results)
}

func TestTwoSweepsInOneClusterDoNotMix(t *testing.T) {
	a := start(t, t.TempDir(), 5, quickly)
	other, files := jobs(5)
	for i := range other {
		other[i].Seed = 2
	}
	if Name(other) == Name(a.jobs) {
		t.Fatal("two sweeps have one name")
	}
	q, err := Open(t.Context(), a.nc, Name(other), testProgram, quickly)
	if err != nil {
		t.Fatal(err)
	}
	a.work(echo, echo)
	done := make(chan int)
	go func() {
		n := 0
		if err := q.Submit(t.Context(), Submission{Jobs: other, Bundles: files, Ahead: 2, Told: func(sweep.Result, bool) { n++ }}); err != nil {
			t.Error(err)
		}
		done <- n
	}()
	a.answered(a.submit(Submission{}))
	if n := <-done; n != 5 {
		t.Errorf("%d results", n)
	}
}

func TestAWorkerOfAnotherVersionTakesNothing(t *testing.T) {
	a := start(t, t.TempDir(), 1, quickly)
	js, err := jetstream.New(a.nc)
	if err != nil {
		t.Fatal(err)
	}
	for program, want := range map[string]int{testProgram: 1, "plenary other": 0} {
		if found, err := find(t.Context(), js, program); err != nil || len(found) != want {
			t.Errorf("%s finds %d queues: %v", program, len(found), err)
		}
	}
}

func TestWhatIsNoLongerAskedIsWithdrawn(t *testing.T) {
	a := start(t, t.TempDir(), 5, quickly)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for ctx.Err() == nil { // nobody works: they wait
			if info, err := a.q.stream.Info(ctx); err == nil && info.State.Msgs == 5 {
				cancel()
			}
		}
	}()
	if err := a.q.Submit(ctx, Submission{Jobs: a.jobs, Bundles: a.files, Ahead: 9}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	a.jobs = a.jobs[:2]
	if err := a.q.Withdraw(t.Context(), a.jobs); err != nil {
		t.Fatal(err)
	}
	if info, err := a.q.stream.Info(t.Context()); err != nil || info.State.Msgs != 2 {
		t.Errorf("%d jobs wait: %v", info.State.Msgs, err)
	}
	a.work(echo)
	a.answered(a.submit(Submission{}))
}

// A hostile neighbour writes into the queue what is none of ours.
// An account on the cluster can store what it likes under any name.
func TestAnObjectThatIsTooLargeIsNotRead(t *testing.T) {
	a := start(t, t.TempDir(), 1, quickly)
	name := a.jobs[0].Bundle
	if _, err := a.q.files.Put(t.Context(), jetstream.ObjectMeta{Name: name}, io.LimitReader(zeros{}, mostObject+1)); err != nil {
		t.Fatal(err)
	}
	if content, err := a.q.load(t.Context(), name); !errors.Is(err, errObject) || len(content) > mostObject+1 {
		t.Errorf("%d bytes, %v", len(content), err)
	}
	a.work(echo)
	if r := a.submit(Submission{})[a.jobs[0].Key()]; r.Status != sweep.SetAside || r.Trouble != errWrongFiles.Error() {
		t.Errorf("%+v", r)
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestRubbishInTheQueueIsSetAside(t *testing.T) {
	a := start(t, t.TempDir(), 3, quickly)
	key := a.jobs[0].Key()
	if err := a.nc.Publish(a.q.subject(key), []byte("{]")); err != nil {
		t.Fatal(err)
	}
	if _, err := a.q.answers.Create(t.Context(), answerKey(a.jobs[1].Key()), []byte("?")); err != nil {
		t.Fatal(err)
	}
	if err := a.nc.Flush(); err != nil {
		t.Fatal(err)
	}
	a.work(echo)
	results := a.submit(Submission{})
	for i, want := range []string{"the job in the queue cannot be read", "the result in the queue cannot be read"} {
		if r := results[a.jobs[i].Key()]; r.Status != sweep.SetAside || !strings.Contains(r.Trouble, want) {
			t.Errorf("%+v", r)
		}
	}
	if r := results[a.jobs[2].Key()]; r.Status != sweep.Optimal {
		t.Errorf("%+v", r)
	}
}
