// Package html writes a plan's report as one page that needs no other file, no
// script and no network: to read in a browser, on a telephone, aloud, or on A4.
//
//	err := html.Write(w, report.Of(s, instances, p, verdict, l))
package html
