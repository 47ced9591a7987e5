// Package letter writes a plan as tables that paste into a letter to
// delegations: the calendar, the documents, who sits where by group, the days
// used, and what the plan costs by tier and how far that is proven.
//
//	letter.Write(os.Stdout, s, instances, p, verdict, letter.Text, english)
package letter
