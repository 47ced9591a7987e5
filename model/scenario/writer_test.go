package scenario_test

import (
	"testing"

	"plenary/model/scenario"
)

func TestWritersNameOfficers(t *testing.T) {
	for _, c := range []struct {
		writer, id, title string
		want              bool
	}{
		{"chair", "chair", "Chair of the Process", true},
		{"chair of the process", "chair", "Chair of the Process", true},
		{"chair and rapporteur", "rapporteur", "Rapporteur", true},
		{"the Secretariat, chair", "chair", "Chair of the Process", true},
		{"Chair, Budget and Finance", "finance-chair", "Chair, Budget and Finance", true},
		{"co-facilitators", "co-facilitator-mexico", "Co-facilitator (Mexico)", true},
		{"the Co-facilitators", "mexico", "Co-facilitator (Mexico)", true},
		{"Secretariat and co-facilitators", "co-facilitator-mexico", "", true},
		{"chairs", "chairperson", "Chairperson", false},
		{"chairs", "vice-chair", "Vice-Chair", false},
		{"chair", "vice-chair", "Vice-Chair", false},
		{"co-facilitator", "co-facilitator-mexico", "Co-facilitator (Mexico)", false},
		{"Secretary-General", "co-facilitator-mexico", "Co-facilitator (Mexico)", false},
		{"s", "chair", "Chair", false},
		{"", "chair", "", false},
	} {
		d := scenario.Document{Writer: c.writer}
		if got := d.WrittenBy(c.id, c.title); got != c.want {
			t.Errorf("%q names the officer %s (%s): %v, want %v", c.writer, c.id, c.title, got, c.want)
		}
	}
}
