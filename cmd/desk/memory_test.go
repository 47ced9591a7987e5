package desk_test

import (
	"bufio"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"plenary/solver/memory"
)

// The desk stays open when a search comes to the memory limit, and says what ended
// it.
func TestASearchOnTheDeskEndsAtTheMemoryLimit(t *testing.T) {
	const limit = 256 << 20
	address := serve(t, resolution(t), "en")
	response, err := http.Get(address + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	memory.Limit(limit, nil)
	defer memory.Limit(0, nil)
	ballast := make([]byte, limit)
	if status, said := post(t, address, "alternatives", "{}"); status != http.StatusOK {
		t.Fatal(status, said)
	}
	for events := bufio.NewScanner(response.Body); !strings.Contains(state(t, address), "The search was stopped by the memory limit. More can be given with --memory-limit."); {
		runtime.GC()
		if strings.Contains(state(t, address), `"running":false`) && !strings.Contains(state(t, address), "memory limit") {
			t.Fatal("it was not stopped by the limit:", state(t, address))
		}
		if !events.Scan() {
			t.Fatal("the desk is closed")
		}
	}
	runtime.KeepAlive(ballast)
}

// state gives what a page is shown.
func state(t *testing.T, address string) string {
	t.Helper()
	response, err := http.Get(address + "/state")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	return readAll(t, response)
}
