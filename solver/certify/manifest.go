package certify

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"plenary/model/diag"
	"plenary/model/plan"
)

// Version is that of the form of the evidence. The first had no listed parts; it
// is still read.
const Version = 2

// ManifestName and PlanName are names of files in every folder of evidence.
const (
	ManifestName = "manifest.json"
	PlanName     = "plan.json"
)

// Claim is what evidence shows.
type Claim string

// The claims.
const (
	Optimal Claim = "no plan is better"
	Bounded Claim = "no plan is better than the bounds"
	NoPlan  Claim = "there is no plan"
)

// Manifest says what the evidence shows and which files it is in.
type Manifest struct {
	Version  int         `json:"plenary-evidence"`
	Program  string      `json:"program"`
	Claim    Claim       `json:"claim"`
	Scenario plan.Source `json:"scenario"`
	Plan     *File       `json:"plan,omitempty"`
	Tiers    []Tier      `json:"tiers,omitempty"`
	// Single says that names are decided one by one; otherwise members who are
	// alike to all rules are counted together.
	Single bool   `json:"names-one-by-one,omitempty"`
	Parts  []Part `json:"parts,omitempty"`
	// Rules and Contradiction are the evidence that there is no plan: the ids
	// of hard constraints, and that they cannot hold together.
	Rules         []string   `json:"rules,omitempty"`
	Contradiction *Statement `json:"contradiction,omitempty"`
}

// File is a file of the evidence.
type File struct {
	Name   string `json:"file"` // in the folder of the evidence
	SHA256 string `json:"sha256"`
}

// Tier is what the plan costs in a tier, and the sum of the bounds of all parts.
type Tier struct {
	Tier  int    `json:"tier"` // from 1
	Title string `json:"title"`
	Cost  int64  `json:"cost"`
	Bound int64  `json:"bound"`
}

// Part is an independent part of the scenario.
type Part struct {
	Sessions   []string    `json:"sessions"`
	Documents  []string    `json:"documents"`
	Bounds     []int64     `json:"bounds"` // by tier; no plan of the part is better
	Statements []Statement `json:"statements"`
	Listed     *Listed     `json:"listed,omitempty"` // the rest of what shows the bounds; nil where statements are all
}

// Listed is a part as a program, and multipliers that bound what it costs.
type Listed struct {
	Program     File          `json:"program"` // blocks, choices and rows
	Map         File          `json:"map"`     // what blocks and rows stand for
	Multipliers []Multipliers `json:"multipliers"`
}

// Multipliers bound a tier.
type Multipliers struct {
	Tier int `json:"tier"` // from 1
	File
}

// Statement is clauses that cannot hold together.
type Statement struct {
	Tier    int  `json:"tier,omitempty"` // whose bound it shows
	Formula File `json:"formula"`        // DIMACS
	Map     File `json:"map"`            // what variables and clauses mean
	Proof   File `json:"proof"`          // LRAT
}

// Evidence is a manifest and all files, by name, that one included.
type Evidence struct {
	Manifest Manifest
	Files    map[string][]byte
}

func newEvidence(claim Claim, o Options) *Evidence {
	return &Evidence{Manifest: Manifest{Version: Version, Program: o.Program, Claim: claim, Scenario: o.Scenario}, Files: map[string][]byte{}}
}

// keep adds a file.
func (e *Evidence) keep(name string, content []byte) File {
	e.Files[name] = content
	return File{name, fingerprint(content)}
}

// seal writes the manifest.
func (e *Evidence) seal() error {
	var b bytes.Buffer
	to := json.NewEncoder(&b)
	to.SetEscapeHTML(false)
	to.SetIndent("", " ")
	if err := to.Encode(e.Manifest); err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	e.Files[ManifestName] = b.Bytes()
	return nil
}

func fingerprint(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// ReadManifest reads a manifest. It fails when something stands in it that a
// manifest of this version does not have, when a file is not named by a plain name,
// and when a text would look like more than one on a screen.
func ReadManifest(content []byte) (Manifest, error) {
	var version struct {
		Version int `json:"plenary-evidence"`
	}
	var m Manifest
	if err := json.Unmarshal(content, &version); err != nil {
		return m, unreadable(err)
	}
	if version.Version < 1 || version.Version > Version {
		return m, fmt.Errorf("version %d of the evidence is not known to this program", version.Version)
	}
	from := json.NewDecoder(bytes.NewReader(content))
	from.DisallowUnknownFields()
	if err := from.Decode(&m); err != nil {
		return m, unreadable(err)
	}
	for _, f := range m.Names() {
		if f != filepath.Base(f) || f == "." || f == ".." || f == ManifestName {
			return m, fmt.Errorf("%q is not the plain name of a file of the evidence", f)
		}
	}
	for _, text := range append(m.Names(), m.Program, m.Scenario.File) {
		if text != diag.Printable(text) {
			return m, fmt.Errorf("%q holds what does not print", diag.Shorten(text))
		}
	}
	return m, nil
}

// unreadable puts errors of the JSON library in words.
func unreadable(err error) error {
	var shape *json.UnmarshalTypeError
	if errors.As(err, &shape) {
		return fmt.Errorf("the manifest cannot be read: a JSON %s stands where none can be", shape.Value)
	}
	return fmt.Errorf("the manifest cannot be read: %s", strings.TrimPrefix(err.Error(), "json: "))
}

// Names gives the names of all files that the manifest names.
func (m *Manifest) Names() (out []string) {
	for _, f := range m.files() {
		out = append(out, f.Name)
	}
	return out
}

func (m *Manifest) files() (out []File) {
	if m.Plan != nil {
		out = append(out, *m.Plan)
	}
	for _, s := range m.statements() {
		out = append(out, s.Formula, s.Map, s.Proof)
	}
	for _, p := range m.Parts {
		if p.Listed == nil {
			continue
		}
		out = append(out, p.Listed.Program, p.Listed.Map)
		for _, f := range p.Listed.Multipliers {
			out = append(out, f.File)
		}
	}
	return out
}

// budgets gives what a part costs at most in the first tiers, in a plan that costs
// no more than this one in any of them: as much as its bound, and what there is
// between the cost of the plan and the bounds of all parts.
func budgets(tiers []Tier, bounds []int64, first int) []int64 {
	out := make([]int64, first)
	for t := range out {
		out[t] = bounds[t] + tiers[t].Cost - tiers[t].Bound
	}
	return out
}

func (m *Manifest) statements() (out []Statement) {
	for _, p := range m.Parts {
		out = append(out, p.Statements...)
	}
	if m.Contradiction != nil {
		out = append(out, *m.Contradiction)
	}
	return out
}
