package deal

import (
	"slices"
	"testing"
)

func TestWhoStaysKeepsThePlaceAndWhoIsNewTakesThatOfWhoWent(t *testing.T) {
	for _, c := range []struct{ name, members, before, want string }{
		{"nobody was there", "ab", "", "ab"},
		{"all stay", "ab", "ba", "ba"},
		{"the first went", "bc", "ab", "cb"},
		{"all went", "cd", "ab", "cd"},
		{"there are more seats than before", "abc", "b", "bac"},
		{"there are fewer seats than before", "b", "ab", "b"},
	} {
		split := func(text string) (out []string) {
			for _, r := range text {
				out = append(out, string(r))
			}
			return out
		}
		if got := inOrder(split(c.members), split(c.before)); !slices.Equal(got, split(c.want)) {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}
