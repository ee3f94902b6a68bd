package offboarding_test

import (
	"testing"

	"example.com/samepage/samlcheck/checks/offboarding"
	"example.com/samepage/samlcheck/checktest"
)

func TestProven(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("half a minute of logins; run without -short")
	}
	checktest.Diagonal(t, offboarding.Checks)
}

func TestNeverWrong(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("half a minute of logins; run without -short")
	}
	checktest.NeverWrong(t, offboarding.Checks)
}
