package lrat

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
)

// MostVariables bounds the variables of a formula: a line that claims more
// must not make the checker ask for gigabytes.
const MostVariables = 1 << 26

// lines gives the lines of a text one by one, without empty ones.
type lines struct {
	rest   []byte
	text   []byte
	number int // from 1
}

func (l *lines) next() bool {
	for len(l.rest) > 0 {
		l.text, l.rest, _ = bytes.Cut(l.rest, []byte{'\n'})
		l.number++
		if l.text = bytes.TrimSpace(l.text); len(l.text) > 0 {
			return true
		}
	}
	return false
}

// readFormula reads DIMACS: comments, one line "p cnf VARIABLES CLAUSES", then
// one clause a line, ended by 0.
func readFormula(formula []byte) (variables int, clauses [][]int, err error) {
	fail := func(line int, format string, a ...any) (int, [][]int, error) {
		return 0, nil, &Error{BadFormula, line, fmt.Sprintf(format, a...)}
	}
	promised, started := 0, false
	text := lines{rest: formula}
	for text.next() {
		if text.text[0] == 'c' {
			continue
		}
		if !started {
			words := bytes.Fields(text.text)
			if len(words) != 4 || string(words[0]) != "p" || string(words[1]) != "cnf" {
				return fail(text.number, "a formula begins with p cnf, the number of variables and the number of clauses")
			}
			var a, b error
			variables, a = strconv.Atoi(string(words[2]))
			promised, b = strconv.Atoi(string(words[3]))
			if a != nil || b != nil || variables < 0 || promised < 0 || variables > MostVariables {
				return fail(text.number, "the numbers of variables and clauses cannot be read")
			}
			started = true
			continue
		}
		numbers, err := integers(text.text)
		if err != nil {
			return fail(text.number, "%s", err)
		}
		clause, rest, err := literals(numbers, variables)
		if err != nil || len(rest) > 0 {
			return fail(text.number, "a clause is literals up to variable %d and then 0", variables)
		}
		clauses = append(clauses, clause)
	}
	if !started || len(clauses) != promised {
		return fail(0, "the formula promises %d clauses and has %d", promised, len(clauses))
	}
	return variables, clauses, nil
}

// step is one line of a proof: a clause with the clauses it follows from, or a
// deletion.
type step struct {
	number  int
	derives bool
	clause  []int
	hints   []int // for a deletion: what is deleted
}

// readStep reads NUMBER LITERALS 0 HINTS 0, or NUMBER d NUMBERS 0.
func readStep(line []byte, variables int) (step, error) {
	words := bytes.SplitN(line, []byte{' '}, 3)
	if len(words) == 3 && string(words[1]) == "d" {
		deleted, err := integers(words[2])
		if err != nil {
			return step{}, err
		}
		hints, rest, err := hints(deleted)
		if err != nil || len(rest) > 0 {
			return step{}, errors.New("a deletion is numbers of clauses and then 0")
		}
		return step{hints: hints}, nil
	}
	numbers, err := integers(line)
	if err != nil {
		return step{}, err
	}
	s := step{number: numbers[0], derives: true}
	if s.number < 1 {
		return step{}, errors.New("a step begins with the number of its clause")
	}
	var rest []int
	if s.clause, rest, err = literals(numbers[1:], variables); err != nil {
		return step{}, err
	}
	if s.hints, rest, err = hints(rest); err != nil {
		return step{}, err
	}
	if len(rest) > 0 {
		return step{}, errors.New("something stands after the end of the step")
	}
	return s, nil
}

// integers reads numbers set apart by spaces, at least one.
func integers(line []byte) ([]int, error) {
	words := bytes.Fields(line)
	out := make([]int, len(words))
	for i, w := range words {
		n, err := strconv.Atoi(string(w))
		if err != nil {
			return nil, fmt.Errorf("%.20q is no whole number", w)
		}
		out[i] = n
	}
	if len(out) == 0 {
		return nil, errors.New("numbers are missing")
	}
	return out, nil
}

// literals takes literals up to the 0 that ends them.
func literals(numbers []int, variables int) (clause, rest []int, err error) {
	for i, n := range numbers {
		if n == 0 {
			return numbers[:i:i], numbers[i+1:], nil
		}
		if n > variables || n < -variables {
			return nil, nil, fmt.Errorf("literal %d is of no variable of the formula", n)
		}
	}
	return nil, nil, errors.New("the 0 that ends a clause is missing")
}

// hints takes numbers of clauses up to the 0 that ends them.
func hints(numbers []int) (out, rest []int, err error) {
	for i, n := range numbers {
		if n == 0 {
			return numbers[:i:i], numbers[i+1:], nil
		}
		if n < 0 {
			return nil, nil, errors.New("the step is of the kind RAT, which this checker refuses")
		}
	}
	return nil, nil, errors.New("the 0 that ends the hints is missing")
}
