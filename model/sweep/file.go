package sweep

import (
	"plenary/model/diag"
	"plenary/model/source"
)

// Version is the number of the sweep file's language.
const Version = 1

// Limits of a sweep file.
const (
	MostCases  = 20_000 // that one sweep asks
	MostAxes   = 12
	MostLevels = 1000 // of one axis
	MostSets   = 100  // changes of one level or variant
	MostLabel  = 80   // characters of a label

	MostChange = 32 << 10 // bytes of the changes of one level or variant
	MostText   = 16 << 20 // bytes of the changes of all of them
)

// Sweep is a sweep file: a scenario, and what is changed in it.
type Sweep struct {
	source.Origin
	File     string
	Version  int       `key:"plenary-sweep,required" doc:"version of the sweep file" eg:"1"`
	Title    string    `key:"title" doc:"what the sweep is called; the scenario's title where nothing is said" eg:"Teams, day caps and venues"`
	Note     string    `key:"note" doc:"for readers" eg:"asked by the Bureau"`
	Scenario string    `key:"scenario,required" doc:"the scenario file that is changed, in the folder of this file or below it" eg:"gcm-2018.yaml"`
	Axes     []Axis    `key:"axes" doc:"what is changed, one axis each; every combination of their levels is asked" eg:"{teams: {levels: [...]}}"`
	Sample   *Sample   `key:"sample" doc:"asks some of the combinations, drawn by lot, instead of all" eg:"{count: 200}"`
	Variants []Variant `key:"variants" doc:"changes that are asked one by one, besides the combinations" eg:"{marrakech: {set: [...]}}"`
	Limits   Limits    `key:"limits" doc:"when the search for one plan ends" eg:"{time: 2m}"`
	Seed     int       `key:"seed" doc:"lots between members who are alike are drawn with this number; 1 where nothing is said" eg:"1"`
}

// Axis is one thing that is changed, and what it is changed to.
type Axis struct {
	source.Origin
	ID     string  `key:"@key"`
	Title  string  `key:"title" doc:"what is changed, in words" eg:"Interpretation teams per station"`
	Levels []Level `key:"levels,required" doc:"what it is changed to, one after the other" eg:"[{label: one team, set: [stations.geneva.interpretation.teams=1]}]"`

	points []Point
}

// Level is one thing that an axis is changed to; with values, one for each.
type Level struct {
	source.Origin
	Label  string       `key:"label" doc:"what the level is called in tables; <value> stands for the value" eg:"<value> teams"`
	Values []string     `key:"values" doc:"makes a level for each value; 1..4 stands for 1, 2, 3 and 4" eg:"[1..4, 6]"`
	Set    []string     `key:"set" doc:"changes of single values, as with plenary plan --set; <value> stands for the value" eg:"[stations.geneva.interpretation.teams=<value>]"`
	Change *source.Node `key:"change" doc:"changes in the form of change: in a scenario that extends another" eg:"{sessions: {conference: {at: marrakech}}}"`
}

// Variant is one change by itself.
type Variant struct {
	source.Origin
	ID       string       `key:"@key"`
	Title    string       `key:"title" doc:"what the variant is called in tables; its id where nothing is said" eg:"Conference in Marrakech"`
	Scenario string       `key:"scenario" doc:"another scenario file to change" eg:"gcm-2018-marrakech.yaml"`
	Set      []string     `key:"set" doc:"changes of single values, as with plenary plan --set" eg:"[sessions.conference.at=marrakech]"`
	Change   *source.Node `key:"change" doc:"changes in the form of change: in a scenario that extends another" eg:"{sessions: {conference: {at: marrakech}}}"`

	point Point
}

// Sample says how many of the combinations are asked.
type Sample struct {
	source.Origin
	Count int `key:"count,required" doc:"how many combinations, all different" eg:"200"`
	Seed  int `key:"seed" doc:"another number draws others; 1 where nothing is said" eg:"1"`
}

// Limits says when the search for one plan ends.
type Limits struct {
	source.Origin
	Time   string `key:"time" doc:"after this long, with the best plan so far; what was stopped by time may come out otherwise another time; 10m where nothing is said" eg:"2m"`
	Rounds int    `key:"rounds" doc:"for scenarios of a hundred sessions and more: after so many rounds of search on each tier, the same on every machine; 12 where nothing is said" eg:"12" most:"10000"`
}

// Point is one setting of an axis, or a variant: what it is called and the
// changes it makes, in the words of source.Set.
type Point struct {
	Label   string
	Changes []string

	places []diag.Place // of each change
}

// Points gives the levels of the axis, values written out.
func (a *Axis) Points() []Point { return a.points }

// Name gives the title of the axis, its id where it has none.
func (a *Axis) Name() string {
	if a.Title != "" {
		return a.Title
	}
	return a.ID
}
