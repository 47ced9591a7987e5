package source

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestProbe(t *testing.T) {
	if os.Getenv("PROBE") == "" {
		t.Skip()
	}
	N := 4<<20 - 10
	rep := func(s string) string { return strings.Repeat(s, N/len(s)) }
	cases := map[string]string{
		"brackets": rep("["), "braces": rep("{"), "flowmaps": rep("{a: "), "qq": rep("? "), "dash": rep("- "), "colons": rep(":"), "colonsp": rep(": "), "a:": rep("a: "),
		"commas": "[" + rep("a,"), "commas0": "[" + rep(","), "flow2": "[" + rep("{a,b},") + "]", "seq": "[" + rep("a,") + "a]", "nl": rep("a\n"), "dashnl": rep("- a\n"), "dashnl0": rep("-\n"), "keys": func() string {
			var b strings.Builder
			for i := 0; b.Len() < N-20; i++ {
				fmt.Fprintf(&b, "k%d: v\n", i)
			}
			return b.String()
		}(),
		"comments": rep("#\n"), "comments2": "a: b\n" + rep("  # x\n"), "comments3": rep("a: # x\n"), "anchors": func() string {
			var b strings.Builder
			for i := 0; b.Len() < N-20; i++ {
				fmt.Fprintf(&b, "- &a%d x\n", i)
			}
			return b.String()
		}(),
		"plain": "a: " + rep("x"), "plainw": "a: " + rep("x "), "dq": "a: \"" + rep("x") + "\"", "dqopen": "a: \"" + rep("x"), "lit": "a: |\n" + rep("  x\n"), "fold": "a: >\n" + rep("  x\n"), "blank": "a: " + rep("\n") + "b", "sqn": "a: '" + rep("\n") + "'", "indent": func() string {
			var b strings.Builder
			for i := 0; b.Len() < N-5000; i++ {
				b.WriteString(strings.Repeat(" ", i))
				b.WriteString("a:\n")
			}
			return b.String()
		}(),
		"tags": rep("!a "), "tags2": rep("!!str a\n"), "pct": rep("%a\n"), "docs": rep("---\n"), "docs2": rep("--- a\n"), "star": rep("*a "), "qkeys": "{" + rep("\"a\":1,"), "mix": rep("[]: "), "qmap": rep("?\n"), "spaces": rep(" "), "tabs": rep("\t"), "amp": rep("&a "), "flowcolon": "{" + rep("a:,"), "flq": "{" + rep("?,"),
		"multilineplain": rep("xxxxx\n"), "keymulti": rep("x x x x x\n") + ":", "longkey": rep("x") + ": a", "commentend": "a:\n" + rep("- b #c\n"), "commentflow": "[\n" + rep("a, #c\n") + "]", "commentblank": "a:\n" + rep("- b\n\n#c\n"),
		"commentdeep": rep("#c\n\n") + "a: b",
	}
	for n, s := range cases {
		if f := os.Getenv("PROBE"); f != "all" && f != n {
			continue
		}
		var m0, m1 runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m0)
		st := time.Now()
		done := make(chan string, 1)
		go func() {
			_, p := Parse("f", []byte(s))
			m := ""
			if len(p) > 0 {
				m = p[0].Message
			}
			done <- m
		}()
		var peak uint64
		var m string
	loop:
		for {
			select {
			case m = <-done:
				break loop
			case <-time.After(20 * time.Millisecond):
				runtime.ReadMemStats(&m1)
				if m1.HeapAlloc > peak {
					peak = m1.HeapAlloc
				}
				if time.Since(st) > 40*time.Second {
					m = "HANG"
					break loop
				}
			}
		}
		runtime.ReadMemStats(&m1)
		fmt.Printf("%-15s %8.2fs peak %5dMB total %6dMB  %s\n", n, time.Since(st).Seconds(), peak>>20, (m1.TotalAlloc-m0.TotalAlloc)>>20, m)
	}
}
