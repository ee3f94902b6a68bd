package checktest

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/checks"
	"example.com/samepage/samlcheck/checks/assertion"
	"example.com/samepage/samlcheck/checks/conditions"
	"example.com/samepage/samlcheck/checks/provisioning"
	"example.com/samepage/samlcheck/checks/response"
	"example.com/samepage/samlcheck/checks/session"
	"example.com/samepage/samlcheck/checks/signature"
	"example.com/samepage/samlcheck/checks/statement"
	"example.com/samepage/samlcheck/checks/status"
	"example.com/samepage/samlcheck/checks/subject"
	"example.com/samepage/samlcheck/samepage"
)

func active() []samlcheck.Check {
	return slices.Concat(
		response.Checks, status.Checks, assertion.Checks, subject.Checks, conditions.Checks, statement.Checks,
		signature.Checks, session.Checks,
	)
}

func TestResponsesAreProven(t *testing.T) {
	t.Parallel()
	if testing.Short() || raced {
		t.Skip("minutes of logins; run without -short and -race")
	}
	Diagonal(t, active())
}

func TestProvisioningIsProven(t *testing.T) {
	t.Parallel()
	Diagonal(t, provisioning.Checks)
}

func TestResponsesAreNeverWrong(t *testing.T) {
	t.Parallel()
	if testing.Short() || raced {
		t.Skip("minutes of logins; run without -short and -race")
	}
	NeverWrong(t, active())
}

// TestEveryFlawIsProven: a flaw that no check names would be untried.
func TestEveryFlawIsProven(t *testing.T) {
	t.Parallel()
	proven := wrongs(checks.All())
	for _, f := range samepage.Flaws() {
		assert.Contains(t, proven, "flaw:"+string(f))
	}
}
