package checktest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/samepage"
)

// Diagonal proves every check whose Proof names the stand-in:
//
//   - the good stand-in, of the kind that the Proof names, passes all of them,
//     under both faces;
//   - with each flaw, defect or mode that some Proof names, the checks that name
//     it object under one face at least and hold under none;
//   - all others hold as ever or are skipped; they may be inconclusive only
//     under a mode, or where the wrong itself keeps the good login out. This is
//     asked under one face; of flaws, which only let more in, and of narrowness,
//     which only lets in less, by the dozen (proof_groups.go).
//
// A wrong that truly breaks several rules is named by several checks; a check
// that several wrongs break names them all, with spaces between.
func Diagonal(t *testing.T, checks []samlcheck.Check) {
	t.Helper()
	b := newBench(t)
	for _, kind := range kinds() {
		if of := standIn(checks, kind); len(of) > 0 {
			suffix := strings.TrimPrefix(kind, "stand-in")
			b.good(t, kind, suffix, of)
			b.own(t, kind, suffix, of)
			b.others(t, kind, suffix, of)
			b.groups(t, kind, suffix, of)
		}
	}
}

// good runs all checks on the good stand-in.
func (b *bench) good(t *testing.T, kind, suffix string, checks []samlcheck.Check) {
	for _, name := range face.All() {
		t.Run("good"+suffix+" "+name, func(t *testing.T) {
			t.Parallel()
			findings := b.run(t, name, ofKind(kind, samepage.Options{}), checks)
			for _, c := range checks {
				f := findings[c.ID]
				assert.Equal(t, samlcheck.Pass, f.Outcome, "%s on the good stand-in under %s: %s", c.ID, name, f.Because)
			}
		})
	}
}

// own runs, with each wrong, the checks that name it.
func (b *bench) own(t *testing.T, kind, suffix string, checks []samlcheck.Check) {
	for _, wrong := range wrongs(checks) {
		t.Run(wrong+suffix, func(t *testing.T) {
			t.Parallel()
			o := wrongOptions(t, kind, wrong)
			naming := slices.DeleteFunc(slices.Clone(checks), func(c samlcheck.Check) bool { return !names(c, wrong) })
			objected, said := map[string]bool{}, map[string]string{}
			for _, name := range face.All() {
				findings := b.run(t, name, o, naming)
				for _, c := range naming {
					f := findings[c.ID]
					if !ofAFace(wrong) {
						assert.NotEqual(t, samlcheck.Pass, f.Outcome, "%s overlooks %s under %s: %s", c.ID, wrong, name, f.Because)
					}
					said[c.ID] = f.Because
					objected[c.ID] = objected[c.ID] || f.Outcome == samlcheck.Fail || f.Outcome == samlcheck.Inconclusive && c.Level == samlcheck.Info
				}
			}
			for _, c := range naming {
				assert.True(t, objected[c.ID], "%s names %s and objects to it under no face: %s", c.ID, wrong, said[c.ID])
			}
		})
	}
}

// others runs, with each wrong that is no flaw, the checks that do not name it.
func (b *bench) others(t *testing.T, kind, suffix string, checks []samlcheck.Check) {
	faces := face.All()
	for i, wrong := range wrongs(checks) {
		if isFlaw(wrong) || isNarrow(wrong) {
			continue
		}
		t.Run("beside "+wrong+suffix, func(t *testing.T) {
			t.Parallel()
			rest := slices.DeleteFunc(slices.Clone(checks), func(c samlcheck.Check) bool { return names(c, wrong) })
			for _, why := range objections(rest, wrong, b.run(t, faces[i%len(faces)], wrongOptions(t, kind, wrong), rest)) {
				assert.Fail(t, why)
			}
		})
	}
}

// objections lists what checks say against a wrong that they do not name.
func objections(checks []samlcheck.Check, wrong string, findings map[string]samlcheck.Finding) map[string]string {
	out := map[string]string{}
	for _, c := range checks {
		switch f := findings[c.ID]; {
		case f.Outcome == samlcheck.Fail:
			out[c.ID] = fmt.Sprintf("%s objects to %s and does not name it: %s", c.ID, wrong, f.Because)
		case f.Outcome == samlcheck.Inconclusive && !strings.HasPrefix(wrong, "mode:") && !shut(findings):
			out[c.ID] = fmt.Sprintf("%s cannot tell with %s: %s", c.ID, wrong, f.Because)
		}
	}
	return out
}

func names(c samlcheck.Check, wrong string) bool {
	return slices.Contains(strings.Fields(c.Proof.Violated), wrong)
}

// wrongOptions makes the stand-in of that kind with that wrong.
func wrongOptions(t *testing.T, kind, wrong string) samepage.Options {
	t.Helper()
	o, err := options(wrong)
	require.NoError(t, err)
	if wrong == "stand-in" { // to be without what the kind has is the wrong
		return o
	}
	return ofKind(kind, o)
}

// shut says that nothing could be judged: the known member does not get in.
func shut(findings map[string]samlcheck.Finding) bool {
	for _, f := range findings {
		if f.Outcome != samlcheck.Inconclusive && f.Outcome != samlcheck.Skipped {
			return false
		}
	}
	return true
}

// NeverWrong runs the checks on stand-ins that are good SAML and hard to read
// from outside: every JIT mode and every quirk, each of the kind that the checks
// are proven with. Undecided is allowed; to object is not.
func NeverWrong(t *testing.T, checks []samlcheck.Check) {
	t.Helper()
	b := newBench(t)
	faces := face.All()
	try := func(i int, name string, o samepage.Options) {
		for _, kind := range []string{"stand-in", "stand-in:slo"} {
			proven := standIn(checks, kind)
			if len(proven) == 0 {
				continue
			}
			t.Run(name+strings.TrimPrefix(kind, "stand-in"), func(t *testing.T) {
				t.Parallel()
				for id, f := range b.run(t, faces[i%len(faces)], ofKind(kind, o), proven) {
					assert.NotEqual(t, samlcheck.Fail, f.Outcome, "%s objects to a sound service provider: %s", id, f.Because)
				}
			})
		}
	}
	for i, m := range samepage.JITModes() {
		try(i, "jit "+string(m), samepage.Options{JIT: m})
	}
	for i, q := range samepage.Quirks() {
		try(i, string(q), samepage.Options{JIT: samepage.Create, Quirks: []samepage.Quirk{q}})
	}
}

// standIn keeps the checks that a stand-in of that kind proves, weighed alike: whether a
// check objects does not depend on how bad that would be.
func standIn(checks []samlcheck.Check, kind string) []samlcheck.Check {
	var out []samlcheck.Check
	for _, c := range checks {
		if c.Proof.Holds == kind {
			out = append(out, c)
		}
	}
	return out
}

// wrongs lists what the proofs name, each once.
func wrongs(checks []samlcheck.Check) []string {
	var out []string
	for _, c := range checks {
		for _, w := range strings.Fields(c.Proof.Violated) {
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// options makes the stand-in that a Proof names.
func options(wrong string) (samepage.Options, error) {
	kind, name, _ := strings.Cut(wrong, ":")
	switch {
	case wrong == "", wrong == "stand-in": // to be without what the kind has is the wrong
		return samepage.Options{}, nil
	case kind == "slo":
		return samepage.Options{SLOFlaws: []samepage.SLOFlaw{samepage.SLOFlaw(name)}}, nil
	case kind == "flaw":
		return samepage.Options{Flaws: []samepage.Flaw{samepage.Flaw(name)}}, nil
	case kind == "defect":
		return samepage.Options{Defects: []samepage.Defect{samepage.Defect(name)}}, nil
	case kind == "habit": // what an SP does to accounts is seen where it makes some
		return samepage.Options{JIT: samepage.Create, Habits: []samepage.Habit{samepage.Habit(name)}}, nil
	case kind == "mode" && slices.Contains(samepage.JITModes(), samepage.JIT(name)):
		return samepage.Options{JIT: samepage.JIT(name)}, nil
	case kind == "mode": // what a quirk does to newcomers is seen where they may come in
		return samepage.Options{JIT: samepage.Create, Quirks: []samepage.Quirk{samepage.Quirk(name)}}, nil
	}
	return samepage.Options{}, &unknownProof{wrong}
}

type unknownProof struct{ name string }

func (e *unknownProof) Error() string {
	return "checktest: " + e.name + " is no proof: name a flaw, a defect, a mode or a habit of package samepage"
}
