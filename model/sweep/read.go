package sweep

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"plenary/model/diag"
	"plenary/model/source"
)

// DefaultTime and DefaultRounds end the search for one plan where the sweep says
// nothing.
const (
	DefaultTime   = 10 * time.Minute
	DefaultRounds = 12
)

// placeholder stands for the value of a level.
const placeholder = "<value>"

// Read reads a sweep file and reports every mistake with its place. What the
// changes mean to the scenario is not looked at; see Try.
func Read(file string, src []byte) (*Sweep, diag.List) {
	node, problems := source.Parse(file, src)
	if node == nil {
		return nil, problems
	}
	s := &Sweep{File: file}
	if node.Kind != source.Mapping || node.Get("plenary-sweep") == nil && node.Get("axes") == nil && node.Get("variants") == nil {
		problems.Add(node.Place, "this is no sweep: neither plenary-sweep, axes nor variants stand in it", "write  plenary-sweep: 1  and what to change; see docs/sweeps.md")
		return nil, problems
	}
	source.Decode(node, s, &problems)
	r := &reader{Sweep: s, problems: &problems}
	r.head()
	r.axes()
	r.variants()
	r.count()
	if len(problems) > 0 {
		return nil, problems
	}
	return s, nil
}

type reader struct {
	*Sweep
	problems *diag.List
	text     int // bytes of all changes so far
}

func (r *reader) head() {
	if r.Version != Version && r.Has("plenary-sweep") && !r.problems.At(r.At("plenary-sweep")) {
		r.problems.Add(r.At("plenary-sweep"), fmt.Sprintf("version %d of the sweep file is not known to this program", r.Version), fmt.Sprintf("write  plenary-sweep: %d", Version))
	}
	r.inside(r.Scenario, r.At("scenario"))
	if !r.Has("seed") {
		r.Seed = 1
	}
	if !r.Limits.Has("rounds") {
		r.Limits.Rounds = DefaultRounds
	}
	if _, err := r.Limits.parse(); err != nil {
		r.problems.Add(r.Limits.At("time"), "time: "+err.Error(), "for example  time: 2m")
	}
	if len(r.Axes) == 0 && len(r.Variants) == 0 {
		r.problems.Add(r.At(), "nothing is changed: there are neither axes nor variants", "add  axes:  with levels, or  variants:")
	}
	if r.Sample != nil {
		if !r.Sample.Has("seed") {
			r.Sample.Seed = 1
		}
		if r.Sample.Has("count") && r.Sample.Count == 0 {
			r.problems.Add(r.Sample.At("count"), "count: 0 combinations are none", "leave sample: out to ask all combinations")
		}
		if len(r.Axes) == 0 {
			r.problems.Add(r.KeyAt("sample"), "there are no axes to draw combinations from", "add axes, or leave sample: out")
		}
	}
}

// inside refuses a scenario that lies outside of the folder of the sweep.
func (r *reader) inside(name string, at diag.Place) {
	if name != "" && !filepath.IsLocal(filepath.FromSlash(name)) {
		r.problems.Add(at, fmt.Sprintf("%s lies outside of the folder of the sweep", diag.Shorten(name)), "copy the sweep beside the scenario, or the scenario beside the sweep")
	}
}

// parse reads the time, 0 never.
func (l Limits) parse() (time.Duration, error) {
	if l.Time == "" {
		return DefaultTime, nil
	}
	d, err := time.ParseDuration(l.Time)
	switch {
	case err != nil:
		return 0, fmt.Errorf("%q is not a time such as 90s, 2m or 1h30m", diag.Shorten(l.Time))
	case d <= 0 || d > 30*24*time.Hour:
		return 0, errors.New("it must be longer than nothing and at most 720h")
	}
	return d, nil
}

// Duration gives after how long the search for one plan ends.
func (l Limits) Duration() time.Duration {
	d, _ := l.parse()
	return d
}

func (r *reader) axes() {
	if len(r.Axes) > MostAxes {
		r.problems.Add(r.KeyAt("axes"), fmt.Sprintf("there are more than %d axes", MostAxes), "ask in several sweeps")
	}
	r.unique(len(r.Axes), func(i int) (string, diag.Place) { return r.Axes[i].ID, r.Axes[i].At("id") }, "axis")
	for i := range r.Axes {
		a := &r.Axes[i]
		r.label(a.ID, a.At("id"))
		r.label(a.Title, a.At("title"))
		seen := map[string]bool{}
		for j := range a.Levels {
			points := r.level(&a.Levels[j])
			if a.points = append(a.points, points...); len(a.points) > MostLevels {
				r.problems.Add(a.At("levels"), fmt.Sprintf("the axis %q has more than %d levels", diag.Shorten(a.ID), MostLevels), "take fewer values, or sample two axes")
				return
			}
			for _, p := range points {
				if seen[p.Label] {
					r.problems.Add(a.Levels[j].At(), fmt.Sprintf("two levels of the axis %q are called %q", diag.Shorten(a.ID), diag.Shorten(p.Label)), "give each level a label of its own")
				}
				seen[p.Label] = true
			}
		}
	}
}

// unique reports what stands twice.
func (r *reader) unique(n int, id func(int) (string, diag.Place), what string) {
	seen := map[string]bool{}
	for i := range n {
		name, at := id(i)
		if seen[name] {
			r.problems.Add(at, fmt.Sprintf("the %s %q stands here for the second time", what, diag.Shorten(name)), "give each its own name")
		}
		seen[name] = true
	}
}

// label refuses what would not be read on a screen as it is written.
func (r *reader) label(text string, at diag.Place) {
	switch {
	case len([]rune(text)) > MostLabel:
		r.problems.Add(at, fmt.Sprintf("%q is longer than %d characters", diag.Shorten(text), MostLabel), "say it in fewer words")
	case strings.ContainsFunc(text, func(c rune) bool { return !unicode.IsPrint(c) }):
		r.problems.Add(at, fmt.Sprintf("%q has characters that are not shown", diag.Shorten(text)), "type it anew, in plain letters")
	}
}

// level writes out the values of a level.
func (r *reader) level(l *Level) (points []Point) {
	values := r.values(l)
	used := false
	for _, v := range values {
		if r.text > MostText {
			break
		}
		fill := func(text string) string {
			used = used || strings.Contains(text, placeholder)
			return strings.ReplaceAll(text, placeholder, v)
		}
		p := Point{Label: fill(l.Label)}
		if l.Label == "" && l.Values != nil {
			p.Label = v
		}
		r.changes(&p, l.Origin, l.Set, l.Change, fill)
		points = append(points, p)
		r.label(p.Label, l.At("label"))
	}
	switch {
	case l.Label == "" && l.Values == nil:
		r.problems.Add(l.At(), "the level has no label", "add  label: what it is called in tables")
	case len(l.Values) > 0 && len(values) > 0 && !used:
		r.problems.Add(l.KeyAt("values"), "the values are used nowhere", "write  "+placeholder+"  where the value stands, for example  set: [stations.geneva.interpretation.teams="+placeholder+"]")
	case l.Values == nil && slices.ContainsFunc(l.Set, func(x string) bool { return strings.Contains(x, placeholder) }):
		r.problems.Add(l.At("set"), placeholder+" stands here, but the level has no values", "add  values: [1..4]")
	}
	return points
}

// values writes out ranges; a level without values has one, which is empty.
func (r *reader) values(l *Level) (out []string) {
	if l.Values == nil {
		return []string{""}
	}
	for i, text := range l.Values {
		from, to, ok := strings.Cut(text, "..")
		first, errFirst := strconv.Atoi(from)
		last, errLast := strconv.Atoi(to)
		switch {
		case !ok || errFirst != nil || errLast != nil:
			out = append(out, text)
		case last < first:
			r.problems.Add(l.At("values", i), fmt.Sprintf("the range ends (%d) below where it starts (%d)", last, first), fmt.Sprintf("swap the two numbers: %d..%d", last, first))
		case last-first >= MostLevels || len(out) >= MostLevels:
			r.problems.Add(l.At("values", i), fmt.Sprintf("these are more than %d values", MostLevels), "take fewer")
			return nil
		default:
			for n := first; n <= last; n++ {
				out = append(out, strconv.Itoa(n))
			}
		}
	}
	return out
}

// changes gathers the changes of a level or variant in the words of source.Set.
func (r *reader) changes(p *Point, o source.Origin, set []string, change *source.Node, fill func(string) string) {
	if len(set) > MostSets || change != nil && len(change.Keys) > MostSets {
		r.problems.Add(o.At(), fmt.Sprintf("there are more than %d changes", MostSets), "put them into a scenario that extends the other")
		return
	}
	before := r.text
	add := func(text string, at diag.Place) {
		p.Changes, p.places = append(p.Changes, text), append(p.places, at)
		r.text += len(text)
	}
	for i, text := range set {
		add(fill(text), o.At("set", i))
	}
	switch {
	case change == nil:
	case change.Kind != source.Mapping:
		r.problems.Add(change.Place, "change: "+change.Kind.String()+" stands where keys are expected", "for example  change: {sessions: {conference: {at: marrakech}}}")
	default:
		for i, key := range change.Keys {
			if strings.ContainsAny(key.Value, ".=+") {
				r.problems.Add(key.Place, fmt.Sprintf("unknown key %q", diag.Shorten(key.Value)), "change: has the keys of a scenario")
				continue
			}
			add(key.Value+"="+fill(change.Items[i].String()), key.Place)
		}
	}
	switch {
	case r.text-before > MostChange:
		r.problems.Add(o.At(), fmt.Sprintf("the changes are longer than %d KiB", MostChange>>10), "put them into a scenario that extends the other")
		r.text = MostText + 1 // enough is said
	case r.text > MostText:
		r.problems.Add(o.At(), fmt.Sprintf("the changes of all levels are longer than %d MiB together", MostText>>20), "put what they have in common into a scenario")
	}
}

func (r *reader) variants() {
	r.unique(len(r.Variants), func(i int) (string, diag.Place) { return r.Variants[i].ID, r.Variants[i].At("id") }, "variant")
	for i := range r.Variants {
		v := &r.Variants[i]
		if v.Title == "" {
			v.Title = v.ID
		}
		r.label(v.Title, v.At("title"))
		if v.Scenario == "" {
			v.Scenario = r.Scenario
		} else {
			r.inside(v.Scenario, v.At("scenario"))
		}
		v.point.Label = v.Title
		r.changes(&v.point, v.Origin, v.Set, v.Change, func(text string) string { return text })
	}
}

// count refuses more cases than can be asked.
func (r *reader) count() {
	n := r.Combinations()
	if r.Sample != nil {
		n = min(n, r.Sample.Count)
	}
	if n+len(r.Variants) > MostCases {
		r.problems.Add(r.At("axes"), fmt.Sprintf("the axes have more than %d combinations", MostCases), fmt.Sprintf("take fewer levels, or ask some by lot: sample: {count: %d}", MostCases/20))
	}
}
