package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"

	"plenary/export/feed"
	"plenary/export/ics"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/scenario"
	"plenary/model/source"
)

func newFeed(settings *viper.Viper) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "feed [SCENARIO] PLAN",
		Short: "Serve a plan as calendars to subscribe to",
		Long: `Serve a plan as calendars to which Outlook, Google and Apple calendars subscribe.
Each audience has an address of its own, which nobody can guess and which you can
revoke. When the plan changes, or a file that the scenario reads, such as a roster,
subscribers get the next version by themselves: what moved moves, nothing doubles.
Nothing can be changed through it.

It listens on this machine alone unless --listen says otherwise; --address is
how it is called from elsewhere, behind your web server. The scenario is the one
that the plan names, beside it, unless you give another. A plan that violates
hard constraints is not published: what was published before stays.`,
		Example: `  plenary feed gcm-2018.plan.json --for delegations --for geneva
  plenary feed gcm-2018.plan.json --list
  plenary feed gcm-2018.plan.json --revoke delegations
  plenary feed gcm-2018.yaml gcm-2018.plan.json --address https://calendar.example.org`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runFeed(cmd, settings, args)
		},
	}
	f := cmd.Flags()
	f.StringArray("for", nil, "give an audience an address: "+strings.Join(ics.Audiences, ", ")+" (default: delegations, if nobody has one)")
	f.StringArray("revoke", nil, "take back the addresses of an audience, or one address, and end")
	f.Bool("list", false, "print the addresses and end")
	f.String("listen", "127.0.0.1:8071", "where to listen")
	f.String("address", "", "how the feed is called from elsewhere, such as https://calendar.example.org")
	f.String("folder", "", "where addresses and published versions are kept (default: beside the plan, with .feed)")
	publishFlags(cmd)
	return cmd
}

func runFeed(cmd *cobra.Command, settings *viper.Viper, args []string) error {
	planFile := args[len(args)-1]
	folder := settings.GetString("folder")
	if folder == "" {
		folder = filepath.Join(filepath.Dir(planFile), strings.TrimSuffix(stem(planFile), ".plan")+".feed")
	}
	f, err := feed.Open(folder)
	if err != nil {
		return status{exitInput, err.Error()}
	}
	if revoke, _ := cmd.Flags().GetStringArray("revoke"); len(revoke) > 0 {
		return revokeAddresses(cmd, f, revoke)
	}
	scenarioFile := args[0]
	if len(args) == 1 {
		if scenarioFile, err = scenarioOf(planFile); err != nil {
			return err
		}
	}
	live := &published{cmd: cmd, settings: settings, feed: f, scenarioFile: scenarioFile, planFile: planFile}
	s, p, err := live.read()
	if err != nil {
		return err
	}
	if err := giveAddresses(cmd, f, s); err != nil {
		return err
	}
	base, name := settings.GetString("address"), strings.TrimSuffix(stem(planFile), ".plan")
	if settings.GetBool("list") {
		if base == "" {
			base = "http://" + settings.GetString("listen")
		}
		return printAddresses(cmd.OutOrStdout(), f, base, name)
	}
	if err := live.publish(s, p); err != nil {
		return status{exitInput, err.Error()}
	}
	byItself(cmd.Context())
	listener, err := net.Listen("tcp", settings.GetString("listen"))
	if err != nil {
		return status{exitInput, fmt.Sprintf("cannot listen on %s: another program may do so already; give --listen", settings.GetString("listen"))}
	}
	if base == "" {
		base = "http://" + listener.Addr().String()
	}
	if err := printAddresses(cmd.OutOrStdout(), f, base, name); err != nil {
		return err
	}
	fmt.Fprintln(cmd.ErrOrStderr(), "Serving; Ctrl-C ends it.")
	server := &http.Server{
		Handler:           live,
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: time.Minute, IdleTimeout: time.Minute,
		MaxHeaderBytes: 16 << 10,
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return status{exitFault, err.Error()}
	case <-cmd.Context().Done():
		if err := server.Close(); err != nil && !errors.Is(err, http.ErrServerClosed) {
			return status{exitFault, err.Error()}
		}
		return nil
	}
}

func revokeAddresses(cmd *cobra.Command, f *feed.Feed, revoke []string) error {
	for _, text := range revoke {
		n, err := f.Revoke(text, time.Now())
		switch {
		case err != nil:
			return status{exitInput, err.Error()}
		case n == 0:
			return status{exitInput, fmt.Sprintf("--revoke %q: nobody has such an address; see --list", text)}
		}
		fmt.Fprintf(cmd.OutOrStdout(), "Revoked: %s\n", text)
	}
	return nil
}

// giveAddresses gives the audiences that were asked for an address each.
func giveAddresses(cmd *cobra.Command, f *feed.Feed, s *scenario.Scenario) error {
	audiences, _ := cmd.Flags().GetStringArray("for")
	there, err := f.Addresses()
	if err != nil {
		return status{exitInput, err.Error()}
	}
	if len(audiences) == 0 && len(there) == 0 {
		audiences = []string{"delegations"}
	}
	for _, text := range audiences {
		a, err := ics.ParseAudience(s, text)
		if err != nil {
			return status{exitInput, "--for: " + err.Error()}
		}
		if _, err := f.Address(a.String(), time.Now()); err != nil {
			return status{exitInput, err.Error()}
		}
	}
	return nil
}

// printAddresses prints who finds the calendar where. Programs take webcal for
// a calendar to subscribe to; over TLS they take https.
func printAddresses(out io.Writer, f *feed.Feed, base, name string) error {
	addresses, err := f.Addresses()
	if err != nil {
		return status{exitInput, err.Error()}
	}
	base = strings.TrimSuffix(base, "/")
	if rest, plain := strings.CutPrefix(base, "http://"); plain {
		base = "webcal://" + rest
	}
	for _, a := range addresses {
		fmt.Fprintf(out, "%s  %s/%s/%s.ics\n", a.For, base, a.Key, name)
	}
	return nil
}

// scenarioOf gives the scenario that a plan names, beside it.
func scenarioOf(planFile string) (string, error) {
	src, err := readPlanFile(planFile)
	if err != nil {
		return "", err
	}
	node, _ := source.Parse(planFile, src)
	if of := node.Get("scenario"); of != nil {
		if name := of.Get("file"); name != nil && name.Value != "" && name.Value == filepath.Base(name.Value) {
			return filepath.Join(filepath.Dir(planFile), name.Value), nil
		}
	}
	return "", status{exitInput, fmt.Sprintf("%s does not say which scenario it answers; give it: plenary feed SCENARIO %s", planFile, planFile)}
}

// published is a plan that is served and watched.
type published struct {
	cmd                    *cobra.Command
	settings               *viper.Viper
	feed                   *feed.Feed
	scenarioFile, planFile string

	mu    sync.Mutex
	files map[string]string // every file that was read, with its stamp before that
	next  time.Time         // when to look at the files again
}

// stamp tells states of a file apart, without reading it; "" where there is none.
func stamp(name string) string {
	info, err := os.Stat(name)
	if err != nil {
		return ""
	}
	return fmt.Sprint(info.ModTime().UnixNano(), " ", info.Size())
}

// changed tells whether a file is not what it was when it was read.
func (l *published) changed() bool {
	for name, was := range l.files {
		if stamp(name) != was {
			return true
		}
	}
	return false
}

// noting notes the stamp of a file that is about to be read.
func (l *published) noting(name string) {
	if _, twice := l.files[name]; !twice {
		l.files[name] = stamp(name)
	}
}

// read reads scenario and plan, notes every file that they are read from, and
// refuses a plan that violates hard constraints.
func (l *published) read() (*scenario.Scenario, *plan.Plan, error) {
	l.files = map[string]string{l.planFile: stamp(l.planFile)}
	s, instances, err := readWith(l.cmd, l.scenarioFile, reading{opening: l.noting})
	if err != nil {
		return nil, nil, err
	}
	p, err := readPlan(l.cmd, l.planFile, s)
	if err != nil {
		return nil, nil, err
	}
	if v := judge.Plan(s, instances, p); !v.Feasible() {
		return nil, nil, status{exitNo, fmt.Sprintf("the plan has %s and is not published; see  plenary check %s %s", violations(len(v.Violations)), l.scenarioFile, l.planFile)}
	}
	return s, p, nil
}

func (l *published) publish(s *scenario.Scenario, p *plan.Plan) error {
	opts, err := publishOptions(l.cmd, l.settings, s)
	if err != nil {
		return err
	}
	return l.feed.Publish(s, p, opts)
}

// lookAgain is how long the files are taken for what they were.
const lookAgain = time.Second

// ServeHTTP publishes the next version first, when the files changed.
func (l *published) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	if now := time.Now(); now.After(l.next) {
		l.next = now.Add(lookAgain)
		if l.changed() {
			s, p, err := l.read()
			if err == nil {
				err = l.publish(s, p)
			}
			if err != nil {
				fmt.Fprintf(l.cmd.ErrOrStderr(), "What was published before stays: %s\n", err)
			} else {
				fmt.Fprintf(l.cmd.ErrOrStderr(), "Published anew: %s\n", l.planFile)
			}
		}
	}
	l.mu.Unlock()
	l.feed.ServeHTTP(w, r)
}
