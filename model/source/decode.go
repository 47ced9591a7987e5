package source

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"plenary/model/calendar"
	"plenary/model/diag"
)

// Origin remembers the node that a struct was read from, so that later checks
// can point at it. Embed it in every struct that is decoded.
type Origin struct {
	node *Node
	key  *Node // the key in front of it, where the struct stands in a mapping
}

// From gives the origin of what stands at a place outside of the language, such as
// the line of a table.
func From(at diag.Place) Origin { return Origin{node: &Node{Kind: Scalar, Place: at}} }

// At gives the place of the value under the path of keys and list positions.
// The id of an item that stands in a mapping is the key in front of it.
func (o Origin) At(path ...any) diag.Place {
	if o.key != nil && len(path) == 1 && path[0] == "id" {
		return o.key.Place
	}
	if o.key != nil && len(path) == 0 && o.node != nil && o.node.Kind != Scalar {
		return o.key.Place
	}
	return o.node.At(path...)
}

// KeyAt gives the place of a key at the end of a path of keys.
func (o Origin) KeyAt(path ...string) diag.Place {
	n := o.node
	for _, key := range path[:len(path)-1] {
		next := n.Get(key)
		if next == nil {
			break
		}
		n = next
	}
	return n.KeyPlace(path[len(path)-1])
}

// Has tells whether the key was written.
func (o Origin) Has(key string) bool { return o.node.Get(key) != nil }

func (o *Origin) setOrigin(n, key *Node) { o.node, o.key = n, key }

type originated interface{ setOrigin(n, key *Node) }

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

// MostCost is the largest number of a field that holds a cost.
const MostCost = 1 << 60

// ParseCount reads 3, 2..3, 1.. or ..4.
func ParseCount(text string) (Count, error) {
	mistake := fmt.Errorf("%q is not a count such as 3, 2..3 or 1..", diag.Shorten(text))
	from, to, isRange := strings.Cut(text, "..")
	from, to = strings.TrimSpace(from), strings.TrimSpace(to)
	if !isRange {
		n, err := parseNumber(from)
		switch {
		case errors.As(err, new(outOfBounds)):
			return Count{}, err
		case err != nil:
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
		return Count{}, reversedCount{c.Min, c.Max}
	}
	return c, nil
}

// reversedCount says that a range of numbers ends below where it starts.
type reversedCount struct{ from, to int }

// Error says so in words.
func (e reversedCount) Error() string {
	return fmt.Sprintf("the range ends (%d) below where it starts (%d)", e.to, e.from)
}

// parseNumber reads a whole number from 0 to MostCount.
func parseNumber(text string) (int, error) {
	n, err := parseInt(text, MostCount)
	return int(n), err
}

func parseInt(text string, most int64) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	huge := errors.Is(err, strconv.ErrRange)
	switch {
	case (err != nil && !huge) || strings.HasPrefix(text, "+"):
		return 0, fmt.Errorf("%q is not a whole number", diag.Shorten(text))
	case n < 0:
		return 0, outOfBounds(diag.Shorten(text) + " is less than 0")
	case huge || n > most:
		return 0, outOfBounds(fmt.Sprintf("%s is more than %d", diag.Shorten(text), most))
	}
	return n, nil
}

// outOfBounds says that a number is too small or too large.
type outOfBounds string

// Error says so in words.
func (e outOfBounds) Error() string { return string(e) }

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
	mistake := fmt.Errorf("%q is not a gap such as 1..10 days or 5.. working days", diag.Shorten(text))
	head, unit, _ := strings.Cut(strings.TrimSpace(text), " ")
	c, err := ParseCount(head)
	if reversed := (reversedCount{}); errors.As(err, &reversed) {
		return Gap{}, reversed
	}
	if err != nil {
		return Gap{}, mistake
	}
	one, err := calendar.ParseDuration("1 " + unit)
	if err != nil {
		return Gap{}, mistake
	}
	if c.Min*one.N > calendar.MostDays || (c.Max != NoMost && c.Max*one.N > calendar.MostDays) {
		return Gap{}, fmt.Errorf("%q is more than %d days", diag.Shorten(text), calendar.MostDays)
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
	reflect.TypeFor[calendar.Stretch]():  {func(s string) (any, error) { return calendar.ParseStretch(s) }, "stretch"},
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
	Most     int64 // the largest number, for whole numbers
}

// Fields gives the keys of a struct type in the order written. The key "@key"
// stands for the key that an item has in a mapping, or its id in a list. A tag
// most, where there is one, bounds a whole number instead of MostCount.
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
		field := Field{[]int{i}, key, option == "required", f.Tag.Get("doc"), f.Tag.Get("eg"), f.Type, MostCount}
		if f.Type.Kind() == reflect.Int64 {
			field.Most = MostCost
		}
		if most, err := strconv.ParseInt(f.Tag.Get("most"), 10, 64); err == nil {
			field.Most = most
		}
		out = append(out, field)
	}
	return out
}

var fieldCache sync.Map // reflect.Type to []Field

// fieldsOf is Fields, worked out once for each type.
func fieldsOf(t reflect.Type) []Field {
	if known, ok := fieldCache.Load(t); ok {
		return known.([]Field)
	}
	fields := Fields(t)
	fieldCache.Store(t, fields)
	return fields
}

// Decode fills the struct that into points to from a mapping, and adds a
// problem for every key that is unknown or missing and every value of the
// wrong shape. What could be read is filled in.
func Decode(n *Node, into any, problems *diag.List) {
	d := decoder{problems}
	v := reflect.ValueOf(into).Elem()
	d.structure(n, v, nil, "", Field{})
}

type decoder struct{ problems *diag.List }

// structure reads a struct. An item has an id, from the key in front of it or,
// in a list, from its own key id. The field is the one that the struct is read
// for, if any.
func (d decoder) structure(n *Node, v reflect.Value, front *Node, id string, of Field) {
	if o, ok := v.Addr().Interface().(originated); ok {
		o.setOrigin(n, front)
	}
	fields := fieldsOf(v.Type())
	known := map[string]Field{}
	var names []string
	for _, f := range fields {
		if f.Key != "@key" {
			known[f.Key] = f
			names = append(names, f.Key)
			continue
		}
		v.FieldByIndex(f.Index).SetString(id)
		if id != "" {
			known["id"] = Field{Key: "@key"}
		}
	}
	if n.Kind != Mapping {
		if s, ok := v.Addr().Interface().(Shorthand); ok && n.Kind == Scalar {
			if err := s.FromText(n.Value); err != nil {
				d.text(n, err, of)
			}
			return
		}
		if n.Kind != Null || id == "" { // "geneva:" alone is a station without further keys
			message := fmt.Sprintf("here stands %s, where keys are expected", n.Kind)
			if of.Key != "" {
				message = of.Key + ": " + message
			}
			d.problems.Add(n.Place, message, "the keys are: "+strings.Join(names, ", "))
			return
		}
		n = &Node{Kind: Mapping, Place: n.Place}
		if front != nil {
			n.Place = front.Place
		}
	}
	for i, key := range n.Keys {
		f, ok := known[key.Value]
		switch {
		case !ok:
			d.unknown(n, i, names)
		case f.Key == "@key":
			if front != nil && n.Items[i].Value != id {
				d.problems.Add(n.Items[i].Place, fmt.Sprintf("the id %q is not the one in front of the colon, %q", diag.Shorten(n.Items[i].Value), diag.Shorten(id)), "take id: out here, or make both the same")
			}
		case n.Items[i].Kind == Null && n.Flow && f.Type.Kind() != reflect.Slice:
			d.problems.Add(key.Place, fmt.Sprintf("%s: has no value", f.Key), commaHint(n, i))
		default:
			d.value(n.Items[i], v.FieldByIndex(f.Index), f)
		}
	}
	for _, f := range fields {
		if f.Required && n.Get(f.Key) == nil {
			at := n.Place
			if front != nil {
				at = front.Place
			}
			d.problems.Add(at, fmt.Sprintf("the key %q is missing", f.Key), fmt.Sprintf("add %s: %s   (%s)", f.Key, f.Example, f.Doc))
		}
	}
}

// unknown reports a key that a struct does not have.
func (d decoder) unknown(n *Node, i int, names []string) {
	key, mend := n.Keys[i], ""
	if !d.problems.Full() {
		mend = diag.Suggest(key.Value, names, "known keys: "+strings.Join(names, ", "))
		if n.Flow && n.Items[i].Kind == Null && diag.Near(key.Value, names) == "" {
			mend = commaHint(n, i)
		}
	}
	d.problems.Add(key.Place, fmt.Sprintf("unknown key %q", diag.Shorten(key.Value)), mend)
}

// commaHint says how to write a text with a comma between braces, where the
// comma ends the value: {mandate: 6, 9}.
func commaHint(n *Node, i int) string {
	from := i
	for from > 0 && n.Items[from].Kind == Null {
		from--
	}
	if from == i || n.Items[from].Kind != Scalar {
		return "between braces, every key has a colon and a value; put a value that contains a comma in quotes"
	}
	parts := []string{n.Items[from].Value}
	for _, k := range n.Keys[from+1 : i+1] {
		parts = append(parts, k.Value)
	}
	return fmt.Sprintf("between braces, a comma ends the value: put it in quotes, %s: %q", n.Keys[from].Value, diag.Shorten(strings.Join(parts, ", ")))
}

// wrong reports a value of the wrong shape, with the field's example.
func (d decoder) wrong(n *Node, message string, f Field) {
	mend := ""
	if f.Example != "" {
		mend = "for example  " + f.Key + ": " + f.Example
	}
	if f.Key != "" {
		message = f.Key + ": " + message
	}
	d.problems.Add(n.Place, message, mend)
}

func (d decoder) value(n *Node, v reflect.Value, f Field) {
	if v.Type() == reflect.TypeFor[*Node]() { // read later, by somebody else
		v.Set(reflect.ValueOf(n))
		return
	}
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
		item := reflect.New(v.Type().Elem())
		before := len(*d.problems)
		d.value(n, item.Elem(), f)
		if len(*d.problems) == before {
			v.Set(item)
		}
	case reflect.Struct:
		d.structure(n, v, nil, "", f)
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

// swapped turns a range of dates round, as it was written.
func swapped(text string) string {
	from, to, _ := strings.Cut(text, "..")
	return strings.TrimSpace(to) + ".." + strings.TrimSpace(from)
}

// text reports a value that its type's parser refused, with the mend that
// fits the mistake.
func (d decoder) text(n *Node, err error, f Field) {
	key := ""
	if f.Key != "" {
		key = f.Key + ": "
	}
	switch e := err.(type) {
	case calendar.ReversedError:
		d.problems.Add(n.Place, key+e.Error(), "swap the two dates: "+swapped(n.Value))
	case reversedCount:
		d.problems.Add(n.Place, key+e.Error(), fmt.Sprintf("swap the two numbers: %d..%d", e.to, e.from))
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
		i, err := parseInt(n.Value, f.Most)
		if err != nil {
			d.wrong(n, err.Error(), f)
			return
		}
		v.SetInt(i)
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
	identified := element.Kind() == reflect.Struct && slices.ContainsFunc(fieldsOf(element), func(f Field) bool { return f.Key == "@key" })
	switch {
	case !f.Required:
	case n.Kind == Null:
		d.wrong(n, "nothing stands after the colon", f)
		return
	case n.Kind != Scalar && len(n.Items) == 0:
		d.wrong(n, "nothing stands in the list", f)
		return
	}
	grow := func() reflect.Value {
		v.Grow(1)
		v.SetLen(v.Len() + 1)
		return v.Index(v.Len() - 1)
	}
	switch {
	case n.Kind == Null:
	case n.Kind == Sequence && identified:
		for _, item := range n.Items {
			if item.Kind != Mapping {
				d.wrong(item, fmt.Sprintf("here stands %s, where an item with an id is expected", item.Kind), f)
				continue
			}
			id := item.Get("id")
			if id == nil || id.Kind != Scalar || id.Value == "" {
				d.problems.Add(item.Place, fmt.Sprintf("an item of %s has no id", f.Key), "add  id: a-short-word")
				continue
			}
			d.structure(item, grow(), nil, id.Value, f)
		}
	case n.Kind == Sequence:
		for _, item := range n.Items {
			d.value(item, grow(), f)
		}
	case n.Kind == Mapping && identified:
		for i, key := range n.Keys {
			d.structure(n.Items[i], grow(), key, key.Value, f)
		}
	case identified:
		d.wrong(n, fmt.Sprintf("here stands %s, where a list of items is expected", n.Kind), f)
	default:
		before := len(*d.problems)
		d.value(n, grow(), f)
		if len(*d.problems) > before {
			v.SetLen(0)
		}
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
		if n.Items[i].Kind == Null && n.Flow {
			d.problems.Add(key.Place, fmt.Sprintf("%s: has no value", diag.Shorten(key.Value)), commaHint(n, i))
			continue
		}
		d.value(n.Items[i], e, Field{Key: key.Value, Type: f.Type, Most: f.Most})
		v.SetMapIndex(reflect.ValueOf(key.Value), e)
	}
}
