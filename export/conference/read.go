package conference

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"plenary/export/xlsx"
	"plenary/model/diag"
)

// Sheets are the sheets by which such a workbook is known.
var Sheets = []string{"Configuration", "Timeslots", "Rooms", "Speakers", "Talks"}

// unavailableFill is the colour that marks a timeslot in which a room or a
// speaker is not available: the darkest grey but one of the Tango palette.
const unavailableFill = "555753"

// pauseLine is the line of the configuration that is no constraint.
const pauseLine = "Minimum consecutive talks pause in minutes"

// reading is one run of Read.
type reading struct {
	book     *xlsx.Book
	problems diag.List
	types    []string
	timeTags []string
	roomTags []string
	rooms    []string
	speakers []string
	codes    []string
	out      *Conference
}

// Read reads a workbook. Each mistake is a problem with its sheet and cell; the
// conference is nil when there is one.
func Read(file string, src []byte) (*Conference, diag.List) {
	book, problems := xlsx.Open(file, src)
	if book == nil {
		return nil, problems
	}
	r := &reading{
		book: book,
		out:  &Conference{File: file, Weights: map[string]Weight{}, src: src},
	}
	for _, read := range []struct {
		sheet string
		rows  func(*xlsx.Sheet)
	}{
		{"Configuration", r.configuration},
		{"Timeslots", r.timeslots},
		{"Rooms", r.roomList},
		{"Speakers", r.speakerList},
		{"Talks", r.talks},
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

var weightForm = regexp.MustCompile(`^(\d{1,9})hard/(\d{1,9})medium/(\d{1,9})soft$`)

func (r *reading) configuration(sheet *xlsx.Sheet) {
	head := 0
	paused := false
	for ; head < sheet.Rows() && sheet.Cell(head, 0).Text != "Constraint"; head++ {
		switch sheet.Cell(head, 0).Text {
		case "Conference name":
			r.out.Name = sheet.Cell(head, 1).Text
		case pauseLine:
			paused = true
			r.out.Pause = sheet.Cell(head, 1).Number(0, 24*60, &r.problems)
		}
	}
	if !paused {
		r.problems.Add(sheet.Cell(0, 0).Place, fmt.Sprintf("the line %q is missing", pauseLine), "add it above the constraints, with a number in the second column")
	}
	columns := sheet.Columns(head, []string{"Constraint", "Score weight"}, &r.problems)
	sheet.Each(head, xlsx.MostRows, &r.problems, func(row int) {
		cell := sheet.Cell(row, columns["Constraint"])
		if !slices.Contains(constraints, cell.Text) {
			r.problems.Add(cell.Place, fmt.Sprintf("there is no constraint %q", diag.Shorten(cell.Text)), diag.Suggest(cell.Text, constraints, "take the line out"))
			return
		}
		weight := sheet.Cell(row, columns["Score weight"])
		w := Weight{place: weight.Place}
		parts := weightForm.FindStringSubmatch(weight.Text)
		for i := range w.Levels {
			if parts != nil {
				w.Levels[i], _ = strconv.Atoi(parts[i+1])
			}
		}
		if parts == nil || max(w.Levels[0], w.Levels[1], w.Levels[2]) > mostWeight {
			r.problems.Add(weight.Place, fmt.Sprintf("%q is not a weight up to %d", diag.Shorten(weight.Text), mostWeight), "for example  1hard/0medium/0soft")
		}
		r.out.Weights[cell.Text] = w
	})
	for _, name := range constraints {
		if _, there := r.out.Weights[name]; !there && !r.problems.Full() {
			r.problems.Add(sheet.Cell(head, 0).Place, fmt.Sprintf("the weight of %q is missing", name), "add a line for it; 0hard/0medium/0soft where it does not matter")
		}
	}
}

func (r *reading) timeslots(sheet *xlsx.Sheet) {
	columns := sheet.Columns(0, []string{"Day", "Start", "End", "Talk types", "Tags"}, &r.problems)
	sheet.Each(0, MostTimeslots, &r.problems, func(row int) {
		day, isDay := sheet.Cell(row, columns["Day"]).Day(&r.problems)
		from, isFrom := sheet.Cell(row, columns["Start"]).Clock(&r.problems)
		to, isTo := sheet.Cell(row, columns["End"]).Clock(&r.problems)
		if !isDay || !isFrom || !isTo {
			return
		}
		t := Timeslot{Day: day, From: from, To: to}
		if to <= from {
			r.problems.Add(sheet.Cell(row, columns["End"]).Place, fmt.Sprintf("the timeslot ends at %s and starts at %s", to, from), "a timeslot ends after it starts")
		}
		if slices.ContainsFunc(r.out.Timeslots, func(o Timeslot) bool { return o.Day == day && o.From == from && o.To == to }) {
			r.problems.Add(sheet.Cell(row, columns["Day"]).Place, "this timeslot stands here for the second time", "name all its talk types in one line")
		}
		types := sheet.Cell(row, columns["Talk types"])
		t.Types = types.List(&r.problems)
		if len(t.Types) == 0 {
			r.problems.Add(types.Place, "the timeslot has no talk type", "name the types of talks that fit here")
		}
		t.Tags = sheet.Cell(row, columns["Tags"]).List(&r.problems)
		r.types = added(r.types, t.Types)
		r.timeTags = added(r.timeTags, t.Tags)
		r.out.Timeslots = append(r.out.Timeslots, t)
	})
	if len(r.out.Timeslots) == 0 && len(r.problems) == 0 {
		r.problems.Add(sheet.Cell(0, 0).Place, "there is no timeslot", "list the timeslots below the headings")
	}
}

func (r *reading) roomList(sheet *xlsx.Sheet) {
	headings := []string{"Name", "Capacity", "Talk types", "Tags"}
	columns := sheet.Columns(1, headings, &r.problems)
	sheet.Each(1, MostRooms, &r.problems, func(row int) {
		name, ok := sheet.Cell(row, columns["Name"]).NewName(r.rooms, &r.problems)
		if !ok {
			return
		}
		r.rooms = append(r.rooms, name)
		room := Room{Name: name, Seats: sheet.Cell(row, columns["Capacity"]).Number(1, mostNumber, &r.problems)}
		room.Types = r.known(sheet.Cell(row, columns["Talk types"]), "talk type", r.types)
		room.Tags = sheet.Cell(row, columns["Tags"]).List(&r.problems)
		r.roomTags = added(r.roomTags, room.Tags)
		room.Unavailable = r.unavailable(sheet, row, len(headings))
		r.out.Rooms = append(r.out.Rooms, room)
	})
	if len(r.out.Rooms) == 0 && len(r.problems) == 0 {
		r.problems.Add(sheet.Cell(1, 0).Place, "there is no room", "list the rooms below the headings")
	}
}

func (r *reading) speakerList(sheet *xlsx.Sheet) {
	headings := append([]string{"Name"}, wishHeadings...)
	columns := sheet.Columns(1, headings, &r.problems)
	sheet.Each(1, MostSpeakers, &r.problems, func(row int) {
		name, ok := sheet.Cell(row, columns["Name"]).NewName(r.speakers, &r.problems)
		if !ok {
			return
		}
		r.speakers = append(r.speakers, name)
		s := Speaker{Name: name, Unavailable: r.unavailable(sheet, row, len(headings))}
		s.Timeslot, s.Room = r.wishes(sheet, row, columns)
		r.out.Speakers = append(r.out.Speakers, s)
	})
}

var wishHeadings = []string{
	"Required timeslot tags", "Preferred timeslot tags", "Prohibited timeslot tags", "Undesired timeslot tags",
	"Required room tags", "Preferred room tags", "Prohibited room tags", "Undesired room tags",
}

// wishes reads the eight columns of tags.
func (r *reading) wishes(sheet *xlsx.Sheet, row int, columns map[string]int) (times, rooms Wishes) {
	for i, to := range []*[]string{
		&times.Required, &times.Preferred, &times.Prohibited, &times.Undesired,
		&rooms.Required, &rooms.Preferred, &rooms.Prohibited, &rooms.Undesired,
	} {
		tags, what := r.timeTags, "timeslot tag"
		if i >= 4 {
			tags, what = r.roomTags, "room tag"
		}
		*to = r.known(sheet.Cell(row, columns[wishHeadings[i]]), what, tags)
	}
	return times, rooms
}

// known reads values that another sheet introduces.
func (r *reading) known(cell xlsx.Cell, what string, names []string) []string {
	var out []string
	for _, at := range cell.FindAll(what, names, &r.problems) {
		out = append(out, names[at])
	}
	return out
}

// unavailable reads the columns of the timeslots, which follow the headings in
// their order: a cell filled in dark grey means not available.
func (r *reading) unavailable(sheet *xlsx.Sheet, row, headings int) map[int]bool {
	out := map[int]bool{}
	for t := range r.out.Timeslots {
		cell := sheet.Cell(row, headings+t)
		if cell.Text != "" {
			r.problems.Add(cell.Place, "the cell should be empty", "place talks on the sheet Talks; fill this cell in dark grey where the timeslot is not available")
		}
		switch fill := sheet.Fill(row, headings+t); fill {
		case "", "FFFFFF":
		case unavailableFill:
			out[t] = true
		default:
			r.problems.Add(cell.Place, fmt.Sprintf("the colour #%s means nothing here", fill), "use no colour, or #"+unavailableFill+" where the timeslot is not available")
		}
	}
	return out
}

// added appends the values that are not there yet.
func added(list, values []string) []string {
	for _, v := range values {
		if !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}
