package main

import "strings"

// phrases say what the keys of a scenario stand for, as a planner would ask for
// it. Keys of rules have none: a rule is told by its sentence.
var phrases = map[string]string{
	"after":             "what it waits for",
	"at":                "where it may meet",
	"attendees":         "people expected",
	"away":              "when the officer is away",
	"based":             "home station",
	"before":            "what it must precede",
	"between":           "when it may take place",
	"booths":            "interpretation booths",
	"busy":              "calendars of others",
	"by":                "by",
	"chaired-by":        "who chairs it",
	"change":            "changes of another scenario",
	"closed":            "when it is closed",
	"coordinates":       "position on the map",
	"count":             "how many there are",
	"days":              "days",
	"deadline":          "latest day of issue",
	"documents":         "documents",
	"events":            "events of others",
	"extends":           "the scenario it changes",
	"file":              "file it is read from",
	"from":              "who may sit there",
	"gap":               "time between the two",
	"holidays":          "official holidays",
	"id":                "short name",
	"id-column":         "column of short names",
	"include":           "libraries used",
	"interpretation":    "interpretation",
	"invited":           "who would like to be there",
	"join":              "tables joined to it",
	"kind":              "kind of meeting",
	"languages":         "languages",
	"lasts":             "how long it lasts",
	"mandate":           "paragraph",
	"meetings":          "meetings",
	"meetings-per-week": "meetings a team serves in a week",
	"members":           "members",
	"name-column":       "column of names",
	"named":             "rooms with these names",
	"note":              "note",
	"observances":       "days better avoided",
	"of":                "what it speaks of",
	"off":               "when teams are missing",
	"officers":          "officers",
	"on":                "days on which it exists",
	"optional":          "may be left out",
	"people":            "who must be there",
	"period":            "period of the process",
	"phases":            "phases",
	"pin":               "what is decided already",
	"place":             "address",
	"plenary":           "version of the language",
	"priorities":        "priorities",
	"processing":        "editing and translation before issue",
	"programme":         "programme",
	"programmes":        "programmes",
	"room":              "room needed",
	"rooms":             "rooms",
	"rosters":           "rosters",
	"rules":             "rules",
	"seats":             "seats",
	"sessions":          "sessions",
	"slot":              "half-day it starts in",
	"slots":             "meeting times",
	"start":             "first day",
	"starts":            "times at which it may start",
	"stations":          "stations",
	"tagged":            "rooms with these words",
	"tags":              "words it is found by",
	"takes":             "working days it needs",
	"teams":             "teams",
	"tier":              "priority",
	"times":             "hours",
	"title":             "title",
	"titles":            "titles of its meetings",
	"translations":      "translations",
	"travel-days":       "travel days between stations",
	"unavailable":       "tables of absences and closures",
	"week":              "working week",
	"weight":            "price of one unit",
	"where":             "only members with",
	"within":            "stretch of days it lies in",
	"writer":            "who writes it",
	"zone":              "time zone",
}

// phrase says what a path of keys stands for; names of rooms, seats and the like
// stay as they are.
func phrase(path []string) string {
	var parts []string
	for _, key := range path {
		if text, known := phrases[key]; known {
			key = text
		}
		parts = append(parts, key)
	}
	return strings.Join(parts, ", ")
}
