// Package roster holds the tables of those who can fill seats: Member States,
// organizations, stakeholder groups, with any columns a planner keeps.
//
//	lines, problems := roster.ReadCSV("experts.csv", src)
//	table, more := roster.Read(lines, "id", "name")
//	table.Members[0].Has("profile", "origin")
package roster
