package sweep

import (
	"testing"

	"plenary/model/scenario"
)

// FuzzDecode reads what others may have put into a queue: no panic, and what is
// read is written again and read the same.
func FuzzDecode(f *testing.F) {
	content, _ := EncodeBundle(scenario.Bundle{"s.yaml": []byte("title: t\n"), "t.csv": nil})
	f.Add(content)
	result, err := EncodeResult(Result{Key: "k", Answer: Answer{Status: Optimal, Plan: []byte("{}")}, Worker: "w"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(result)
	f.Add([]byte("\x1f\x8b"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if r, err := DecodeResult(content); err == nil {
			again, err := EncodeResult(r)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := DecodeResult(again); err != nil {
				t.Error(err)
			}
			r.Clean()
		}
		_, name := EncodeBundle(scenario.Bundle{"s.yaml": content})
		if files, err := DecodeBundle(content, name); err == nil {
			if _, is := EncodeBundle(files); is != name {
				t.Errorf("a bundle of another name is taken: %v", files)
			}
		}
	})
}
