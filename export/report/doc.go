// Package report gathers what a planner and a delegation read of a plan, in one
// of the six official languages: the programme, who sits where, how each
// paragraph is complied with and what is left in hand, balances, deadlines,
// interpretation and costs. All writers of reports (html, xlsx, JSON, CSV,
// Markdown) print this and add nothing.
//
//	r := report.Of(s, instances, p, verdict, l)
//	err := r.JSON(os.Stdout)
//
// Titles and names are translated as far as the scenario has translations; the
// sentences of rules and findings are English in every language.
package report
