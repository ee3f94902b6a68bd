package checktest

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/samepage"
)

// Flaws are tried by the dozen. A flaw leaves out a rule, so it lets in more and
// never less: what is refused by a stand-in with twelve flaws is refused by one
// with any of the twelve. The flaws lie in a square; its rows are tried under
// the one face, its columns under the other. A check is not asked about a group
// that holds a flaw which it names, but any other flaw of that row is in another
// column: of each pair of check and flaw, one trial at least is the proof.
//
// Two flaws together may let in what neither does alone. So where a check objects
// to a group, it is asked again with each flaw of it, and only that counts.

// isFlaw says that the wrong leaves out a rule and changes nothing else.
func isFlaw(wrong string) bool { return strings.HasPrefix(wrong, "flaw:") }

// isNarrow says that the wrong refuses one form of a good message and changes
// nothing else. What a stand-in with a dozen of them takes is taken by one with
// any of them. The two forms that are the faces' own keep every login out, and
// are tried alone.
func isNarrow(wrong string) bool {
	return strings.HasPrefix(wrong, "defect:no-") && wrong != "defect:no-request" && !ofAFace(wrong)
}

// ofAFace says that the wrong refuses what one face sends by habit, and that
// the other face sends it only where a check asks for it.
func ofAFace(wrong string) bool {
	return wrong == "defect:no-nameid-email" || wrong == "defect:no-nameid-unspecified"
}

func (b *bench) groups(t *testing.T, kind, suffix string, checks []samlcheck.Check) {
	t.Helper()
	b.squares(t, kind, suffix, checks, isFlaw)
	b.squares(t, kind, suffix, checks, isNarrow)
}

func (b *bench) squares(t *testing.T, kind, suffix string, checks []samlcheck.Check, of func(string) bool) {
	t.Helper()
	rows, columns := square(slices.DeleteFunc(wrongs(checks), func(w string) bool { return !of(w) }))
	for i, name := range face.All() {
		groups := rows
		if i%2 == 1 {
			groups = columns
		}
		for _, group := range groups {
			t.Run("beside "+strings.Join(group, " ")+suffix, func(t *testing.T) {
				t.Parallel()
				b.beside(t, kind, name, group, checks)
			})
		}
	}
}

// beside runs the checks that name none of the flaws.
func (b *bench) beside(t *testing.T, kind, name string, group []string, checks []samlcheck.Check) {
	t.Helper()
	rest := slices.DeleteFunc(slices.Clone(checks), func(c samlcheck.Check) bool {
		return slices.ContainsFunc(group, func(w string) bool { return names(c, w) })
	})
	if len(rest) == 0 {
		return
	}
	all := samepage.Options{}
	for _, w := range group {
		o := wrongOptions(t, kind, w)
		o.Flaws, o.Defects = append(all.Flaws, o.Flaws...), append(all.Defects, o.Defects...)
		all = o
	}
	against := objections(rest, strings.Join(group, " "), b.run(t, name, all, rest))
	if len(against) == 0 {
		return
	}
	again := slices.DeleteFunc(rest, func(c samlcheck.Check) bool { return against[c.ID] == "" })
	for _, w := range group {
		for _, why := range objections(again, w, b.run(t, name, wrongOptions(t, kind, w), again)) {
			assert.Fail(t, why, "under %s", name)
		}
	}
}

// square deals the flaws into rows and columns, so that two which share a row
// share no column.
func square(flaws []string) (rows, columns [][]string) {
	side := int(math.Ceil(math.Sqrt(float64(len(flaws)))))
	if side == 0 {
		return nil, nil
	}
	rows, columns = make([][]string, (len(flaws)+side-1)/side), make([][]string, min(side, len(flaws)))
	for i, f := range flaws {
		rows[i/side] = append(rows[i/side], f)
		columns[i%side] = append(columns[i%side], f)
	}
	return rows, columns
}
