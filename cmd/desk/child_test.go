package desk_test

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"plenary/cmd/desk"
)

// server does one thing after the other, such as to keep drafts, and says each after it
// was saved.
func server(file, action string) {
	d, err := desk.Open(file, filepath.Join(filepath.Dir(file), "gcm-2018.desk"), "plenary test", "en", read)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	handler := d.Handler(desk.Access{Hosts: []string{"desk.test"}})
	state := httptest.NewRecorder()
	handler.ServeHTTP(state, httptest.NewRequest("GET", "http://desk.test/state", nil))
	var begun struct{ Version int }
	if err := json.Unmarshal(state.Body.Bytes(), &begun); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for i := begun.Version; ; i++ {
		request := httptest.NewRequest("POST", "http://desk.test/do/"+action, strings.NewReader(fmt.Sprintf(`{"version": %d, "name": "number %d"}`, i, i)))
		request.Header.Set("Content-Type", "application/json")
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		if answer.Code != 200 {
			fmt.Fprintln(os.Stderr, answer.Body)
			os.Exit(1)
		}
		fmt.Println(i)
	}
}
