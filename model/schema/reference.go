package schema

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/source"
)

// Reference gives the reference part of the manual in Markdown: how values are
// written, the keys of every object, every kind of rule.
func Reference() string {
	var b strings.Builder
	b.WriteString("### How values are written\n\n| value | written as |\n|---|---|\n")
	for _, x := range texts {
		means := strings.ReplaceAll(x.name, "-", " ")
		if x.means != means {
			means += ": " + x.means
		}
		fmt.Fprintf(&b, "| %s | %s |\n", means, code(x.examples...))
	}
	b.WriteString("\nWhere a list is expected, a single value will do.\n")
	for _, o := range objects() {
		b.WriteString(o.text())
	}
	b.WriteString(rules())
	return b.String()
}

// object is a struct of the language and where it stands.
type object struct {
	of     reflect.Type
	places []string // in words
}

func title(t reflect.Type) string {
	name := spoken(t)
	return strings.ToUpper(name[:1]) + name[1:]
}

// objects gives the scenario and everything in it, in order of appearance, and
// what stands in rules.
func objects() []object {
	var out []object
	var visit func(t reflect.Type, place string)
	visit = func(t reflect.Type, place string) {
		if i := slices.IndexFunc(out, func(o object) bool { return o.of == t }); i >= 0 {
			out[i].places = append(out[i].places, place)
			return
		}
		out = append(out, object{t, []string{place}})
		for _, f := range source.Fields(t) {
			inner := f.Type
			for inner.Kind() == reflect.Pointer || inner.Kind() == reflect.Slice {
				inner = inner.Elem()
			}
			if _, text := source.TextKind(inner); text || inner.Kind() != reflect.Struct || inner == reflect.TypeFor[source.Node]() {
				continue
			}
			visit(inner, fmt.Sprintf("`%s` of [%s](#%s)", f.Key, spoken(t), strings.ReplaceAll(spoken(t), " ", "-")))
		}
	}
	visit(reflect.TypeFor[scenario.Scenario](), "")
	for _, k := range listed() {
		for _, f := range source.Fields(body(k)) {
			if inner := f.Type; inner.Kind() == reflect.Pointer && inner.Elem().Kind() == reflect.Struct {
				if _, text := source.TextKind(inner.Elem()); !text {
					visit(inner.Elem(), fmt.Sprintf("`%s` of the [rule %s](#rule-%s)", f.Key, k.Name, k.Name))
				}
			}
		}
	}
	return out
}

func (o object) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s\n\n", title(o.of))
	if o.places[0] != "" {
		fmt.Fprintf(&b, "Stands at %s.", strings.Join(o.places, ", "))
		if identified(o.of) {
			b.WriteString(" Written under its id, or as an item of a list with `id`.")
		}
		if f, ok := shorthand(o.of); ok {
			fmt.Fprintf(&b, " In short, `%s` alone: %s.", f.Key, code(f.Example))
		}
		b.WriteString("\n\n")
	}
	table(&b, source.Fields(o.of))
	return b.String()
}

// table writes the keys: what each means and an example.
func table(b *strings.Builder, fields []source.Field) {
	b.WriteString("| key | meaning | example |\n|---|---|---|\n")
	for _, f := range fields {
		if f.Key == "@key" {
			continue
		}
		means := f.Doc
		if f.Required {
			means += " (needed)"
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", f.Key, cell(means), code(f.Key+": "+f.Example))
	}
}

func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

func code(examples ...string) string {
	var out []string
	for _, e := range examples {
		out = append(out, "`"+cell(e)+"`")
	}
	return strings.Join(out, ", ")
}

// rules gives the kinds of rules: what each asks, what its excess counts, an
// example and its fields; then the fields that all have.
func rules() string {
	var b strings.Builder
	common := source.Fields(reflect.TypeFor[rule.Common]())
	isCommon := func(f source.Field) bool {
		return slices.ContainsFunc(common, func(c source.Field) bool { return c.Key == f.Key })
	}
	b.WriteString("\n### Fields of every rule\n\n")
	table(&b, common)
	for i := range rule.Kinds {
		k := &rule.Kinds[i]
		fmt.Fprintf(&b, "\n### Rule %s\n\n%s Unit: %s.", k.Name, k.Doc, k.Unit)
		switch {
		case k.Structural:
			b.WriteString(" Keys of the scenario make this rule; it is always hard and never written under `rules`.\n")
			continue
		case k.Example == "":
			b.WriteString(" Keys of the scenario make this rule; it is never written under `rules`.\n")
			continue
		}
		fmt.Fprintf(&b, "\n\n```yaml fragment\nrules:\n  - %s: %s\n```\n\n", k.Name, k.Example)
		table(&b, slices.DeleteFunc(source.Fields(body(k)), isCommon))
	}
	return b.String()
}
