package scenario

import "testing"

// A room's name belongs to the kind that gives it, to the letter.
func TestRoomsAreKnownByTheNamesThatTheirKindGives(t *testing.T) {
	two := 2
	st := Station{Rooms: []Room{{ID: "hall"}, {ID: "room", Count: &two}, {ID: "room 1 b"}}}
	for i := range st.Rooms {
		for _, name := range st.Rooms[i].Names() {
			if st.RoomNamed(name) != &st.Rooms[i] {
				t.Errorf("%q is not of kind %q", name, st.Rooms[i].ID)
			}
		}
	}
	for _, name := range []string{"", "room", "room ", "room 0", "room 3", "room 01", "room +1", "room 1 ", "Room 1", "hall 1"} {
		if st.RoomNamed(name) != nil {
			t.Errorf("%q is a room", name)
		}
	}
}
