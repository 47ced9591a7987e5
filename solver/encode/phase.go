package encode

import "plenary/model/rule"

func phase(c *Context, r *rule.Phase) { within(c, r.Sessions, r.Between) }
