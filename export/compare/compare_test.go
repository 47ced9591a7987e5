package compare

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/color"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"plenary/export/page"
	"plenary/export/picture"
	"plenary/model/calendar"
	"plenary/model/given"
	"plenary/model/judge"
	"plenary/model/plan"
)

// small has one of everything that is compared. Vienna has no coordinates, and
// the titles hold what a page must escape.
const small = `plenary: 1
title: Water <script>alert("x")</script> & rivers
mandate: A/RES/1/2
period: 2018-01-01..2018-12-31
stations:
  geneva: {title: Geneva, zone: UTC, coordinates: [46.227, 6.141], interpretation: {teams: 2}}
  new-york: {title: New York, zone: UTC, coordinates: [40.749, -73.968]}
  vienna: {title: Vienna, zone: UTC}
officers:
  chair: {title: Chair, based: geneva}
  clerk: {title: Clerk}
rosters:
  states: {members: [{id: a, name: A, region: north}, {id: b, name: B, region: south}, {id: c, name: C, region: south}]}
programmes:
  panel: {meetings: [{kind: panel, count: 2, seats: {moderator: {from: states}}}]}
phases: [{id: p1, title: First phase, between: 2018-01..2018-06, of: round-*}]
sessions:
  - {id: round-1, title: "First round <b>", at: geneva, chaired-by: [chair, clerk], programme: panel, interpretation: as-available}
  - {id: round-2, title: Second round, at: [geneva, new-york], days: 1..2, chaired-by: chair, interpretation: as-available}
  - {id: round-3, title: Third round, at: [geneva, vienna], chaired-by: chair, optional: yes}
documents:
  - {id: draft, title: Draft, deadline: 2018-04-30, before: {round-2: 2 weeks}}
priorities: [held, wishes]
rules:
  - held: {id: all-held, of: round-*, tier: 1, weight: 5}
  - near: {id: early, of: round-*, day: 2018-03-01, tier: 2, weight: 2}
  - day-cap: {id: four-days, of: round-*, at-most: 4, mandate: "16"}
  - balance: {id: regions, of: round-1, seat: moderator, over: region, even: yes, tier: 2}
  - officer-travel: {id: home, of: "*", by: [chair], tier: 2}
`

const planA = `plenary-plan: 1
status: optimal
tiers: [{tier: 1, title: held, cost: 0, bound: 0, proven: yes}, {tier: 2, title: wishes, cost: 178, bound: 178, proven: yes}]
sessions:
  - id: round-1
    station: geneva
    days: [2018-03-01]
    meetings:
      - {day: 2018-03-01, slot: morning, kind: panel, number: 1, interpretation: team 1, seats: {moderator: [a]}}
      - {day: 2018-03-01, slot: afternoon, kind: panel, number: 2, interpretation: team 1, seats: {moderator: [b]}}
  - {id: round-2, station: new-york, days: [2018-04-04, 2018-04-05]}
  - {id: round-3, station: geneva, days: [2018-04-25]}
documents: [{id: draft, issued: 2018-03-14}]
`

const planB = `plenary-plan: 1
sessions:
  - id: round-1
    station: geneva
    days: [2018-03-01]
    meetings:
      - {day: 2018-03-01, slot: morning, kind: panel, number: 1, interpretation: team 1, seats: {moderator: [b]}}
      - {day: 2018-03-01, slot: afternoon, kind: panel, number: 2, seats: {moderator: [c]}}
  - {id: round-2, station: geneva, days: [2018-03-01]}
documents: [{id: draft, issued: 2018-05-02}]
`

func sideOf(t *testing.T, name, text, answer string) Side {
	t.Helper()
	s, instances := given.Text(t, text)
	p, problems := plan.Read(name, []byte(answer), s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return Side{Name: name, Scenario: s, Instances: instances, Plan: p, Verdict: judge.Plan(s, instances, p)}
}

// variant is small with another title, a session more, one fewer, another
// order of tiers.
func variant() string {
	text := strings.Replace(small, "priorities: [held, wishes]", "priorities: [wishes, money, held]", 1)
	text = strings.NewReplacer("tier: 1", "tier: 3", "tier: 2", "tier: 1", "title: Water", "title: Variant of water",
		"  - {id: round-3, title: Third round, at: [geneva, vienna], chaired-by: chair, optional: yes}\n",
		"  - {id: round-4, title: Fourth round, at: vienna, chaired-by: chair, optional: yes}\n").Replace(text)
	return text
}

const planC = `plenary-plan: 1
sessions:
  - {id: round-1, station: geneva, days: [2018-03-02]}
  - {id: round-2, station: new-york, days: [2018-04-04, 2018-04-05]}
  - {id: round-4, station: vienna, days: [2018-05-02]}
documents: [{id: draft, issued: 2018-03-14}]
`

func sides(t *testing.T) []Side {
	t.Helper()
	return []Side{sideOf(t, "a & b", small, planA), sideOf(t, "second", small, planB), sideOf(t, "third", variant(), planC)}
}

func TestSumsOverRulesAreTheTiersCosts(t *testing.T) {
	all := sides(t)
	c := Figures(all)
	for n, x := range all {
		for i, title := range x.Scenario.Priorities {
			sum := int64(0)
			for _, r := range c.Rules {
				if r.Tier == title {
					sum += r.Costs[n]
				}
			}
			if sum != x.Verdict.Costs[i] {
				t.Errorf("plan %s: the rules of tier %q cost %d together, the tier %d", c.Plans[n].Letter, title, sum, x.Verdict.Costs[i])
			}
			at := slices.IndexFunc(c.Tiers, func(t Tier) bool { return t.Title == title })
			if cost := c.Tiers[at].Costs[n]; cost.Cost != sum || cost.Number != i+1 {
				t.Errorf("plan %s, tier %q: %+v", c.Plans[n].Letter, title, cost)
			}
		}
	}
	if a := all[0].Verdict.Costs; !slices.Equal(a, []int64{0, 2*(34+55) + 1 + 4}) {
		t.Errorf("plan A costs %v: the test's own sum is wrong", a)
	}
	var early Rule
	for _, r := range c.Rules {
		if r.ID == "early" {
			early = r
		}
	}
	if !slices.Equal(early.Costs, []int64{178, 0, 2 * (1 + 34 + 62)}) || early.Kind != "near" || !slices.Equal(early.In, []bool{true, true, true}) {
		t.Errorf("%+v", early)
	}
}

func TestFigures(t *testing.T) {
	c := Figures(sides(t))
	if h := c.Plans[0]; h.Letter != "A" || h.Optimal || !h.Feasible || h.Meets.Words() != "1 March to 25 April 2018" {
		t.Errorf("the plan claims a cost of 178, and costs 183: %+v", h)
	}
	right := sideOf(t, "a", small, strings.ReplaceAll(planA, "178", "183"))
	if h := Figures([]Side{right, right}).Plans[1]; !h.Optimal || h.Letter != "B" {
		t.Errorf("%+v", h)
	}
	var ids []string
	for _, s := range c.Sessions {
		ids = append(ids, s.ID)
	}
	if !slices.Equal(ids, []string{"round-1", "round-2", "round-3", "round-4"}) {
		t.Error(ids)
	}
	for i, want := range [][]bool{{false, false, true}, {false, true, false}, {false, true, true}, {false, false, true}} {
		if !slices.Equal(c.Sessions[i].Differs, want) {
			t.Errorf("%s: %v", ids[i], c.Sessions[i].Differs)
		}
	}
	if s := c.Sessions[2]; s.In[2] || !s.In[1] || s.Held[1] != nil || s.Title != "Third round" {
		t.Errorf("%+v", s)
	}
	if d := c.Documents[0]; d.Issued[1].String() != "2018-05-02" || !slices.Equal(d.Differs, []bool{false, true, false}) {
		t.Errorf("%+v", d)
	}
	if u := c.Caps[0]; u.ID != "four-days" || u.Used[0] != (CapUse{true, 4, 0, 4}) || u.Used[1] != (CapUse{true, 2, 0, 4}) {
		t.Errorf("%+v", c.Caps)
	}
	if len(c.Officers) != 2 {
		t.Fatalf("%+v", c.Officers)
	}
	chair, clerk := c.Officers[0].Travel, c.Officers[1].Travel
	if x := chair[0]; x.Chaired != 3 || x.Trips != 1 || x.Unmeasured != 0 || math.Abs(x.Kilometres-2*6211) > 30 {
		t.Errorf("%+v", x)
	}
	if x := chair[1]; x.Chaired != 2 || x.Trips != 0 || x.Kilometres != 0 {
		t.Errorf("%+v", x)
	}
	if x := chair[2]; x.Trips != 2 || x.Unmeasured != 1 {
		t.Errorf("%+v", x)
	}
	if clerk[0].Known || clerk[0].Chaired != 1 {
		t.Errorf("%+v", clerk)
	}
	if s := c.Seats; len(s) != 1 || !slices.Equal(s[0].Groups[0].Seats, []int{1, 0, 0}) || !slices.Equal(s[0].Groups[1].Seats, []int{1, 2, 0}) {
		t.Errorf("%+v", s)
	}
	geneva := c.Stations[0].Use
	if u := geneva[0]; u.Meetings != 4 || u.Interpreted != 2 || u.Peak != 1 || u.Teams != 2 || u.InThatWeek != 2 || u.BusiestWeek.String() != "2018-02-26" {
		t.Errorf("%+v", u)
	}
	if u := c.Stations[1].Use[0]; u.Teams != -1 || u.Meetings != 4 {
		t.Errorf("%+v", u)
	}
	if s := c.Slack; len(s) != 2 || *s[0].Days[0] != 47 || *s[0].Days[1] != -2 || *s[1].Days[0] != 7 || *s[1].Days[1] != -76 || s[1].Before != "2 weeks before “Second round”" {
		t.Errorf("%+v", s)
	}
	// 1 March, 4 and 5 April, 25 April: 34 and 20 days.
	if x := c.Spread[0].Stats[0]; x.N != 2 || x.Mean != 27 || math.Abs(x.Deviation-math.Sqrt(98)) > 1e-9 || x.Least != 20 || x.Most != 34 {
		t.Errorf("%+v", x)
	}
	if x := c.Spread[0].Stats[1]; x.N != 1 || x.Mean != 0 || !math.IsNaN(x.Deviation) {
		t.Errorf("%+v", x)
	}
	if c.Spread[1].Of != "First phase" {
		t.Errorf("%+v", c.Spread)
	}
	if len(c.Moves[0]) != 0 || !slices.ContainsFunc(c.Moves[2], func(m plan.Move) bool { return m.ID == "round-3" && m.What == "held" }) {
		t.Errorf("a session that the variant has no longer is not told: %+v", c.Moves[2])
	}
}

// Two teams at work at the same time are two, whoever they serve.
func TestPeakCountsMeetingsInOneSlot(t *testing.T) {
	x := sideOf(t, "a", small, strings.Replace(planA, "{id: round-3, station: geneva, days: [2018-04-25]}",
		"{id: round-3, station: geneva, days: [2018-03-01], meetings: [{day: 2018-03-01, slot: morning, interpretation: team 2}]}", 1))
	if u := Figures([]Side{x, x}).Stations[0].Use[0]; u.Peak != 2 || u.Interpreted != 3 {
		t.Errorf("%+v", u)
	}
}

func TestDistanceIsAlongTheGreatCircle(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b []float64
		want float64
	}{
		{"nowhere", []float64{46, 6}, []float64{46, 6}, 0},
		{"pole to equator", []float64{90, 0}, []float64{0, 77}, earth * math.Pi / 2},
		{"the other end", []float64{10, 20}, []float64{-10, -160}, earth * math.Pi},
		{"over the date line", []float64{0, 179}, []float64{0, -179}, earth * math.Pi / 90},
	} {
		if got := distance(c.a, c.b); math.Abs(got-c.want) > 1e-6 {
			t.Errorf("%s: %f instead of %f", c.name, got, c.want)
		}
	}
}

func TestStanding(t *testing.T) {
	all := sides(t)
	got := strings.Join(Figures(all).Standing(), "\n")
	// The draft of B is late, and C has nobody in its seats.
	if got != "B violates hard constraints: 3 violations\nC violates hard constraints: 2 violations" {
		t.Error(got)
	}
	for i := range all {
		all[i].Verdict.Violations = nil
	}
	want := "A is better than B by the priorities: in tier 1, held, it costs 0 instead of 5\n" +
		"A and C answer scenarios with other priorities: their costs cannot be ranked"
	if got := strings.Join(Figures(all).Standing(), "\n"); got != want {
		t.Error(got)
	}
	if got := Figures([]Side{all[0], all[0]}).Standing(); !slices.Equal(got, []string{"A and B cost the same in every tier"}) {
		t.Error(got)
	}
}

func TestText(t *testing.T) {
	var b bytes.Buffer
	if err := Text(&b, sides(t)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"3 plans side by side",
		"A  a & b: ",
		"≠ 1 March 2018, Geneva",
		"≠ not held",
		"not in this scenario",
		"4 of 4 days",
		"0 trips",
		"1 trip, 12,4",
		"(1 not",
		"held (tier 1 in A, B; 3 in C)",
		"2. money",
		"2 days late",
		"What moves from A to B",
		"panel 1: B is moderator instead of A",
		"Hard constraints violated",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%q is not in\n%s", want, &b)
		}
	}
	if line := regexp.MustCompile(`(?m)[ \t]+$`).FindString(b.String()); line != "" {
		t.Error("a line ends in blanks")
	}
}

// page gives the page's text, having read it as strictly as XML is read.
func pageOf(t *testing.T, all []Side) (string, []xml.StartElement) {
	t.Helper()
	var b bytes.Buffer
	if err := HTML(&b, all); err != nil {
		t.Fatal(err)
	}
	var elements []xml.StartElement
	d := xml.NewDecoder(bytes.NewReader(b.Bytes()))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String(), elements
		}
		if err != nil {
			t.Fatalf("the page is not well-formed: %v", err)
		}
		if e, ok := token.(xml.StartElement); ok {
			elements = append(elements, e.Copy())
		}
	}
}

func TestThePageNeedsNoOtherFile(t *testing.T) {
	text, elements := pageOf(t, sides(t))
	ids := map[string]bool{}
	pictures := 0
	for i, e := range elements {
		switch e.Name.Local {
		case "script", "link", "iframe", "object", "embed", "img", "image", "base", "form":
			t.Errorf("the page has a <%s>", e.Name.Local)
		case "svg":
			pictures++
			if elements[i+1].Name.Local != "title" || elements[i+2].Name.Local != "desc" {
				t.Error("a picture without title and description")
			}
		}
		for _, a := range e.Attr {
			if name := a.Name.Local; name == "src" || name == "href" || strings.HasPrefix(name, "on") {
				t.Errorf("<%s %s=%q>", e.Name.Local, name, a.Value)
			}
			if a.Name.Local == "id" {
				if ids[a.Value] {
					t.Errorf("the id %q stands twice", a.Value)
				}
				ids[a.Value] = true
			}
		}
	}
	if pictures != 4 {
		t.Errorf("%d pictures: a timeline and three heat maps are expected", pictures)
	}
	for _, a := range regexp.MustCompile(`aria-labelledby="([^"]*)"`).FindAllStringSubmatch(text, -1) {
		for _, id := range strings.Fields(a[1]) {
			if !ids[id] {
				t.Errorf("nothing has the id %q", id)
			}
		}
	}
	if m := regexp.MustCompile(`(?i)url\(|@import|https?://`).FindString(strings.ReplaceAll(text, "http://www.w3.org/2000/svg", "")); m != "" {
		t.Errorf("the page speaks of %q", m)
	}
	for _, want := range []string{`<meta name="viewport"`, "@page { size: A4 landscape", "≠ 1 March 2018, Geneva", "Water &lt;script&gt;"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the page", want)
		}
	}
}

func TestAPlanWithoutSessionsIsShown(t *testing.T) {
	none := sideOf(t, "none", small, "{plenary-plan: 1, sessions: []}")
	for _, all := range [][]Side{{none, none}, {sideOf(t, "a", small, planA), none}} {
		if text, _ := pageOf(t, all); !strings.Contains(text, "no session is held") {
			t.Error("nothing says that no session is held")
		}
		if err := Text(io.Discard, all); err != nil {
			t.Error(err)
		}
	}
}

func TestALongTimelineIsCutIntoPages(t *testing.T) {
	var text, answer strings.Builder
	text.WriteString("plenary: 1\ntitle: Long\nperiod: 2013-01-01..2022-12-31\nstations: {geneva: {zone: UTC}}\npriorities: [a]\nsessions:\n")
	answer.WriteString("plenary-plan: 1\nsessions:\n")
	first := calendar.MustDay("2013-01-07")
	for i := range 100 {
		id := "s" + strconv.Itoa(i)
		text.WriteString("  - {id: " + id + ", at: geneva}\n")
		answer.WriteString("  - {id: " + id + ", station: geneva, days: [" + (first + calendar.Day(35*i)).String() + "]}\n")
	}
	x := sideOf(t, "long", text.String(), answer.String())
	pictures := Figures([]Side{x, x}).timeline()
	if len(pictures) != 4 {
		t.Errorf("%d pictures", len(pictures))
	}
	for _, p := range pictures {
		if p.Height > picture.MostHeight {
			t.Errorf("a picture of %f points", float64(p.Height))
		}
	}
}

// luminance is that of the Web Content Accessibility Guidelines 2.1.
func luminance(c color.NRGBA) float64 {
	channel := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c.R) + 0.7152*channel(c.G) + 0.0722*channel(c.B)
}

func TestWordsCanBeRead(t *testing.T) {
	at := func(text string) color.NRGBA {
		n, err := strconv.ParseUint(text, 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		return color.NRGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}
	}
	contrast := func(a, b color.NRGBA) float64 {
		x, y := luminance(a), luminance(b)
		return (max(x, y) + 0.05) / (min(x, y) + 0.05)
	}
	for _, c := range picture.Colours {
		if got := contrast(c, picture.Paper); got < 4.5 {
			t.Errorf("white letters on %s have a contrast of %.1f", picture.Hex(c), got)
		}
	}
	for _, c := range []string{"1f2937", "4b5563"} {
		if !strings.Contains(string(page.Style), "#"+c) || contrast(at(c), picture.Paper) < 4.5 || contrast(at("1f2937"), at("fef3c7")) < 4.5 {
			t.Errorf("letters of the colour %s", c)
		}
	}
}
