// Package ctt reads curriculum-based course timetabling, the .ctt format made for
// track 3 of the International Timetabling Competition 2007: lectures of courses
// in periods and rooms, with teachers and curricula.
//
// The form and the costs (formulation UD2) are those of Di Gaspero, McCollum and
// Schaerf, The Second International Timetabling Competition (ITC-2007): Curriculum-based
// Course Timetabling (Track 3), 2007, and of its solution validator.
//
//	instance, problems := ctt.Read("comp01.ctt", src)
//	instance.Scenario()
package ctt
