package desk_test

import (
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"

	"plenary/cmd/desk"
)

// server keeps one draft after the other and says each after it was saved.
func server(file string) {
	d, err := desk.Open(file, filepath.Join(filepath.Dir(file), "gcm-2018.desk"), "plenary test", "en", read)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	handler := d.Handler(desk.Access{Hosts: []string{"desk.test"}})
	for i := 0; ; i++ {
		request := httptest.NewRequest("POST", "http://desk.test/do/draft", strings.NewReader(fmt.Sprintf(`{"version": %d, "name": "draft %d"}`, i, i)))
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
