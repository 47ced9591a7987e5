package compile

import (
	"fmt"

	"plenary/solver/cnf"
	"plenary/solver/vocab"
)

// Words says by block what its choices decide, without a full stop.
func (l *Listed) Words() []string {
	seats := map[*vocab.Seat]string{}
	for _, x := range l.V.All() {
		x.EachSeat("", "", func(t *vocab.Seat) {
			seats[t] = fmt.Sprintf("who takes seat %s %d in meeting %d of its kind of “%s”", t.Scenario.ID, t.Position+1, t.Number, x.Scenario.Name())
		})
	}
	literals := l.V.Words()
	out := make([]string, len(l.blocks))
	for i := range l.blocks {
		switch x := &l.blocks[i]; {
		case x.Session != nil:
			out[i] = fmt.Sprintf("when and where “%s” meets", x.Session.Scenario.Name())
		case x.Document != nil:
			out[i] = fmt.Sprintf("when “%s” is issued", x.Document.Scenario.Name())
		case x.Seat != nil:
			out[i] = seats[x.Seat]
		default:
			if out[i] = literals[cnf.Lit(x.variable)]; out[i] == "" {
				out[i] = "whether several of these choices are made together"
			} else {
				out[i] = "whether " + out[i]
			}
		}
	}
	return out
}
