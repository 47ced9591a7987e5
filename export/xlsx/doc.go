// Package xlsx reads tables from Excel workbooks, for rosters, holidays and
// translations.
//
//	sheet, err := xlsx.Read("experts.xlsx", src)
package xlsx
