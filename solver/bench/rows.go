package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"plenary/export/foreign"
	"plenary/scenarios/generate"
)

// row is an instance of the table.
type row struct {
	name  string
	about string
	limit time.Duration
	size  string   // of plenary generate
	file  string   // published, in the folder of instances
	here  string   // the same, in the repository; "" where it is too large for that
	soft  bool     // imported with --soft
	set   []string // what is changed in the scenario
	form  string   // of the examples of OptaPlanner and Timefold
}

// changes gives what is changed in the scenario, as arguments.
func (r row) changes() (args []string) {
	for _, s := range r.set {
		args = append(args, "--set", s)
	}
	return args
}

// rows are all of the table.
func rows() []row {
	out := []row{
		{name: "S", about: "the process of A/RES/71/280", size: "S"},
		{name: "M", about: "ten processes", size: "M"},
		{name: "L", about: "700 sessions in a year", size: "L"},
		{name: "XL", about: "3,000 sessions in three years", size: "XL"},
	}
	for _, known := range []struct {
		name string
		best int
	}{{"comp01", 5}, {"comp04", 35}, {"comp07", 6}, {"comp11", 0}, {"comp14", 51}} {
		r := row{name: known.name, about: fmt.Sprintf("curriculum timetable, best known %d", known.best), file: "timetabling/" + known.name + ".ctt", limit: 5 * time.Minute}
		if known.name == "comp01" {
			r.here = "export/ctt/testdata/comp01.ctt"
		}
		out = append(out, r)
	}
	const ietf, here = "ietf/ietf106.json", "export/ietf/testdata/ietf106.json"
	out = append(out,
		row{name: "ietf106", about: "IETF 106, every violation forbidden", file: ietf, here: here},
		row{name: "ietf106-one-room-less", about: "IETF 106 without the room Orchard, violations priced", file: ietf, here: here, soft: true,
			set: []string{"stations.venue.rooms.Orchard.closed+=2019-11-18..2019-11-22"}})
	for _, name := range []string{"50meetings-160timegrains-5rooms", "100meetings-320timegrains-5rooms", "200meetings-640timegrains-5rooms"} {
		r := row{name: name, about: "meetings of the examples", file: "meetings/" + name + ".xlsx", form: "meetings"}
		if strings.HasPrefix(name, "50") {
			r.here = "export/meetings/testdata/" + name + ".xlsx"
		}
		out = append(out, r)
	}
	for _, name := range []string{"18talks-6timeslots-5rooms", "36talks-12timeslots-5rooms", "72talks-12timeslots-10rooms"} {
		r := row{name: name, about: "conference of the examples", file: "conference/" + name + ".xlsx", form: "conference"}
		if strings.HasPrefix(name, "18") {
			r.here = "export/conference/testdata/" + name + ".xlsx"
		}
		out = append(out, r)
	}
	for i := range out {
		if out[i].limit == 0 {
			out[i].limit = time.Minute
		}
	}
	return out
}

// bench is what is measured, and with what.
type bench struct {
	program, instances string
	rows               []string
	limit              time.Duration
	python, scripts    string
	solvers            []string
	stating            time.Duration
	folder             string // for scenarios, models and plans
}

// chosen gives the rows that were asked for; usual is what is taken when none
// was.
func (b *bench) chosen(usual ...string) ([]row, error) {
	asked := b.rows
	if len(asked) == 0 {
		asked = usual
	}
	var out []row
	for _, r := range rows() {
		if b.limit > 0 {
			r.limit = b.limit
		}
		if len(asked) == 0 || slices.ContainsFunc(asked, func(n string) bool { return n == r.name || (len(n) > 2 && strings.HasPrefix(r.name, n)) }) {
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		var names []string
		for _, r := range rows() {
			names = append(names, r.name)
		}
		return nil, fmt.Errorf("there is no such row; the rows are %s", strings.Join(names, ", "))
	}
	return out, nil
}

// prepare makes the folder; the function it gives removes it.
func (b *bench) prepare() (func(), error) {
	if _, err := os.Stat(b.program); err != nil {
		return nil, errors.New("there is no program to measure: run  make build  first")
	}
	program, err := filepath.Abs(b.program)
	if err != nil {
		return nil, fmt.Errorf("find the program: %w", err)
	}
	b.program = program
	if b.folder, err = os.MkdirTemp("", "plenary-bench-"); err != nil {
		return nil, fmt.Errorf("make a folder: %w", err)
	}
	return func() { os.RemoveAll(b.folder) }, nil
}

// errNotHere says that a published file is not in the repository.
var errNotHere = errors.New("is not in the repository: give the folder of published instances with INSTANCES=DIR")

// original gives the published file of a row.
func (b *bench) original(r row) (string, error) {
	if b.instances != "" {
		name := filepath.Join(b.instances, r.file)
		if _, err := os.Stat(name); err == nil {
			return name, nil
		}
	}
	if r.here == "" {
		return "", fmt.Errorf("%s %w", r.file, errNotHere)
	}
	return r.here, nil
}

// scenario writes the scenario of a row and gives its name.
func (b *bench) scenario(ctx context.Context, r row) (string, error) {
	name := filepath.Join(b.folder, r.name+".yaml")
	args := []string{"generate", "--size", r.size, "--out", name, "--force"}
	if r.file != "" {
		file, err := b.original(r)
		if err != nil {
			return "", err
		}
		if args = []string{"import", file, "--out", name, "--force"}; r.soft {
			args = append(args, "--soft")
		}
	}
	if out, err := exec.CommandContext(ctx, b.program, args...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("write %s: %w\n%s", name, err, out)
	}
	return name, nil
}

// generated writes a generated calendar into a folder and gives its name.
func generated(folder string, o generate.Options) (string, error) {
	src, err := generate.Scenario(o)
	if err != nil {
		return "", fmt.Errorf("generate %d sessions: %w", o.Sessions, err)
	}
	name := filepath.Join(folder, "calendar.yaml")
	if err := os.WriteFile(name, src, 0o600); err != nil {
		return "", fmt.Errorf("write the calendar: %w", err)
	}
	return name, nil
}

// offsets says by how much the costs of a published file's tiers are above the
// original's.
func offsets(name string) ([]int64, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	format, ok := foreign.Guess(src)
	if !ok {
		return nil, fmt.Errorf("%s has no format that is known", name)
	}
	in, problems := format.Read(name, src)
	if in == nil {
		return nil, problems[0]
	}
	s, problems := in.Scenario()
	if len(problems) > 0 {
		return nil, problems[0]
	}
	return s.Offsets, nil
}
