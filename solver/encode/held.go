package encode

import "plenary/model/rule"

func held(c *Context, r *rule.Held) {
	for _, x := range c.V.Some(r.Sessions) {
		c.Add(1, x.Held().Not())
	}
}
