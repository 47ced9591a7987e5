package ics

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"plenary/model/plan"
	"plenary/model/scenario"
)

// ids gives the events their UIDs. They say which process and which session,
// meeting or document, never a date or a place: so the next version of a
// calendar moves an event and does not double it.
type ids struct {
	process string
	given   map[string]int
}

// newIDs takes the process from the scenario's mandate, or from its title
// where there is no mandate: a title is changed sooner.
func newIDs(s *scenario.Scenario) *ids {
	name := s.Mandate
	if name == "" {
		name = s.Title
	}
	return &ids{process: hostWord(name) + ".plenary", given: map[string]int{}}
}

// block names the n-th all-day event of a session, from 1.
func (g *ids) block(session string, n int) string {
	if n == 1 {
		return g.uid(word(session))
	}
	return g.uid(fmt.Sprintf("%s.part.%d", word(session), n))
}

// meeting names a meeting by its kind and number.
func (g *ids) meeting(session string, m *plan.Meeting) string {
	return g.uid(fmt.Sprintf("%s.%s-%d", word(session), word(m.Kind), m.Number))
}

// document names what happens to a document.
func (g *ids) document(id, step string) string {
	return g.uid(word(id) + "." + step)
}

// uid makes the name a UID. A plan that came from elsewhere may number two
// meetings alike: the second one gets a mark, so an event's UID is asked for
// once only.
func (g *ids) uid(name string) string {
	g.given[name]++
	if n := g.given[name]; n > 1 {
		name = fmt.Sprintf("%s.again.%d", name, n)
	}
	return name + "@" + g.process
}

// word writes an id with letters, digits, - and _ alone, so that the dots of a
// UID are its own: any other byte becomes % and its number. Ids that differ
// give words that differ.
func word(id string) string {
	var b strings.Builder
	for i := range len(id) {
		if c := id[i]; letterOrDigit(c) || c == '-' || c == '_' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// hostWord writes a title or mandate as the part of a UID behind the @: lower
// case ASCII letters and digits, anything else as single hyphens. Where that
// loses letters of another script, a fingerprint keeps titles apart.
func hostWord(text string) string {
	var b strings.Builder
	lost := false
	for _, r := range strings.ToLower(text) {
		switch {
		case r < 0x80 && letterOrDigit(byte(r)):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		lost = lost || r >= 0x80
	}
	out := strings.Trim(b.String(), "-")
	const most = 60
	if lost || len(out) > most || out == "" {
		sum := sha256.Sum256([]byte(text))
		out = strings.Trim(out[:min(len(out), most)]+"-"+hex.EncodeToString(sum[:4]), "-")
	}
	return out
}

func letterOrDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
