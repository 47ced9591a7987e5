package vocab_test

import (
	"slices"
	"strings"
	"testing"

	"plenary/model/given"
	"plenary/solver/cnf"
	"plenary/solver/sat"
	"plenary/solver/vocab"
)

// vocabulary makes the literals of a scenario given as text.
func vocabulary(t *testing.T, text string) *vocab.Vocabulary {
	t.Helper()
	s, _ := given.Text(t, text)
	sessions, documents := map[int]vocab.Domain{}, map[int]vocab.DocumentDomain{}
	for i := range s.Sessions {
		sessions[i] = vocab.Widest(s, i)
	}
	for i := range s.Documents {
		documents[i] = vocab.DocumentDomain{Days: s.Period}
	}
	return vocab.New(cnf.NewBuilder(sat.New()), s, sessions, documents, vocab.Options{})
}

const everything = `plenary: 1
title: everything a literal can say
period: 2018-03-08..2018-03-09
stations:
  geneva: {title: Geneva, zone: Europe/Zurich, rooms: {XX: {seats: 10}, XI: {seats: 10}}}
  vienna: {title: Vienna, zone: Europe/Vienna, rooms: {M: {seats: 10}}}
rosters:
  states: {members: [{id: x}, {id: y, region: south}, {id: z}]}
programmes:
  panels: {meetings: [{kind: panel, count: 1..2, seats: {moderator: {from: [states]}}}]}
sessions:
  - {id: a, title: Panels, at: [geneva, vienna], days: 1..2, optional: yes, programme: panels, interpretation: as-available}
  - {id: b, title: Side event, at: geneva, lasts: 1 slots}
documents:
  - {id: d, title: Report}
`

// The meaning of each literal by the words of the one who uses it: each must be
// among the words, and no two literals may have the same.
func TestWordsSayWhatLiteralsMean(t *testing.T) {
	v := vocabulary(t, everything)
	a, b, d := v.Session(0), v.Session(1), v.Document(0)
	thursday := v.S.Period.First
	silent := a.Uninterpreted(thursday, 1)
	words := v.Words()
	for lit, want := range map[cnf.Lit]string{
		v.B.True():              "what always holds",
		a.Held():                "“Panels” is held",
		a.At(1):                 "“Panels” meets at Vienna",
		a.TakesDays(2):          "“Panels” takes at least 2 days",
		a.StartedBy(thursday):   "“Panels” starts on Thursday, 8 March 2018 or earlier",
		a.EndedBy(thursday):     "“Panels” ends on Thursday, 8 March 2018 or earlier, or is not held",
		a.On(thursday + 1):      "“Panels” meets on Friday, 9 March 2018",
		a.Occupies(thursday, 1): "“Panels” meets on Thursday, 8 March 2018 in the afternoon",
		a.HasMeetings(0, 2):     "“Panels” has at least 2 panels",
		silent:                  "“Panels” has no interpretation on Thursday, 8 March 2018 in the afternoon",
		b.InHall(0, 1):          "“Side event” has room XI at Geneva",
		b.Starts(thursday+1, 0): "“Side event” starts on Friday, 9 March 2018 in the morning at Geneva",
		d.IssuedBy(thursday):    "“Report” is issued by Thursday, 8 March 2018",
		seat(a, 2).TakenBy(seat(a, 2).Classes[0]): "in panel 2 of “Panels”, seat moderator 1 is taken by x or one of 2 alike in states",
	} {
		if words[lit] != want {
			t.Errorf("literal %d: %q (its negation: %q), want %q", lit, words[lit], words[lit.Not()], want)
		}
	}
	said := map[string]cnf.Lit{}
	for lit, text := range words {
		if other, twice := said[text]; twice {
			t.Errorf("literals %d and %d both say %q", lit, other, text)
		}
		said[text] = lit
	}
}

func seat(x *vocab.Session, number int) *vocab.Seat { return x.Seats(0, number, "moderator")[0] }

func TestASessionThatIsHeldInAnyCaseNeedsNoWordForIt(t *testing.T) {
	v := vocabulary(t, everything)
	if v.Session(1).Held() != v.B.True() {
		t.Fatal("the session is not held in any case")
	}
	for _, text := range v.Words() {
		if strings.Contains(text, "“Side event” is held") || slices.Contains([]string{"", " "}, text) {
			t.Errorf("a word too many: %q", text)
		}
	}
}
