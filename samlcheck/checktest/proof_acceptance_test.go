package checktest

import (
	"testing"

	"example.com/samepage/samlcheck/checks/acceptance"
)

func TestAcceptanceIsProven(t *testing.T) {
	t.Parallel()
	if testing.Short() || raced {
		t.Skip("minutes of logins; run without -short and -race")
	}
	Diagonal(t, acceptance.Checks)
}

func TestAcceptanceIsNeverWrong(t *testing.T) {
	t.Parallel()
	if testing.Short() || raced {
		t.Skip("minutes of logins; run without -short and -race")
	}
	NeverWrong(t, acceptance.Checks)
}
