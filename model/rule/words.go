package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"plenary/model/calendar"
	"plenary/model/scenario"
	"plenary/model/source"
)

// The words that sentences are made of. Sentences stand in letters: they name
// things as printed, write dates in words, and have no ids where a title is
// known.

func name(s *scenario.Scenario, session int) string {
	return "“" + s.Sessions[session].Name() + "”"
}

// plural gives "no days", "1 day", "2 days".
func plural(n int, unit string) string {
	switch n {
	case 0:
		return "no " + unit + "s"
	case 1:
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// amount gives a count in a unit: "1 day", "2 to 3 days", "at most 1 day".
func amount(c source.Count, unit string) string {
	last := c.Max
	if c.Max == source.NoMost {
		last = c.Min
	}
	if last == 0 {
		return "no " + unit + "s"
	}
	if last == 1 {
		return c.String() + " " + unit
	}
	return c.String() + " " + unit + "s"
}

// times gives how often: "not at all", "once", "twice", "3 times".
func times(n int) string {
	switch n {
	case 0:
		return "not at all"
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

// timesOf gives how often something may happen: "at least once", "2 to 4
// times".
func timesOf(c source.Count) string {
	switch {
	case c.Min == c.Max || c.Max == 0:
		return times(c.Max)
	case c.Max == source.NoMost:
		return "at least " + times(c.Min)
	case c.Min == 0:
		return "at most " + times(c.Max)
	case c.Min == 1 && c.Max == 2:
		return "once or twice"
	}
	return fmt.Sprintf("%d to %d times", c.Min, c.Max)
}

// ordinal gives "second", "third" and, from the eleventh, "11th".
func ordinal(n int) string {
	small := []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
	if n >= 1 && n <= len(small) {
		return small[n-1]
	}
	end := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, end)
}

// listed joins parts: "a, b and c", with the last word given.
func listed(parts []string, last string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	n := len(parts) - 1
	return strings.Join(parts[:n], ", ") + " " + last + " " + parts[n]
}

// date gives a day in words: "7 March 2018".
func date(d calendar.Day) string { return calendar.Words([]calendar.Day{d}) }

// within says in which days something lies: "on 8 January 2018", "between 8
// and 19 January 2018".
func within(days calendar.Range) string {
	if days.First == days.Last {
		return "on " + date(days.First)
	}
	return "between " + calendar.Words([]calendar.Day{days.First, days.Last})
}

// during says on which days something goes on: "on 22 January 2018", "from 15
// to 19 January 2018".
func during(days calendar.Range) string {
	if days.Len() <= 2 {
		return "on " + days.Words()
	}
	return "from " + days.Words()
}

// spaced gives an id as words: "regional_group" is "regional group".
func spaced(id string) string {
	return strings.ReplaceAll(id, "_", " ")
}

// called gives a word of the rosters, such as a group or its column, as the scenario's
// translations say it in English.
func called(s *scenario.Scenario, word string) string {
	return spaced(s.In("en", word))
}

// meetingOf names one meeting of a session: "“Drivers of migration”, panel 1".
func meetingOf(s *scenario.Scenario, session int, kind string, number int) string {
	return fmt.Sprintf("%s, %s %d", name(s, session), spaced(kind), number)
}

// slotOf names a slot of a day: "8 January 2018, morning".
func slotOf(d calendar.Day, slot string) string { return date(d) + ", " + spaced(slot) }

// rosterNames gives the titles of the rosters that patterns select.
func rosterNames(s *scenario.Scenario, patterns []string) (out []string) {
	for i := range s.Rosters {
		if x := &s.Rosters[i]; scenario.Matches(patterns, x.ID) {
			out = append(out, cmp.Or(x.Title, spaced(x.ID)))
		}
	}
	return out
}

// meets says where and when a session meets: "meets in Geneva on 8 January
// 2018". The station may be "" and the days none.
func meets(s *scenario.Scenario, station string, days []calendar.Day) string {
	text := "meets"
	if station != "" {
		text += " in " + s.Stations[s.Station(station)].Name()
	}
	if len(days) > 0 {
		text += " on " + calendar.Words(days)
	}
	return text
}

// sitting says who sits where, when they are few: "has Mexico as moderator of
// panel 1".
func sitting(s *scenario.Scenario, who []Announced, as string) string {
	if len(who) > 3 {
		return fmt.Sprintf("has the members who were %s in %d seats", as, len(who))
	}
	var parts []string
	for _, a := range who {
		parts = append(parts, a.words(s))
	}
	return "has " + listed(parts, "and")
}

// words gives "Mexico as moderator of panel 1".
func (a Announced) words(s *scenario.Scenario) string {
	return fmt.Sprintf("%s as %s of %s %d", s.MemberName(a.Member), spaced(a.Seat), spaced(a.Kind), a.Number)
}

// words names the selected sessions in a sentence.
func (x *Selection) words(s *scenario.Scenario) string {
	switch {
	case len(x.Sessions) == 1:
		return name(s, x.Sessions[0])
	case len(x.Of) == 0:
		return fmt.Sprintf("%d sessions", len(x.Sessions))
	case len(x.Of) == 1 && x.Of[0] == "*":
		return fmt.Sprintf("all %d sessions", len(x.Sessions))
	}
	return fmt.Sprintf("the %d sessions %s", len(x.Sessions), patterns(x.Of))
}

// anyWords names the selected sessions, each by itself: "any of the 4 sessions
// thematic-*".
func (x *Selection) anyWords(s *scenario.Scenario) string {
	switch {
	case len(x.Sessions) == 1:
		return name(s, x.Sessions[0])
	case len(x.Of) == 0 || slices.Equal(x.Of, []string{"*"}):
		return fmt.Sprintf("any of the %d sessions", len(x.Sessions))
	}
	return "any of " + x.words(s)
}

// patterns gives a selector in words: "thematic-* and hearing-* without
// hearing-may".
func patterns(of []string) string {
	var with, without []string
	for _, p := range of {
		p = strings.Replace(p, "tag:", "tagged ", 1)
		if not, negated := strings.CutPrefix(p, "!"); negated {
			without = append(without, not)
		} else {
			with = append(with, p)
		}
	}
	text := listed(with, "and")
	if len(without) > 0 {
		text += " without " + listed(without, "and")
	}
	return text
}

// verb gives the word for one session or for several.
func (x *Selection) verb(one, several string) string {
	if len(x.Sessions) == 1 {
		return one
	}
	return several
}
