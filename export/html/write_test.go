package html_test

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	xhtml "golang.org/x/net/html"

	"plenary/export/html"
	"plenary/export/language"
	"plenary/export/report"
	"plenary/model/given"
	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/scenario"
	"plenary/scenarios"
)

// process gives the report of the process that the tests of package report
// have, with some of the plan's text changed.
func process(t *testing.T, code string, changes ...string) report.Report {
	t.Helper()
	const folder = "../report/testdata/"
	s, instances := given.File(t, folder+"process.yaml", scenario.Sources{Library: scenarios.FS})
	src, err := os.ReadFile(folder + "process.plan.json")
	if err != nil {
		t.Fatal(err)
	}
	p, problems := plan.Read("process.plan.json", []byte(strings.NewReplacer(changes...).Replace(string(src))), s)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	l, _ := language.Named(code)
	return report.Of(s, instances, p, judge.Plan(s, instances, p), l)
}

// page writes a page.
func page(t *testing.T, r report.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := html.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// elements gives all elements of a page in order.
func elements(t *testing.T, src []byte) (out []*xhtml.Node) {
	t.Helper()
	root, err := xhtml.Parse(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type == xhtml.ElementNode {
			out = append(out, n)
		}
	}
	return out
}

// attribute gives an element's attribute, "" where it has none.
func attribute(n *xhtml.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func TestThePageNeedsNoOtherFileAndNoScript(t *testing.T) {
	for _, code := range scenario.Languages {
		src := page(t, process(t, code))
		for _, n := range elements(t, src) {
			if slices.Contains([]string{"script", "link", "iframe", "object", "embed", "img", "image", "base", "form", "video", "audio"}, n.Data) {
				t.Errorf("%s: the page has a <%s>", code, n.Data)
			}
			for _, a := range n.Attr {
				if a.Key == "src" || strings.HasPrefix(a.Key, "on") || a.Key == "href" && !strings.HasPrefix(a.Val, "#") {
					t.Errorf("%s: <%s %s=%q>", code, n.Data, a.Key, a.Val)
				}
			}
		}
		if m := regexp.MustCompile(`(?i)url\(|@import|\bsrc=`).Find(src); m != nil {
			t.Errorf("%s: the page speaks of %q", code, m)
		}
		if bytes.Contains(src, []byte("<script>alert")) || !bytes.Contains(src, []byte("&lt;script&gt;alert(1)&lt;/script&gt;")) {
			t.Errorf("%s: the title is not made harmless", code)
		}
	}
}

func TestHeadingsStandInOrderAndLabelsLead(t *testing.T) {
	for _, code := range scenario.Languages {
		level, ids, links := 0, map[string]bool{}, map[string]string{}
		all := elements(t, page(t, process(t, code)))
		if root := all[0]; root.Data != "html" || attribute(root, "lang") != code || (attribute(root, "dir") == "rtl") != (code == "ar") {
			t.Errorf("%s: the page says %v", code, root.Attr)
		}
		for _, n := range all {
			if id := attribute(n, "id"); id != "" {
				if ids[id] {
					t.Errorf("%s: the id %q stands twice", code, id)
				}
				ids[id] = true
			}
			for _, label := range strings.Fields(attribute(n, "aria-labelledby")) {
				links[label] = n.Data
			}
			if href := attribute(n, "href"); href != "" {
				links[href[1:]] = n.Data
			}
			if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data[1] >= '1' && n.Data[1] <= '6' {
				now := int(n.Data[1] - '0')
				if now > level+1 || now == 1 && level != 0 {
					t.Errorf("%s: a heading of level %d follows one of level %d", code, now, level)
				}
				level = now
			}
			if n.Data == "th" && attribute(n, "scope") == "" {
				t.Errorf("%s: a heading of a table has no scope", code)
			}
		}
		for id, of := range links {
			if !ids[id] {
				t.Errorf("%s: <%s> leads to %q, which is not there", code, of, id)
			}
		}
		if len(links) < 8 {
			t.Errorf("%s: %d links: the test tries too little", code, len(links))
		}
	}
}

// What is English on a page in another language says so, for those who listen.
func TestEnglishSentencesSayThatTheyAreEnglish(t *testing.T) {
	r := process(t, "ar", `"issued": "2018-08-01"`, `"issued": "2018-08-02"`)
	src := page(t, r)
	found := 0
	for _, n := range elements(t, src) {
		if attribute(n, "lang") == "en" && n.Data != "html" {
			if attribute(n, "dir") != "ltr" {
				t.Errorf("an English <%s> has no direction", n.Data)
			}
			found++
		}
	}
	if found < len(r.Costs)+1 {
		t.Errorf("%d English sentences, %d costs and a broken rule are expected", found, len(r.Costs))
	}
	if !bytes.Contains(src, []byte(`class="verdict broken"`)) || !bytes.Contains(src, []byte("after its deadline of 1 August 2018")) {
		t.Error("the page does not say that a rule is broken")
	}
}

func TestAPlanWithoutSessionsIsShown(t *testing.T) {
	r := process(t, "en")
	r.Sessions, r.Documents, r.Teams, r.Balances = nil, nil, nil, nil
	if src := page(t, r); bytes.Contains(src, []byte(`id="timeline"`)) || !bytes.Contains(src, []byte(`id="compliance"`)) {
		t.Error("the page has an empty timeline, or no compliance")
	}
}
