// Package xlsx writes a plan's report as an Excel workbook, and reads workbooks:
// a single table, for rosters, holidays and translations, or any cell of any
// sheet with its place as sheet!cell and its colour.
//
//	err := xlsx.Write(w, report.Of(s, instances, p, verdict, l))
//	sheet, err := xlsx.Read("experts.xlsx", src)
//
//	book, problems := xlsx.Open("talks.xlsx", src)
//	talks := book.Sheet("Talks", &problems)
//	talks.Cell(0, 0).Text
package xlsx
