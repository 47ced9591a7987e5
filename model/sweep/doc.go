// Package sweep is a sweep as plain data: the file that says which what-ifs of a
// scenario to ask, the cases it stands for, the job that each case is, named by a
// hash of all that its answer depends on, and the answers.
//
//	s, problems := sweep.Read("gcm-sweep.yaml", src)
//	for _, c := range s.Cases() { … }
package sweep
