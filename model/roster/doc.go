// Package roster holds the tables of those who can fill seats: Member States,
// organizations, stakeholder groups, with any columns a planner keeps.
//
//	table, problems := roster.ReadCSV("experts.csv", src, "id", "name")
//	table.Members[0].Has("profile", "origin")
package roster
