// Package plan is the answer as plain data: when and where each session meets,
// in which rooms, with which interpreters and who sits where; what it costs by
// tier and how far that is proven. A plan file is JSON; one written by hand
// may be YAML.
//
//	p, problems := plan.Read("gcm.plan.json", src, scenario)
package plan
