package meetings

import (
	"fmt"
	"slices"

	"plenary/export/xlsx"
	"plenary/model/diag"
)

// Sheets are the sheets by which such a workbook is known.
var Sheets = []string{"Configuration", "Days", "Rooms", "Persons", "Meetings"}

// reading is one run of Read.
type reading struct {
	book     *xlsx.Book
	problems diag.List
	rooms    []string
	out      *Schedule
}

// Read reads a workbook. Each mistake is a problem with its sheet and cell; the
// schedule is nil when there is one.
func Read(file string, src []byte) (*Schedule, diag.List) {
	book, problems := xlsx.Open(file, src)
	if book == nil {
		return nil, problems
	}
	r := &reading{book: book, out: &Schedule{File: file, Weights: map[string]int{}, src: src}}
	for _, read := range []struct {
		sheet string
		rows  func(*xlsx.Sheet)
	}{
		{"Configuration", r.configuration},
		{"Days", r.days},
		{"Rooms", r.roomList},
		{"Persons", r.persons},
		{"Meetings", r.meetings},
	} {
		if sheet := book.Sheet(read.sheet, &r.problems); sheet != nil {
			read.rows(sheet)
		}
	}
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return r.out, nil
}

func (r *reading) configuration(sheet *xlsx.Sheet) {
	head := 0
	for head < sheet.Rows() && sheet.Cell(head, 0).Text != "Constraint" {
		head++
	}
	columns := sheet.Columns(head, []string{"Constraint", "Weight"}, &r.problems)
	var names []string
	for _, c := range constraints {
		names = append(names, c.name)
	}
	sheet.Each(head, xlsx.MostRows, &r.problems, func(row int) {
		cell := sheet.Cell(row, columns["Constraint"])
		if !slices.Contains(names, cell.Text) {
			r.problems.Add(cell.Place, fmt.Sprintf("there is no constraint %q", diag.Shorten(cell.Text)), diag.Suggest(cell.Text, names, "take the line out"))
			return
		}
		r.out.Weights[cell.Text] = sheet.Cell(row, columns["Weight"]).Number(0, mostWeight, &r.problems)
	})
	for _, name := range names {
		if _, there := r.out.Weights[name]; !there && !r.problems.Full() {
			r.problems.Add(sheet.Cell(head, 0).Place, fmt.Sprintf("the weight of %q is missing", name), "add a line for it; 0 where it does not matter")
		}
	}
}

func (r *reading) days(sheet *xlsx.Sheet) {
	columns := sheet.Columns(0, []string{"Day", "Start", "End", "Lunch hour start time"}, &r.problems)
	sheet.Each(0, MostDays, &r.problems, func(row int) {
		cell := sheet.Cell(row, columns["Day"])
		day, isDay := cell.Day(&r.problems)
		start, isStart := sheet.Cell(row, columns["Start"]).Clock(&r.problems)
		end, isEnd := sheet.Cell(row, columns["End"]).Clock(&r.problems)
		lunch, isLunch := sheet.Cell(row, columns["Lunch hour start time"]).Clock(&r.problems)
		if !isDay || !isStart || !isEnd || !isLunch {
			return
		}
		if end <= start {
			r.problems.Add(sheet.Cell(row, columns["End"]).Place, fmt.Sprintf("the day ends at %s and starts at %s", end, start), "a day ends after it starts")
			return
		}
		if n := len(r.out.Days); n > 0 && day <= r.out.Days[n-1].Day {
			r.problems.Add(cell.Place, fmt.Sprintf("%s is not after %s", day, r.out.Days[n-1].Day), "list the days in order, each once")
			return
		}
		r.out.Days = append(r.out.Days, Day{day, start, end, lunch})
		for from := start; from < end; from += GrainMinutes {
			if from < lunch || from >= lunch+60 {
				r.out.Grains = append(r.out.Grains, Grain{len(r.out.Days) - 1, from})
			}
		}
	})
	if len(r.out.Grains) == 0 && len(r.problems) == 0 {
		r.problems.Add(sheet.Cell(0, 0).Place, "there is no time for meetings", "list a day with its start and end")
	}
}

func (r *reading) roomList(sheet *xlsx.Sheet) {
	columns := sheet.Columns(0, []string{"Name", "Capacity"}, &r.problems)
	sheet.Each(0, MostRooms, &r.problems, func(row int) {
		if name, ok := sheet.Cell(row, columns["Name"]).NewName(r.rooms, &r.problems); ok {
			r.rooms = append(r.rooms, name)
			r.out.Rooms = append(r.out.Rooms, Room{name, sheet.Cell(row, columns["Capacity"]).Number(1, mostSeats, &r.problems)})
		}
	})
	if len(r.out.Rooms) == 0 && len(r.problems) == 0 {
		r.problems.Add(sheet.Cell(0, 0).Place, "there is no room", "list a room with its capacity")
	}
}

func (r *reading) persons(sheet *xlsx.Sheet) {
	columns := sheet.Columns(0, []string{"Full name"}, &r.problems)
	sheet.Each(0, MostPeople, &r.problems, func(row int) {
		if name, ok := sheet.Cell(row, columns["Full name"]).NewName(r.out.People, &r.problems); ok {
			r.out.People = append(r.out.People, name)
		}
	})
}

func (r *reading) meetings(sheet *xlsx.Sheet) {
	headings := []string{"Topic", "Group", "Duration", "Speakers", "Content", "Required attendance list", "Preferred attendance list", "Day", "Starting time", "Room"}
	columns := sheet.Columns(0, headings, &r.problems)
	r.out.columns = columns
	if len(r.problems) > 0 {
		return // names of people and rooms may be missing: what follows could be wrong
	}
	sheet.Each(0, MostMeetings, &r.problems, func(row int) {
		cell := func(heading string) xlsx.Cell { return sheet.Cell(row, columns[heading]) }
		m := Meeting{Topic: cell("Topic").Text}
		if m.Topic == "" {
			r.problems.Add(cell("Topic").Place, "the meeting has no topic", "write what it is about")
		}
		minutes := cell("Duration").Number(GrainMinutes, 24*60, &r.problems)
		if m.Grains = minutes / GrainMinutes; m.Grains*GrainMinutes != minutes {
			r.problems.Add(cell("Duration").Place, fmt.Sprintf("%d minutes are no multiple of %d", minutes, GrainMinutes), "meetings take whole quarters of an hour")
		}
		taken := map[int]bool{}
		m.Speakers = r.list(cell("Speakers"), taken)
		m.Required = r.list(cell("Required attendance list"), taken)
		m.Preferred = r.list(cell("Preferred attendance list"), taken)
		switch group := cell("Group"); group.Text {
		case "y", "Y": // the whole group: everybody is required
			m.Speakers, m.Required, m.Preferred = nil, nil, nil
			for p := range r.out.People {
				m.Required = append(m.Required, p)
			}
		case "", "n", "N":
		default:
			r.problems.Add(group.Place, fmt.Sprintf("%q is neither y nor empty", diag.Shorten(group.Text)), "y means that everybody must be there")
		}
		r.out.Meetings = append(r.out.Meetings, m)
		r.out.rows = append(r.out.rows, row)
		r.out.Assigned = append(r.out.Assigned, Assignment{r.start(cell("Day"), cell("Starting time")), cell("Room").Find("room", r.rooms, &r.problems)})
	})
	if len(r.out.Meetings) == 0 && len(r.problems) == 0 {
		r.problems.Add(sheet.Cell(0, 0).Place, "there is no meeting", "list the meetings below the headings")
	}
}

// list reads people who are not yet named for the meeting.
func (r *reading) list(cell xlsx.Cell, taken map[int]bool) []int {
	var out []int
	for _, p := range cell.FindAll("person", r.out.People, &r.problems) {
		if taken[p] {
			r.problems.Add(cell.Place, fmt.Sprintf("%q is named for this meeting already", diag.Shorten(r.out.People[p])), "name everybody once: as speaker, required or preferred")
			continue
		}
		taken[p] = true
		out = append(out, p)
	}
	return out
}

// start reads the grain that a meeting is placed on, -1 for none.
func (r *reading) start(day, from xlsx.Cell) int {
	if day.Text == "" && from.Text == "" {
		return -1
	}
	d, isDay := day.Day(&r.problems)
	clock, isClock := from.Clock(&r.problems)
	if !isDay || !isClock {
		return -1
	}
	at := slices.IndexFunc(r.out.Grains, func(g Grain) bool { return r.out.Days[g.Day].Day == d && g.From == clock })
	if at < 0 {
		r.problems.Add(day.Place, fmt.Sprintf("no meeting can start on %s at %s", d, clock), "name a day and a quarter of an hour of the sheet Days")
	}
	return at
}
