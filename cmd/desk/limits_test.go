package desk_test

import (
	"bufio"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plenary/cmd/desk"
)

// Of pages that are told of changes there are so many at a time, and no more; what
// closes makes room.
func TestSoManyPagesAreToldOfChanges(t *testing.T) {
	address := serve(t, resolution(t), "en")
	watch := func() *http.Response {
		response, err := http.Get(address + "/events")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { response.Body.Close() })
		return response
	}
	for range 100 {
		if response := watch(); response.StatusCode != http.StatusOK || !bufio.NewScanner(response.Body).Scan() {
			t.Fatal(response.Status)
		}
	}
	if response := watch(); response.StatusCode != http.StatusTooManyRequests {
		t.Errorf("one more: %s", response.Status)
	}
}

func TestAJournalJustOverItsLimitIsRefused(t *testing.T) {
	file := resolution(t)
	folder := begun(t, file)
	name := filepath.Join(folder, "journal.jsonl")
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(name, 256<<20+1); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Open(file, folder, "plenary test", "en", read); err == nil || !strings.Contains(err.Error(), "the journal is full, with 256 MiB") {
		t.Errorf("%v", err)
	}
	if err := os.Truncate(name, info.Size()); err != nil {
		t.Fatal(err)
	}
	d, err := desk.Open(file, folder, "plenary test", "en", read)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}
