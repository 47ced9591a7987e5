package rule

import (
	"testing"

	"plenary/model/calendar"
	"plenary/model/scenario"
	"plenary/model/source"
)

func TestNumbersAreSaidAsALetterHasThem(t *testing.T) {
	days := func(text string) calendar.Range {
		r, err := calendar.ParseRange(text)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	count := func(least, most int) source.Count { return source.Count{Min: least, Max: most} }
	for _, c := range []struct{ got, want string }{
		{plural(0, "day"), "no days"}, {plural(1, "day"), "1 day"}, {plural(2, "day"), "2 days"},
		{amount(count(1, 1), "day"), "1 day"}, {amount(count(2, 3), "day"), "2 to 3 days"}, {amount(count(0, 1), "day"), "at most 1 day"},
		{amount(count(1, source.NoMost), "day"), "at least 1 day"}, {amount(count(2, source.NoMost), "day"), "at least 2 days"}, {amount(count(0, 0), "day"), "no days"},
		{times(0), "not at all"}, {times(1), "once"}, {times(2), "twice"}, {times(3), "3 times"},
		{timesOf(count(0, 0)), "not at all"}, {timesOf(count(1, 1)), "once"}, {timesOf(count(0, 1)), "at most once"}, {timesOf(count(2, source.NoMost)), "at least twice"},
		{timesOf(count(1, 2)), "once or twice"}, {timesOf(count(2, 4)), "2 to 4 times"},
		{ordinal(2), "second"}, {ordinal(10), "tenth"}, {ordinal(11), "11th"}, {ordinal(12), "12th"}, {ordinal(21), "21st"}, {ordinal(22), "22nd"}, {ordinal(23), "23rd"}, {ordinal(111), "111th"},
		{listed(nil, "and"), ""}, {listed([]string{"a"}, "and"), "a"}, {listed([]string{"a", "b"}, "or"), "a or b"}, {listed([]string{"a", "b", "c"}, "and"), "a, b and c"},
		{within(days("2018-06")), "between 1 and 30 June 2018"}, {within(days("2018-06-01")), "on 1 June 2018"}, {within(days("2018-06-01..2018-06-02")), "between 1 and 2 June 2018"},
		{within(days("2017-12-20..2018-01-05")), "between 20 December 2017 and 5 January 2018"},
		{during(days("2018-06-01")), "on 1 June 2018"}, {during(days("2018-06-01..2018-06-02")), "on 1 and 2 June 2018"}, {during(days("2018-06-01..2018-06-04")), "from 1 to 4 June 2018"},
		{patterns([]string{"a-*"}), "a-*"}, {patterns([]string{"a-*", "b", "!a-x"}), "a-* and b without a-x"},
	} {
		if c.got != c.want {
			t.Errorf("%q instead of %q", c.got, c.want)
		}
	}
}

func TestManySeatsAreCountedNotListed(t *testing.T) {
	mexico := Announced{"panel", 1, "key_speaker", "MEX"}
	s := &scenario.Scenario{}
	for n, want := range map[int]string{
		1: "has MEX as key speaker of panel 1",
		3: "has MEX as key speaker of panel 1, MEX as key speaker of panel 1 and MEX as key speaker of panel 1",
		4: "has the members who were announced in 4 seats",
	} {
		var who []Announced
		for range n {
			who = append(who, mexico)
		}
		if got := sitting(s, who, "announced"); got != want {
			t.Errorf("%q instead of %q", got, want)
		}
	}
}
