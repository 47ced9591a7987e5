package html_test

import (
	"fmt"
	"strings"
	"testing"

	"plenary/export/browsed"
)

func TestThePageIsAccessible(t *testing.T) {
	for _, code := range []string{"en", "ar"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			browsed.Accessible(t, page(t, process(t, code, `"issued": "2018-08-01"`, `"issued": "2018-08-02"`)))
		})
	}
}

// On a telephone only tables scroll, within themselves.
func TestThePageFitsATelephone(t *testing.T) {
	for _, code := range []string{"en", "ar"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			browsed.FitsTelephone(t, page(t, process(t, code)))
		})
	}
}

func TestThePageIsPrintedOnA4(t *testing.T) {
	for _, c := range []struct{ code, part, asked string }{
		{"en", "Compliance, paragraph by paragraph", "What is asked"},
		{"ar", "", ""},
	} {
		t.Run(c.code, func(t *testing.T) {
			t.Parallel()
			texts := browsed.Print(t, page(t, process(t, c.code)), 595, 842)
			if len(texts) < 6 {
				t.Fatalf("%d pages", len(texts))
			}
			if c.part == "" {
				return
			}
			asked, begun := 0, false
			for i, text := range texts {
				if !strings.Contains(text, fmt.Sprintf("%d / %d", i+1, len(texts))) {
					t.Errorf("page %d has no number", i+1)
				}
				asked += strings.Count(text, c.asked)
				begun = begun || strings.HasPrefix(strings.TrimSpace(text), c.part)
			}
			if asked < 2 || !begun {
				t.Errorf("the heading of the table stands on %d pages; its part begins a page: %v", asked, begun)
			}
		})
	}
}
