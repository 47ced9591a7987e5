package scenario

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"plenary/model/diag"
	"plenary/model/source"
)

// Sources is where a scenario's parts come from besides its own folder.
type Sources struct {
	// Library holds what ships with the program: library/NAME.yaml and the
	// tables beside it. Nil means that there is none.
	Library fs.FS
	// Busy reads the meetings of an iCalendar file. Nil means that busy
	// calendars cannot be read from files.
	Busy func(file string, src []byte) ([]Interval, error)
}

// MostExtends is how many files a chain of extends may have.
const MostExtends = 10

// reading is one run of Read.
type reading struct {
	sources  Sources
	problems diag.List
	library  map[string]bool // files, by the name in places, that came from the library
	tables   [][]byte        // everything read besides the tree, for the hash
	chain    []string        // files being extended, for circles
}

// Read reads a scenario file with everything it extends and includes. The
// scenario is nil when there is any problem: a scenario that is returned is
// sound, but its rules have yet to be read (package rule).
func Read(file string, sources Sources) (*Scenario, diag.List) {
	r := &reading{sources: sources, library: map[string]bool{}}
	tree := r.load(file)
	if tree == nil {
		return nil, r.problems
	}
	s := &Scenario{File: file}
	if tree.Kind != source.Mapping {
		r.problems.Add(tree.Place, fmt.Sprintf("here stands %s; a scenario is made of keys", tree.Kind), "start from the scenario that `plenary init` writes")
		return nil, r.problems
	}
	if tree.Get("plenary") == nil && tree.Get("sessions") == nil {
		r.problems.Add(tree.Place, "this is no scenario: neither plenary nor sessions stand in it", "start from the scenario that `plenary init` writes")
		return nil, r.problems
	}
	source.Decode(tree, s, &r.problems)
	r.resolve(s)
	s.Hash = tree.Hash(r.tables...)
	if len(r.problems) > 0 {
		return s, r.problems
	}
	return s, nil
}

// load reads one file and merges it over what it includes and extends.
func (r *reading) load(file string) *source.Node {
	full, err := filepath.Abs(file)
	if err != nil {
		full = file
	}
	src, err := r.bytes(file)
	if err != nil {
		r.problems.Add(diag.Place{File: file}, err.Error(), "check the name and the folder")
		return nil
	}
	node, problems := source.Parse(file, src)
	r.problems = append(r.problems, problems...)
	if node == nil || node.Kind != source.Mapping {
		return node
	}
	r.chain = append(r.chain, full)
	defer func() { r.chain = r.chain[:len(r.chain)-1] }()

	var base *source.Node
	if include := node.Get("include"); include != nil {
		for _, item := range listOf(include) {
			base = source.Merge(base, r.include(item), &r.problems)
		}
	}
	if extends := node.Get("extends"); extends != nil {
		base = source.Merge(base, r.extend(extends, file), &r.problems)
	}
	own := &source.Node{Kind: source.Mapping, Place: node.Place}
	for i, key := range node.Keys {
		if !slices.Contains([]string{"include", "extends", "change"}, key.Value) {
			own.Keys, own.Items = append(own.Keys, key), append(own.Items, node.Items[i])
		}
	}
	addHolidays(base, own)
	tree := source.Merge(base, own, &r.problems)
	if change := node.Get("change"); change != nil {
		switch {
		case node.Get("extends") == nil:
			r.problems.Add(node.KeyPlace("change"), "change: stands in a scenario that extends no other", "add  extends: other.yaml, or write the keys directly")
		case change.Kind != source.Mapping:
			r.problems.Add(change.Place, "change: "+change.Kind.String()+" stands where keys are expected", "for example  change: {sessions: {conference: {at: marrakech}}}")
		default:
			tree = source.Merge(tree, change, &r.problems)
		}
	}
	return tree
}

// addHolidays puts the tables of the base before a scenario's own: a table of
// holidays adds to those of the library and never opens a closed day.
func addHolidays(base, own *source.Node) {
	known, more := base.Get("holidays"), own.Get("holidays")
	if known == nil || more == nil {
		return
	}
	all := &source.Node{Kind: source.Sequence, Place: more.Place, Items: slices.Concat(listOf(known), listOf(more))}
	for i, key := range own.Keys {
		if key.Value == "holidays" {
			own.Items[i] = all
		}
	}
}

func listOf(n *source.Node) []*source.Node {
	if n.Kind == source.Sequence {
		return n.Items
	}
	return []*source.Node{n}
}

func (r *reading) include(item *source.Node) *source.Node {
	if r.sources.Library == nil {
		r.problems.Add(item.Place, "no libraries are available here", "")
		return nil
	}
	names := r.libraries()
	if item.Kind != source.Scalar || !slices.Contains(names, item.Value) {
		r.problems.Add(item.Place, fmt.Sprintf("there is no library %q", diag.Shorten(item.Value)), diag.Suggest(item.Value, names, ""))
		return nil
	}
	file := path.Join("library", item.Value+".yaml")
	r.library[file] = true
	src, err := fs.ReadFile(r.sources.Library, file)
	if err != nil {
		r.problems.Add(item.Place, err.Error(), "")
		return nil
	}
	node, problems := source.Parse(file, src)
	r.problems = append(r.problems, problems...)
	return node
}

func (r *reading) libraries() []string {
	files, _ := fs.Glob(r.sources.Library, "library/*.yaml")
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(path.Base(f), ".yaml"))
	}
	return names
}

func (r *reading) extend(at *source.Node, from string) *source.Node {
	if at.Kind != source.Scalar {
		r.problems.Add(at.Place, "extends: one file name is expected", "for example  extends: gcm-2018.yaml")
		return nil
	}
	file := beside(from, at.Value)
	full, err := filepath.Abs(file)
	switch {
	case err != nil:
		r.problems.Add(at.Place, err.Error(), "")
		return nil
	case slices.Contains(r.chain, full):
		r.problems.Add(at.Place, "the scenarios extend each other in a circle", "a scenario cannot stand on itself: take one extends: out")
		return nil
	case len(r.chain) >= MostExtends:
		r.problems.Add(at.Place, fmt.Sprintf("more than %d scenarios extend one another", MostExtends), "extend the base directly")
		return nil
	}
	if _, err := os.Stat(file); err != nil {
		r.problems.Add(at.Place, fmt.Sprintf("there is no file %s to extend", diag.Shorten(file)), "the name is relative to the folder of this file"+nearFile(file))
		return nil
	}
	return r.load(file)
}

func nearFile(file string) string {
	entries, _ := os.ReadDir(filepath.Dir(file))
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if near := diag.Near(filepath.Base(file), names); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

// beside gives a file name relative to the folder of another file.
func beside(from, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(from), name)
}

// table reads a file that the node names, relative to the file the node
// stands in, which may be the library.
func (r *reading) table(at diag.Place, name string) (string, []byte, bool) {
	if r.library[at.File] {
		file := path.Join("library", name)
		src, err := fs.ReadFile(r.sources.Library, file)
		if err != nil {
			r.problems.Add(at, err.Error(), "")
			return file, nil, false
		}
		r.tables = append(r.tables, src)
		return file, src, true
	}
	file := beside(at.File, name)
	src, err := r.bytes(file)
	if err != nil {
		r.problems.Add(at, err.Error(), "the name is relative to the folder of this file"+nearFile(file))
		return file, nil, false
	}
	r.tables = append(r.tables, src)
	return file, src, true
}

// bytes reads a file up to one byte over the limit; anything but a plain file
// is refused, because devices and pipes may never end.
func (r *reading) bytes(file string) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no file %s", diag.Shorten(file))
	case err != nil:
		return nil, fmt.Errorf("%s cannot be opened", diag.Shorten(file))
	case info.IsDir():
		return nil, fmt.Errorf("%s is a folder, not a file", diag.Shorten(file))
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a plain file", diag.Shorten(file))
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be opened", diag.Shorten(file))
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, source.MostBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read", diag.Shorten(file))
	}
	if len(src) > source.MostBytes {
		return nil, fmt.Errorf("%s is larger than %d MiB", diag.Shorten(file), source.MostBytes>>20)
	}
	return src, nil
}
