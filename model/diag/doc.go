// Package diag holds what is wrong with an input: where, what, and how to mend
// it. Readers collect problems beside the value they read and return early only
// when nothing more can be read; cmd prints them, sorted by place.
//
//	problems.Add(node.Place(), "ends before it starts", "swap the two dates")
//	problems.Write(os.Stderr)
package diag
