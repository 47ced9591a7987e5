package queue

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"plenary/model/sweep"
)

// Options are of a sweep's queue as a whole.
type Options struct {
	// Lost is after how long a worker that is not heard of is taken for lost,
	// and its job is handed out again.
	Lost time.Duration
	// Tries is how many workers may be lost or fail over a job before it is set
	// aside.
	Tries int
	// Replicas is on how many servers of a cluster the data lie; 0 is 1.
	Replicas int
}

// ErrDamaged says that answers that were in a queue are lost.
var ErrDamaged = errors.New("the queue is damaged: answers that were in it are lost")

// Queue is the queue of one sweep.
type Queue struct {
	js      jetstream.JetStream
	name    string
	options Options
	stream  jetstream.Stream
	ready   jetstream.Consumer
	answers jetstream.KeyValue // results and tries
	files   jetstream.ObjectStore
}

// prefix begins the names of all that we keep in a cluster.
const prefix = "plenary-"

// consumer is the one from which all workers take.
const consumer = "workers"

// Keys of what a stream says of itself.
const (
	metaProgram = "plenary-program"
	metaTries   = "plenary-tries"
)

// Name gives the name of a queue: the same for sweeps whose jobs differ in
// changes alone, so that a sweep that was extended keeps the answers it has.
func Name(jobs []sweep.Job) string {
	all := sha256.New()
	seen := map[string]bool{}
	for _, j := range jobs {
		j.Set = nil
		if key := j.Key(); !seen[key] {
			seen[key] = true
			all.Write([]byte(key))
		}
	}
	return prefix + hex.EncodeToString(all.Sum(nil))[:24]
}

// Open makes the queue where it is not there. All of its jobs are of one program.
func Open(ctx context.Context, nc *nats.Conn, name, program string, o Options) (*Queue, error) {
	js, err := jetstream.New(nc)
	if err != nil {
		return nil, fmt.Errorf("open the queue: %w", err)
	}
	replicas := max(1, o.Replicas)
	stream, err := js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: name, Subjects: []string{name + ".*"}, Retention: jetstream.WorkQueuePolicy,
		Discard: jetstream.DiscardNew, DiscardNewPerSubject: true, MaxMsgsPerSubject: 1, // a job stands in it once
		Storage: jetstream.FileStorage, Replicas: replicas,
		Metadata: map[string]string{metaProgram: program, metaTries: strconv.Itoa(o.Tries)},
	})
	if err != nil {
		return nil, opening(err)
	}
	ready, err := stream.CreateOrUpdateConsumer(ctx, o.workers())
	if err != nil {
		return nil, opening(err)
	}
	answers, err := js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{Bucket: name, Storage: jetstream.FileStorage, Replicas: replicas})
	if err != nil {
		return nil, opening(err)
	}
	files, err := js.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{Bucket: name, Storage: jetstream.FileStorage, Replicas: replicas})
	if err != nil {
		return nil, opening(err)
	}
	return &Queue{js, name, o, stream, ready, answers, files}, nil
}

// workers gives the consumer from which all workers take.
func (o Options) workers() jetstream.ConsumerConfig {
	return jetstream.ConsumerConfig{
		Durable: consumer, AckPolicy: jetstream.AckExplicitPolicy, AckWait: o.Lost,
		MaxDeliver: -1, MaxAckPending: sweep.MostCases, Replicas: max(1, o.Replicas),
	}
}

// opening puts errors of Open in words.
func opening(err error) error {
	if errors.Is(err, nats.ErrNoResponders) || errors.Is(err, jetstream.ErrJetStreamNotEnabled) || errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount) {
		return errors.New("the cluster has no JetStream for this account; ask who runs it")
	}
	var refused *jetstream.APIError
	if errors.As(err, &refused) && slices.Contains(full, refused.ErrorCode) {
		return errStore
	}
	return fmt.Errorf("open the queue: %w", err)
}

// errStore says that the server keeps nothing of what it is given.
var errStore = errors.New("the queue cannot be written: its disk is full, or its folder must not be changed")

// full are the errors of a server that has no more room, on its disk or for this account,
// or cannot write the file of a stream.
var full = []jetstream.ErrorCode{10023, 10047, 10049}

// find gives the queues of a program that are in a cluster.
func find(ctx context.Context, js jetstream.JetStream, program string) (out []*Queue, err error) {
	streams := js.ListStreams(ctx, jetstream.WithStreamListSubject(">"))
	var names []string
	for info := range streams.Info() {
		if strings.HasPrefix(info.Config.Name, prefix) && info.Config.Metadata[metaProgram] == program {
			names = append(names, info.Config.Name)
		}
	}
	if err := streams.Err(); err != nil {
		return nil, fmt.Errorf("look for sweeps: %w", err)
	}
	for _, name := range names {
		q, err := join(ctx, js, name)
		if err != nil {
			continue // it is being made, or taken away
		}
		out = append(out, q)
	}
	return out, nil
}

// join opens a queue that somebody else made.
func join(ctx context.Context, js jetstream.JetStream, name string) (*Queue, error) {
	q := &Queue{js: js, name: name}
	var err error
	if q.stream, err = js.Stream(ctx, name); err != nil {
		return nil, err
	}
	if q.ready, err = q.stream.Consumer(ctx, consumer); err != nil {
		return nil, err
	}
	if q.answers, err = js.KeyValue(ctx, name); err != nil {
		return nil, err
	}
	if q.files, err = js.ObjectStore(ctx, name); err != nil {
		return nil, err
	}
	q.options.Lost = q.ready.CachedInfo().Config.AckWait
	q.options.Tries, err = strconv.Atoi(q.stream.CachedInfo().Config.Metadata[metaTries])
	return q, err
}

// subject is where a job stands in the stream.
func (q *Queue) subject(job string) string { return q.name + "." + job }

// Keys of the bucket.
func answerKey(job string) string { return "answer." + job }
func triesKey(job string) string  { return "tries." + job }

// largest is how many bytes stand in an entry of the bucket; what is larger is
// an object of its own.
const largest = 256 << 10

// A value of the bucket begins with one of these.
const (
	inline = 'i' // and goes on with the content
	object = 'o' // and goes on with the name of the object that is the content
)

// value gives the value for a content, and stores the object that it needs.
func (q *Queue) value(ctx context.Context, content []byte) ([]byte, error) {
	if len(content) <= largest {
		return append([]byte{inline}, content...), nil
	}
	sum := sha256.Sum256(content)
	name := hex.EncodeToString(sum[:])
	if err := q.store(ctx, name, content); err != nil {
		return nil, err
	}
	return append([]byte{object}, name...), nil
}

// content gives the content of a value.
func (q *Queue) content(ctx context.Context, value []byte) ([]byte, error) {
	switch {
	case len(value) > 0 && value[0] == inline:
		return value[1:], nil
	case len(value) > 0 && value[0] == object:
		return q.load(ctx, string(value[1:]))
	}
	return nil, errors.New("the entry is none of ours")
}

// mostObject bounds the bytes of an object that is read: more than the files of any
// scenario, or any answer, have. Others than us can write to a cluster.
const mostObject = 64 << 20

// errObject says that an object is larger.
var errObject = fmt.Errorf("an object in the queue is larger than %d MiB", mostObject>>20)

// load gives the content of an object.
func (q *Queue) load(ctx context.Context, name string) ([]byte, error) {
	from, err := q.files.Get(ctx, name)
	if err != nil {
		return nil, err
	}
	defer from.Close() //nolint:errcheck // it was only read
	content, err := io.ReadAll(io.LimitReader(from, mostObject+1))
	if err == nil && len(content) > mostObject {
		err = errObject
	}
	return content, err
}

// store stores an object whose name says its content, once.
func (q *Queue) store(ctx context.Context, name string, content []byte) error {
	if _, err := q.files.GetInfo(ctx, name); err == nil {
		return nil
	}
	_, err := q.files.PutBytes(ctx, name, content)
	return err
}
