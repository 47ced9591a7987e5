package certify_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"plenary/model/plan"
	"plenary/solver/certify"
	"plenary/solver/certify/branch"
)

// Every file of testdata/tampered changes good evidence and names the reason
// for which it must be refused. A line is one step:
//
//	of NAME                   the evidence about NAME.yaml; two-parts where nothing is said. That about
//	                          crowd is multipliers, and leaves a gap in tier 3
//	line FILE "OLD" "NEW"     one line of a file is another; OLD must be there
//	swap FILE OLD NEW         every OLD in a file is NEW
//	drop FILE first|last      a line is gone
//	write FILE "A|B"          the file has these lines
//	append FILE "A"           the file has one more line
//	copy FILE FILE            the second file has the content of the first
//	compress FILE             the manifest names FILE.gz instead, with the same content compressed
//	halve FILE                the second half of its bytes is gone
//	remove FILE               the file is gone
//	set PATH JSON             a value of the manifest is another
//	delete PATH               a value of the manifest is gone
//	seal                      the manifest tells the fingerprints of the files as they are now
//	against FILE              it is held against another scenario
//	adopt                     the manifest tells the fingerprint of that scenario
//	alone                     it is held against no scenario
//	expect REASON FILE        the first refusal is for this reason, and about this file
//	says TEXT                 and says so
func TestTamperedEvidenceIsRefused(t *testing.T) {
	cases, err := filepath.Glob("testdata/tampered/*.txt")
	if err != nil || len(cases) < 40 {
		t.Fatalf("%d cases, error %v", len(cases), err)
	}
	good := map[string]*certify.Evidence{}
	for _, of := range []string{"two-parts", "clash"} {
		good[of] = evidence(t, subject(t, of+".yaml"), branch.Refute)
	}
	good["crowd"] = byMultipliers(t, subject(t, "crowd.yaml"))
	reasons := map[certify.Reason]bool{}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			c := tampering{T: t, of: "two-parts"}
			for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
				if step, rest, _ := strings.Cut(line, " "); step == "of" {
					c.of = rest
				}
			}
			c.about = subject(t, c.of+".yaml")
			c.files = maps.Clone(good[c.of].Files)
			for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
				c.step(line)
			}
			_, refusals := certify.Verify(c.files, c.about)
			if len(refusals) == 0 {
				t.Fatal("the evidence was accepted")
			}
			if c.reason == "" || c.says == "" {
				t.Fatal("the case expects no reason")
			}
			if r := refusals[0]; r.Reason != c.reason || r.File != c.file || !strings.Contains(r.Text, c.says) {
				t.Errorf("refused for %s in %s: %s\nwant %s in %s: %s", r.Reason, r.File, r.Text, c.reason, c.file, c.says)
			}
			reasons[c.reason] = true
		})
	}
	for _, reason := range certify.Reasons {
		if !reasons[reason] {
			t.Errorf("no case is refused for %s", reason)
		}
	}
}

type tampering struct {
	*testing.T
	of     string
	about  *certify.Subject
	files  map[string][]byte
	reason certify.Reason
	file   string
	says   string
}

// step carries out one line of a case.
func (c *tampering) step(line string) {
	c.Helper()
	words := strings.SplitN(line, " ", 3)
	word := func(i int) string {
		if i < len(words) {
			return words[i]
		}
		c.Fatalf("%q is too short", line)
		return ""
	}
	file := ""
	if slices.Contains([]string{"line", "swap", "drop", "append", "copy", "compress", "halve", "remove"}, words[0]) {
		if file = word(1); c.files[file] == nil {
			c.Fatalf("%q: the evidence has no such file", line)
		}
	}
	switch words[0] {
	case "#", "of":
	case "line":
		pair := strings.Split(strings.Trim(word(2), `"`), `" "`)
		old, fresh := "\n"+pair[0]+"\n", "\n"+pair[1]+"\n"
		text := "\n" + string(c.files[file])
		if !strings.Contains(text, old) {
			c.Fatalf("%q: there is no such line", line)
		}
		c.files[file] = []byte(strings.Replace(text, old, fresh, 1)[1:])
	case "swap":
		old, fresh, _ := strings.Cut(word(2), " ")
		if !bytes.Contains(c.files[file], []byte(old)) {
			c.Fatalf("%q: there is no such text", line)
		}
		c.files[file] = bytes.ReplaceAll(c.files[file], []byte(old), []byte(fresh))
	case "drop":
		lines := strings.SplitAfter(string(c.files[file]), "\n")
		lines = lines[:len(lines)-1] // nothing stands after the last line end
		if word(2) == "first" {
			lines = lines[1:]
		} else {
			lines = lines[:len(lines)-1]
		}
		c.files[file] = []byte(strings.Join(lines, ""))
	case "write":
		c.files[word(1)] = []byte(strings.ReplaceAll(strings.Trim(word(2), `"`), "|", "\n") + "\n")
	case "append":
		c.files[file] = slices.Concat(c.files[file], []byte(strings.Trim(word(2), `"`)))
	case "copy":
		c.files[word(2)] = c.files[file]
	case "compress":
		c.files[file+".gz"] = compressed(c.T, c.files[file])
		c.files[certify.ManifestName] = bytes.ReplaceAll(c.files[certify.ManifestName], []byte(file), []byte(file+".gz"))
	case "halve":
		c.files[file] = c.files[file][:len(c.files[file])/2]
	case "remove":
		delete(c.files, file)
	case "set":
		var value any
		if err := json.Unmarshal([]byte(word(2)), &value); err != nil {
			c.Fatalf("%q: %v", line, err)
		}
		c.manifest(func(m any) any { return changed(m, strings.Split(word(1), "."), value) })
	case "delete":
		c.manifest(func(m any) any { return changed(m, strings.Split(word(1), "."), nil) })
	case "seal":
		c.manifest(c.seal)
	case "against":
		c.about = subject(c.T, word(1))
	case "adopt":
		hash := plan.SourceOf(c.about.Scenario, "").SHA256
		c.manifest(func(m any) any { return changed(m, []string{"scenario", "sha256"}, hash) })
	case "alone":
		c.about = nil
	case "expect":
		c.reason, c.file = certify.Reason(word(1)), word(2)
	case "says":
		c.says = strings.TrimPrefix(line, "says ")
	default:
		c.Fatalf("%q is no step", line)
	}
}

// manifest changes the manifest.
func (c *tampering) manifest(change func(any) any) {
	var m any
	if err := json.Unmarshal(c.files[certify.ManifestName], &m); err != nil {
		c.Fatal(err)
	}
	content, err := json.Marshal(change(m))
	if err != nil {
		c.Fatal(err)
	}
	c.files[certify.ManifestName] = content
}

// seal writes the fingerprints of the files, wherever one is named.
func (c *tampering) seal(value any) any {
	switch x := value.(type) {
	case map[string]any:
		if name, ok := x["file"].(string); ok && c.files[name] != nil {
			sum := sha256.Sum256(c.files[name])
			x["sha256"] = hex.EncodeToString(sum[:])
		}
		for key := range x {
			x[key] = c.seal(x[key])
		}
	case []any:
		for i := range x {
			x[i] = c.seal(x[i])
		}
	}
	return value
}

// changed sets the value at a path, or takes it out where it is nil.
func changed(in any, path []string, value any) any {
	switch x := in.(type) {
	case map[string]any:
		if len(path) > 1 {
			x[path[0]] = changed(x[path[0]], path[1:], value)
		} else if x[path[0]] = value; value == nil {
			delete(x, path[0])
		}
		return x
	case []any:
		i, err := strconv.Atoi(path[0])
		if err != nil {
			panic(err)
		}
		switch {
		case len(path) > 1:
			x[i] = changed(x[i], path[1:], value)
		case value == nil:
			return slices.Delete(x, i, i+1)
		default:
			x[i] = value
		}
		return x
	}
	panic("the manifest has nothing at " + strings.Join(path, "."))
}

func compressed(t *testing.T, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	to := gzip.NewWriter(&b)
	if _, err := to.Write(content); err != nil || to.Close() != nil {
		t.Fatal("cannot compress")
	}
	return b.Bytes()
}
