package browsed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// SetUp says how to install the browser and what looks at its output.
const SetUp = "run: make test-setup"

// Run runs the headless browser on a page and gives what it prints. The page is
// a file page.html in a folder that is taken away after the test.
func Run(t *testing.T, page []byte, args ...string) []byte {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		t.Fatalf("no browser is installed; %s", SetUp)
	}
	folder := t.TempDir()
	file := filepath.Join(folder, "page.html")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		t.Fatal(err)
	}
	// Root may not use the sandbox, and pages of our own need none.
	args = append([]string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=" + filepath.Join(folder, "profile")}, args...)
	out, err := exec.Command(program, append(args, "file://"+file)...).Output()
	if err != nil {
		t.Fatalf("%s %s: %v", program, strings.Join(args, " "), err)
	}
	return out
}

var said = regexp.MustCompile(`<html[^>]* data-told="([^"]*)"`)

// told adds a script to a page whose promise gives a value, and reads the value.
func told(t *testing.T, page []byte, script string, into any) {
	t.Helper()
	script = fmt.Sprintf(`<script>%s.then(told => document.documentElement.setAttribute("data-told", JSON.stringify(told)))</script></body>`, script)
	out := Run(t, bytes.Replace(page, []byte("</body>"), []byte(script), 1), "--window-size=1280,1024", "--virtual-time-budget=60000", "--dump-dom")
	value := said.FindSubmatch(out)
	if value == nil {
		t.Fatal("the script on the page has told nothing")
	}
	if err := json.Unmarshal([]byte(html.UnescapeString(string(value[1]))), into); err != nil {
		t.Fatal(err)
	}
}

// Accessible has axe-core look at the page: contrast, names, headings, tables,
// languages and more. The script stands two folders above, where the project's
// set-up step installs it.
func Accessible(t *testing.T, page []byte) {
	t.Helper()
	axe, err := os.ReadFile("../../.tools/accessibility/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("axe-core is missing; %s", SetUp)
	}
	var result struct {
		Violations []struct {
			ID, Help string
			Nodes    []struct{ HTML string }
		}
		Passes []struct{ ID string }
	}
	told(t, page, string(axe)+"</script><script>axe.run()", &result)
	for _, v := range result.Violations {
		t.Errorf("%s: %s, %d times, first %s", v.ID, v.Help, len(v.Nodes), v.Nodes[0].HTML)
	}
	passed := map[string]bool{}
	for _, p := range result.Passes {
		passed[p.ID] = true
	}
	for _, id := range []string{"color-contrast", "heading-order", "html-has-lang", "region"} {
		if !passed[id] {
			t.Errorf("axe-core has not looked at %s", id)
		}
	}
}

// FitsTelephone shows the page in a window of 360 pixels, in which it must be no
// wider than the window: only tables and pictures scroll, within themselves.
func FitsTelephone(t *testing.T, page []byte) {
	t.Helper()
	frame := `<!DOCTYPE html><html><body><iframe style="width: 360px; height: 640px; border: 0" srcdoc="` + html.EscapeString(string(page)) + `"></iframe></body></html>`
	var size struct{ Wide, Seen, High int }
	told(t, []byte(frame), `new Promise(done => addEventListener("load", () => { const root = document.querySelector("iframe").contentDocument.documentElement; done({wide: root.scrollWidth, seen: root.clientWidth, high: root.scrollHeight}) }))`, &size)
	if size.Wide > size.Seen || size.Seen < 300 || size.High < 2000 {
		t.Errorf("the page is %d wide and %d high in a window of %d", size.Wide, size.High, size.Seen)
	}
}

// word is a word on a printed page, in points.
var word = regexp.MustCompile(`<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>`)

// margin is the margin of our printed pages, in points.
const margin = 14 / 25.4 * 72

// Print prints the page as tagged A4, so many points wide and high, and gives the
// text of each sheet. No sheet may be nearly empty, and no word in the margin.
func Print(t *testing.T, page []byte, wide, high float64) (texts []string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.pdf")
	Run(t, page, "--no-pdf-header-footer", "--print-to-pdf="+file)
	about := poppler(t, "pdfinfo", file)
	if !strings.Contains(about, "(A4)") || !regexp.MustCompile(`Tagged:\s+yes`).MatchString(about) {
		t.Errorf("the file is no tagged A4:\n%s", about)
	}
	sheets := strings.Split(poppler(t, "pdftotext", "-bbox", file, "-"), "</page>")
	sheets = sheets[:len(sheets)-1]
	for i, text := range sheets {
		words := word.FindAllStringSubmatch(text, -1)
		if len(words) < 10 {
			t.Errorf("page %d has %d words", i+1, len(words))
		}
		for _, w := range words {
			left, right, low := number(t, w[1]), number(t, w[3]), number(t, w[4])
			if left < margin-1 || right > wide-margin+1 || low > high {
				t.Errorf("page %d: %q lies from %.0f to %.0f, in the margin or beyond", i+1, w[5], left, right)
			}
		}
	}
	return strings.Split(poppler(t, "pdftotext", "-layout", file, "-"), "\f")[:len(sheets)]
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// poppler runs a program of poppler-utils.
func poppler(t *testing.T, program string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Fatalf("%s is missing; %s", program, SetUp)
	}
	out, err := exec.Command(program, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	return string(out)
}
