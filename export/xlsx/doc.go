// Package xlsx writes a plan's report as an Excel workbook, and reads tables
// from workbooks for rosters, holidays and translations.
//
//	err := xlsx.Write(w, report.Of(s, instances, p, verdict, l))
//	sheet, err := xlsx.Read("experts.xlsx", src)
package xlsx
