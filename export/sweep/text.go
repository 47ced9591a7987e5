package sweep

import (
	"fmt"
	"io"
	"strings"
)

// Limits of what is printed in the terminal; the files say all.
const (
	mostNoGos     = 12
	mostConflicts = 3
	mostFront     = 10
)

// Text writes the outcome in a few lines: how many have a plan, which changes
// leave none and why, and what nothing beats.
func (o Outcome) Text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s.\n", o.Title, o.Counts())
	nogos := o.NoGos()
	for i, n := range nogos {
		if i == 0 {
			fmt.Fprintf(&b, "\n%s\n\n", o.Whenever())
		}
		if i == mostNoGos {
			fmt.Fprintf(&b, "  and %d more\n", len(nogos)-i)
			break
		}
		fmt.Fprintf(&b, "  - %s (%s)\n", strings.Join(n.Levels, ", and "), counted(n.Cases, "what-if"))
	}
	conflicts := o.Conflicts()
	for i, c := range conflicts {
		if i == mostConflicts {
			fmt.Fprintf(&b, "\nand %s more\n", counted(len(conflicts)-i, "conflict"))
			break
		}
		fmt.Fprintf(&b, "\nIn %s these cannot all hold together%s:\n\n", counted(len(c.Rows), "what-if"), c.Figures())
		for _, x := range c.Reason.Rules {
			fmt.Fprintf(&b, "  - %s\n", x.Text)
		}
		for _, x := range c.Reason.Background {
			fmt.Fprintf(&b, "    (%s)\n", x)
		}
	}
	front, tiers := o.Front(), o.Tiers()
	if len(front) > 0 && len(tiers) > 0 {
		fmt.Fprintf(&b, "\nNo plan beats these, costs by tier:\n\n")
	}
	for i, r := range front {
		if len(tiers) == 0 {
			break
		}
		if i == mostFront {
			fmt.Fprintf(&b, "  and %d more\n", len(front)-i)
			break
		}
		fmt.Fprintf(&b, "  %s  no. %d: %s\n", strings.Join(r.costs(tiers), ", "), r.Case.Number, o.Label(r))
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write the outcome: %w", err)
	}
	return nil
}

// List writes the what-ifs, a line each: number, and what is changed.
func (o Outcome) List(w io.Writer) error {
	var b strings.Builder
	for _, r := range o.Rows {
		fmt.Fprintf(&b, "%d\t%s\n", r.Case.Number, o.Label(r))
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write the what-ifs: %w", err)
	}
	return nil
}
