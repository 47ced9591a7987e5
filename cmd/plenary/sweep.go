package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/file"
	export "plenary/export/sweep"
	"plenary/model/diag"
	"plenary/model/input"
	"plenary/model/scenario"
	"plenary/model/sweep"
	"plenary/solver/memory"
	solver "plenary/solver/sweep"
	"plenary/solver/sweep/queue"
)

func newSweep(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sweep SWEEP",
		Short: "Ask many what-ifs of a scenario at once, here or on many machines",
		Long: `Ask many what-ifs of a scenario: every combination of the changes that the sweep
file names, or some of them drawn by lot, and variants one by one. Each is
planned and checked as plenary plan does it; where there is no plan, the rules
that cannot hold together are named.

A folder is written, named like the sweep: a table of all what-ifs (CSV, Excel,
JSON), every plan, and index.html, which shows which changes make the scenario
impossible and why, what each change costs, and which plans nothing beats.

The what-ifs are jobs in a queue, in that folder. Ctrl-C, a crash or a power cut
lose nothing that was done: the same command goes on where it ended. A what-if
over which several workers were lost is set aside, and the rest goes on.

With --nats the queue is in your organization's NATS cluster, and plenary worker
on any number of machines takes part. --listen lets workers on other machines
take part without a cluster.

Exit status 0 when every what-if has an answer, which may be that it is
impossible; 3 when some have none within the limits, or were set aside.`,
		Example: `  plenary sweep gcm-sweep.yaml
  plenary sweep gcm-sweep.yaml --list            the what-ifs, without asking them
  plenary sweep gcm-sweep.yaml --compare 5,17    two of the plans side by side
  plenary sweep gcm-sweep.yaml --workers 8 --out /data/gcm
  plenary sweep gcm-sweep.yaml --nats tls://nats.example.org --creds me.creds
  plenary sweep gcm-sweep.yaml --listen 0.0.0.0:4222  and, elsewhere, plenary worker`,
		Args:              cobra.ExactArgs(1),
		ValidArgsFunction: yamlFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runSweep(cmd, settings, args[0])
		},
	}
	f := cmd.Flags()
	f.String("out", "", "folder to write (default: the sweep's name with .sweep, here)")
	f.Int("workers", runtime.NumCPU(), "how many what-ifs are asked side by side on this machine")
	f.Bool("list", false, "print the what-ifs and ask none")
	f.IntSlice("compare", nil, "of what was asked before, compare these side by side: 5,17")
	f.Bool("reports", false, fmt.Sprintf("write a page for each plan; otherwise for each of %d at most, and of more for those that nothing beats", mostReports))
	f.Bool("again", false, "ask those once more that had no answer or were set aside")
	f.String("listen", "", "let workers on other machines take part, at this address: 0.0.0.0:4222")
	f.Int("tries", 3, "set a what-if aside when so many workers were lost or failed over it")
	f.Duration("lost", 30*time.Second, "take a worker for lost that was not heard of for this long")
	f.Int("ahead", 256, "so many what-ifs wait in the queue or are at work at once")
	f.Int("replicas", 1, "with --nats: on how many servers of the cluster the queue is kept")
	f.String("progress", "auto", "auto (on a terminal), plain (lines), json (a line of JSON for each result) or none")
	clusterFlags(cmd)
	return cmd
}

// clusterFlags are the flags that say where a NATS cluster is.
func clusterFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.String("nats", "", "address of a NATS server or cluster: tls://nats.example.org")
	f.String("creds", "", "file with the credentials for it")
	f.String("ca", "", "file with the certificate of the authority that signed the servers' certificates")
	f.String("cert", "", "file with a certificate: yours for --nats, this machine's for --listen")
	f.String("key", "", "file with the key of the certificate")
}

// certificate gives the files of the certificate and its key, both "" where there is
// none.
func certificate(settings *viper.Viper) (cert, key string, err error) {
	cert, key = settings.GetString("cert"), settings.GetString("key")
	if (cert == "") != (key == "") {
		err = status{exitInput, "a certificate needs its key, and a key its certificate: give --cert and --key"}
	}
	return cert, key, err
}

// cluster gives what the flags say of a cluster.
func cluster(settings *viper.Viper, log func(string)) (queue.Cluster, error) {
	c := queue.Cluster{URL: settings.GetString("nats"), Credentials: settings.GetString("creds"), Authority: settings.GetString("ca"), Log: log}
	var err error
	if c.Certificate, c.Key, err = certificate(settings); err != nil {
		return c, err
	}
	for _, name := range []string{c.Credentials, c.Authority, c.Certificate, c.Key} {
		if name == "" {
			continue
		}
		if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
			return c, status{exitInput, fmt.Sprintf("there is no file %s", name)}
		}
	}
	return c, nil
}

// whatIfs is a sweep that was read: its what-ifs and the job of each.
type whatIfs struct {
	sweep   *sweep.Sweep
	title   string
	cases   []sweep.Case
	jobs    []sweep.Job
	bundles map[string][]byte          // by name
	files   map[string]scenario.Bundle // by the scenario that the case names
}

// readSweep reads a sweep and everything that it changes, or prints every problem.
func readSweep(cmd *cobra.Command, name string) (*whatIfs, error) {
	src, err := readFile(name, "sweep")
	if err != nil {
		return nil, err
	}
	s, problems := sweep.Read(name, src)
	if len(problems) > 0 {
		return nil, refuse(cmd, problems)
	}
	a := &whatIfs{sweep: s, title: s.Title, cases: s.Cases(), bundles: map[string][]byte{}, files: map[string]scenario.Bundle{}}
	folder := filepath.Dir(a.sweep.File)
	var one sync.Mutex // of a
	if problems := s.Try(func(name string, set []string) diag.List {
		from, read := sources(cmd), scenario.Bundle{}
		from.Set, from.Collect, from.Folder = set, read, folder
		s, _, problems := readFrom(filepath.Join(folder, name), from)
		one.Lock()
		defer one.Unlock()
		if a.files[name] == nil {
			a.files[name] = scenario.Bundle{}
		}
		maps.Copy(a.files[name], read)
		if s != nil && a.title == "" {
			a.title = s.Title
		}
		return problems
	}); len(problems) > 0 {
		return nil, refuse(cmd, problems)
	}
	bundle := map[string]string{}
	for scenario, collected := range a.files {
		content, name := sweep.EncodeBundle(collected)
		a.bundles[name], bundle[scenario] = content, name
	}
	for _, c := range a.cases {
		a.jobs = append(a.jobs, sweep.Job{
			Program: program(), Bundle: bundle[c.Scenario], Scenario: c.Scenario, Set: c.Set,
			Seed: s.Seed, Time: s.Limits.Duration(), Rounds: s.Limits.Rounds,
		})
	}
	return a, nil
}

// plansFolder holds the plans; a folder that has it was written by a sweep.
const plansFolder = "plans"

func runSweep(cmd *cobra.Command, settings *viper.Viper, name string) error {
	for _, x := range []struct {
		flag  string
		least int
	}{{"workers", 0}, {"tries", 1}, {"ahead", 1}, {"replicas", 1}} {
		if settings.GetInt(x.flag) < x.least {
			return status{exitInput, fmt.Sprintf("--%s must be at least %d", x.flag, x.least)}
		}
	}
	if settings.GetDuration("lost") < 100*time.Millisecond {
		return status{exitInput, "--lost must be longer, such as 30s"}
	}
	a, err := readSweep(cmd, name)
	if err != nil {
		return err
	}
	outcome := a.outcome()
	if settings.GetBool("list") {
		return outcome.List(cmd.OutOrStdout())
	}
	folder := settings.GetString("out")
	if folder == "" {
		folder = stem(name) + ".sweep"
	}
	if numbers, _ := cmd.Flags().GetIntSlice("compare"); len(numbers) > 0 {
		return a.compare(cmd, folder, numbers)
	}
	if err := makeFolder(folder); err != nil {
		return err
	}
	show, err := newSweepProgress(cmd, settings.GetString("progress"), a)
	if err != nil {
		return err
	}
	defer show.close()
	ended := a.ask(cmd, settings, folder, &outcome, show)
	show.close()
	var failed status
	if errors.As(ended, &failed) {
		return ended
	}
	if err := a.writePages(cmd, folder, &outcome, settings.GetBool("reports"), settings.GetInt("workers")); err != nil {
		return goesOn(err)
	}
	if err := writeOutcome(folder, outcome); err != nil {
		return goesOn(err)
	}
	if err := outcome.Text(cmd.OutOrStdout()); err != nil {
		return err
	}
	say := cmd.ErrOrStderr()
	fmt.Fprintf(say, "\nWritten: %s and, beside it, results.csv, results.xlsx, results.json and every plan\n", filepath.Join(folder, "index.html"))
	counts := outcome.Counts()
	switch {
	case cmd.Context().Err() != nil:
		return status{exitInterrupted, "interrupted; what is done is kept, and the same command goes on"}
	case ended != nil:
		return goesOn(ended)
	case counts.Stopped+counts.Aside > 0:
		return status{exitLimit, fmt.Sprintf("%d of the what-ifs have no answer; the table says why. To ask them once more:  --again", counts.Stopped+counts.Aside)}
	}
	return nil
}

// goesOn gives the status of a sweep that ended midway.
func goesOn(err error) error {
	var said status
	if errors.As(err, &said) {
		return err
	}
	return status{exitInput, err.Error() + "; what is done is kept, and the same command goes on"}
}

// outcome gives the table of a sweep of which nothing has been asked.
func (a *whatIfs) outcome() export.Outcome {
	o := export.Outcome{Sweep: a.sweep, Title: a.title, Program: program(), Command: "plenary sweep " + filepath.Base(a.sweep.File)}
	for i, c := range a.cases {
		o.Rows = append(o.Rows, export.Row{Case: c, Key: a.jobs[i].Key()})
	}
	return o
}

// makeFolder makes the folder of a sweep, or takes one that a sweep has written, or
// that is empty: a sweep that was killed at once leaves one.
func makeFolder(name string) error {
	if entries, err := os.ReadDir(name); err != nil || len(entries) > 0 {
		if err := freeFolder(name, plansFolder, "out", file.Replace); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Join(name, plansFolder), 0o755); err != nil {
		return status{exitInput, fmt.Sprintf("%s cannot be made: %s", name, err)}
	}
	return nil
}

// patience is how often running a queue in our own folder may take nothing: it does
// not answer for 5 s each time when its disk is full.
const patience = 3

// ask asks all what-ifs and notes the results in the outcome. A status is an error
// of the call; any other error ended the asking midway.
func (a *whatIfs) ask(cmd *cobra.Command, settings *viper.Viper, folder string, outcome *export.Outcome, show *sweepProgress) error {
	byItself(cmd.Context())
	memory.Ample()
	ctx, cancel := context.WithCancelCause(cmd.Context())
	defer cancel(nil)
	open, err := a.openQueue(ctx, cmd, settings, folder)
	if err != nil {
		return err
	}
	defer open.close()
	var working sync.WaitGroup
	defer working.Wait()
	defer cancel(nil) // before waiting
	for i := range settings.GetInt("workers") {
		w := newWorker(here(), i, sources(cmd))
		if settings.GetString("nats") == "" {
			w.Patience = patience
		}
		working.Go(func() {
			if err := w.WorkFor(ctx, open.queue); err != nil {
				cancel(err)
			}
		})
	}
	rows := map[string][]int{}
	for i := range outcome.Rows {
		rows[outcome.Rows[i].Key] = append(rows[outcome.Rows[i].Key], i)
	}
	strangers := settings.GetString("nats") != "" || settings.GetString("listen") != ""
	err = open.queue.Submit(ctx, queue.Submission{
		Jobs: a.jobs, Bundles: a.bundles, Ahead: settings.GetInt("ahead"), Again: settings.GetBool("again"),
		Check: func(r *sweep.Result, known bool) {
			if strangers || known { // strangers may have taken part in the call before
				a.check(rows[r.Key][0], r, sources(cmd))
			}
		},
		Told: func(r sweep.Result, known bool) {
			for _, i := range rows[r.Key] {
				row := &outcome.Rows[i]
				if r.HasPlan() {
					row.Plan = planName(outcome.Rows[rows[r.Key][0]])
					if err := keepPlan(filepath.Join(folder, filepath.FromSlash(row.Plan)), r.Plan); err != nil {
						cancel(goesOn(err))
					}
				}
				lean := r
				lean.Plan = nil
				row.Result = &lean
				show.result(*row, known)
			}
		},
	})
	if cause := context.Cause(ctx); cause != nil && cmd.Context().Err() == nil {
		return cause
	}
	return err
}

// check measures the plan of a result anew, which a worker on another machine may
// have sent. One that is not as it claims is set aside.
func (a *whatIfs) check(i int, r *sweep.Result, from scenario.Sources) {
	if err := solver.Check(a.jobs[i], a.files[a.cases[i].Scenario], from, r.Answer); err != nil {
		r.Answer = sweep.Answer{Status: sweep.SetAside, Trouble: fmt.Sprintf("what %s sent is not as it claims: %s", r.Worker, err)}
	}
}

// keepPlan writes a plan file, unless it is there.
func keepPlan(name string, content []byte) error {
	if there, err := input.Read(name, len(content)); err == nil && bytes.Equal(there, content) {
		return nil
	}
	return file.Write(name, content, file.Replace)
}

// opened is a queue with what has to be closed after it.
type opened struct {
	queue *queue.Queue
	close func()
}

// openQueue opens the queue in a cluster or in the folder.
func (a *whatIfs) openQueue(ctx context.Context, cmd *cobra.Command, settings *viper.Viper, folder string) (opened, error) {
	options := queue.Options{Lost: settings.GetDuration("lost"), Tries: settings.GetInt("tries"), Replicas: settings.GetInt("replicas")}
	say := func(text string) { fmt.Fprintln(cmd.ErrOrStderr(), "plenary: "+text) }
	name := queue.Name(a.jobs)
	if settings.GetString("nats") != "" {
		if settings.GetString("listen") != "" {
			return opened{}, status{exitInput, "the queue is in a cluster or here: give --nats or --listen"}
		}
		c, err := cluster(settings, say)
		if err != nil {
			return opened{}, err
		}
		nc, err := c.Connect()
		if err != nil {
			return opened{}, status{exitInput, err.Error()}
		}
		q, err := queue.Open(ctx, nc, name, program(), options)
		if err != nil {
			nc.Close()
			return opened{}, status{exitInput, err.Error()}
		}
		return opened{q, nc.Close}, nil
	}
	o, err := listening(settings)
	if err != nil {
		return opened{}, err
	}
	options.Replicas = 1
	o.Folder = filepath.Join(folder, "queue")
	server, err := queue.Serve(o)
	if err != nil {
		return opened{}, status{exitInput, err.Error()}
	}
	if o.Token != "" {
		fmt.Fprintf(cmd.ErrOrStderr(), "Workers can join:  plenary worker --nats %s\n", server.Invitation())
	}
	nc, err := server.Connect()
	if err != nil {
		server.Close()
		return opened{}, status{exitInput, err.Error()}
	}
	closing := func() { nc.Close(); server.Close() }
	q, err := queue.Open(ctx, nc, name, program(), options)
	if err == nil {
		err = q.Sound(ctx)
	}
	if err == nil {
		err = q.Withdraw(ctx, a.jobs)
	}
	if err == nil && o.Token == "" {
		err = q.Renew(ctx)
	}
	if err != nil {
		closing()
		if errors.Is(err, queue.ErrDamaged) {
			err = fmt.Errorf("%w. Take the folder %s away: then the same command asks everything anew", err, o.Folder)
		}
		return opened{}, status{exitInput, err.Error()}
	}
	return opened{q, closing}, nil
}

// here names this process on this machine.
func here() string {
	host, _ := os.Hostname()
	return fmt.Sprintf("%s-%d", host, os.Getpid())
}

// newWorker makes a worker of this program, the one after i others of the name.
func newWorker(name string, i int, from scenario.Sources) *queue.Worker {
	return &queue.Worker{
		Name: fmt.Sprintf("%s-%d", name, i+1), Program: program(),
		Run: func(ctx context.Context, job sweep.Job, files scenario.Bundle) (sweep.Answer, error) {
			return solver.Run(ctx, job, files, from)
		},
	}
}

// writeOutcome writes the tables and the page.
func writeOutcome(folder string, o export.Outcome) error {
	var files []file.Content
	for _, x := range []struct {
		name  string
		write func(io.Writer) error
	}{{"results.csv", o.CSV}, {"results.xlsx", o.XLSX}, {"results.json", o.JSON}, {"index.html", o.HTML}} {
		var b bytes.Buffer
		if err := x.write(&b); err != nil {
			return err
		}
		spot, err := file.Look(filepath.Join(folder, x.name), file.Replace)
		if err != nil {
			return err
		}
		files = append(files, file.Content{Spot: spot, Bytes: b.Bytes()})
	}
	return file.WriteAll(files)
}
