// Package schema writes down the scenario language for others: as JSON Schema
// for editors that complete and check while one types, and as the reference
// part of the manual. Both come from the struct tags that the reader itself
// decodes by, so that they cannot say anything else.
//
//	src, err := schema.Scenario()
//	text := schema.Reference()
package schema
