package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// constants reads the constants of our packages from the code, those of functions
// too.
type constants struct {
	set   *token.FileSet
	known map[string]*types.Package
	infos map[string]map[string]constant.Value
	std   types.Importer
}

// Import type-checks a package of ours as far as its constants need it; packages of
// others are left empty, but for time.
func (c *constants) Import(path string) (*types.Package, error) {
	folder, ours := strings.CutPrefix(path, "plenary/")
	switch {
	case c.known[path] != nil:
		return c.known[path], nil
	case path == "time" || path == "math":
		return c.std.Import(path)
	case !ours:
		p := types.NewPackage(path, path[strings.LastIndex(path, "/")+1:])
		p.MarkComplete()
		c.known[path] = p
		return p, nil
	}
	names, err := filepath.Glob(filepath.Join("../..", folder, "*.go"))
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(c.set, name, nil, 0)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}}
	check := types.Config{Importer: c, Error: func(error) {}} // what stands in packages of others is not known
	p, _ := check.Check(path, c.set, files, info)
	c.known[path], c.infos[path] = p, map[string]constant.Value{}
	for name, x := range info.Defs {
		if x, ok := x.(*types.Const); ok {
			c.infos[path][name.Name] = x.Val()
		}
	}
	return p, nil
}

// of gives the constants of a package by name.
func (c *constants) of(t *testing.T, folder string) map[string]constant.Value {
	t.Helper()
	if _, err := c.Import("plenary/" + folder); err != nil {
		t.Fatal(err)
	}
	return c.infos["plenary/"+folder]
}

// units are what limits are said in.
var units = map[string]int64{"": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "s": 1e9, "min": 60e9, "h": 3600e9}

// limitRow is a line of the table: | what | 8 MiB | `model/source` `MostBytes` |
var limitRow = regexp.MustCompile("(?m)^\\| .+? \\| ([0-9,]+)(?: (KiB|MiB|GiB|s|min|h))? \\| `([a-z/]+)` `([A-Za-z]+)` \\|$")

// noLimits are constants of the packages in the table that begin like a limit and
// bound no input, but what is shown or tried.
var noLimits = []string{
	"cmd/desk.mostAlternatives", "cmd/plenary.mostAside", "cmd/plenary.mostPrices", "cmd/plenary.mostReports",
	"export/xlsx.mostAcross", "export/xlsx.mostFooter", "export/xlsx.mostHeight", "export/xlsx.mostTitle", "export/xlsx.mostUpright",
	"model/calendar.mostIdle", "model/scenario.mostDayKinds", "solver/certify.mostPlain",
}

// TestTheTableOfLimitsIsTheCode holds the table of docs/SECURITY.md against the
// constants that bound what is read: each row is the constant it names, and no
// constant is missing.
func TestTheTableOfLimitsIsTheCode(t *testing.T) {
	src, err := os.ReadFile("../../docs/SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(src), "\n## Limits\n")
	text, _, _ = strings.Cut(text, "\n## ")
	code := &constants{token.NewFileSet(), map[string]*types.Package{}, map[string]map[string]constant.Value{}, importer.ForCompiler(token.NewFileSet(), "source", nil)}
	named := map[string]bool{}
	folders := []string{}
	for _, row := range limitRow.FindAllStringSubmatch(text, -1) {
		folder, name := row[3], row[4]
		named[folder+"."+name] = true
		folders = append(folders, folder)
		number, ok := new(big.Int).SetString(strings.ReplaceAll(row[1], ",", ""), 10)
		if !ok {
			t.Fatalf("%s: no number", row[0])
		}
		number.Mul(number, big.NewInt(units[row[2]]))
		value := code.of(t, folder)[name]
		if value == nil {
			t.Errorf("%s has no constant %s: %s", folder, name, row[0])
		} else if is := fmt.Sprint(constant.ToInt(value).ExactString()); is != number.String() {
			t.Errorf("%s.%s is %s in the code: %s", folder, name, is, row[0])
		}
	}
	if lines := strings.Count(text, "\n| ") - 1; len(named) != lines || lines < 60 {
		t.Errorf("of %d lines of the table %d say a limit and where it stands", lines, len(named))
	}
	slices.Sort(folders)
	for _, folder := range slices.Compact(folders) {
		for name := range code.of(t, folder) {
			if full := folder + "." + name; regexp.MustCompile("^[mM]ost[A-Z]").MatchString(name) && !named[full] && !slices.Contains(noLimits, full) {
				t.Errorf("%s is missing in the table of limits", full)
			}
		}
	}
}
