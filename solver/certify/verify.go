package certify

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"plenary/model/judge"
	"plenary/model/plan"
	"plenary/model/rule"
	"plenary/model/scenario"
	"plenary/solver/certify/lrat"
	"plenary/solver/certify/multipliers"
	"plenary/solver/compile"
)

// Reason says what a refusal is about; of a proof, it is one of package lrat, and
// of multipliers one of package multipliers.
type Reason string

// The reasons to refuse evidence.
const (
	BadManifest      Reason = "manifest-unreadable"
	FileMissing      Reason = "file-missing"
	FileChanged      Reason = "file-changed" // not the one that the manifest tells
	OtherScenario    Reason = "other-scenario"
	BadPlan          Reason = "plan-unreadable"
	PlanBreaks       Reason = "plan-breaks-a-rule"
	OtherCost        Reason = "other-cost"        // the plan does not cost what the manifest says
	OtherSum         Reason = "bounds-do-not-sum" // the bounds of the parts do not make the bounds of the tiers
	ClaimTooStrong   Reason = "claim-too-strong"  // bounds and costs do not show what is claimed
	OtherParts       Reason = "other-parts"       // not the parts of the scenario, or not their tiers
	UnknownRule      Reason = "unknown-rule"      // a rule the scenario does not have as a hard constraint
	StatementMissing Reason = "statement-missing" // a bound without its proof
	OtherFormula     Reason = "other-formula"     // not the clauses that the scenario gives
	OtherMap         Reason = "other-map"
	OtherProgram     Reason = "other-program" // not the blocks and rows that the scenario gives
	OtherBound       Reason = "other-bound"   // multipliers for another tier, or that show another bound
)

// Reasons are all reasons to refuse evidence.
var Reasons = []Reason{
	BadManifest, FileMissing, FileChanged, OtherScenario, BadPlan, PlanBreaks, OtherCost, OtherSum, ClaimTooStrong,
	OtherParts, UnknownRule, StatementMissing, OtherFormula, OtherMap, OtherProgram, OtherBound,
	Reason(lrat.BadFormula), Reason(lrat.BadProof), Reason(lrat.DoesNotFollow), Reason(lrat.Incomplete),
	Reason(multipliers.BadProgram), Reason(multipliers.BadMultipliers), Reason(multipliers.TooLarge),
	Reason(multipliers.NotAllowed), Reason(multipliers.NotShown),
}

// Refusal is one thing that is wrong with evidence.
type Refusal struct {
	Reason Reason
	File   string // "" for the evidence as a whole
	Text   string // in words, without a full stop
}

// Subject is what evidence is about.
type Subject struct {
	Scenario  *scenario.Scenario
	Instances []rule.Instance
}

// Verify gives what is wrong with evidence, nothing where it shows what it
// claims. Without a subject it checks alone that the proofs refute the formulas,
// and multipliers bound the programs, that lie beside them; whether those are the
// scenario's is not known then.
//
// It goes in stages, and ends with the first at which something is wrong: the
// manifest and its files; the scenario, the plan and the sums; each statement.
func Verify(files map[string][]byte, about *Subject) (Manifest, []Refusal) {
	m, err := ReadManifest(files[ManifestName])
	if err != nil {
		return m, []Refusal{{BadManifest, ManifestName, err.Error()}}
	}
	v := &verification{files: files, manifest: m}
	v.fingerprints()
	if about != nil && v.refusals == nil {
		v.subject(about)
	}
	if v.refusals == nil {
		for _, s := range m.statements() {
			v.proof(s)
		}
		for i := range m.Parts {
			v.multipliers(i)
		}
	}
	return m, v.refusals
}

type verification struct {
	files    map[string][]byte
	manifest Manifest
	refusals []Refusal
}

func (v *verification) refuse(reason Reason, file, format string, a ...any) {
	v.refusals = append(v.refusals, Refusal{reason, file, fmt.Sprintf(format, a...)})
}

// fingerprints compares every file with what the manifest says of it.
func (v *verification) fingerprints() {
	for _, f := range v.manifest.files() {
		content, there := v.files[f.Name]
		switch {
		case !there:
			v.refuse(FileMissing, f.Name, "the file is not there")
		case fingerprint(content) != f.SHA256:
			v.refuse(FileChanged, f.Name, "the file is not the one that the manifest names: its fingerprint differs")
		}
	}
}

// subject holds the evidence against its scenario.
func (v *verification) subject(about *Subject) {
	s, m := about.Scenario, &v.manifest
	if hash := plan.SourceOf(s, "").SHA256; hash != m.Scenario.SHA256 {
		v.refuse(OtherScenario, ManifestName, "the evidence is about another scenario, or about another state of it: %q", m.Scenario.Title)
		return
	}
	switch m.Claim {
	case NoPlan:
		v.contradiction(about)
	case Optimal, Bounded:
		v.plan(about)
		if v.refusals == nil {
			v.parts(about)
		}
	default:
		v.refuse(BadManifest, ManifestName, "nothing is known of a claim %q", m.Claim)
	}
}

// plan has the plan judged and compares costs, bounds and claim.
func (v *verification) plan(about *Subject) {
	s, m := about.Scenario, &v.manifest
	if m.Plan == nil {
		v.refuse(FileMissing, PlanName, "the manifest names no plan")
		return
	}
	p, problems := plan.Read(m.Plan.Name, v.files[m.Plan.Name], s)
	if p == nil {
		v.refuse(BadPlan, m.Plan.Name, "%s", problems[0].Message)
		return
	}
	verdict := judge.Plan(s, about.Instances, p)
	for _, broken := range verdict.Violations {
		v.refuse(PlanBreaks, m.Plan.Name, "%s%s", broken.Finding.Text, broken.Instance.Paragraph())
	}
	if len(m.Tiers) != len(s.Priorities) {
		v.refuse(OtherParts, ManifestName, "the scenario has %d tiers, the manifest %d", len(s.Priorities), len(m.Tiers))
		return
	}
	gap := false
	for t, tier := range m.Tiers {
		if tier.Tier != t+1 || tier.Title != s.Priorities[t] {
			v.refuse(OtherParts, ManifestName, "tier %d of the scenario is another: %q", t+1, s.Priorities[t])
		}
		if tier.Cost != verdict.Costs[t] {
			v.refuse(OtherCost, ManifestName, "the plan costs %d in tier %d; the manifest says %d", verdict.Costs[t], t+1, tier.Cost)
		}
		if tier.Bound > tier.Cost {
			v.refuse(ClaimTooStrong, ManifestName, "in tier %d the bound %d lies above the cost %d", t+1, tier.Bound, tier.Cost)
		}
		gap = gap || tier.Bound < tier.Cost
	}
	if gap && m.Claim == Optimal {
		v.refuse(ClaimTooStrong, ManifestName, "the bounds lie below the costs, and do not show that no plan is better")
	}
}

// parts compares the parts with those of the scenario, adds up their bounds,
// and compiles every statement again.
func (v *verification) parts(about *Subject) {
	s, m := about.Scenario, &v.manifest
	groups := compile.Groups(s, about.Instances)
	if len(groups) != len(m.Parts) {
		v.refuse(OtherParts, ManifestName, "the scenario has %d independent parts, the manifest %d", len(groups), len(m.Parts))
		return
	}
	sum := make([]int64, len(s.Priorities))
	for i, part := range m.Parts {
		want := named(s, groups[i])
		if !slices.Equal(part.Sessions, want.Sessions) || !slices.Equal(part.Documents, want.Documents) || len(part.Bounds) != len(sum) {
			v.refuse(OtherParts, ManifestName, "part %d is not that of the scenario", i+1)
			return
		}
		for t, bound := range part.Bounds {
			if bound < 0 || bound > m.Tiers[t].Bound-sum[t] {
				v.refuse(OtherSum, ManifestName, "with the bound %d of part %d, those of the parts in tier %d make more than %d", bound, i+1, t+1, m.Tiers[t].Bound)
				return
			}
			sum[t] += bound
		}
	}
	for t, total := range sum {
		if total != m.Tiers[t].Bound {
			v.refuse(OtherSum, ManifestName, "the bounds of the parts in tier %d make %d; the manifest says %d", t+1, total, m.Tiers[t].Bound)
		}
	}
	for i, part := range m.Parts {
		if v.refusals != nil {
			return
		}
		v.statements(about, i, part, groups[i])
	}
}

// statements compiles what shows the bounds of a part, and compares.
func (v *verification) statements(about *Subject, i int, part Part, group compile.Group) {
	var tiers []int
	for _, st := range part.Statements {
		tiers = append(tiers, st.Tier)
	}
	if part.Listed != nil {
		for _, x := range part.Listed.Multipliers {
			tiers = append(tiers, x.Tier)
		}
	}
	slices.Sort(tiers)
	var needed []int
	for t, bound := range part.Bounds {
		if bound > 0 {
			needed = append(needed, t+1)
		}
	}
	if !slices.Equal(tiers, needed) {
		v.refuse(StatementMissing, ManifestName, "part %d needs proofs or multipliers for its bounds in the tiers %v, and has them for %v", i+1, needed, tiers)
		return
	}
	for _, st := range part.Statements {
		v.formula(st, cheaper(about.Scenario, about.Instances, group, less(v.manifest.Tiers, part.Bounds, st.Tier-1), v.manifest.Single))
	}
	if part.Listed != nil {
		v.program(about, part.Listed, group)
	}
}

// program lists a part, and compares program and map with what the scenario gives.
func (v *verification) program(about *Subject, part *Listed, group compile.Group) {
	l := compile.List(about.Scenario, about.Instances, group, compile.Options{Single: v.manifest.Single})
	if l == nil || l.Program == nil {
		v.refuse(OtherProgram, part.Program.Name, "the scenario gives no program for these sessions and documents")
		return
	}
	if line := compare(v.open(part.Program), l.Program.Write); line > 0 {
		v.refuse(OtherProgram, part.Program.Name, "line %d: the blocks and rows are not those that the scenario gives", line)
		return
	}
	legend := listedLegend(about.Scenario, l)
	if line := compare(v.open(part.Map), func(to io.Writer) error { _, err := to.Write(legend); return err }); line > 0 {
		v.refuse(OtherMap, part.Map.Name, "line %d: the map does not say what the blocks and rows stand for", line)
	}
}

func (v *verification) open(f File) io.Reader { return opened(f.Name, v.files[f.Name]) }

// multipliers adds up what the multipliers of a part show.
func (v *verification) multipliers(i int) {
	part := &v.manifest.Parts[i]
	if part.Listed == nil {
		return
	}
	for _, x := range part.Listed.Multipliers {
		bound, err := multipliers.Check(v.open(part.Listed.Program), v.open(x.File))
		var wrong *multipliers.Error
		if errors.As(err, &wrong) {
			file := x.Name
			if wrong.Program {
				file = part.Listed.Program.Name
			}
			v.refuse(Reason(wrong.Reason), file, "%s", wrong)
			continue
		}
		t := bound.Tier - 1
		if bound.Tier != x.Tier || t >= len(part.Bounds) || t >= len(v.manifest.Tiers) || bound.Least != part.Bounds[t] ||
			!slices.Equal(bound.Budgets, budgets(v.manifest.Tiers, part.Bounds, t)) {
			v.refuse(OtherBound, x.Name, "the multipliers show %d for tier %d, among what costs at most %v in the tiers before; the manifest says something else",
				bound.Least, bound.Tier, bound.Budgets)
		}
	}
}

// contradiction compiles the rules that cannot hold together, and compares.
func (v *verification) contradiction(about *Subject) {
	var rules []rule.Instance
	for _, id := range v.manifest.Rules {
		i := slices.IndexFunc(about.Instances, func(in rule.Instance) bool { return in.ID == id })
		if i < 0 || !about.Instances[i].Hard() {
			v.refuse(UnknownRule, ManifestName, "the scenario has no hard constraint %q", id)
			continue
		}
		rules = append(rules, about.Instances[i])
	}
	switch {
	case v.refusals != nil:
	case v.manifest.Contradiction == nil:
		v.refuse(StatementMissing, ManifestName, "the manifest names no proof")
	default:
		v.formula(*v.manifest.Contradiction, together(about.Scenario, rules, v.manifest.Single))
	}
}

// formula compares formula and map with what the scenario gives.
func (v *verification) formula(s Statement, want *formula) {
	if !bytes.Equal(v.files[s.Formula.Name], dimacs(want.variables, want.clauses)) {
		v.refuse(OtherFormula, s.Formula.Name, "the clauses are not those that the scenario and the bounds give")
		return
	}
	if !bytes.Equal(v.files[s.Map.Name], want.legend()) {
		v.refuse(OtherMap, s.Map.Name, "the map does not say what the variables and clauses mean")
	}
}

// proof checks the proof of a statement.
func (v *verification) proof(s Statement) {
	var wrong *lrat.Error
	if err := lrat.Check(v.files[s.Formula.Name], v.files[s.Proof.Name]); errors.As(err, &wrong) {
		file := s.Proof.Name
		if wrong.Reason == lrat.BadFormula {
			file = s.Formula.Name
		}
		v.refuse(Reason(wrong.Reason), file, "%s", wrong)
	}
}
