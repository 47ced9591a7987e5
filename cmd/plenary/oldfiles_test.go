package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plenary/model/plan"
	"plenary/model/scenario"
)

// TestAFileOfEveryFormIsKept fails when the form of scenarios or plans gets a new
// number and no story reads files of the old one: each stands in an
// oldplan*.txtar, with what it must still say.
func TestAFileOfEveryFormIsKept(t *testing.T) {
	files, _ := filepath.Glob("testdata/script/oldplan*.txtar")
	var stories strings.Builder
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		stories.Write(src)
	}
	for n := 1; n <= plan.Version; n++ {
		if !strings.Contains(stories.String(), fmt.Sprintf(`"plenary-plan": %d,`, n)) {
			t.Errorf("no story reads a plan file of form %d", n)
		}
	}
	for n := 1; n <= scenario.Version; n++ {
		if !strings.Contains(stories.String(), fmt.Sprintf("\nplenary: %d ", n)) {
			t.Errorf("no story reads a scenario of form %d", n)
		}
	}
}
