package encode

import (
	"plenary/model/rule"
)

func attendance(c *Context, r *rule.Attendance) { atOnce(c, r.Sessions) }
