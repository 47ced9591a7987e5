// Package conference reads the workbooks of the example "conference scheduling"
// of OptaPlanner and of Timefold: talks to be placed in timeslots and rooms, with
// speakers, tags, tracks, prerequisites and some forty weighted constraints.
//
// The form and the constraints are those of the example's own source
// (ConferenceSchedulingXlsxFileIO, ConferenceSchedulingConstraintProvider and the
// classes Talk and Timeslot of optaplanner-examples 9.44.0); Timefold's example
// counts alike.
//
//	conference, problems := conference.Read("72talks.xlsx", src)
//	conference.Scenario()
package conference
