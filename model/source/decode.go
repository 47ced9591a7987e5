package source

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"plenary/model/calendar"
	"plenary/model/diag"
)

// Origin remembers the node that a struct was read from, so that later checks
// can point at it. Embed it in every struct that is decoded.
type Origin struct{ node *Node }

// At gives the place of the value under the path of keys and list positions.
func (o Origin) At(path ...any) diag.Place { return o.node.At(path...) }

// KeyAt gives the place of a key.
func (o Origin) KeyAt(key string) diag.Place { return o.node.KeyPlace(key) }

// Has tells whether the key was written.
func (o Origin) Has(key string) bool { return o.node.Get(key) != nil }

func (o *Origin) setOrigin(n *Node) { o.node = n }

type originated interface{ setOrigin(*Node) }

// Shorthand is a struct that may also be written as a single value.
type Shorthand interface {
	// FromText reads the single value.
	FromText(text string) error
}

// Count is a range of whole numbers, both ends included: 3, 2..3, 1.. or ..4.
type Count struct{ Min, Max int }

// MostCount is the largest number a count may hold; an open end is NoMost.
const (
	MostCount = 1_000_000
	NoMost    = MostCount + 1
)

// ParseCount reads 3, 2..3, 1.. or ..4.
func ParseCount(text string) (Count, error) {
	mistake := fmt.Errorf("%q is not a count such as 3, 2..3 or 1..", diag.Shorten(text))
	from, to, isRange := strings.Cut(text, "..")
	from, to = strings.TrimSpace(from), strings.TrimSpace(to)
	if !isRange {
		n, err := parseNumber(from)
		if err != nil {
			return Count{}, mistake
		}
		return Count{n, n}, nil
	}
	c := Count{0, NoMost}
	var err error
	if from == "" && to == "" {
		return Count{}, mistake
	}
	if from != "" {
		if c.Min, err = parseNumber(from); err != nil {
			return Count{}, mistake
		}
	}
	if to != "" {
		if c.Max, err = parseNumber(to); err != nil {
			return Count{}, mistake
		}
	}
	if c.Max < c.Min {
		return Count{}, fmt.Errorf("the range ends (%d) below where it starts (%d)", c.Max, c.Min)
	}
	return c, nil
}

// parseNumber reads a whole number from 0 to MostCount.
func parseNumber(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || text[0] == '+' {
		return 0, fmt.Errorf("%q is not a whole number", diag.Shorten(text))
	}
	if n < 0 || n > MostCount {
		return 0, fmt.Errorf("%s is not between 0 and %d", diag.Shorten(text), MostCount)
	}
	return n, nil
}

// Has tells whether n lies in the count.
func (c Count) Has(n int) bool { return c.Min <= n && n <= c.Max }

// Short gives by how much n lies below the least, Over by how much above the
// most; 0 inside.
func (c Count) Short(n int) int { return max(0, c.Min-n) }

// Over gives by how much n lies above the most, 0 at or below it.
func (c Count) Over(n int) int {
	if c.Max == NoMost {
		return 0
	}
	return max(0, n-c.Max)
}

// String gives the count in words: "2 to 3", "at least 1", "3".
func (c Count) String() string {
	switch {
	case c.Min == c.Max:
		return strconv.Itoa(c.Min)
	case c.Max == NoMost:
		return "at least " + strconv.Itoa(c.Min)
	case c.Min == 0:
		return "at most " + strconv.Itoa(c.Max)
	}
	return fmt.Sprintf("%d to %d", c.Min, c.Max)
}

// Gap is a range of durations of one unit: "1..10 working days", "2.. weeks".
type Gap struct {
	Least calendar.Duration
	Most  calendar.Duration // N is NoMost where there is none
}

// ParseGap reads 1..10 days, 5.. working days, 2 weeks.
func ParseGap(text string) (Gap, error) {
	head, unit, _ := strings.Cut(strings.TrimSpace(text), " ")
	c, err := ParseCount(head)
	if err != nil {
		return Gap{}, fmt.Errorf("%q is not a gap such as 1..10 days or 5.. working days", diag.Shorten(text))
	}
	one, err := calendar.ParseDuration("1 " + unit)
	if err != nil || c.Min > calendar.MostDays {
		return Gap{}, fmt.Errorf("%q is not a gap such as 1..10 days or 5.. working days", diag.Shorten(text))
	}
	g := Gap{calendar.Duration{N: c.Min * one.N, Unit: one.Unit}, calendar.Duration{N: NoMost, Unit: one.Unit}}
	if c.Max != NoMost {
		g.Most.N = c.Max * one.N
	}
	return g, nil
}

// Open tells whether the gap has no upper end.
func (g Gap) Open() bool { return g.Most.N == NoMost }

// String gives the gap in words.
func (g Gap) String() string {
	switch {
	case g.Open():
		return "at least " + g.Least.String()
	case g.Least.N == g.Most.N:
		return g.Least.String()
	}
	return fmt.Sprintf("%d to %s", g.Least.N, calendar.Duration{N: g.Most.N, Unit: g.Most.Unit}.Plain())
}

// textTypes are the types that are written as one value.
var textTypes = map[reflect.Type]struct {
	parse func(string) (any, error)
	kind  string // the name in the schema's definitions
}{
	reflect.TypeFor[calendar.Day]():      {func(s string) (any, error) { return calendar.ParseDay(s) }, "day"},
	reflect.TypeFor[calendar.Range]():    {func(s string) (any, error) { return calendar.ParseRange(s) }, "range"},
	reflect.TypeFor[calendar.Duration](): {func(s string) (any, error) { return calendar.ParseDuration(s) }, "duration"},
	reflect.TypeFor[calendar.Week]():     {func(s string) (any, error) { return calendar.ParseWeek(s) }, "week"},
	reflect.TypeFor[Count]():             {func(s string) (any, error) { return ParseCount(s) }, "count"},
	reflect.TypeFor[Gap]():               {func(s string) (any, error) { return ParseGap(s) }, "gap"},
}

// TextKind names what a type that is written as one value is called: day,
// range, duration, week, count or gap. It is false for every other type.
func TextKind(t reflect.Type) (string, bool) {
	text, ok := textTypes[t]
	return text.kind, ok
}

// Field is one key of a struct, as its tags say.
type Field struct {
	Index    []int
	Key      string
	Required bool
	Doc      string
	Example  string
	Type     reflect.Type
}

// Fields gives the keys of a struct type in the order written. The key "@key"
// stands for the key that an item has in a mapping, or its id in a list.
func Fields(t reflect.Type) []Field {
	var out []Field
	for i := range t.NumField() {
		f := t.Field(i)
		tag, ok := f.Tag.Lookup("key")
		if !ok {
			if f.Anonymous && f.Type.Kind() == reflect.Struct && f.IsExported() {
				for _, inner := range Fields(f.Type) {
					inner.Index = append([]int{i}, inner.Index...)
					out = append(out, inner)
				}
			}
			continue
		}
		key, option, _ := strings.Cut(tag, ",")
		out = append(out, Field{[]int{i}, key, option == "required", f.Tag.Get("doc"), f.Tag.Get("eg"), f.Type})
	}
	return out
}

// Decode fills the struct that into points to from a mapping, and adds a
// problem for every key that is unknown or missing and every value of the
// wrong shape. What could be read is filled in.
func Decode(n *Node, into any, problems *diag.List) {
	d := decoder{problems}
	v := reflect.ValueOf(into).Elem()
	d.structure(n, v, "")
}

type decoder struct{ problems *diag.List }

func (d decoder) structure(n *Node, v reflect.Value, id string) {
	t := v.Type()
	if o, ok := v.Addr().Interface().(originated); ok {
		o.setOrigin(n)
	}
	fields := Fields(t)
	for _, f := range fields {
		if f.Key == "@key" {
			v.FieldByIndex(f.Index).SetString(id)
		}
	}
	if n.Kind != Mapping {
		if s, ok := v.Addr().Interface().(Shorthand); ok && n.Kind == Scalar {
			if err := s.FromText(n.Value); err != nil {
				d.problems.Add(n.Place, err.Error(), "")
			}
			return
		}
		if n.Kind == Null && id != "" { // "geneva:" alone is a station without further keys
			n = &Node{Kind: Mapping, Place: n.Place}
		} else {
			d.problems.Add(n.Place, fmt.Sprintf("here stands %s, where keys are expected", n.Kind), "write it as keys: "+keyList(fields))
			return
		}
	}
	known := map[string]Field{}
	var names []string
	for _, f := range fields {
		if f.Key == "@key" {
			f.Key = "id"
			if id != "" {
				known["id"] = f
			}
			continue
		}
		known[f.Key] = f
		names = append(names, f.Key)
	}
	for i, key := range n.Keys {
		f, ok := known[key.Value]
		if !ok {
			d.problems.Add(key.Place, fmt.Sprintf("unknown key %q", diag.Shorten(key.Value)), diag.Suggest(key.Value, names, "known keys: "+strings.Join(names, ", ")))
			continue
		}
		if f.Key == "id" && f.Type.Kind() == reflect.String && v.FieldByIndex(f.Index).String() != "" {
			continue // already taken from the mapping's key or the list item
		}
		d.value(n.Items[i], v.FieldByIndex(f.Index), f)
	}
	for _, f := range fields {
		if f.Required && f.Key != "@key" && n.Get(f.Key) == nil {
			at := n.Place
			d.problems.Add(at, fmt.Sprintf("the key %q is missing", f.Key), fmt.Sprintf("add %s: %s   (%s)", f.Key, f.Example, f.Doc))
		}
	}
}

func keyList(fields []Field) string {
	var names []string
	for _, f := range fields {
		if f.Key != "@key" {
			names = append(names, f.Key)
		}
	}
	return strings.Join(names, ", ")
}

func (d decoder) wrong(n *Node, message string, f Field) {
	mend := ""
	if f.Example != "" {
		mend = "for example  " + f.Key + ": " + f.Example
	}
	d.problems.Add(n.Place, f.Key+": "+message, mend)
}

func (d decoder) value(n *Node, v reflect.Value, f Field) {
	if n.Kind == Null && v.Kind() != reflect.Slice {
		d.wrong(n, "nothing stands after the colon", f)
		return
	}
	if text, ok := textTypes[v.Type()]; ok {
		if n.Kind != Scalar {
			d.wrong(n, fmt.Sprintf("here stands %s, where a single value is expected", n.Kind), f)
			return
		}
		parsed, err := text.parse(n.Value)
		if err != nil {
			d.text(n, err, f)
			return
		}
		v.Set(reflect.ValueOf(parsed))
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.Type() == reflect.TypeFor[*Node]() {
			v.Set(reflect.ValueOf(n))
			return
		}
		item := reflect.New(v.Type().Elem())
		before := len(*d.problems)
		d.value(n, item.Elem(), f)
		if len(*d.problems) == before {
			v.Set(item)
		}
	case reflect.Struct:
		d.structure(n, v, "")
	case reflect.Slice:
		d.list(n, v, f)
	case reflect.Map:
		d.table(n, v, f)
	case reflect.String, reflect.Int, reflect.Int64, reflect.Bool, reflect.Float64:
		d.scalar(n, v, f)
	default:
		panic("source: no decoding for " + v.Type().String())
	}
}

// text reports a value that its type's parser refused, with the mend that
// fits the mistake.
func (d decoder) text(n *Node, err error, f Field) {
	switch e := err.(type) {
	case calendar.ReversedError:
		d.problems.Add(n.Place, f.Key+": "+e.Error(), fmt.Sprintf("swap the two dates: %s..%s", e.Last, e.First))
	default:
		d.wrong(n, err.Error(), f)
	}
}

func (d decoder) scalar(n *Node, v reflect.Value, f Field) {
	if n.Kind != Scalar {
		d.wrong(n, fmt.Sprintf("here stands %s, where a single value is expected", n.Kind), f)
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(n.Value)
	case reflect.Int, reflect.Int64:
		i, err := parseNumber(n.Value)
		if err != nil {
			d.wrong(n, err.Error(), f)
			return
		}
		v.SetInt(int64(i))
	case reflect.Float64:
		x, err := strconv.ParseFloat(n.Value, 64)
		if err != nil || x != x || x > 1e6 || x < -1e6 {
			d.wrong(n, fmt.Sprintf("%q is not a number", diag.Shorten(n.Value)), f)
			return
		}
		v.SetFloat(x)
	case reflect.Bool:
		switch strings.ToLower(n.Value) {
		case "true", "yes":
			v.SetBool(true)
		case "false", "no":
			v.SetBool(false)
		default:
			d.wrong(n, fmt.Sprintf("%q is neither yes nor no", diag.Shorten(n.Value)), f)
		}
	}
}

// list reads a list, or a single value as a list of one, or, for items that
// have an id, a mapping from id to item.
func (d decoder) list(n *Node, v reflect.Value, f Field) {
	element := v.Type().Elem()
	var identified bool
	if element.Kind() == reflect.Struct {
		for _, inner := range Fields(element) {
			identified = identified || inner.Key == "@key"
		}
	}
	add := func(item *Node, id string) {
		e := reflect.New(element).Elem()
		if identified {
			d.structure(item, e, id)
		} else {
			d.value(item, e, f)
		}
		v.Set(reflect.Append(v, e))
	}
	switch {
	case n.Kind == Null:
	case n.Kind == Sequence:
		for _, item := range n.Items {
			id := ""
			if identified {
				at := item.Get("id")
				if at == nil || at.Kind != Scalar || at.Value == "" {
					d.problems.Add(item.Place, fmt.Sprintf("an item of %s has no id", f.Key), "add  id: a-short-word")
					continue
				}
				id = at.Value
			}
			add(item, id)
		}
	case n.Kind == Mapping && identified:
		for i, key := range n.Keys {
			add(n.Items[i], key.Value)
		}
	case identified:
		d.wrong(n, fmt.Sprintf("here stands %s, where a list of items is expected", n.Kind), f)
	default:
		add(n, "")
	}
}

func (d decoder) table(n *Node, v reflect.Value, f Field) {
	if n.Kind != Mapping {
		d.wrong(n, fmt.Sprintf("here stands %s, where keys are expected", n.Kind), f)
		return
	}
	v.Set(reflect.MakeMap(v.Type()))
	for i, key := range n.Keys {
		e := reflect.New(v.Type().Elem()).Elem()
		d.value(n.Items[i], e, Field{Key: key.Value, Example: "", Type: f.Type})
		v.SetMapIndex(reflect.ValueOf(key.Value), e)
	}
}
