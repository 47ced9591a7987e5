package generate

import (
	"time"

	"plenary/model/calendar"
)

// firstYear is the year in which generated scenarios begin.
const firstYear = 2027

// months gives the period of so many months.
func months(n int) calendar.Range {
	return calendar.Range{First: calendar.NewDay(firstYear, time.January, 1), Last: calendar.NewDay(firstYear, time.Month(n+1), 0)}
}

// city is a station of the library un-stations as the generator furnishes it.
// Its holidays and observances are examples: they have the same date each year.
type city struct {
	id          string
	share       int // of the rooms, in relation to the others
	trip        int // of a supported delegate
	holidays    []annual
	observances []annual
}

// annual is a date that comes back each year.
type annual struct {
	month time.Month
	day   int
	name  string
}

var cities = []city{
	{"new-york", 7, 2900, []annual{{5, 31, "Memorial Day"}, {7, 5, "Independence Day"}, {9, 6, "Labor Day"}, {11, 25, "Thanksgiving"}},
		[]annual{{2, 15, "Presidents' Day"}, {3, 22, "Nowruz"}, {5, 20, "Day of Vesak"}, {10, 11, "Yom Kippur"}, {10, 29, "Diwali"}}},
	{"geneva", 6, 3200, []annual{{3, 26, "Good Friday"}, {3, 29, "Easter Monday"}, {5, 6, "Ascension Day"}, {9, 9, "Jeûne genevois"}},
		[]annual{{1, 7, "Orthodox Christmas"}, {3, 22, "Nowruz"}, {5, 20, "Day of Vesak"}, {10, 11, "Yom Kippur"}, {10, 29, "Diwali"}}},
	{"vienna", 4, 3100, []annual{{1, 6, "Epiphany"}, {5, 6, "Ascension Day"}, {5, 27, "Corpus Christi"}, {10, 26, "National Day"}},
		[]annual{{3, 22, "Nowruz"}, {5, 20, "Day of Vesak"}, {10, 11, "Yom Kippur"}, {12, 8, "Immaculate Conception"}}},
	{"nairobi", 3, 2600, []annual{{3, 26, "Good Friday"}, {6, 1, "Madaraka Day"}, {10, 20, "Mashujaa Day"}, {12, 13, "Jamhuri Day"}},
		[]annual{{3, 10, "Eid al-Fitr"}, {5, 17, "Eid al-Adha"}, {5, 20, "Day of Vesak"}, {10, 29, "Diwali"}}},
	{"addis-ababa", 3, 2500, []annual{{1, 7, "Genna"}, {3, 2, "Adwa Victory Day"}, {5, 5, "Patriots' Victory Day"}, {9, 13, "Enkutatash"}},
		[]annual{{3, 10, "Eid al-Fitr"}, {5, 17, "Eid al-Adha"}, {9, 27, "Meskel"}}},
	{"bangkok", 3, 2700, []annual{{4, 13, "Songkran"}, {4, 14, "Songkran"}, {7, 28, "King's Birthday"}, {10, 13, "Memorial Day of King Bhumibol"}},
		[]annual{{2, 22, "Makha Bucha"}, {5, 20, "Day of Vesak"}, {7, 19, "Asalha Bucha"}}},
	{"santiago", 2, 3000, []annual{{3, 26, "Good Friday"}, {5, 21, "Navy Day"}, {7, 16, "Our Lady of Mount Carmel"}, {9, 17, "Independence Day"}},
		[]annual{{6, 29, "Saint Peter and Saint Paul"}, {11, 1, "All Saints' Day"}}},
	{"beirut", 2, 2800, []annual{{1, 6, "Armenian Christmas"}, {2, 9, "Saint Maron"}, {3, 25, "Annunciation"}, {11, 22, "Independence Day"}},
		[]annual{{3, 10, "Eid al-Fitr"}, {5, 17, "Eid al-Adha"}, {8, 16, "Assumption"}}},
}

// dates gives the centre the holidays and observances of its city in the
// period, the days at the end of the year on which all stations are closed, and
// a team's leave in July.
func (c *centre) dates(of city, period calendar.Range) {
	for year := firstYear; calendar.NewDay(year, time.January, 1) <= period.Last; year++ {
		dated := func(all ...annual) (out []stretch) {
			for _, a := range all {
				d := calendar.NewDay(year, a.month, a.day)
				if period.Contains(d) && calendar.MondayToFriday[d.Weekday()] {
					out = append(out, stretch{calendar.Range{First: d, Last: d}, a.name})
				}
			}
			return out
		}
		c.holidays = append(append(c.holidays, dated(annual{1, 1, "New Year's Day"})...), dated(of.holidays...)...)
		c.observances = append(c.observances, dated(of.observances...)...)
		within := func(from, to annual) (out []stretch) {
			days := calendar.Range{First: calendar.NewDay(year, from.month, from.day), Last: calendar.NewDay(year, to.month, to.day)}.Intersect(period)
			if days.Len() > 0 {
				out = append(out, stretch{days, from.name})
			}
			return out
		}
		c.closed = append(c.closed, within(annual{12, 24, "end of the year"}, annual{12, 31, ""})...)
		if c.teams > 1 {
			c.off = append(c.off, within(annual{7, 12, "leave"}, annual{7, 30, ""})...)
		}
	}
}
