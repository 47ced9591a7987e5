package vocab

import (
	"slices"

	"plenary/model/scenario"
	"plenary/solver/cnf"
)

// Options says how a vocabulary is made.
type Options struct {
	// Single makes a class of every member, so that names are decided by the
	// solver; otherwise members alike to all rules are one class.
	Single bool
	// Columns are the roster columns that rules look at: members that differ
	// in one of them are not alike.
	Columns []string
	// Names are members that rules name: each is a class alone.
	Names []string
	// Loose leaves interpretation of meetings free even where the session
	// requires it, so that the rule can be blamed.
	Loose bool
	// Listed leaves out the clauses that tie the literals of one session or one
	// document to each other: whoever asks for it goes by Choices instead.
	Listed bool
}

// Vocabulary holds the literals of some sessions and documents of a scenario.
type Vocabulary struct {
	B *cnf.Builder
	S *scenario.Scenario
	// More is what stations could have more of, as far as its literals hold. It
	// is set before rules are encoded.
	More []More

	options   Options
	sessions  []*Session
	documents []*Document
	classes   []*Class
	eligible  map[string][]*Class
	limits    []Limit
	silent    map[cnf.Lit]bool // literals of Uninterpreted that no choice decides
}

// More is one more room or interpretation team: there is one if Lit holds.
type More struct {
	scenario.More
	Lit cnf.Lit
}

// New makes the literals of the sessions and documents that have a domain;
// the others have none and are not spoken of.
func New(b *cnf.Builder, s *scenario.Scenario, sessions map[int]Domain, documents map[int]DocumentDomain, o Options) *Vocabulary {
	v := &Vocabulary{B: b, S: s, options: o, sessions: make([]*Session, len(s.Sessions)),
		documents: make([]*Document, len(s.Documents)), eligible: map[string][]*Class{}, silent: map[cnf.Lit]bool{}}
	v.classify()
	for i := range s.Sessions {
		if d, ok := sessions[i]; ok {
			v.sessions[i] = v.newSession(i, d)
			for k := range v.sessions[i].Scenario.Programmed {
				if !v.sessions[i].Scenario.Short {
					v.sessions[i].newSeats(k)
				}
			}
		}
	}
	for i := range s.Documents {
		if d, ok := documents[i]; ok {
			v.structure(func() { v.documents[i] = v.newDocument(i, d) })
		}
	}
	return v
}

// Silent tells whether a literal says that a meeting which need not be
// interpreted is not: it implies that the meeting is held.
func (v *Vocabulary) Silent(l cnf.Lit) bool { return v.silent[l] }

// structure writes what ties the literals of one session or document, unless
// its choices are listed instead.
func (v *Vocabulary) structure(write func()) {
	if v.options.Listed {
		v.B.Silently(write)
		return
	}
	write()
}

// Session gives the literals of a session, nil when it is not spoken of.
func (v *Vocabulary) Session(i int) *Session { return v.sessions[i] }

// Document gives the literals of a document, nil when it is not spoken of.
func (v *Vocabulary) Document(i int) *Document { return v.documents[i] }

// Some gives the literals of those of the sessions that are spoken of.
func (v *Vocabulary) Some(sessions []int) (out []*Session) {
	for _, i := range sessions {
		if v.sessions[i] != nil {
			out = append(out, v.sessions[i])
		}
	}
	return out
}

// All gives the literals of all sessions that are spoken of.
func (v *Vocabulary) All() []*Session {
	return slices.DeleteFunc(slices.Clone(v.sessions), func(x *Session) bool { return x == nil })
}
