package sweep

import (
	"strings"
	"testing"

	"plenary/export/browsed"
)

// shown is the page of a sweep in which everything occurs.
func shown(t *testing.T) []byte {
	t.Helper()
	o := asked(t, "0/10", "1/5", "0/12", "cap", "?", "2/2")
	o.Rows[0].Report, o.Compared, o.Command = "plans/1.html", 2, "plenary sweep s.yaml"
	return written(t, o.HTML)
}

func TestThePageIsAccessible(t *testing.T) { browsed.Accessible(t, shown(t)) }

func TestThePageFitsATelephone(t *testing.T) { browsed.FitsTelephone(t, shown(t)) }

func TestThePageIsPrintedWhole(t *testing.T) {
	text := strings.Join(browsed.Print(t, shown(t), 842, 595), "\n")
	for _, want := range []string{"6 what-ifs: 4 with a plan", "these cannot all hold together", "clashes against travel"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on paper", want)
		}
	}
}
