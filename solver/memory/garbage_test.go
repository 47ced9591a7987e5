package memory

import "testing"

func TestLessGarbageLiesWhereMuchIsInUse(t *testing.T) {
	for _, c := range []struct {
		in    uint64
		usual int
		want  int
	}{
		{0, 0, 100},
		{1023 << 20, 0, 100},
		{1 << 30, 0, 8},
		{100 << 20, 200, 200},
		{2 << 30, 200, 8},
	} {
		if got := garbage(c.in, c.usual); got != c.want {
			t.Errorf("%d MiB in use, usually %d %%: %d %%, not %d %%", c.in>>20, c.usual, got, c.want)
		}
	}
}
