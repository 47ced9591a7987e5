// Package browsed shows pages to a real browser, for tests.
//
//	browsed.Accessible(t, page)
package browsed
