package schema

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/jsonschema-go/jsonschema"
	"go.yaml.in/yaml/v3"

	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/source"
	"plenary/model/sweep"
)

// draft is the version of JSON Schema that is written.
const draft = "https://json-schema.org/draft/2020-12/schema"

// form is how much of an object has to be there.
type form int

const (
	// whole objects have all the keys they need.
	whole form = iota
	// changes are laid over something that is there: nothing is needed, and a
	// key with nothing after it takes away.
	changes
)

// words lists the values of keys that take one of a few, by type and key.
var words = map[string][]string{
	"Session interpretation": {scenario.Required, scenario.AsAvailable, scenario.None},
	"AdjacentTo side":        {"before", "after"},
	"Plan status":            {string(plan.Optimal), string(plan.Feasible)},
}

// Scenario gives the JSON Schema (draft 2020-12) of scenario files, indented,
// with a line end. A file with extends: is read as changes: nothing has to be
// there. So is a library, a file that has neither title, period nor sessions.
func Scenario() ([]byte, error) {
	b := newBuilder()
	needs := func(keys ...string) *jsonschema.Schema { return &jsonschema.Schema{Required: keys} }
	return b.encode(&jsonschema.Schema{
		Title:       "Plenary scenario",
		Description: "What must be held, where, with what and under which rules. In the tables of docs/scenario.md every key is explained.",
		Type:        "object",
		Required:    []string{"plenary"},
		If:          needs("extends"),
		Then:        b.object(reflect.TypeFor[scenario.Scenario](), changes),
		Else: &jsonschema.Schema{
			If:   &jsonschema.Schema{AnyOf: []*jsonschema.Schema{needs("title"), needs("period"), needs("sessions")}},
			Then: b.object(reflect.TypeFor[scenario.Scenario](), whole),
			Else: b.object(reflect.TypeFor[scenario.Scenario](), changes),
		},
	})
}

// Plan gives the JSON Schema (draft 2020-12) of plan files.
func Plan() ([]byte, error) {
	b := newBuilder()
	return b.encode(&jsonschema.Schema{
		Title:       "Plenary plan",
		Description: "When and where each session meets, in which rooms, with which interpreters and who sits where.",
		AllOf:       []*jsonschema.Schema{b.object(reflect.TypeFor[plan.Plan](), whole)},
	})
}

// Sweep gives the JSON Schema (draft 2020-12) of sweep files.
func Sweep() ([]byte, error) {
	b := newBuilder()
	return b.encode(&jsonschema.Schema{
		Title:       "Plenary sweep",
		Description: "Many what-ifs of one scenario: what is changed, and to what. docs/sweeps.md explains it.",
		AllOf:       []*jsonschema.Schema{b.object(reflect.TypeFor[sweep.Sweep](), whole)},
	})
}

// builder collects definitions; each is written once.
type builder struct {
	defs map[string]*jsonschema.Schema
}

func newBuilder() *builder {
	b := &builder{map[string]*jsonschema.Schema{}}
	define(b.defs)
	return b
}

func (b *builder) encode(root *jsonschema.Schema) ([]byte, error) {
	root.Schema = draft
	root.Defs = b.defs
	src, err := json.Marshal(root)
	if err != nil {
		return nil, fmt.Errorf("write the schema: %w", err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, src, "", "  "); err != nil {
		return nil, fmt.Errorf("write the schema: %w", err)
	}
	out.WriteByte('\n')
	return out.Bytes(), nil
}

func ref(name string) *jsonschema.Schema { return &jsonschema.Schema{Ref: "#/$defs/" + name} }

func never() *jsonschema.Schema { return &jsonschema.Schema{Not: &jsonschema.Schema{}} }

func null() *jsonschema.Schema { return &jsonschema.Schema{Type: "null"} }

func oneOf(choices ...*jsonschema.Schema) *jsonschema.Schema {
	return &jsonschema.Schema{OneOf: choices}
}

// named defines what make gives under the name, once, and refers to it.
func (b *builder) named(name string, make func() *jsonschema.Schema) *jsonschema.Schema {
	if b.defs[name] == nil {
		b.defs[name] = &jsonschema.Schema{} // stops circles
		b.defs[name] = make()
	}
	return ref(name)
}

// spoken gives a Go type's name as words: "MeetingKind" is "meeting kind".
func spoken(t reflect.Type) string {
	var b strings.Builder
	for i, r := range t.Name() {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func defined(t reflect.Type, f form) string {
	name := strings.ReplaceAll(spoken(t), " ", "-")
	if f == changes {
		name += "-change"
	}
	return name
}

// object refers to a struct type's keys.
func (b *builder) object(t reflect.Type, f form) *jsonschema.Schema {
	return b.named(defined(t, f), func() *jsonschema.Schema { return b.keys(t, f) })
}

func (b *builder) keys(t reflect.Type, f form) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{}, AdditionalProperties: never()}
	for _, field := range source.Fields(t) {
		key := field.Key
		if key == "@key" {
			id := ref("text")
			id.Description = "a short word by which others refer to it"
			s.Properties["id"], s.PropertyOrder = id, append(s.PropertyOrder, "id")
			continue
		}
		s.Properties[key], s.PropertyOrder = b.property(t, field, f), append(s.PropertyOrder, key)
		if field.Required && f == whole {
			s.Required = append(s.Required, key)
		}
	}
	switch {
	case t == reflect.TypeFor[scenario.Scenario]():
		s.DependentRequired = map[string][]string{"change": {"extends"}}
	case s.Properties["weight"] != nil && f == whole:
		s.DependentRequired = map[string][]string{"weight": {"tier"}}
	}
	return s
}

// property gives what may stand after a key, with its meaning and an example.
func (b *builder) property(t reflect.Type, field source.Field, f form) *jsonschema.Schema {
	var s *jsonschema.Schema
	switch few, ok := words[t.Name()+" "+field.Key]; {
	case ok:
		s = &jsonschema.Schema{}
		for _, w := range few {
			s.Enum = append(s.Enum, w)
		}
	case t == reflect.TypeFor[scenario.Scenario]() && field.Key == "change":
		s = b.named("change", func() *jsonschema.Schema { return b.inner(t) })
	case field.Type == reflect.TypeFor[*source.Node]():
		s = b.named("change-of-sweep", b.started)
	case t == reflect.TypeFor[scenario.Scenario]() && field.Key == "rules":
		s = b.rules(f)
	default:
		s = b.value(field.Type, f, field.Required)
	}
	if f == changes && !acceptsNull(s) {
		s = oneOf(s, null())
	}
	s.Description = field.Doc
	if example, err := parsed(field.Example); err == nil && field.Example != "" {
		s.Examples = []any{example}
	}
	return s
}

func acceptsNull(s *jsonschema.Schema) bool {
	return slices.ContainsFunc(s.OneOf, func(c *jsonschema.Schema) bool { return c.Type == "null" })
}

// inner gives what may stand under change: a scenario without the keys that
// say where it comes from.
func (b *builder) inner(t reflect.Type) *jsonschema.Schema {
	s := b.keys(t, changes)
	s.DependentRequired = nil
	for _, key := range []string{"include", "extends", "change"} {
		delete(s.Properties, key)
		s.PropertyOrder = slices.DeleteFunc(s.PropertyOrder, func(k string) bool { return k == key })
	}
	return s
}

// started gives what may stand under change in a sweep: the keys of a scenario, with
// anything after them, because <value> may stand anywhere there.
func (b *builder) started() *jsonschema.Schema {
	s := b.inner(reflect.TypeFor[scenario.Scenario]())
	for key, property := range s.Properties {
		s.Properties[key] = &jsonschema.Schema{Description: property.Description, Examples: property.Examples}
	}
	return s
}

// value gives what a type may be written as.
func (b *builder) value(t reflect.Type, f form, required bool) *jsonschema.Schema {
	if kind, ok := source.TextKind(t); ok {
		return ref(kind)
	}
	switch t.Kind() {
	case reflect.Pointer:
		return b.value(t.Elem(), f, required)
	case reflect.Struct:
		return b.item(t, f)
	case reflect.Slice:
		return b.list(t.Elem(), f, required)
	case reflect.Map:
		each := b.value(t.Elem(), f, false)
		if f == changes && !acceptsNull(each) {
			each = oneOf(each, null())
		}
		return &jsonschema.Schema{Type: "object", AdditionalProperties: each}
	case reflect.Int, reflect.Int64:
		return ref("number")
	case reflect.Float64:
		return ref("decimal")
	case reflect.Bool:
		return ref("yes-or-no")
	case reflect.String:
		return ref("text")
	}
	panic("schema: no way to write " + t.String())
}

// item gives a struct's keys or, where it has one, its short form.
func (b *builder) item(t reflect.Type, f form) *jsonschema.Schema {
	if short, ok := shorthand(t); ok {
		return oneOf(b.value(short.Type, whole, true), b.object(t, f))
	}
	return b.object(t, f)
}

// shorthand gives the field that a single value stands for. It is found by
// trying: the one whose example, read as the single value, fills it.
func shorthand(t reflect.Type) (source.Field, bool) {
	for _, field := range source.Fields(t) {
		v := reflect.New(t)
		s, ok := v.Interface().(source.Shorthand)
		if !ok {
			break
		}
		if field.Key != "@key" && s.FromText(field.Example) == nil && !v.Elem().FieldByIndex(field.Index).IsZero() {
			return field, true
		}
	}
	return source.Field{}, false
}

// identified tells whether items of the type have an id.
func identified(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && slices.ContainsFunc(source.Fields(t), func(f source.Field) bool { return f.Key == "@key" })
}

// needs tells whether the type has required keys.
func needs(t reflect.Type) bool {
	return slices.ContainsFunc(source.Fields(t), func(f source.Field) bool { return f.Required && f.Key != "@key" })
}

// list gives a list: of items with ids, also as a group of keys; of others,
// also one of them alone. What stands in a list in changes takes the place of
// the list before, so its items are whole, unless they have ids.
func (b *builder) list(t reflect.Type, f form, required bool) *jsonschema.Schema {
	var choices []*jsonschema.Schema
	array := &jsonschema.Schema{Type: "array"}
	if required && f == whole {
		one := 1
		array.MinItems = &one
	} else {
		choices = append(choices, null())
	}
	switch {
	case identified(t):
		array.Items = &jsonschema.Schema{AllOf: []*jsonschema.Schema{b.object(t, f), {Required: []string{"id"}}}}
		each := b.item(t, f)
		if f == changes || !needs(t) {
			each = oneOf(append([]*jsonschema.Schema{null()}, flat(each)...)...)
		}
		choices = append(choices, array, &jsonschema.Schema{Type: "object", AdditionalProperties: each})
	case t.Kind() == reflect.Map && f == changes: // members by their id
		array.Items = b.value(t, whole, false)
		choices = append(choices, array, &jsonschema.Schema{Type: "object",
			AdditionalProperties: oneOf(null(), ref("text"), b.value(t, changes, false))})
	default:
		array.Items = b.value(t, whole, false)
		choices = append(choices, array)
		choices = append(choices, flat(b.value(t, f, false))...)
	}
	return oneOf(choices...)
}

// flat gives the choices of a choice.
func flat(s *jsonschema.Schema) []*jsonschema.Schema {
	if s.OneOf != nil {
		return s.OneOf
	}
	return []*jsonschema.Schema{s}
}

// listed gives the kinds that may stand under rules:.
func listed() (out []*rule.Kind) {
	for i := range rule.Kinds {
		if rule.Kinds[i].Example != "" {
			out = append(out, &rule.Kinds[i])
		}
	}
	return out
}

func body(k *rule.Kind) reflect.Type { return reflect.TypeOf(k.New()).Elem() }

// rules gives the list of rules and, in changes, rules by their id.
func (b *builder) rules(f form) *jsonschema.Schema {
	one := b.named("rule", func() *jsonschema.Schema { return b.rule(whole) })
	choices := []*jsonschema.Schema{null(), {Type: "array", Items: one}}
	if f == whole {
		return oneOf(append(choices, one)...)
	}
	again := b.named("rule-change", func() *jsonschema.Schema { return b.rule(changes) })
	fields := b.named("rule-fields-change", b.anyFields)
	choices[1].Items = &jsonschema.Schema{AnyOf: []*jsonschema.Schema{one, again}}
	return oneOf(append(choices, &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{AnyOf: []*jsonschema.Schema{null(), fields, again}}})...)
}

// rule gives one item under rules: an object with the kind as its one key.
func (b *builder) rule(f form) *jsonschema.Schema {
	one := 1
	s := &jsonschema.Schema{Type: "object", MinProperties: &one, MaxProperties: &one,
		Properties: map[string]*jsonschema.Schema{}, AdditionalProperties: never()}
	for _, k := range listed() {
		name := "rule-" + k.Name
		if f == changes {
			name += "-change"
		}
		p := b.named(name, func() *jsonschema.Schema { return b.keys(body(k), f) })
		p.Description = fmt.Sprintf("%s The excess is counted in units of a %s.", k.Doc, k.Unit)
		if example, err := parsed(k.Example); err == nil {
			p.Examples = []any{example}
		}
		s.Properties[k.Name], s.PropertyOrder = p, append(s.PropertyOrder, k.Name)
	}
	return s
}

// anyFields gives the fields of all kinds together: a rule that is changed by
// its id does not say its kind again.
func (b *builder) anyFields() *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "object", Properties: map[string]*jsonschema.Schema{}, AdditionalProperties: never()}
	seen := map[string]map[string]bool{} // the forms that a key has
	for _, k := range listed() {
		keys := b.keys(body(k), changes)
		for _, key := range keys.PropertyOrder {
			p := keys.Properties[key]
			p.Examples = nil
			src, err := json.Marshal(&jsonschema.Schema{Ref: p.Ref, OneOf: p.OneOf, Enum: p.Enum})
			if err != nil {
				panic(err)
			}
			switch {
			case seen[key] == nil:
				seen[key] = map[string]bool{string(src): true}
				s.Properties[key], s.PropertyOrder = p, append(s.PropertyOrder, key)
			case !seen[key][string(src)]:
				seen[key][string(src)] = true
				if before := s.Properties[key]; before.AnyOf == nil {
					s.Properties[key] = &jsonschema.Schema{Description: "as in the rule's kind", AnyOf: []*jsonschema.Schema{before, p}}
				} else {
					before.AnyOf = append(before.AnyOf, p)
				}
			}
		}
	}
	return s
}

// parsed gives an example, written in YAML, as JSON has it.
func parsed(example string) (any, error) {
	var node yaml.Node
	if err := yaml.Unmarshal([]byte(example), &node); err != nil {
		return nil, fmt.Errorf("read the example %s: %w", example, err)
	}
	if len(node.Content) == 0 {
		return nil, fmt.Errorf("read the example %q: it is empty", example)
	}
	return plain(node.Content[0])
}

// plain gives a YAML value as JSON has it, by the core schema of YAML 1.2,
// which editors follow: dates and the words yes and no are text.
func plain(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.AliasNode:
		return plain(n.Alias)
	case yaml.SequenceNode:
		out := []any{}
		for _, item := range n.Content {
			v, err := plain(item)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		return out, nil
	case yaml.MappingNode:
		out := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			v, err := plain(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			out[n.Content[i].Value] = v
		}
		return out, nil
	}
	var v any
	if err := n.Decode(&v); err != nil {
		return nil, err
	}
	switch x := v.(type) {
	case time.Time:
		return n.Value, nil
	case int:
		return float64(x), nil
	case nil, bool, float64, string:
		return x, nil
	}
	return n.Value, nil
}

// sortedKeys gives the keys of a map in order.
func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
