package checktest

import (
	"testing"

	"example.com/samepage/samlcheck/checks/account"
)

func TestAccountsAreProven(t *testing.T) {
	t.Parallel()
	if testing.Short() || raced {
		t.Skip("a minute of logins; run without -short and -race")
	}
	Experiments(t, account.Checks)
}
