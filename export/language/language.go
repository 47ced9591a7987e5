package language

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	xlanguage "golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/message/catalog"

	"plenary/model/calendar"
	"plenary/model/scenario"
)

// Language is one of the six official languages.
type Language struct {
	Code    string // ISO 639-1
	printer *message.Printer
}

var texts = sync.OnceValue(func() catalog.Catalog {
	c, err := built()
	if err != nil {
		panic(err) // the catalogue is part of the program, and tested
	}
	return c
})

// Named gives the language with the code: ar, zh, en, fr, ru or es.
func Named(code string) (Language, bool) {
	if !slices.Contains(scenario.Languages, code) {
		return Language{}, false
	}
	tag := xlanguage.MustParse(code)
	if code == "ar" { // the digits of the rest of the page, as Arabic documents of the Organization have them
		tag = xlanguage.MustParse("ar-u-nu-latn")
	}
	return Language{code, message.NewPrinter(tag, message.Catalog(texts()))}, true
}

// Direction gives rtl for Arabic and ltr for the others.
func (l Language) Direction() string {
	if l.Code == "ar" {
		return "rtl"
	}
	return "ltr"
}

// Text gives a text of the catalogue, its verbs filled with the arguments.
func (l Language) Text(key string, args ...any) string { return l.printer.Sprintf(key, args...) }

// Count gives a text of the catalogue that has plural forms, for n.
func (l Language) Count(key string, n int) string { return l.printer.Sprintf(key, n) }

// Number gives a number with the language's separators.
func (l Language) Number(n int) string { return l.printer.Sprint(n) }

// List joins parts with the language's comma.
func (l Language) List(parts ...string) string {
	by := ", "
	switch l.Code {
	case "ar":
		by = "، "
	case "zh":
		by = "、"
	}
	return strings.Join(slices.DeleteFunc(slices.Clone(parts), func(p string) bool { return p == "" }), by)
}

// Weekday gives the day of the week.
func (l Language) Weekday(d calendar.Day) string { return l.Text(d.Weekday().String()) }

// Month gives a month with its year: May 2017, as headings have it.
func (l Language) Month(d calendar.Day) string {
	at := d.Time(time.UTC)
	return l.dated("month", at)
}

// ShortMonth gives a month's name as a label of few letters.
func (l Language) ShortMonth(d calendar.Day) string {
	return shortMonths[l.Code][d.Time(time.UTC).Month()-1]
}

// Day gives a day: 8 May 2017.
func (l Language) Day(d calendar.Day) string { return l.dated("full", d.Time(time.UTC)) }

// Short gives a day without its year: 8 May.
func (l Language) Short(d calendar.Day) string { return l.dated("short", d.Time(time.UTC)) }

// Long gives a day with its weekday: Monday, 8 May 2017.
func (l Language) Long(d calendar.Day) string {
	if l.Code == "zh" {
		return l.Day(d) + l.Weekday(d)
	}
	by := ", "
	switch l.Code {
	case "ar":
		by = "، "
	case "fr", "es":
		by = " "
	}
	return l.Weekday(d) + by + l.Day(d)
}

// dated writes a date by one of the language's patterns.
func (l Language) dated(pattern string, at time.Time) string {
	day := fmt.Sprint(at.Day())
	if l.Code == "fr" && at.Day() == 1 {
		day = "1er"
	}
	name := months[l.Code][at.Month()-1]
	if pattern == "month" && l.Code == "ru" {
		name = russianMonths[at.Month()-1]
	}
	return strings.NewReplacer("{d}", day, "{m}", name, "{y}", fmt.Sprint(at.Year())).Replace(patterns[l.Code][pattern])
}

// Range gives first and last day of a stretch of days.
func (l Language) Range(r calendar.Range) string {
	a, b := r.First.Time(time.UTC), r.Last.Time(time.UTC)
	switch {
	case r.First == r.Last:
		return l.Day(r.First)
	case l.Code == "en":
		return r.Words()
	case l.Code == "zh" && a.Year() != b.Year():
		return l.Day(r.First) + "至" + l.Day(r.Last)
	case l.Code == "zh" && a.Month() == b.Month():
		return l.Day(r.First) + "至" + fmt.Sprintf("%d日", b.Day())
	case l.Code == "zh":
		return l.Day(r.First) + "至" + l.dated("short", b)
	case a.Year() != b.Year():
		return l.Day(r.First) + " – " + l.Day(r.Last)
	case a.Month() != b.Month():
		return l.dated("short", a) + " – " + l.Day(r.Last)
	}
	return strings.Replace(l.Day(r.Last), fmt.Sprint(b.Day()), fmt.Sprintf("%d–%d", a.Day(), b.Day()), 1)
}

// Days gives any set of days in order.
func (l Language) Days(days []calendar.Day) string {
	if l.Code == "en" {
		return calendar.Words(days)
	}
	var parts []string
	for i := 0; i < len(days); {
		j := i
		for j+1 < len(days) && days[j+1] == days[j]+1 {
			j++
		}
		parts = append(parts, l.Range(calendar.Range{First: days[i], Last: days[j]}))
		i = j + 1
	}
	return l.List(parts...)
}

// Duration gives a duration: 10 working days, 6 weeks.
func (l Language) Duration(d calendar.Duration) string {
	switch {
	case d.Unit == calendar.WorkingDays:
		return l.Count("%d working days", d.N)
	case d.N > 0 && d.N%7 == 0:
		return l.Count("%d weeks", d.N/7)
	}
	return l.Count("%d days", d.N)
}
