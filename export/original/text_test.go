package original_test

import (
	"strings"
	"testing"

	"plenary/export/original"
	"plenary/model/source"
)

// Whatever a published file calls things, the scenario that it becomes can be read.
func TestTextIsReadBack(t *testing.T) {
	for _, text := range []string{
		"", "no", "1", "a: b", "- a", "&a", "*a", "!a", "{a}", "a # b", `"`, `\`, "'", "\x00", "\x1b[31m", "a\nb", "\u202eabc", "\u3164", "\ufeff", "=1+1", "\xff", "\u2028",
		strings.Repeat("x", source.MostScalar+1), strings.Repeat("ä", source.MostScalar+1),
	} {
		node, problems := source.Parse("s.yaml", []byte("title: "+original.Text(text)+"\n"))
		if len(problems) > 0 {
			t.Errorf("%.40q: %v", text, problems)
			continue
		}
		if got := node.Get("title"); got == nil || got.Kind != source.Scalar {
			t.Errorf("%.40q is read as %v", text, got)
		}
	}
}
