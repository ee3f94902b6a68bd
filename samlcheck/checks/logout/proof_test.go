package logout_test

import (
	"testing"

	"example.com/samepage/samlcheck/checks/logout"
	"example.com/samepage/samlcheck/checktest"
)

func TestProven(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("half a minute of logins; run without -short")
	}
	checktest.Diagonal(t, logout.Checks)
}

func TestNeverWrong(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("half a minute of logins; run without -short")
	}
	checktest.NeverWrong(t, logout.Checks)
}
