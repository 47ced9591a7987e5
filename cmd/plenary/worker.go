package main

import (
	"fmt"
	"runtime"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/solver/memory"
	"plenary/solver/sweep/queue"
)

func newWorkerCommand(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "worker --nats ADDRESS",
		Short: "Take part in sweeps: answer what-ifs that another machine asks",
		Long: `Answer the what-ifs of sweeps whose queue is in a NATS cluster, or in a plenary
sweep that listens, until Ctrl-C. A what-if at work then is given back, and
another worker takes it. When the connection is lost it is made again.

A worker needs no files: everything a what-if needs comes with it, and nothing
else on this machine is read. It answers for sweeps of the same version of
Plenary alone.`,
		Example: `  plenary worker --nats tls://nats.example.org --creds worker.creds
  plenary worker --nats nats://TOKEN@10.0.0.5:4222 --workers 16`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runWorker(cmd, settings)
		},
	}
	f := cmd.Flags()
	f.Int("workers", runtime.NumCPU(), "how many what-ifs are answered side by side")
	f.String("name", "", "what the worker is called in results (default: this machine's name and the process)")
	clusterFlags(cmd)
	return cmd
}

func runWorker(cmd *cobra.Command, settings *viper.Viper) error {
	if settings.GetString("nats") == "" {
		return status{exitInput, "say where the sweeps are: --nats ADDRESS"}
	}
	if settings.GetInt("workers") < 1 {
		return status{exitInput, "--workers must be at least 1"}
	}
	var one sync.Mutex
	say := func(text string) {
		one.Lock()
		defer one.Unlock()
		fmt.Fprintln(cmd.ErrOrStderr(), text)
	}
	c, err := cluster(settings, say)
	if err != nil {
		return err
	}
	nc, err := c.Connect()
	if err != nil {
		return status{exitInput, err.Error()}
	}
	defer nc.Close()
	name := settings.GetString("name")
	if name == "" {
		name = here()
	}
	byItself(cmd.Context())
	memory.Ample()
	say(name + ": waiting for what-ifs")
	errs := make(chan error, settings.GetInt("workers"))
	for i := range settings.GetInt("workers") {
		w := newWorker(name, i, sources(cmd))
		w.Told = func(e queue.Event) {
			say(fmt.Sprintf("%s: %.12s %s", w.Name, e.Job, e))
		}
		go func() { errs <- w.Work(cmd.Context(), nc) }()
	}
	for range settings.GetInt("workers") {
		if err := <-errs; err != nil {
			return status{exitInput, err.Error()}
		}
	}
	return status{code: exitInterrupted}
}
