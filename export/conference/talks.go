package conference

import (
	"fmt"
	"slices"
	"strings"

	"plenary/export/xlsx"
	"plenary/model/diag"
)

var talkHeadings = slices.Concat([]string{
	"Code", "Title", "Talk type", "Speakers", "Theme track tags", "Sector tags", "Audience types", "Audience level", "Content tags", "Language",
}, wishHeadings, []string{
	"Mutually exclusive talks tags", "Prerequisite talks codes", "Favorite count", "Crowd control risk", "Pinned by user",
	"Timeslot day", "Start", "End", "Room", "Published Timeslot", "Published Start", "Published End", "Published Room",
})

func (r *reading) talks(sheet *xlsx.Sheet) {
	columns := sheet.Columns(0, talkHeadings, &r.problems)
	r.out.columns = columns
	if len(r.problems) > 0 {
		return // what the talks refer to may be missing
	}
	before := map[int]xlsx.Cell{} // prerequisites, by talk
	sheet.Each(0, MostTalks, &r.problems, func(row int) {
		cell := func(heading string) xlsx.Cell { return sheet.Cell(row, columns[heading]) }
		code, ok := cell("Code").NewName(r.codes, &r.problems)
		if !ok {
			return
		}
		r.codes = append(r.codes, code)
		before[len(r.out.Talks)] = cell("Prerequisite talks codes")
		t := Talk{Code: code, Title: cell("Title").Text, Language: cell("Language").Text}
		if at := cell("Talk type").Find("talk type", r.types, &r.problems); at >= 0 {
			t.Type = r.types[at]
		} else if cell("Talk type").Text == "" {
			r.problems.Add(cell("Talk type").Place, "the talk has no type", "name a type of the sheet Timeslots")
		}
		t.Speakers = cell("Speakers").FindAll("speaker", r.speakers, &r.problems)
		t.Themes = cell("Theme track tags").List(&r.problems)
		t.Sectors = cell("Sector tags").List(&r.problems)
		t.Audiences = cell("Audience types").List(&r.problems)
		t.Level = cell("Audience level").Number(1, mostNumber, &r.problems)
		t.Contents = cell("Content tags").List(&r.problems)
		t.Timeslot, t.Room = r.wishes(sheet, row, columns)
		t.Exclusive = cell("Mutually exclusive talks tags").List(&r.problems)
		t.Favorites = cell("Favorite count").Number(0, mostNumber, &r.problems)
		t.Crowd = cell("Crowd control risk").Number(0, mostNumber, &r.problems)
		assigned := Assignment{r.timeslot(cell("Timeslot day"), cell("Start"), cell("End")), cell("Room").Find("room", r.rooms, &r.problems)}
		t.Published = Assignment{r.timeslot(cell("Published Timeslot"), cell("Published Start"), cell("Published End")), cell("Published Room").Find("room", r.rooms, &r.problems)}
		switch pinned := cell("Pinned by user"); strings.ToUpper(pinned.Text) {
		case "1", "TRUE":
			t.Pinned = true
			if assigned.Timeslot < 0 || assigned.Room < 0 {
				r.problems.Add(pinned.Place, "the talk is pinned and has no place", "say its timeslot and room, or unpin it")
			} else if !slices.Contains(r.out.Timeslots[assigned.Timeslot].Types, t.Type) {
				r.problems.Add(cell("Timeslot day").Place, fmt.Sprintf("the talk is pinned to a timeslot without talks of type %q", t.Type), "choose another timeslot, or add the talk type to this one")
			}
		case "", "0", "FALSE":
		default:
			r.problems.Add(pinned.Place, fmt.Sprintf("%q is neither true nor false", diag.Shorten(pinned.Text)), "write TRUE or FALSE")
		}
		r.out.Talks = append(r.out.Talks, t)
		r.out.rows = append(r.out.rows, row)
		r.out.Assigned = append(r.out.Assigned, assigned)
	})
	for i := range r.out.Talks {
		for _, t := range before[i].FindAll("talk", r.codes, &r.problems) {
			if t == i {
				r.problems.Add(before[i].Place, "a talk cannot come before itself", "take its own code out")
				continue
			}
			r.out.Talks[i].Before = append(r.out.Talks[i].Before, t)
		}
	}
	if len(r.out.Talks) == 0 && len(r.problems) == 0 {
		r.problems.Add(sheet.Cell(0, 0).Place, "there is no talk", "list the talks below the headings")
	}
}

// timeslot reads a timeslot by day, start and end; -1 where all are empty.
func (r *reading) timeslot(day, start, end xlsx.Cell) int {
	if day.Text == "" && start.Text == "" && end.Text == "" {
		return -1
	}
	d, isDay := day.Day(&r.problems)
	from, isFrom := start.Clock(&r.problems)
	to, isTo := end.Clock(&r.problems)
	if !isDay || !isFrom || !isTo {
		return -1
	}
	at := slices.IndexFunc(r.out.Timeslots, func(t Timeslot) bool { return t.Day == d && t.From == from && t.To == to })
	if at < 0 {
		r.problems.Add(day.Place, fmt.Sprintf("there is no timeslot on %s from %s to %s", d, from, to), "name one of the sheet Timeslots")
	}
	return at
}
