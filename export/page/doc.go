// Package page holds how pages look that compare plans or what-ifs: for screens,
// for readers who enlarge or listen, and on A4.
package page

import (
	_ "embed"
	"html/template"
)

//go:embed style.css
var style string

// Style is the style of a page, to stand between <style> and </style>.
var Style = template.CSS(style)
