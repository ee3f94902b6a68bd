package checktest

import (
	"slices"
	"testing"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/checks/encryption"
	"example.com/samepage/samlcheck/checks/parser"
	"example.com/samepage/samlcheck/checks/signature"
	"example.com/samepage/samlcheck/checks/wrapping"
)

func forgeries() []samlcheck.Check {
	return slices.Concat(signature.Checks, wrapping.Checks, parser.Checks, encryption.Checks)
}

func TestForgeriesAreProven(t *testing.T) {
	t.Parallel()
	if testing.Short() || raced {
		t.Skip("minutes of logins; run without -short and -race")
	}
	Diagonal(t, forgeries())
}

func TestForgeriesAreNeverWrong(t *testing.T) {
	t.Parallel()
	if testing.Short() || raced {
		t.Skip("minutes of logins; run without -short and -race")
	}
	NeverWrong(t, forgeries())
}
