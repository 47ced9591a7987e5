package source

import "testing"

// FuzzSet changes a value of a tree in any words: no panic, the tree stays as it
// is, and what cannot be done is said.
func FuzzSet(f *testing.F) {
	for _, expression := range []string{
		"sessions.opening.days=2", "officers.chair.away+=2018-06", "officers.chair.away+={days: 2018-06, note: x}", "sessions+={id: extra}",
		"rules.cap=", "=", "a", ".=1", "a..b=1", "sessions.opening=~", "title+=x", "a=[1, 2", "a=&a [*a]", "officers.chiar.away+=1",
	} {
		f.Add([]byte("title: t\nsessions:\n  - {id: opening, days: 1}\nofficers: {chair: {away: [2018-05]}}\n"), expression)
	}
	f.Fuzz(func(t *testing.T, src []byte, expression string) {
		tree, problems := Parse("s.yaml", src)
		if tree == nil || len(problems) > 0 {
			return
		}
		before := shown(tree)
		changed, problems := Set(tree, expression)
		if shown(tree) != before {
			t.Errorf("the tree is changed: %s", before)
		}
		for _, p := range problems {
			if p.Message == "" || p.Place.File == "" {
				t.Errorf("%+v", p)
			}
		}
		if changed == nil && len(problems) == 0 {
			t.Error("nothing comes of it and nothing is said")
		}
	})
}
