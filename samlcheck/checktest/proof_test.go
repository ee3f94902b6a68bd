package checktest

import (
	"slices"
	"testing"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/checks/provisioning"
	"example.com/samepage/samlcheck/checks/response"
	"example.com/samepage/samlcheck/checks/session"
	"example.com/samepage/samlcheck/checks/signature"
)

func active() []samlcheck.Check {
	return slices.Concat(response.Checks, signature.Checks, session.Checks)
}

func TestResponsesAreProven(t *testing.T) {
	t.Parallel()
	if testing.Short() || raced {
		t.Skip("a minute of logins; run without -short and -race")
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
		t.Skip("half a minute of logins; run without -short and -race")
	}
	NeverWrong(t, active())
}
