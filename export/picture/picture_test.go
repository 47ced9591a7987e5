package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/color"
	"image/png"
	"strconv"
	"strings"
	"testing"
	"time"

	"plenary/export/report"
	"plenary/model/calendar"
	"plenary/model/scenario"
)

func english(d calendar.Day) string { return d.Time(time.UTC).Format("Jan") }

func TestMonthsAreMarkedAsCloseAsTheirLabelsFit(t *testing.T) {
	for _, c := range []struct {
		days string
		want int
	}{{"2018-01-01..2018-12-31", 12}, {"2018-01-01..2018-01-31", 1}, {"2016-01-01..2019-12-31", 16}, {"2010-01-01..2022-12-31", 13}} {
		days, err := calendar.ParseRange(c.days)
		if err != nil {
			t.Fatal(err)
		}
		if got := ticks(days, english); len(got) != c.want || !strings.Contains(got[0].Label, "\n20") {
			t.Errorf("%s: %d ticks, %+v", c.days, len(got), got[0])
		}
	}
}

func TestNamesAreCutInTheMiddle(t *testing.T) {
	for name, want := range map[string]string{
		"Short":          "Short",
		"With\na  break": "With a break",
		"Regional discussion of the Economic Commission for Africa":        "Regional discussion of … Commission for Africa",
		"Regional discussion of the Economic Commission for Latin America": "Regional discussion of … for Latin America",
		strings.Repeat("é", 60): strings.Repeat("é", 24) + " … " + strings.Repeat("é", 23),
	} {
		got := shortened(name)
		if got != want {
			t.Errorf("%q is cut to %q", name, got)
		}
	}
}

// A name ends where it was measured to end, in whatever type a page draws it, unless the
// program cannot measure it.
func TestNamesDoNotReachIntoThePicture(t *testing.T) {
	days, _ := calendar.ParseRange("2018-01-01..2018-06-30")
	p := Axes(days, english)
	Named(p, []string{"Briefing", "会议", "Stocktaking & more"})
	drawn, err := Picture{ID: "x", Plot: p, Height: 100}.SVG()
	if err != nil {
		t.Fatal(err)
	}
	for text, measured := range map[string]bool{"Briefing": true, "会议": false, "Stocktaking &amp; more": true, "Mar": true} {
		before, _, found := strings.Cut(string(drawn), ">"+text+"</text>")
		if !found {
			t.Fatalf("%q is not drawn", text)
		}
		if got := strings.Contains(before[strings.LastIndex(before, "<text"):], "textLength="); got != measured {
			t.Errorf("%q is measured: %v, want %v", text, got, measured)
		}
	}
}

// What the legend says of a count is what the heat map draws for it.
func TestTheLegendHasEveryCountOnce(t *testing.T) {
	s, err := HeatShades()
	if err != nil {
		t.Fatal(err)
	}
	for most := 1; most <= 40; most++ {
		next := 1
		for _, x := range Legend(s, most) {
			from, to, isRange := strings.Cut(x.Label, "–")
			low, _ := strconv.Atoi(from)
			high := low
			if isRange {
				high, _ = strconv.Atoi(to)
			}
			if low != next || high < low {
				t.Fatalf("most %d: %+v", most, Legend(s, most))
			}
			next = high + 1
		}
		if next != most+1 {
			t.Fatalf("most %d: %+v", most, Legend(s, most))
		}
	}
}

// process gives a report with what pictures show.
func process(code string) report.Report {
	at := calendar.MustDay
	meetings := func(days ...calendar.Day) (out []report.Meeting) {
		for _, d := range days {
			out = append(out, report.Meeting{Day: d, From: "10:00"}, report.Meeting{Day: d, From: "15:00"})
		}
		return out
	}
	first, second := []calendar.Day{at("2018-02-01"), at("2018-02-02")}, []calendar.Day{at("2018-04-09"), at("2018-04-11")}
	return report.Report{Language: code, Title: "Water <&> rivers",
		Sessions: []report.Session{
			{ID: "a", Title: "Opening <&>", Station: "geneva", StationTitle: "Geneva", Days: first, Meetings: meetings(first...)},
			{ID: "b", Title: "水与河流", Station: "vienna", StationTitle: "Vienna", Days: second, Meetings: meetings(second...)},
		},
		Balances: []report.Balance{{Seat: "Moderator", Over: "women", Groups: []report.Group{{ID: "yes", Title: "yes", Seats: 3}, {ID: "no", Title: "no", Seats: 5}}}},
	}
}

func TestPicturesOfAReport(t *testing.T) {
	for _, code := range scenario.Languages {
		r := process(code)
		weeks, some, err := Weeks(r)
		if err != nil || !some {
			t.Fatal(some, err)
		}
		timeline, _ := Timeline(r)
		balance, _ := Balance(r)
		for id, want := range map[string][]string{
			"timeline": {"Opening &lt;&amp;&gt;", "水与河流", "Geneva", "Vienna", "2018"},
			"weeks":    {"Geneva", "Vienna", ">4<"},
			"balance":  {"women", ">3<", ">5<"},
		} {
			p := map[string]Picture{"timeline": timeline, "weeks": weeks, "balance": balance}[id]
			var b bytes.Buffer
			if err := p.Write(&b, "svg"); err != nil {
				t.Fatal(err)
			}
			if err := xml.Unmarshal(b.Bytes(), new(struct{ XMLName xml.Name })); err != nil {
				t.Errorf("%s: %v", id, err)
			}
			for _, text := range append(want, "<title", "<desc", `role="img"`) {
				if !strings.Contains(b.String(), text) {
					t.Errorf("%s in %s has no %q", id, code, text)
				}
			}
		}
	}
}

func TestAPNGIsRefusedForWantOfLetters(t *testing.T) {
	for title, want := range map[string]string{
		"Côte d’Ivoire, Łódź, Ελλάδα, Женева – № 7": "",
		"Regional 讨论 on water": "讨论",
		"Water 👩🏽‍⚕️":          "👩🏽‍⚕️",
		"اجتماع":               "اجتماع",
	} {
		r := process("en")
		r.Sessions[1].Title = title
		p, _ := Timeline(r)
		var b bytes.Buffer
		err := p.Write(&b, "png")
		var missing LettersError
		errors.As(err, &missing)
		if missing.Word != want || (err != nil) != (want != "") {
			t.Errorf("%s: %v", title, err)
		}
		if want != "" && b.Len() > 0 {
			t.Errorf("%s: something was written", title)
		}
	}
}

func TestAPictureIsAPNGOfItsSize(t *testing.T) {
	r := process("ru")
	r.Sessions[1].Title = "Вода и реки"
	p, _ := Timeline(r)
	var b bytes.Buffer
	if err := p.Write(&b, "png"); err != nil {
		t.Fatal(err)
	}
	drawn, err := png.Decode(&b)
	if err != nil {
		t.Fatal(err)
	}
	if size := drawn.Bounds(); size.Dx() != Width*dots/72 || size.Dy() < 50 {
		t.Errorf("%v", size)
	}
	// The bar of the first session is drawn in the first colour.
	found := 0
	for y := range drawn.Bounds().Dy() {
		for x := range drawn.Bounds().Dx() {
			if color.NRGBAModel.Convert(drawn.At(x, y)) == Colours[0] {
				found++
			}
		}
	}
	if found < 100 {
		t.Errorf("%d points of the bar", found)
	}
}

func TestWhatHasNothingToShowIsNotDrawn(t *testing.T) {
	r := report.Report{Language: "en"}
	_, timeline := Timeline(r)
	_, weeks, err := Weeks(r)
	_, balance := Balance(r)
	if timeline || weeks || balance || err != nil {
		t.Error(timeline, weeks, balance, err)
	}
}
