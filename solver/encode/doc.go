// Package encode says rules to the SAT solver, one file per rule, under the
// names of package rule. An encoder describes the excess of its rule as terms:
// so much excess when all of some literals hold. A hard constraint forbids the
// terms, a soft one prices them; the encoder knows neither.
//
//	c := encode.New(v, hard)
//	encode.Encoders["window"](c, r)
//	for _, t := range c.Terms() { ... }
package encode
