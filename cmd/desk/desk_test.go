package desk_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	cdpruntime "github.com/chromedp/cdproto/runtime"

	"plenary/cmd/desk"
)

func awaited(p *cdpruntime.EvaluateParams) *cdpruntime.EvaluateParams {
	return p.WithAwaitPromise(true)
}

func readAll(t testing.TB, response *http.Response) string {
	t.Helper()
	src, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

// post does one thing as a page does it.
func post(t testing.TB, address, action, body string, headers ...string) (int, string) {
	t.Helper()
	request, err := http.NewRequest("POST", address+"/do/"+action, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
		if headers[i] == "Host" {
			request.Host = headers[i+1]
		}
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode, readAll(t, response)
}

func TestOnlyThePageItselfMayChangeThePlan(t *testing.T) {
	address := serve(t, resolution(t), "en")
	const body = `{"version": 0, "name": "mine"}`
	for _, c := range []struct {
		name    string
		status  int
		body    string
		headers []string
	}{
		{"another name: DNS rebinding", http.StatusMisdirectedRequest, body, []string{"Host", "evil.example:80"}},
		{"another site", http.StatusForbidden, body, []string{"Sec-Fetch-Site", "cross-site"}},
		{"another origin", http.StatusForbidden, body, []string{"Origin", "http://evil.example"}},
		{"too large", http.StatusBadRequest, `{"name": "` + strings.Repeat("x", 100<<10) + `"}`, nil},
		{"a page of another state", http.StatusConflict, `{"version": 7, "name": "mine"}`, nil},
		{"the page", http.StatusOK, body, []string{"Origin", address, "Sec-Fetch-Site", "same-origin"}},
	} {
		if status, said := post(t, address, "draft", c.body, c.headers...); status != c.status {
			t.Errorf("%s: status %d, want %d: %s", c.name, status, c.status, said)
		}
	}
}

// From elsewhere only a browser that shows the token is let in; it shows it once,
// and then by a cookie that no script and no other site can use.
func TestWithoutTheTokenNobodyIsLetIn(t *testing.T) {
	file := resolution(t)
	d, err := desk.Open(file, filepath.Join(t.TempDir(), "desk"), "plenary test", "en", read)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	handler := d.Handler(desk.Access{Hosts: []string{"desk.test"}, Token: "secret"})
	ask := func(path string, cookies ...*http.Cookie) *http.Response {
		request := httptest.NewRequest("GET", "https://desk.test"+path, nil)
		for _, c := range cookies {
			request.AddCookie(c)
		}
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		return answer.Result()
	}
	for _, path := range []string{"/", "/state", "/?token=guess", "/state?token="} {
		if got := ask(path); got.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s: status %d", path, got.StatusCode)
		}
	}
	let := ask("/?token=secret")
	if let.StatusCode != http.StatusSeeOther || len(let.Cookies()) != 1 {
		t.Fatalf("status %d, cookies %v", let.StatusCode, let.Cookies())
	}
	if c := let.Cookies()[0]; !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteStrictMode {
		t.Errorf("the cookie is %v", c)
	}
	if got := ask("/state", let.Cookies()[0]); got.StatusCode != http.StatusOK {
		t.Errorf("with the cookie: status %d", got.StatusCode)
	}
}

func TestAnUnknownPublishedFileIsNotGiven(t *testing.T) {
	address := serve(t, resolution(t), "en")
	for _, path := range []string{"/published/..%2f..%2fgcm-2018.yaml/plan.json", "/published/published-0001/..%2fjournal.jsonl", "/assets/../page.html", "/assets/", "/assets/event-calendar/"} {
		if status, _ := get(t, address+path); status == http.StatusOK {
			t.Errorf("%s was given", path)
		}
	}
}

// The child of the crash test: it keeps drafts, and says each that was saved.
func TestMain(m *testing.M) {
	if file := os.Getenv("PLENARY_DESK_CHILD"); file != "" {
		server(file, os.Getenv("PLENARY_DESK_ACTION"))
		return
	}
	status := m.Run()
	for _, end := range slices.Backward(ended) {
		end()
	}
	os.Exit(status)
}

// What a page was told is saved, drafts and published versions, is there after the
// program was killed, whole; and the next version follows it.
func TestWhatWasSaidToBeSavedSurvivesAKill(t *testing.T) {
	for _, c := range []struct {
		action string
		killed int // how many are said to be saved before the child is killed
		saved  func(t *testing.T, address string) int
	}{
		{"draft", 20, func(t *testing.T, address string) int { return drafts(t, address) }},
		{"publish", 3, published},
	} {
		t.Run(c.action, func(t *testing.T) {
			file := planned(t)
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), "PLENARY_DESK_CHILD="+file, "PLENARY_DESK_ACTION="+c.action)
			out, err := child.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewScanner(out)
			said := 0
			for said < c.killed && lines.Scan() {
				said++
			}
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			for lines.Scan() {
				said++
			}
			_ = child.Wait()
			if said < c.killed {
				t.Fatalf("the child said only %d were saved", said)
			}
			address := serve(t, file, "en")
			before := c.saved(t, address)
			if before < said {
				t.Errorf("%d were said to be saved, %d are there", said, before)
			}
			did(t, address, c.action, `, "name": "after"`)
			if after := c.saved(t, address); after != before+1 {
				t.Errorf("%d are there after one more, %d before", after, before)
			}
		})
	}
}

// published counts the published versions, each with all of its files.
func published(t *testing.T, address string) int {
	t.Helper()
	for n := 0; ; n++ {
		for _, name := range []string{"calendar.ics", "tables.xlsx", "report.html", "plan.json", "note.txt"} {
			if status, content := get(t, fmt.Sprintf("%s/published/published-%04d/%s", address, n+1, name)); status != http.StatusOK || content == "" {
				if name != "calendar.ics" {
					t.Errorf("version %d has no %s", n+1, name)
				}
				return n
			}
		}
	}
}

// A line that was cut off is taken away, whatever was left of it, and the rest
// is there; a line in the middle that is no entry is said.
func TestACutOffLineIsTakenAway(t *testing.T) {
	file := resolution(t)
	address := serve(t, file, "en")
	for _, body := range []string{`{"version": 0, "name": "one"}`, `{"version": 1, "name": "two"}`} {
		if status, said := post(t, address, "draft", body); status != http.StatusOK {
			t.Fatal(said)
		}
	}
	folder := filepath.Join(filepath.Dir(file), "gcm-2018.desk")
	whole, err := os.ReadFile(filepath.Join(folder, "journal.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	end := strings.IndexByte(string(whole), '\n') + 1
	for cut := end; cut < len(whole); cut += 37 {
		if err := os.WriteFile(filepath.Join(folder, "journal.jsonl"), whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		if n := drafts(t, serve(t, file, "en")); n != 1 {
			t.Fatalf("cut at %d of %d: %d drafts", cut, len(whole), n)
		}
	}
	if err := os.WriteFile(filepath.Join(folder, "journal.jsonl"), append([]byte("{broken\n"), whole...), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Open(file, folder, "test", "en", read); err == nil || !strings.Contains(err.Error(), "journal.jsonl:1:") {
		t.Errorf("error %v, want one that names the line", err)
	}
}

func TestTwoProgramsDoNotOverwriteEachOther(t *testing.T) {
	file := resolution(t)
	a, b := serve(t, file, "en"), serve(t, file, "en")
	if status, said := post(t, a, "draft", `{"version": 0, "name": "of a"}`); status != http.StatusOK {
		t.Fatal(said)
	}
	if status, said := post(t, b, "draft", `{"version": 0, "name": "of b"}`); status == http.StatusOK || !strings.Contains(said, "another program") {
		t.Errorf("status %d: %s", status, said)
	}
}

// begun begins a desk with a plan that was made elsewhere, and gives its folder.
func begun(t *testing.T, file string) string {
	t.Helper()
	folder := filepath.Join(filepath.Dir(file), "gcm-2018.desk")
	d, err := desk.Open(file, folder, "plenary test", "en", read)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Begin("mine", []byte(`plenary-plan: 1
prices: [{station: geneva, from: 2017-05-08, to: 2017-05-14, tier: 3, saves: 2}]
sessions:
  - {id: `+vienna+`, station: vienna, days: [2017-09-04, 2017-09-05]}
`)), d.Close()); err != nil {
		t.Fatal(err)
	}
	return folder
}

// What one more room or team would save holds for the plan that was proven, not for
// what becomes of it on the desk.
func TestPricesDoNotStayWithAPlanThatIsNotProven(t *testing.T) {
	file := resolution(t)
	folder := begun(t, file)
	if saved := content(t, filepath.Join(folder, "journal.jsonl")); !strings.Contains(saved, "2017-09-04") || strings.Contains(saved, "saves") {
		t.Errorf("saved is %s", saved)
	}
}

// What cannot be saved, because another program wrote the journal, is not shown and
// changes no file: the desk goes on showing the plan that it had.
func TestWhatCannotBeSavedChangesNothing(t *testing.T) {
	file := resolution(t)
	begun(t, file)
	a, b := serve(t, file, "en"), serve(t, file, "en")
	did(t, a, "draft", `, "name": "of a"`)
	if _, said := post(t, b, "undo", `{"version": 1}`); !strings.Contains(said, "another program") {
		t.Errorf("the page was told %.200s", said)
	}
	if status, shown := get(t, b+"/state"); status != http.StatusOK || !strings.Contains(shown, `"undo":"mine taken"`) || !strings.Contains(shown, "2017-09-04") {
		t.Errorf("status %d, shown is %.300s", status, shown)
	}
	was := content(t, file)
	if _, said := post(t, b, "fact", `{"version": 1, "path": "stations.vienna.interpretation.teams", "value": "2"}`); !strings.Contains(said, "another program") || content(t, file) != was {
		t.Errorf("the page was told %.200s, and the file is as it was: %t", said, content(t, file) == was)
	}
}

func TestAChangeOfTheScenariosFileIsNoticed(t *testing.T) {
	file := resolution(t)
	address := serve(t, file, "en")
	if err := os.WriteFile(file, []byte("plenary: 1\nperiod: ["), 0o600); err != nil {
		t.Fatal(err)
	}
	_, said := post(t, address, "draft", `{"version": 0, "name": "mine"}`)
	if !strings.Contains(said, "was changed") {
		t.Errorf("the page was told %.300s", said)
	}
}

func drafts(t testing.TB, address string) int { t.Helper(); n, _ := shown(t, address); return n }

func version(t testing.TB, address string) int { t.Helper(); _, n := shown(t, address); return n }

// shown gives the number of drafts and the version that a page is shown.
func shown(t testing.TB, address string) (drafts, version int) {
	t.Helper()
	response, err := http.Get(address + "/state")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var v struct {
		Drafts  []any
		Version int
	}
	if err := json.NewDecoder(response.Body).Decode(&v); err != nil {
		t.Fatal(err)
	}
	return len(v.Drafts), v.Version
}

// A fact changes in the file, and nothing else of the file does; the text as it
// was is kept. What would make the scenario useless is refused.
func TestAFactIsChangedInTheFileAndNothingElse(t *testing.T) {
	file := resolution(t)
	was, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	address := serve(t, file, "en")
	if _, said := post(t, address, "fact", `{"version": 0, "path": "sessions.thematic-smuggling.between", "value": "2019-01"}`); !strings.Contains(said, "nothing was changed") {
		t.Errorf("the page was told %.200s", said)
	}
	if now, _ := os.ReadFile(file); string(now) != string(was) {
		t.Fatal("what was refused has changed the file")
	}
	if status, said := post(t, address, "fact", `{"version": 0, "path": "stations.vienna.interpretation.teams", "value": "2"}`); status != http.StatusOK {
		t.Fatal(said)
	}
	now, err := os.ReadFile(file)
	if want := strings.Replace(string(was), "interpretation: {teams: 1,", "interpretation: {teams: 2,", 1); err != nil || string(now) != want {
		t.Errorf("%v; the file is not what it was but for the teams of Vienna", err)
	}
	if before, after := version(t, address), version(t, serve(t, file, "en")); before != after {
		t.Errorf("version %d is %d when the desk is opened again", before, after)
	}
	if kept, err := os.ReadFile(filepath.Join(filepath.Dir(file), "gcm-2018.desk", "scenario-0001.yaml")); err != nil || string(kept) != string(was) {
		t.Errorf("the text as it was is not kept: %v", err)
	}
}
