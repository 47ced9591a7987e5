// Package scarce says what one more room or interpretation team would save,
// station by station and week by week, by planning again with it.
package scarce
