// Package vocab is the vocabulary of literals between sessions and rules. A
// session answers: is held, meets at a station, started by a day, ended by a
// day, meets on a day, occupies a slot, takes at least so many days, has at
// least so many meetings of a kind, a seat is taken by a class of members. A
// document answers: issued by a day. Rules are written in these alone; how a
// session is encoded inside is this package's own business.
//
//	v := vocab.New(builder, s, domains, options)
//	builder.Clause(v.Session(3).StartedBy(day).Not())
package vocab
