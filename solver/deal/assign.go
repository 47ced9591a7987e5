package deal

// impossible is the cost of what cannot be.
const impossible = 1 << 60

// assign gives every row a column of its own so that the sum of costs is least:
// the column of each row, or -1 for all when some row can have none. Costs other
// than impossible are not negative, and their sum stays below it.
//
// Shortest augmenting paths with potentials: Harold W. Kuhn, The Hungarian method
// for the assignment problem, 1955; Roy Jonker and Anton Volgenant, A shortest
// augmenting path algorithm for dense and sparse linear assignment problems, 1987.
func assign(costs [][]int) []int {
	rows := len(costs)
	out := make([]int, rows)
	if rows == 0 {
		return out
	}
	columns := len(costs[0])
	// Rows and columns are numbered from 1; 0 is none.
	ofRow, ofColumn := make([]int, rows+1), make([]int, columns+1) // potentials
	taken, before := make([]int, columns+1), make([]int, columns+1)
	for row := 1; row <= rows; row++ {
		distance, done := make([]int, columns+1), make([]bool, columns+1)
		for k := range distance {
			distance[k] = impossible
		}
		taken[0] = row
		at := 0
		for taken[at] != 0 {
			done[at] = true
			from, step, next := taken[at], impossible, -1
			for k := 1; k <= columns; k++ {
				if done[k] {
					continue
				}
				if cost := costs[from-1][k-1]; cost < impossible {
					if reduced := cost - ofRow[from] - ofColumn[k]; reduced < distance[k] {
						distance[k], before[k] = reduced, at
					}
				}
				if distance[k] < step {
					step, next = distance[k], k
				}
			}
			if next < 0 {
				for i := range out {
					out[i] = -1
				}
				return out
			}
			for k := range done {
				switch {
				case done[k]:
					ofRow[taken[k]] += step
					ofColumn[k] -= step
				case distance[k] < impossible:
					distance[k] -= step
				}
			}
			at = next
		}
		for at != 0 {
			taken[at] = taken[before[at]]
			at = before[at]
		}
	}
	for k := 1; k <= columns; k++ {
		if taken[k] > 0 {
			out[taken[k]-1] = k - 1
		}
	}
	return out
}
