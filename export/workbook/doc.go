// Package workbook reads xlsx files cell by cell, each cell with its place as
// sheet!cell, within limits of size. What the cells mean is for the packages
// that use it.
//
//	book, problems := workbook.Open("talks.xlsx", src)
//	talks := book.Sheet("Talks", &problems)
//	talks.Cell(0, 0).Text
package workbook
