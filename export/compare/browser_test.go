package compare

import (
	"bytes"
	"strings"
	"testing"

	"plenary/export/browsed"
)

// shown gives the page of the three plans of the other tests.
func shown(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, sides(t)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestThePageIsAccessible(t *testing.T) { browsed.Accessible(t, shown(t)) }

func TestThePageFitsATelephone(t *testing.T) { browsed.FitsTelephone(t, shown(t)) }

func TestThePageIsPrintedOnA4(t *testing.T) {
	text := strings.Join(browsed.Print(t, shown(t), 842, 595), "\n")
	for _, part := range []string{
		"Costs by priority", "Timeline", "Meetings per week and station", "Costs by rule", "Dates of the sessions",
		"What moves from A to B", "Documents, by day of issue", "Working days used", "Travel of officers",
		"Seat “moderator” by region", "Meetings and interpreters", "Days in hand before deadlines",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("%q is not on paper", part)
		}
	}
}
