package checktest

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/samepage"
)

// Diagonal proves every check whose Proof names the stand-in, under both faces:
//
//   - the good stand-in passes all of them;
//   - with each flaw, defect or mode that some Proof names, the checks that name
//     it object under one face at least and hold under none, and all others hold
//     as ever or are skipped; they may be inconclusive only under a mode, or
//     under a face whose good login the wrong itself keeps out.
//
// A wrong that truly breaks several rules is named by several checks; a check
// that several wrongs break names them all, with spaces between.
func Diagonal(t *testing.T, checks []samlcheck.Check) {
	t.Helper()
	checks = standIn(checks)
	b := newBench(t)
	for _, wrong := range append([]string{""}, wrongs(checks)...) {
		t.Run(named(wrong), func(t *testing.T) {
			t.Parallel()
			o, err := options(wrong)
			require.NoError(t, err)
			seen := map[string]map[string]samlcheck.Finding{}
			for _, name := range face.All() {
				seen[name] = b.run(t, name, o, checks)
			}
			for _, c := range checks {
				prove(t, c, wrong, seen)
			}
		})
	}
}

// prove compares what one check said under each face with what its Proof says.
func prove(t *testing.T, c samlcheck.Check, wrong string, seen map[string]map[string]samlcheck.Finding) {
	t.Helper()
	broken := wrong != "" && slices.Contains(strings.Fields(c.Proof.Violated), wrong)
	objected := false
	for name, findings := range seen {
		f := findings[c.ID]
		objects := f.Outcome == samlcheck.Fail || f.Outcome == samlcheck.Inconclusive && c.Level == samlcheck.Info
		switch {
		case broken:
			assert.NotEqual(t, samlcheck.Pass, f.Outcome, "%s overlooks %s under %s: %s", c.ID, wrong, name, f.Because)
			objected = objected || objects
		case wrong == "":
			assert.Equal(t, samlcheck.Pass, f.Outcome, "%s on the good stand-in under %s: %s", c.ID, name, f.Because)
		default:
			assert.NotEqual(t, samlcheck.Fail, f.Outcome, "%s objects to %s under %s and does not name it: %s", c.ID, wrong, name, f.Because)
			if !strings.HasPrefix(wrong, "mode:") && !shut(findings) {
				assert.NotEqual(t, samlcheck.Inconclusive, f.Outcome, "%s cannot tell with %s under %s: %s", c.ID, wrong, name, f.Because)
			}
		}
	}
	if broken {
		assert.True(t, objected, "%s names %s and objects to it under no face", c.ID, wrong)
	}
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
// from outside: every JIT mode and every quirk. Undecided is allowed; to object
// is not.
func NeverWrong(t *testing.T, checks []samlcheck.Check) {
	t.Helper()
	checks = standIn(checks)
	b := newBench(t)
	faces := face.All()
	try := func(i int, name string, o samepage.Options) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for id, f := range b.run(t, faces[i%len(faces)], o, checks) {
				assert.NotEqual(t, samlcheck.Fail, f.Outcome, "%s objects to a sound service provider: %s", id, f.Because)
			}
		})
	}
	for i, m := range samepage.JITModes() {
		try(i, "jit "+string(m), samepage.Options{JIT: m})
	}
	for i, q := range samepage.Quirks() {
		try(i, string(q), samepage.Options{JIT: samepage.Create, Quirks: []samepage.Quirk{q}})
	}
}

// standIn keeps the checks that the stand-in proves, weighed alike: whether a
// check objects does not depend on how bad that would be.
func standIn(checks []samlcheck.Check) []samlcheck.Check {
	var out []samlcheck.Check
	for _, c := range checks {
		if c.Proof.Holds == "stand-in" {
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

func named(wrong string) string {
	if wrong == "" {
		return "good"
	}
	return wrong
}

// options makes the stand-in that a Proof names.
func options(wrong string) (samepage.Options, error) {
	kind, name, _ := strings.Cut(wrong, ":")
	switch {
	case wrong == "":
		return samepage.Options{}, nil
	case kind == "flaw":
		return samepage.Options{Flaws: []samepage.Flaw{samepage.Flaw(name)}}, nil
	case kind == "defect":
		return samepage.Options{Defects: []samepage.Defect{samepage.Defect(name)}}, nil
	case kind == "mode" && slices.Contains(samepage.JITModes(), samepage.JIT(name)):
		return samepage.Options{JIT: samepage.JIT(name)}, nil
	case kind == "mode": // what a quirk does to newcomers is seen where they may come in
		return samepage.Options{JIT: samepage.Create, Quirks: []samepage.Quirk{samepage.Quirk(name)}}, nil
	}
	return samepage.Options{}, &unknownProof{wrong}
}

type unknownProof struct{ name string }

func (e *unknownProof) Error() string {
	return "checktest: " + e.name + " is no proof: name a flaw, a defect or a mode of package samepage"
}
