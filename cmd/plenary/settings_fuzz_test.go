package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"plenary/solver/memory"
)

// FuzzSettings reads any bytes as a file of settings: the call is done, or its first
// line on the error output says what is wrong.
func FuzzSettings(f *testing.F) {
	f.Add([]byte("time-limit: 5m\nformat: markdown\n"))
	f.Add([]byte("format: \"\"\n"))
	f.Add([]byte("frmat: {a: [1, 2]}\n"))
	f.Add([]byte("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"))
	f.Add([]byte("? [a]\n: b\n<<: {memory-limit: 1}\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		name := filepath.Join(t.TempDir(), "settings.yaml")
		if err := os.WriteFile(name, src, 0o600); err != nil {
			t.Fatal(err)
		}
		var out, said bytes.Buffer
		code := run(context.Background(), []string{"version", "--config", name}, nil, &out, &said)
		memory.Limit(0, nil)
		switch {
		case code == exitDone && out.Len() > 0 && said.Len() == 0:
		case code == exitInput && out.Len() == 0 && strings.HasPrefix(said.String(), "plenary: "):
		default:
			t.Errorf("exit status %d, printed %q, said %q", code, out.String(), said.String())
		}
	})
}
