package schema

import (
	"github.com/google/jsonschema-go/jsonschema"

	"plenary/model/calendar"
	"plenary/model/source"
)

// text is a kind of value that is written as one word or number.
type text struct {
	name     string // of the definition
	means    string // for the manual, in words
	mistake  string // what an editor says where the pattern fails
	examples []string
	schema   func() *jsonschema.Schema
}

const (
	edge     = `[0-9]{4}-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?`
	number   = `[0-9]{1,7}`
	countOf  = `(` + number + `[ ]*(\.\.[ ]*(` + number + `)?)?|\.\.[ ]*` + number + `)`
	gapOf    = `(` + number + `(\.\.(` + number + `)?)?|\.\.` + number + `)`
	unit     = `(days?|working[ ]+days?|weeks?)`
	weekdays = `([Mm][Oo][Nn]|[Tt][Uu][Ee]|[Ww][Ee][Dd]|[Tt][Hh][Uu]|[Ff][Rr][Ii]|[Ss][Aa][Tt]|[Ss][Uu][Nn])[A-Za-z]*`
)

// texts lists them all: those of package source, and the plain ones.
var texts = []text{
	{"text", "text", "", []string{"Drivers of migration"}, func() *jsonschema.Schema {
		return &jsonschema.Schema{Types: []string{"string", "number", "boolean"}}
	}},
	{"number", "a whole number", "a whole number such as 12", []string{"12"}, func() *jsonschema.Schema {
		return &jsonschema.Schema{Types: []string{"integer", "string"}, Minimum: at(0), Maximum: at(source.MostCount), Pattern: `^` + number + `$`}
	}},
	{"decimal", "a number, with a point where it needs one", "a number such as 46.23", []string{"46.23", "-73.97"}, func() *jsonschema.Schema {
		return &jsonschema.Schema{Types: []string{"number", "string"}, Minimum: at(-1e6), Maximum: at(1e6), Pattern: `^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)$`}
	}},
	{"yes-or-no", "yes or no", "yes or no", []string{"yes", "no"}, func() *jsonschema.Schema {
		return &jsonschema.Schema{Types: []string{"boolean", "string"}, Pattern: `^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$`}
	}},
	{"day", "year, month and day", "a day such as 2017-05-08", []string{"2017-05-08"}, func() *jsonschema.Schema {
		return &jsonschema.Schema{Type: "string", Pattern: `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`}
	}},
	{"range", "a stretch of days, first and last included; a day or a month alone is one too", "days such as 2017-04-18..2017-05-31, 2017-05-08 or 2017-05",
		[]string{"2017-04-18..2017-05-31", "2017-04..2017-11", "2017-05", "2017-05-08"}, func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "string", Pattern: `^[ ]*` + edge + `[ ]*(\.\.[ ]*` + edge + `[ ]*)?$`}
		}},
	{"duration", "a number of days, working days or weeks; a bare number counts days", "a duration such as 3 days, 10 working days or 6 weeks",
		[]string{"3 days", "10 working days", "6 weeks", "3"}, func() *jsonschema.Schema {
			return &jsonschema.Schema{Types: []string{"string", "integer"}, Minimum: at(0), Maximum: at(calendar.MostDays), Pattern: `^[ ]*[0-9]{1,6}([ ]+` + unit + `)?[ ]*$`}
		}},
	{"week", "days of the week", "a working week such as mon-fri", []string{"mon-fri", "sun-thu", "mon tue thu"}, func() *jsonschema.Schema {
		return &jsonschema.Schema{Type: "string", Pattern: `^[ ,]*` + weekdays + `(-` + weekdays + `)?([ ,]+` + weekdays + `(-` + weekdays + `)?)*[ ,]*$`}
	}},
	{"stretch", "how long something takes within a day: a number of slots or of minutes", "a length such as 4 slots or 90 minutes", []string{"4 slots", "90 minutes", "2 hours"}, func() *jsonschema.Schema {
		return &jsonschema.Schema{Type: "string", Pattern: `^[ ]*[0-9]{1,4}[ ]+(slots?|minutes?|hours?)[ ]*$`}
	}},
	{"count", "a number, or from one to another, either end open", "a count such as 3, 2..3, 1.. or ..4", []string{"3", "2..3", "1..", "..4"}, func() *jsonschema.Schema {
		return &jsonschema.Schema{Types: []string{"integer", "string"}, Minimum: at(0), Maximum: at(source.MostCount), Pattern: `^[ ]*` + countOf + `[ ]*$`}
	}},
	{"gap", "a distance, as a count with a unit", "a gap such as 1..10 days or 5.. working days", []string{"1..10 days", "5.. working days", "2 weeks"}, func() *jsonschema.Schema {
		return &jsonschema.Schema{Types: []string{"string", "integer"}, Minimum: at(0), Maximum: at(calendar.MostDays), Pattern: `^[ ]*` + gapOf + `([ ]+` + unit + `)?[ ]*$`}
	}},
}

func at(x float64) *float64 { return &x }

// define adds the definitions of all texts.
func define(defs map[string]*jsonschema.Schema) {
	for _, x := range texts {
		s := x.schema()
		if x.mistake != "" {
			s.Extra = map[string]any{"patternErrorMessage": "write " + x.mistake}
		}
		defs[x.name] = s
	}
}
