// Package picture draws plans: what timelines, heat maps and charts have in
// common, and the pictures of a report, as SVG and PNG.
//
//	p, ok := picture.Timeline(r)
//	err = p.Write(w, "svg")
package picture
