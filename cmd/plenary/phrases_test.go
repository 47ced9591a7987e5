package main

import (
	"encoding/json"
	"strings"
	"testing"

	"plenary/model/schema"
)

// Every key that a scenario can have is told by `plenary diff` in a planner's
// words. Keys of rules are told by the rule's own sentence.
func TestEveryKeyOfTheLanguageHasAPhrase(t *testing.T) {
	src, err := schema.Scenario()
	if err != nil {
		t.Fatal(err)
	}
	var root any
	if err := json.Unmarshal(src, &root); err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	var walk func(n any)
	walk = func(n any) {
		switch n := n.(type) {
		case map[string]any:
			if properties, ok := n["properties"].(map[string]any); ok {
				for key := range properties {
					keys[key] = true
				}
			}
			for name, child := range n {
				if !strings.HasPrefix(name, "rule") {
					walk(child)
				}
			}
		case []any:
			for _, child := range n {
				walk(child)
			}
		}
	}
	walk(root)
	if len(keys) < 60 {
		t.Fatalf("the schema has %d keys", len(keys))
	}
	for key := range keys {
		if phrases[key] == "" {
			t.Errorf("the key %s has no phrase", key)
		}
	}
	for _, key := range []string{"tier", "weight"} { // of every rule
		keys[key] = true
	}
	for key := range phrases {
		if !keys[key] {
			t.Errorf("there is a phrase for %s, which is no key", key)
		}
	}
}
