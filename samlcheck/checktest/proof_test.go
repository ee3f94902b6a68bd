package checktest

import (
	"slices"
	"testing"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/checks/response"
	"example.com/samepage/samlcheck/checks/session"
	"example.com/samepage/samlcheck/checks/signature"
)

func active() []samlcheck.Check {
	return slices.Concat(response.Checks, signature.Checks, session.Checks)
}

func TestResponsesAreProven(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a minute of logins; run without -short")
	}
	Diagonal(t, active())
}

func TestResponsesAreNeverWrong(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("half a minute of logins; run without -short")
	}
	NeverWrong(t, active())
}
