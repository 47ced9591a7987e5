package main

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"plenary/model/calendar"
	"plenary/model/diag"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/model/source"
)

func newDiff() *cobra.Command {
	return &cobra.Command{
		Use:   "diff SCENARIO SCENARIO",
		Short: "Say what differs between two scenarios",
		Long: `Say what the second scenario has otherwise than the first: sessions, rules,
stations, officers, documents and priorities that were added, taken out or
changed, in words: a rule by what it asks now and asked before. Both are compared with all that they extend and include, so
that a variant shows what it changes, and nothing else.

Exit status 0, whether they differ or not.`,
		Example: `  plenary diff gcm-2018.yaml gcm-2018-marrakech.yaml
  plenary diff last-week.yaml my-process.yaml`,
		Args:              cobra.ExactArgs(2),
		ValidArgsFunction: yamlFiles,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runDiff(cmd, args[0], args[1])
		},
	}
}

// stated is a scenario beside the text that it was read from.
type stated struct {
	s         *scenario.Scenario
	instances []rule.Instance
	tree      *source.Node
}

func runDiff(cmd *cobra.Command, first, second string) error {
	var sides [2]stated
	for i, name := range []string{first, second} {
		s, instances, err := read(cmd, name)
		if err != nil {
			return err
		}
		tree, problems := scenario.Tree(name, sources(cmd))
		if len(problems) > 0 {
			return refuse(cmd, problems)
		}
		sides[i] = stated{s, instances, tree}
	}
	out := cmd.OutOrStdout()
	if changes := source.Diff(sides[0].tree, sides[1].tree); len(changes) > 0 {
		fmt.Fprintf(out, "What %s says otherwise than %s:\n", filepath.Base(second), filepath.Base(first))
		printDiff(out, sides[0], sides[1], changes)
	} else if sides[0].s.Hash == sides[1].s.Hash {
		fmt.Fprintln(out, "The two scenarios say the same.")
	} else {
		fmt.Fprintln(out, "The two scenarios say the same, but for the order of items, or for the tables (holidays, rosters) that they read.")
	}
	return nil
}

// headings of the parts of a scenario, in the order in which they are told.
var headings = []struct{ key, title string }{
	{"", "The process"}, {"sessions", "Sessions"}, {"rules", "Rules"}, {"priorities", "Priorities"}, {"documents", "Documents"},
	{"phases", "Phases"}, {"programmes", "Programmes"}, {"stations", "Stations"}, {"officers", "Officers"}, {"slots", "Slots"},
	{"holidays", "Holidays"}, {"translations", "Translations"}, {"events", "Events"}, {"busy", "Calendars of others"}, {"rosters", "Rosters"},
}

// printDiff tells changes part by part.
func printDiff(out io.Writer, a, b stated, changes []source.Change) {
	for _, h := range headings {
		first, last := true, ""
		sentences := false // the rule was told by its sentences
		for _, c := range changes {
			part, path := "", c.Path
			if len(path) > 0 && slices.ContainsFunc(headings, func(x struct{ key, title string }) bool { return x.key == path[0] }) {
				part, path = path[0], path[1:]
			}
			if part != h.key {
				continue
			}
			if first {
				fmt.Fprintf(out, "\n%s\n\n", h.title)
				first = false
			}
			switch {
			case part == "priorities":
				printPriorities(out, c)
			case part == "" || len(path) == 0:
				fmt.Fprintf(out, "  - %s\n", changed(a, b, path, c))
			case len(path) == 1 && c.Was == nil:
				fmt.Fprintf(out, "  - added: %s\n", added(b, part, path[0], c.Is))
			case len(path) == 1 && c.Is == nil:
				fmt.Fprintf(out, "  - taken out: %s\n", takenOut(a, part, path[0], c.Was))
			default:
				if path[0] != last {
					fmt.Fprintf(out, "  - %s\n", called(b, part, path[0]))
					last, sentences = path[0], part == "rules" && printSentences(out, a, b, path[0])
				}
				if keys := keysOf(part, path[1:]); !sentences || part != "rules" || slices.Contains(beside, keys[0]) {
					fmt.Fprintf(out, "      %s\n", changed(a, b, keys, c))
				}
			}
		}
	}
}

// beside are the keys of a rule that do not stand in its sentence.
var beside = []string{"tier", "weight", "mandate", "note"}

// printSentences says what a rule asked and what it asks now, and tells whether
// that was possible: both have one sentence for all that they speak of.
func printSentences(out io.Writer, a, b stated, id string) bool {
	was, is := ofRule(a.instances, ruleNamed(a, id)), ofRule(b.instances, ruleNamed(b, id))
	if len(was) != 1 || len(is) != 1 {
		return false
	}
	before, now := was[0].Rule.Statement(a.s), is[0].Rule.Statement(b.s)
	if before != now {
		fmt.Fprintf(out, "      now: %s\n      before: %s\n", now, before)
	}
	return before != now
}

// ruleNamed gives the listed rule with the id, nil when there is none.
func ruleNamed(x stated, id string) (found *source.Node) {
	source.Each(x.tree.Get("rules"), func(name string, item *source.Node) *source.Node {
		if name == id {
			found = item
		}
		return item
	})
	return found
}

// keysOf leaves out of a rule's path the kind, which the id says.
func keysOf(part string, path []string) []string {
	if part == "rules" && len(path) > 1 && rule.KindNamed(path[0]) != nil {
		return path[1:]
	}
	return path
}

// printPriorities lists the tiers as they are now: a number that changed
// changes what rules with that number mean.
func printPriorities(out io.Writer, c source.Change) {
	was, is := values(c.Was), values(c.Is)
	for i, title := range is {
		note := ""
		switch before := slices.Index(was, title); {
		case before < 0:
			note = " (added)"
		case before != i:
			note = fmt.Sprintf(" (was %d)", before+1)
		}
		fmt.Fprintf(out, "  %d. %s%s\n", i+1, title, note)
	}
	for i, title := range was {
		if !slices.Contains(is, title) {
			fmt.Fprintf(out, "  - taken out: %s (was %d)\n", title, i+1)
		}
	}
}

// values gives a list of single values, or one value, as texts; nil for
// anything else.
func values(n *source.Node) (out []string) {
	switch {
	case n == nil:
	case n.Kind == source.Scalar:
		return []string{n.Value}
	case n.Kind == source.Sequence:
		for _, item := range n.Items {
			if item.Kind != source.Scalar {
				return nil
			}
			out = append(out, item.Value)
		}
	}
	return out
}

// changed says how one key changed.
func changed(a, b stated, path []string, c source.Change) string {
	key := b.phrase(path)
	switch {
	case c.Was == nil:
		return fmt.Sprintf("%s: %s, where nothing was said", key, b.said(c.Is))
	case c.Is == nil:
		return fmt.Sprintf("%s: nothing is said any more (it was %s)", a.phrase(path), a.said(c.Was))
	}
	if c.Was.Kind == source.Sequence && c.Is.Kind == source.Sequence {
		also, gone := except(b, c.Is, c.Was), except(a, c.Was, c.Is)
		var parts []string
		if len(also) > 0 {
			parts = append(parts, "also "+strings.Join(also, ", "))
		}
		if len(gone) > 0 {
			parts = append(parts, "no longer "+strings.Join(gone, ", "))
		}
		if len(parts) > 0 {
			return fmt.Sprintf("%s: %s", key, strings.Join(parts, "; "))
		}
	}
	if c.Was.Kind == source.Scalar && c.Is.Kind == source.Scalar && strings.Contains(c.Was.Value+c.Is.Value, " ") {
		return fmt.Sprintf("%s: “%s” instead of “%s”", key, b.said(c.Is), a.said(c.Was))
	}
	return fmt.Sprintf("%s: %s instead of %s", key, b.said(c.Is), a.said(c.Was))
}

// except gives the items of a list that another does not have.
func except(x stated, list, other *source.Node) (out []string) {
	var known []string
	for _, item := range other.Items {
		known = append(known, item.String())
	}
	for _, item := range list.Items {
		if text := item.String(); !slices.Contains(known, text) {
			out = append(out, x.said(item))
		}
	}
	return out
}

// said writes a value in words, cut where nobody reads on.
func (x stated) said(n *source.Node) string {
	const most = 300 // characters
	text := x.worded(n)
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return text
}

// worded writes a value: days, counts and gaps as words, an id as what it names, a list with commas, a
// group of keys by what they stand for.
func (x stated) worded(n *source.Node) string {
	var parts []string
	switch n.Kind {
	case source.Scalar:
		if days, err := calendar.ParseRange(n.Value); err == nil {
			return days.Words()
		}
		if strings.Contains(n.Value, "..") {
			if count, err := source.ParseCount(n.Value); err == nil {
				return count.String()
			}
			if gap, err := source.ParseGap(n.Value); err == nil {
				return gap.String()
			}
		}
		return x.named(n.Value)
	case source.Sequence:
		for _, item := range n.Items {
			parts = append(parts, x.worded(item))
		}
	case source.Mapping:
		for i, key := range n.Keys {
			parts = append(parts, x.phrase([]string{key.Value})+": "+x.worded(n.Items[i]))
		}
		if n.Flow || len(parts) > 1 {
			return "(" + strings.Join(parts, "; ") + ")"
		}
	default:
		return n.String()
	}
	return strings.Join(parts, ", ")
}

// phrase says what keys stand for, and ids among them.
func (x stated) phrase(path []string) string {
	var parts []string
	for _, key := range path {
		text, known := phrases[key]
		if !known {
			text = x.named(key)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

// named gives the title of what an id names, and anything else as it is.
func (x stated) named(id string) string {
	for _, part := range []string{"sessions", "documents"} {
		if title := x.title(part, id); title != "" {
			return "“" + title + "”"
		}
	}
	return cmp.Or(x.title("stations", id), x.title("officers", id), id)
}

// title gives the title of an item, "" if it has none.
func (x stated) title(part, id string) string {
	switch part {
	case "sessions":
		if i := x.s.Session(id); i >= 0 {
			return x.s.Sessions[i].Title
		}
	case "documents":
		if i := x.s.Document(id); i >= 0 {
			return x.s.Documents[i].Title
		}
	case "stations":
		if i := x.s.Station(id); i >= 0 {
			return x.s.Stations[i].Title
		}
	case "officers":
		for i := range x.s.Officers {
			if x.s.Officers[i].ID == id {
				return x.s.Officers[i].Title
			}
		}
	}
	return ""
}

// called names an item by its title and id.
func called(x stated, part, id string) string {
	title := x.title(part, id)
	if title == "" {
		return diag.Shorten(id)
	}
	return fmt.Sprintf("“%s” (%s)", title, diag.Shorten(id))
}

// added says what was added: a rule in its own sentence where it is one,
// anything else with its keys.
func added(x stated, part, id string, n *source.Node) string {
	if part == "rules" {
		return ruleText(x, id, n)
	}
	keys := *n // without the id and the title, which stand before it
	keys.Keys, keys.Items = nil, nil
	for i, key := range n.Keys {
		if key.Value != "id" && key.Value != "title" {
			keys.Keys, keys.Items = append(keys.Keys, key), append(keys.Items, n.Items[i])
		}
	}
	if n.Kind == source.Mapping {
		n = &keys
	}
	return called(x, part, id) + ": " + x.said(n)
}

// takenOut says what was taken out.
func takenOut(x stated, part, id string, n *source.Node) string {
	if part == "rules" {
		return ruleText(x, id, n)
	}
	return called(x, part, id)
}

// ruleText says what a rule asks: in its sentence when it has one for all that
// it speaks of, else with its keys.
func ruleText(x stated, id string, n *source.Node) string {
	if parts := ofRule(x.instances, n); len(parts) == 1 {
		return fmt.Sprintf("%s: %s%s", id, parts[0].Rule.Statement(x.s), parts[0].Paragraph())
	}
	return id + ": " + x.said(n)
}

// ofRule gives the parts that a listed rule was split into.
func ofRule(instances []rule.Instance, n *source.Node) (out []*rule.Instance) {
	if n == nil || n.Kind != source.Mapping || len(n.Items) != 1 {
		return nil
	}
	for i := range instances {
		if at := instances[i].Place; at.File == n.Items[0].Place.File && at.Line == n.Items[0].Place.Line && at.Column == n.Items[0].Place.Column {
			out = append(out, &instances[i])
		}
	}
	return out
}
