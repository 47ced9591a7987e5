// Package sweep shows what came of a sweep: which changes make the scenario
// impossible and by which rules, what each change costs, and which what-ifs
// nothing beats, as text, CSV, a workbook, JSON, and one page.
//
//	err := sweep.Outcome{Sweep: s, Rows: rows}.HTML(w)
package sweep
