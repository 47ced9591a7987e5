package encode

import "plenary/model/rule"

// closedDays adds nothing: the literals of a session know only open days of
// its station.
func closedDays(*Context, *rule.ClosedDays) {}
