package oracle

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// mode is one row of the table: what a service provider does, and what may be
// said of it. The first of want is the answer; the others are honest too.
type mode struct {
	name string
	scene
	want []Verdict
	lean Verdict // with undecided, "" any
}

func modes() []mode {
	q := func(s ...string) []string { return s }
	return []mode{
		{"jit on", scene{jit: "create"}, []Verdict{Created}, ""},
		{"jit on, no view", scene{jit: "create", noView: true}, []Verdict{Admitted}, ""},
		{"jit off", scene{jit: "off"}, []Verdict{NotProvisioned}, ""},
		{"jit off, no view", scene{jit: "off", noView: true}, []Verdict{Shut}, ""},
		{"created inactive", scene{jit: "inactive"}, []Verdict{CreatedWaiting}, ""},
		{"created inactive, no view", scene{jit: "inactive", noView: true}, []Verdict{Shut}, ""},
		{"no accounts", scene{jit: "none"}, []Verdict{Admitted}, ""},
		{"form", scene{jit: "form"}, []Verdict{Asks}, ""},
		{"form, no view", scene{jit: "form", noView: true}, []Verdict{Asks}, ""},
		{"gate", scene{jit: "gate"}, []Verdict{NotAdmitted}, ""},
		{"gate, no view", scene{jit: "gate", noView: true}, []Verdict{NotAdmitted}, ""},
		{"stale view, jit on", scene{jit: "create", quirks: q("stale")}, []Verdict{Unlisted}, ""},
		{"stale view, created inactive", scene{jit: "inactive", quirks: q("stale")}, []Verdict{Shut}, ""},
		{"stale view, jit off", scene{jit: "off", quirks: q("stale")}, []Verdict{Shut}, ""},
		{"stale view, form", scene{jit: "form", quirks: q("stale")}, []Verdict{Asks}, ""},
		{"blind view, jit on", scene{jit: "create", quirks: q("blind")}, []Verdict{Admitted}, ""},
		{"blind view, jit off", scene{jit: "off", quirks: q("blind")}, []Verdict{Shut}, ""},
		{"directory as view", scene{jit: "off", quirks: q("directory")}, []Verdict{Shut}, ""},
		{"thrown out one page later", scene{jit: "off", quirks: q("thrown"), noView: true}, []Verdict{Shut}, ""},
		{"throttled, jit on", scene{jit: "create", quirks: q("throttle"), noView: true}, []Verdict{VerdictUndecided}, ""},
		{"blocked after a spoilt login, public home", scene{jit: "off", quirks: q("block", "public"), noView: true}, []Verdict{VerdictUndecided, Shut}, ""},
		{"errors remembered", scene{jit: "off", quirks: q("remember"), noView: true}, []Verdict{Shut}, ""},
		{"message shown once", scene{jit: "off", quirks: q("once"), noView: true}, []Verdict{Shut}, ""},
		{"refused to a public sign-up form", scene{jit: "off", quirks: q("signup"), noView: true}, []Verdict{Shut}, ""},
		{"small gate", scene{jit: "gate", quirks: q("small"), noView: true}, []Verdict{VerdictUndecided, NotAdmitted}, ""},
		{"small gate, same content", scene{jit: "gate", quirks: q("small", "same-chrome", "bare-root"), noView: true}, []Verdict{VerdictUndecided}, Admitted},
		{"locked known member", scene{jit: "off", quirks: q("locked"), locked: true, noView: true}, []Verdict{VerdictUndecided, NotAdmitted}, ""},
		{"locked known member, jit on", scene{jit: "create", quirks: q("locked"), locked: true, noView: true}, []Verdict{VerdictAccepted}, ""},
		{"needs an attribute, only plain sent", scene{jit: "create", quirks: q("needs-department"), plainOnly: true, noView: true}, []Verdict{VerdictUndecided}, Shut},
		{"needs an attribute, rich sent", scene{jit: "create", quirks: q("needs-department"), noView: true}, []Verdict{Admitted}, ""},
		{"late", scene{jit: "create", quirks: q("late"), noView: true}, []Verdict{Late}, ""},
		{"late, with view", scene{jit: "create", quirks: q("late")}, []Verdict{Created}, ""},
		{"application page with a form, nobody known", scene{jit: "create", quirks: q("home-form"), uninvited: true, noView: true}, []Verdict{Admitted, VerdictAccepted}, ""},
		{"script shell, jit on", scene{jit: "create", quirks: q("script"), noView: true}, []Verdict{VerdictUndecided}, Admitted},
		{"script shell, jit off", scene{jit: "off", quirks: q("script"), noView: true}, []Verdict{VerdictUndecided}, Shut},
		{"audience not checked", scene{jit: "create", quirks: q("any-audience"), noView: true}, []Verdict{Admitted}, ""},
		{"known member never invited, form", scene{jit: "form", uninvited: true, noView: true}, []Verdict{Asks, VerdictUndecided}, ""},
		{"forged login let in", scene{jit: "create", quirks: q("any-key"), noView: true}, []Verdict{Void}, ""},
		{"forged login let in, with view", scene{jit: "create", quirks: q("any-key")}, []Verdict{Void}, ""},
		{"token in a fragment, jit on", scene{jit: "create", quirks: q("fragment"), noView: true}, []Verdict{Admitted}, ""},
		{"token in a fragment, jit off", scene{jit: "off", quirks: q("fragment"), noView: true}, []Verdict{Shut}, ""},
		{"token in JSON, jit on", scene{jit: "create", quirks: q("token"), noView: true}, []Verdict{Admitted}, ""},
		{"random id in a 401 JSON body", scene{jit: "off", quirks: q("token"), noView: true}, []Verdict{Shut}, ""},
		{"refused to the success URL", scene{jit: "off", quirks: q("error-query"), noView: true}, []Verdict{Shut}, ""},
		{"echo in a 200 refusal", scene{jit: "off", quirks: q("echo-200"), noView: true}, []Verdict{Shut}, ""},
		{"rich dashboard, empty newcomer", scene{jit: "create", quirks: q("rich"), noView: true}, []Verdict{VerdictUndecided, Admitted}, ""},
		{"another role's page", scene{jit: "create", quirks: q("role"), noView: true}, []Verdict{VerdictAccepted}, ""},
		{"another role's page, with view", scene{jit: "create", quirks: q("role")}, []Verdict{Created}, ""},
		{"another role's page, bare root", scene{jit: "create", quirks: q("role", "bare-root"), noView: true}, []Verdict{VerdictAccepted}, ""},
		{"public home, jit on", scene{jit: "create", quirks: q("public"), noView: true}, []Verdict{Admitted}, ""},
		{"public home, jit off", scene{jit: "off", quirks: q("public"), noView: true}, []Verdict{Shut}, ""},
		{"noise, jit on", scene{jit: "create", quirks: q("noise"), noView: true}, []Verdict{Admitted, VerdictUndecided}, ""},
		{"noise, jit off", scene{jit: "off", quirks: q("noise"), noView: true}, []Verdict{Shut, VerdictUndecided}, ""},
	}
}

// judged is the verdict, and with undecided what it leans to.
func judged(j JIT) string { return fmt.Sprintf("%s/%s", j.Verdict, j.Leaning) }

func allowed(m mode, j JIT) bool {
	for _, w := range m.want {
		if j.Verdict == w && (w != VerdictUndecided || m.lean == "" || j.Leaning == m.lean) {
			return true
		}
	}
	return false
}

func TestModes(t *testing.T) {
	t.Parallel()
	for _, m := range modes() {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			j := Learn(m.play(experiment)).JIT()
			t.Logf("%s %s\n%s\n%v", judged(j), j.Confidence, j.Because, j.Findings)
			assert.True(t, allowed(m, j), "got %s, want %v %s", judged(j), m.want, m.lean)
		})
	}
}

// An account that is listed while its owner lands on pages of his own is created;
// that he may have been sent to wait there is said.
func TestCreatedOnOtherPagesSaysSo(t *testing.T) {
	t.Parallel()
	role, in := scene{jit: "create", quirks: []string{"role"}}, scene{jit: "create"}
	assert.Contains(t, strings.Join(Learn(role.play(experiment)).JIT().Findings, "\n"), "another role's, or one to wait on")
	assert.NotContains(t, strings.Join(Learn(in.play(experiment)).JIT().Findings, "\n"), "one to wait on")
}
