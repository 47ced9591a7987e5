package html_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	stdhtml "html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// setUp installs the browser and what looks at its output.
const setUp = "run: make test-setup"

// browser runs the headless browser on a page and gives what it prints.
func browser(t *testing.T, page []byte, args ...string) []byte {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		t.Fatalf("no browser is installed; %s", setUp)
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

// told gives the value that a script on the page has put into the attribute
// data-told of the root.
func told(t *testing.T, page []byte, into any) {
	t.Helper()
	out := browser(t, page, "--window-size=1280,1024", "--virtual-time-budget=60000", "--dump-dom")
	for _, n := range elements(t, out) {
		if text := attribute(n, "data-told"); text != "" {
			if err := json.Unmarshal([]byte(text), into); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatal("the script on the page has told nothing")
}

const tell = `.then(told => document.documentElement.setAttribute("data-told", JSON.stringify(told)))`

// axe-core checks contrast, names, headings, tables, languages and more.
func TestThePageIsAccessible(t *testing.T) {
	axe, err := os.ReadFile("../../.tools/accessibility/node_modules/axe-core/axe.min.js")
	if err != nil {
		t.Fatalf("axe-core is missing; %s", setUp)
	}
	for _, code := range []string{"en", "ar"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			src := page(t, process(t, code, `"issued": "2018-08-01"`, `"issued": "2018-08-02"`))
			script := fmt.Sprintf("<script>%s</script><script>axe.run()%s</script></body>", axe, tell)
			var result struct {
				Violations []struct {
					ID, Help string
					Nodes    []struct{ HTML string }
				}
				Passes []struct{ ID string }
			}
			told(t, bytes.Replace(src, []byte("</body>"), []byte(script), 1), &result)
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
		})
	}
}

// On a telephone only tables scroll, within themselves.
func TestThePageFitsATelephone(t *testing.T) {
	for _, code := range []string{"en", "ar"} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			src := page(t, process(t, code))
			frame := `<!DOCTYPE html><html><body><iframe style="width: 360px; height: 640px; border: 0" srcdoc="` + stdhtml.EscapeString(string(src)) + `"></iframe>
<script>new Promise(done => addEventListener("load", () => { const root = document.querySelector("iframe").contentDocument.documentElement; done({wide: root.scrollWidth, seen: root.clientWidth, high: root.scrollHeight}) }))` + tell + `</script></body></html>`
			var size struct{ Wide, Seen, High int }
			told(t, []byte(frame), &size)
			if size.Wide > size.Seen || size.Seen < 300 || size.High < 2000 {
				t.Errorf("the page is %d wide and %d high in a window of %d", size.Wide, size.High, size.Seen)
			}
		})
	}
}

// word is a word on a printed page, in points.
var word = regexp.MustCompile(`<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>`)

func TestThePageIsPrintedOnA4(t *testing.T) {
	for _, c := range []struct{ code, part, asked string }{
		{"en", "Compliance, paragraph by paragraph", "What is asked"},
		{"ar", "", ""},
	} {
		t.Run(c.code, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "page.pdf")
			browser(t, page(t, process(t, c.code)), "--no-pdf-header-footer", "--print-to-pdf="+file)
			about := run(t, "pdfinfo", file)
			if !strings.Contains(about, "(A4)") || !regexp.MustCompile(`Tagged:\s+yes`).MatchString(about) {
				t.Errorf("the file is no tagged A4:\n%s", about)
			}
			pages := strings.Split(run(t, "pdftotext", "-bbox", file, "-"), "</page>")
			pages = pages[:len(pages)-1]
			if len(pages) < 6 {
				t.Fatalf("%d pages", len(pages))
			}
			const wide, high, margin = 595, 842, 14 / 25.4 * 72
			for i, text := range pages {
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
			if c.part == "" {
				return
			}
			texts := strings.Split(run(t, "pdftotext", "-layout", file, "-"), "\f")
			asked, begun := 0, false
			for i, text := range texts[:len(pages)] {
				if !strings.Contains(text, fmt.Sprintf("%d / %d", i+1, len(pages))) {
					t.Errorf("page %d has no number", i+1)
				}
				asked += strings.Count(text, c.asked)
				begun = begun || strings.HasPrefix(strings.TrimSpace(text), c.part)
			}
			if asked < 2 || !begun {
				t.Errorf("the heading of the table stands on %d pages; its part begins a page: %v", asked, begun)
			}
		})
	}
}

func number(t *testing.T, text string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// run runs a program of poppler-utils.
func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Fatalf("%s is missing; %s", program, setUp)
	}
	out, err := exec.Command(program, args...).Output()
	if err != nil {
		t.Fatalf("%s: %v", program, err)
	}
	return string(out)
}
