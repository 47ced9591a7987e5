package generate

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"plenary/model/roster"
	"plenary/scenarios"
)

// resolution gives size S: the scenario of A/RES/71/280 in one file, with the
// tables of its rosters written out as members and without its translations:
// it is in English. It fails with ErrOptions.
func resolution(o Options) ([]byte, error) {
	if o != (Options{Size: o.Size, Seed: o.Seed}) {
		return nil, errFixed
	}
	src, err := fs.ReadFile(scenarios.Resolution, "gcm-2018.yaml")
	if err != nil {
		return nil, fmt.Errorf("read the scenario of the resolution: %w", err)
	}
	before, rest, _ := strings.Cut(string(src), "rosters:\n")
	_, after, found := strings.Cut(rest, "\n# ---")
	if !found {
		return nil, fmt.Errorf("the scenario of the resolution has no part with rosters")
	}
	var p page
	for line := range strings.Lines(strings.Replace(before, ", un-member-states]", "]", 1)) {
		if !strings.HasPrefix(line, "translations:") {
			p.WriteString(line)
		}
	}
	p.line("rosters:")
	for _, x := range []struct {
		id, title string
		tables    []string
	}{
		{"member-states", "Member States", []string{"library/member-states.csv", "gcm-profiles.csv", "gcm-offers.csv"}},
		{"organizations", "Organizations", []string{"gcm-organizations.csv"}},
		{"stakeholders", "Stakeholder groups", []string{"gcm-stakeholders.csv"}},
	} {
		members, err := joined(x.tables)
		if err != nil {
			return nil, err
		}
		p.line("  %s:\n    title: %s\n    members:", x.id, x.title)
		for _, m := range members {
			p.line("      - %s", m)
		}
	}
	p.WriteString("\n# ---" + after)
	return p.Bytes(), nil
}

// joined gives the lines of the first table with the columns of all, but for
// names in other languages than English, as members of a roster.
func joined(tables []string) ([]fields, error) {
	var order []string
	members := map[string]*fields{}
	for i, file := range tables {
		from := fs.FS(scenarios.Resolution)
		if strings.HasPrefix(file, "library/") {
			from = scenarios.FS
		}
		src, err := fs.ReadFile(from, file)
		if err != nil {
			return nil, fmt.Errorf("read a table of the resolution: %w", err)
		}
		lines, problems := roster.ReadCSV(file, src)
		if len(problems) > 0 {
			return nil, fmt.Errorf("read a table of the resolution: %s", problems[0])
		}
		for _, row := range lines.Rows {
			id := row.Value[lines.Columns[0]]
			if i == 0 {
				order = append(order, id)
				members[id] = &fields{"id: " + text(id)}
			}
			for _, column := range lines.Columns[1:] {
				if value := row.Value[column]; value != "" && (column == "name_en" || !strings.HasPrefix(column, "name_")) {
					members[id].add(strings.TrimSuffix(column, "_en"), text(value))
				}
			}
		}
	}
	out := make([]fields, 0, len(order))
	for _, id := range order {
		out = append(out, slices.Clone(*members[id]))
	}
	return out, nil
}
