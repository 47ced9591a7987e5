package certify

import "testing"

// FuzzManifest reads what somebody says of evidence: no panic, and no name leads out
// of its folder.
func FuzzManifest(f *testing.F) {
	for _, text := range []string{
		`{"plenary-evidence": 1, "claim": "optimal", "parts": [{"sessions": ["a"], "bounds": [1], "statements": [{"tier": 1, "formula": {"file": "a.cnf"}, "map": {"file": "a.map"}, "proof": {"file": "a.lrat"}}]}]}`,
		`{"plenary-evidence": 1, "parts": [{"listed": {"program": {"file": "../a"}}}]}`, `{"plenary-evidence": 99}`, `[]`, `{"plenary-evidence": 1, "x": {}}`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		m, err := ReadManifest(content)
		if err != nil {
			return
		}
		for _, name := range m.Names() {
			if name == "" || name == "." || name == ".." || name == ManifestName {
				t.Errorf("the name %q is taken", name)
			}
			for _, c := range name {
				if c == '/' {
					t.Errorf("the name %q leads out", name)
				}
			}
		}
	})
}
