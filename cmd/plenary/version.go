package main

import (
	"fmt"
	"regexp"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// upcoming is the version that the next tag will have: what stands under
// Unreleased in CHANGELOG.md.
const upcoming = "0.2.0"

// version gives the version of the program by Semantic Versioning 2.0.0.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return upcoming + "-dev"
	}
	commit := ""
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			commit = s.Value[:12]
		}
	}
	return versionOf(info.Main.Version, commit)
}

var (
	tagged = regexp.MustCompile(`^v([0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?)$`)
	// pseudo is what Go calls a commit without a tag: v0.1.1-0.20260102150405-0123456789ab.
	pseudo = regexp.MustCompile(`[0-9]{14}-[0-9a-f]{12}$`)
)

// versionOf gives the version by the tag that the program was built at, or one
// that comes before the next version, with the commit where it is known.
func versionOf(module, commit string) string {
	if tag := tagged.FindStringSubmatch(module); tag != nil && !pseudo.MatchString(module) {
		return tag[1]
	}
	if commit != "" {
		return upcoming + "-dev+" + commit
	}
	return upcoming + "-dev"
}

// program names this program, with its version, in all that it writes.
func program() string { return "plenary " + version() }

func newVersion() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  plenary version",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), program())
			return err
		},
	}
}
