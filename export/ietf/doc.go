// Package ietf reads the session requests of an IETF meeting, as the datatracker
// keeps them and its automatic schedule builder uses them: groups that ask for
// sessions, whom they must not clash with, and the times and rooms there are.
//
// The penalties are those of the builder (generate_schedule.py of the
// datatracker): see Penalties. Its further rules on areas and new groups need
// data that is not in the file.
//
//	meeting, problems := ietf.Read("ietf106.json", src)
//	meeting.Scenario()
package ietf
