package vocab

import (
	"plenary/model/calendar"
	"plenary/model/scenario"
	"plenary/solver/cnf"
)

// Document is the literals of one document.
type Document struct {
	Index    int
	Scenario *scenario.Document
	Days     calendar.Range // first and last day it can be issued

	v  *Vocabulary
	by []cnf.Lit
}

// newDocument encodes the day of issue, a Monday to Friday, by its order.
func (v *Vocabulary) newDocument(index int, domain DocumentDomain) *Document {
	x := &Document{Index: index, Scenario: &v.S.Documents[index], Days: domain.Days, v: v}
	n, last := x.Days.Len(), -1
	for i := range n {
		if scenario.Weekdays(x.Days.First + calendar.Day(i)) {
			last = i
		}
	}
	if last < 0 {
		v.B.Clause() // no day to issue it
		return x
	}
	before := v.B.False()
	for i := range n {
		switch {
		case i == last:
			before = v.B.True()
		case i < last && scenario.Weekdays(x.Days.First+calendar.Day(i)):
			lit := v.B.Fresh()
			v.B.Clause(before.Not(), lit)
			before = lit
		}
		x.by = append(x.by, before)
	}
	return x
}

// IssuedBy says that the document is issued on the day or earlier.
func (x *Document) IssuedBy(d calendar.Day) cnf.Lit {
	switch {
	case d < x.Days.First || len(x.by) == 0:
		return x.v.B.False()
	case d >= x.Days.Last:
		return x.v.B.True()
	}
	return x.by[d-x.Days.First]
}
