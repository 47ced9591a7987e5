package scenario

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/input"
	"plenary/model/roster"
	"plenary/model/source"
)

// Sources is where a scenario's parts come from besides its own folder.
type Sources struct {
	// Library holds what ships with the program: library/NAME.yaml and the
	// tables beside it. Nil means that there is none.
	Library fs.FS
	// Replace puts officers in the place of others, after everything else was read.
	Replace []Replacement
	// Changes are what happened, after Replace.
	Changes []Change
	// Set changes single values, after Changes, in the words of source.Set:
	// "stations.geneva.interpretation.teams=1".
	Set []string
	// Busy reads the meetings of an iCalendar file. Nil means that busy
	// calendars cannot be read from files.
	Busy func(file string, src []byte) ([]Interval, diag.List)
	// Workbook reads the first sheet of an Excel workbook. Nil means that
	// tables cannot be read from workbooks.
	Workbook func(file string, src []byte) (roster.Sheet, error)
	// Outside reads what a scenario names also where it lies outside of the
	// scenario's folder: for scenarios of people one trusts.
	Outside bool
	// Opening is told each file outside the library just before it is opened,
	// one that is not there too, for those who watch files. Nil means that
	// nobody asks.
	Opening func(file string)
	// Folder is where the scenario and all that it names have to lie, or below it.
	// Empty, the scenario is read wherever it lies, and what it names has to lie in
	// its folder.
	Folder string
	// Bundle is read instead of the disk. Nil means that files lie on the disk.
	Bundle Bundle
	// Collect is filled with every file that is read; nil for nothing.
	Collect Bundle
}

// MostExtends is how many files a chain of extends may have.
const MostExtends = 10

// MostIncludes is how many libraries a scenario may include.
const MostIncludes = 50

// MostProblems is how many problems with the text of the files end the
// reading, before what they say is looked at.
const MostProblems = 1000

// reading is one run of Read.
type reading struct {
	sources  Sources
	file     string // of the scenario
	folder   string // of the scenario: what it names lies there or below
	problems diag.List
	library  map[string]bool // files, by the name in places, that came from the library
	tables   [][]byte        // everything read besides the tree, for the hash
	chain    []string        // files being extended, for circles
	hopeless bool            // a scenario to extend cannot be read, or there is too much: what follows would be wrong
	referred int             // what documents refer to
	read     int             // bytes read so far
	closed   int             // closed days and observances marked so far
	away     int             // stretches of days of the tables of unavailability
	kinds    []calendar.Day  // a day of each set of slots, for fits
	share    map[[2]int]bool // whether two slots exist on one day
}

func newReading(file string, sources Sources) *reading {
	r := &reading{sources: sources, file: file, folder: sources.Folder, library: map[string]bool{}}
	if r.folder == "" {
		r.folder = filepath.Dir(file)
	}
	return r
}

// Read reads a scenario file with everything it extends and includes. Without
// problems the scenario is sound, but its rules have yet to be read (package
// rule). With problems it is nil, or holds what could be read: good for nothing
// but to have rule.Of find more mistakes in the same run.
func Read(file string, sources Sources) (*Scenario, diag.List) {
	r := newReading(file, sources)
	tree := r.tree(file)
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
	if r.hopeless || len(r.problems) >= MostProblems {
		return nil, r.problems
	}
	source.Decode(tree, s, &r.problems)
	r.resolve(s)
	s.Hash = tree.Hash(r.tables...)
	if r.hopeless {
		return nil, r.problems
	}
	if len(r.problems) > 0 {
		return s, r.problems
	}
	return s, nil
}

// Tree gives what Read decodes: the text of a scenario merged with all that it
// extends, includes and is changed by. The tree is nil when nothing could be
// read; then there is at least one problem.
func Tree(file string, sources Sources) (*source.Node, diag.List) {
	r := newReading(file, sources)
	return r.tree(file), r.problems
}

func (r *reading) tree(file string) *source.Node {
	tree := r.load(file, diag.Place{File: file})
	if tree == nil {
		return nil
	}
	for _, x := range r.sources.Replace {
		tree = r.replace(tree, x)
	}
	for _, x := range r.sources.Changes {
		tree = r.change(tree, x)
	}
	for _, expression := range r.sources.Set {
		path, _, _ := strings.Cut(expression, "=")
		path, adding := strings.CutSuffix(strings.TrimSpace(path), "+")
		if label := source.ChangeFile(expression); r.known(tree, label, strings.Split(path, "."), !adding) {
			tree = r.set(tree, label, expression)
		}
	}
	return tree
}

// load reads one file and merges it over what it includes and extends.
// What prevents it stands at the place given: the file itself, or where another
// names it.
func (r *reading) load(file string, at diag.Place) *source.Node {
	if strings.HasPrefix(file, "library/") { // that is how places name the library's files
		file = "./" + file
	}
	full, err := filepath.Abs(file)
	if err != nil {
		full = file
	}
	src, err := r.bytes(file, len(r.chain) == 0)
	if err != nil {
		mend := "check the name and the folder"
		if len(r.chain) > 0 {
			mend = relativeToThis
		} else {
			at = diag.Place{} // the sentence names the file
		}
		r.problems.Add(at, err.Error(), mendFile(err, file, mend))
		return nil
	}
	node, problems := source.Parse(file, src)
	r.problems = append(r.problems, problems...)
	if node == nil || node.Kind != source.Mapping {
		return node
	}
	r.version(node)
	r.chain = append(r.chain, full)
	defer func() { r.chain = r.chain[:len(r.chain)-1] }()

	var base *source.Node
	if include := node.Get("include"); include != nil {
		for i, item := range listOf(include) {
			if slices.ContainsFunc(listOf(include)[:i], func(o *source.Node) bool { return o.Value == item.Value }) {
				r.problems.Add(item.Place, fmt.Sprintf("the library %q is included twice", diag.Shorten(item.Value)), "take one of the two out")
				continue
			}
			if i == MostIncludes {
				r.problems.Add(item.Place, fmt.Sprintf("more than %d libraries are included", MostIncludes), "take out what is not needed")
				break
			}
			included := r.include(item)
			addTables(base, included)
			base = source.Merge(base, included, &r.problems)
		}
	}
	if extends := node.Get("extends"); extends != nil {
		extended := r.extend(extends, file)
		r.hopeless = r.hopeless || extended == nil
		addTables(base, extended)
		base = source.Merge(base, extended, &r.problems)
	}
	own := &source.Node{Kind: source.Mapping, Place: node.Place}
	for i, key := range node.Keys {
		if !slices.Contains([]string{"include", "extends", "change"}, key.Value) {
			own.Keys, own.Items = append(own.Keys, key), append(own.Items, node.Items[i])
		}
	}
	addTables(base, own)
	if node.Get("extends") == nil {
		own = asIncluded(base, own)
	}
	tree := source.Merge(base, own, &r.problems)
	if change := node.Get("change"); change != nil {
		switch {
		case node.Get("extends") == nil:
			r.problems.Add(node.KeyPlace("change"), "change: stands in a scenario that extends no other", "add  extends: other.yaml, or write the keys directly")
		case change.Kind != source.Mapping:
			r.problems.Add(change.Place, "change: "+change.Kind.String()+" stands where keys are expected", "for example  change: {sessions: {conference: {at: marrakech}}}")
		default:
			addTables(tree, change)
			tree = source.Merge(tree, change, &r.problems)
		}
	}
	return tree
}

// addTables puts the tables of the base before a scenario's own or those of its
// changes: a table of holidays or unavailability adds to those of the library and never opens a closed
// day, and a table of translations adds words.
func addTables(base, own *source.Node) {
	if own == nil {
		return
	}
	for i, key := range own.Keys {
		known, more := base.Get(key.Value), own.Items[i]
		if slices.Contains([]string{"holidays", "unavailable", "translations"}, key.Value) && known != nil && more.Kind != source.Null {
			own.Items[i] = &source.Node{Kind: source.Sequence, Place: more.Place, Items: slices.Concat(listOf(known), listOf(more))}
		}
	}
}

// asIncluded takes out of a scenario its stations, rosters and the like that
// have nothing after the colon and that a library has, and of each of these
// groups what is so: they are as the library has them. Only a scenario that extends another takes away by saying nothing.
func asIncluded(base, own *source.Node) *source.Node {
	out := &source.Node{Kind: source.Mapping, Place: own.Place}
	for i, key := range own.Keys {
		item, known := own.Items[i], base.Get(key.Value)
		if known != nil && item.Kind == source.Null && key.Value != "plenary" {
			continue
		}
		if known != nil && known.Kind == source.Mapping && item.Kind == source.Mapping {
			kept := &source.Node{Kind: source.Mapping, Place: item.Place, Flow: item.Flow}
			for j, id := range item.Keys {
				if item.Items[j].Kind != source.Null || known.Get(id.Value) == nil {
					kept.Keys, kept.Items = append(kept.Keys, id), append(kept.Items, item.Items[j])
				}
			}
			item = kept
		}
		out.Keys, out.Items = append(out.Keys, key), append(out.Items, item)
	}
	return out
}

// version checks that a file says which version of the language it is in.
func (r *reading) version(node *source.Node) {
	v := node.Get("plenary")
	switch {
	case v == nil && node.Get("sessions") == nil && node.Get("extends") == nil: // no scenario at all, said elsewhere
	case v == nil:
		r.problems.Add(node.Place, `the key "plenary" is missing`, fmt.Sprintf("add plenary: %d   (version of the scenario language)", Version))
	case v.Kind == source.Scalar:
		if n, err := strconv.Atoi(v.Value); err == nil && n >= 0 && n != Version {
			r.problems.Add(v.Place, fmt.Sprintf("plenary: version %d of the scenario language is not known to this program", n), fmt.Sprintf("write  plenary: %d", Version))
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
		r.problems.Add(item.Place, "no libraries are available here", "write what you need into the scenario")
		return nil
	}
	names := r.libraries()
	if item.Kind != source.Scalar {
		r.problems.Add(item.Place, fmt.Sprintf("here stands %s, where the name of a library is expected", item.Kind), diag.Suggest("", names, "for example  include: [un-stations]"))
		return nil
	}
	if !slices.Contains(names, item.Value) {
		r.problems.Add(item.Place, fmt.Sprintf("there is no library %q", diag.Shorten(item.Value)), diag.Suggest(item.Value, names, "leave include: out"))
		return nil
	}
	file := path.Join("library", item.Value+".yaml")
	r.library[file] = true
	src, err := fs.ReadFile(r.sources.Library, file)
	if err != nil {
		r.problems.Add(item.Place, fmt.Sprintf("the library %q cannot be read", diag.Shorten(item.Value)), "install the program again")
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
		r.problems.Add(at.Place, fmt.Sprintf("%s cannot be found: %v", diag.Shorten(file), err), "give the whole path")
		return nil
	case slices.Contains(r.chain, full):
		r.problems.Add(at.Place, "the scenarios extend each other in a circle", "a scenario cannot stand on itself: take one extends: out")
		return nil
	case len(r.chain) >= MostExtends:
		r.problems.Add(at.Place, fmt.Sprintf("more than %d scenarios extend one another", MostExtends), "extend the base directly")
		return nil
	}
	base := r.load(file, at.Place)
	if base != nil && base.Kind != source.Mapping {
		r.problems.Add(at.Place, fmt.Sprintf("%s holds %s; a scenario is made of keys", diag.Shorten(file), base.Kind), "name a scenario")
		return nil
	}
	return base
}

// beside gives a file name relative to the folder of another file.
func beside(from, name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(filepath.Dir(from), name)
}

// table reads a CSV table or the first sheet of a workbook. It gives false when
// there is nothing to read; lines that were read in part are given as they are.
func (r *reading) table(at diag.Place, name string) (roster.Lines, bool) {
	file, src, ok := r.named(at, name)
	if !ok {
		return roster.Lines{}, false
	}
	if !strings.EqualFold(filepath.Ext(name), ".xlsx") {
		lines, problems := roster.ReadCSV(file, src)
		r.problems = append(r.problems, problems...)
		return lines, true
	}
	if r.sources.Workbook == nil {
		r.add(at, "workbooks cannot be read here", "in Excel, save the table as CSV UTF-8")
		return roster.Lines{}, false
	}
	sheet, err := r.sources.Workbook(file, src)
	if err != nil {
		r.add(at, fmt.Sprintf("%s cannot be read as a workbook: %s", diag.Shorten(name), err), "in Excel, save it again as .xlsx, or as CSV UTF-8")
		return roster.Lines{}, false
	}
	lines, problems := roster.ReadSheet(file, sheet)
	r.problems = append(r.problems, problems...)
	return lines, true
}

// named reads a file that the node names, relative to the file the node
// stands in, which may be the library.
func (r *reading) named(at diag.Place, name string) (string, []byte, bool) {
	if len(r.tables) >= MostTables {
		r.problems.Add(at, fmt.Sprintf("the scenario names more than %d tables", MostTables), "join tables into one")
		return name, nil, false
	}
	if r.library[at.File] {
		file := path.Join("library", name)
		src, err := fs.ReadFile(r.sources.Library, file)
		if err != nil {
			r.problems.Add(at, fmt.Sprintf("the library has no table %q", diag.Shorten(name)), "install the program again")
			return file, nil, false
		}
		r.tables = append(r.tables, src)
		return file, src, true
	}
	from := at.File
	if source.InCall(at) { // the name stands in no file
		from = r.file
	}
	file := beside(from, name)
	src, err := r.bytes(file, false)
	if err != nil {
		r.problems.Add(at, err.Error(), mendFile(err, file, relativeToThis))
		return file, nil, false
	}
	r.tables = append(r.tables, src)
	return file, src, true
}

// bytes reads a plain file. The scenario itself is read wherever it lies; what it
// names has to lie in its folder or below it, unless Sources.Outside says
// otherwise: a scenario may come from somebody who must not learn what other
// files say.
func (r *reading) bytes(file string, itself bool) (src []byte, err error) {
	if r.sources.Opening != nil {
		r.sources.Opening(file)
	}
	switch {
	case r.sources.Bundle != nil:
		src, err = r.bundled(file)
	case r.sources.Outside, itself && r.sources.Folder == "":
		src, err = input.Read(file, source.MostBytes)
	default:
		src, err = input.ReadWithin(r.folder, file, source.MostBytes)
	}
	if err != nil {
		return nil, err
	}
	if r.read += len(src); r.read > source.MostTotal {
		return nil, fmt.Errorf("the files of this scenario are larger than %d MiB together", source.MostTotal>>20)
	}
	if r.sources.Collect != nil {
		r.sources.Collect[r.name(file)] = src
	}
	return src, nil
}

// relativeToThis mends the name of a file that a scenario names.
const relativeToThis = "the name is relative to the folder of this file"

// mendFile says how to mend the name of a file that cannot be read. The names of
// files that may not be read are not given away.
func mendFile(err error, file, mend string) string {
	if errors.Is(err, input.ErrOutside) {
		return "copy it into the folder of the scenario, or, where you trust whoever wrote this, allow it with --allow-outside"
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return mend
	}
	entries, _ := os.ReadDir(filepath.Dir(file))
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if near := diag.Near(filepath.Base(file), names); near != "" {
		return fmt.Sprintf("%s; did you mean %q?", mend, near)
	}
	return mend
}
