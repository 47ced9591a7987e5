// Package meetings reads the workbooks of the example "meeting scheduling" of
// OptaPlanner and of Timefold: meetings of given length, with people required
// and preferred, to be placed on grains of 15 minutes and in rooms.
//
// The form and the constraints are those of the example's own source
// (MeetingSchedulingXlsxFileIO and MeetingSchedulingConstraintProvider of
// optaplanner-examples 9.44.0); Timefold's example counts alike.
//
//	schedule, problems := meetings.Read("50meetings.xlsx", src)
//	schedule.Scenario()
package meetings
