// Package foreign knows the formats of the instances that others published,
// and tells them apart by their content.
//
//	format, ok := foreign.Guess(src)
//	instance, problems := format.Read("comp01.ctt", src)
package foreign
