package sweep

import (
	"bytes"
	"compress/gzip"
	"reflect"
	"testing"
	"time"

	"plenary/model/plan"
	"plenary/model/scenario"
)

func TestAJobIsNamedByAllThatItsAnswerDependsOn(t *testing.T) {
	one := Job{"plenary 1", "b", "s.yaml", []string{"a=1", "b=2"}, 1, time.Minute, 12}
	again := Job{"plenary 1", "b", "s.yaml", []string{"a=1", "b=2"}, 1, time.Minute, 12}
	if one.Key() != again.Key() || len(one.Key()) != 64 {
		t.Errorf("the same job is called %s and %s", one.Key(), again.Key())
	}
	for i := range reflect.TypeFor[Job]().NumField() {
		other := again
		switch f := reflect.ValueOf(&other).Elem().Field(i); f.Interface().(type) {
		case string:
			f.SetString("other")
		case int, time.Duration:
			f.SetInt(99)
		case []string:
			f.Set(reflect.ValueOf([]string{"b=2", "a=1"})) // the later change wins
		}
		if other.Key() == one.Key() {
			t.Errorf("another %s has the same name", reflect.TypeFor[Job]().Field(i).Name)
		}
	}
}

func TestFilesAreReadBackAsTheyWereOrNotAtAll(t *testing.T) {
	files := scenario.Bundle{"a.yaml": []byte("a: 1\r\n"), "sub/b.xlsx": {0, 255, 10}}
	content, name := EncodeBundle(files)
	back, err := DecodeBundle(content, name)
	if err != nil || !reflect.DeepEqual(back, files) {
		t.Errorf("%v, %v", back, err)
	}
	if _, again := EncodeBundle(scenario.Bundle{"sub/b.xlsx": {0, 255, 10}, "a.yaml": []byte("a: 1\r\n")}); again != name {
		t.Error("the same files have two names")
	}
	other, _ := EncodeBundle(scenario.Bundle{"a.yaml": []byte("a: 2\r\n")})
	var bomb bytes.Buffer
	w := gzip.NewWriter(&bomb)
	for range mostPlain>>20 + 1 {
		_, _ = w.Write(make([]byte, 1<<20))
	}
	_ = w.Close()
	for what, content := range map[string][]byte{"other files": other, "half of them": content[:len(content)/2], "nothing": nil, "text": []byte("{}"), "a bomb": bomb.Bytes()} {
		if got, err := DecodeBundle(content, name); err == nil {
			t.Errorf("%s: %v", what, got)
		}
	}
}

func TestAResultIsReadBackAsItWas(t *testing.T) {
	r := Result{
		Key: "k", Worker: "w", Took: time.Second, Tries: 2,
		Answer: Answer{Status: Optimal, Plan: []byte("{}\n"), Tiers: []plan.Tier{{Tier: 1, Title: "t", Cost: 3, Bound: 3, Proven: true}},
			Reasons: []Reason{{Rules: []Blamed{{"r", "text"}}, Background: []string{"b"}, Minimal: true}}, TimeUp: true, Trouble: "x"},
	}
	content, err := EncodeResult(r)
	if err != nil {
		t.Fatal(err)
	}
	back, err := DecodeResult(content)
	if err != nil || !reflect.DeepEqual(back, r) {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestNothingInAResultSteersATerminal(t *testing.T) {
	const bad, good = "a\x1b[2J\r\nb\u202e", "a [2J  b "
	r := Result{Worker: bad, Answer: Answer{Trouble: bad, Tiers: []plan.Tier{{Title: bad}}, Reasons: []Reason{{Rules: []Blamed{{bad, bad}}, Background: []string{bad}}}}}
	r.Clean()
	want := Result{Worker: good, Answer: Answer{Trouble: good, Tiers: []plan.Tier{{Title: good}}, Reasons: []Reason{{Rules: []Blamed{{good, good}}, Background: []string{good}}}}}
	if !reflect.DeepEqual(r, want) {
		t.Errorf("%+v", r)
	}
}
