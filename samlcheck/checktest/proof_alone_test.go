package checktest

import (
	"testing"

	"example.com/samepage/samlcheck/checks/session"
)

func TestSessionsThatKeepEverybodyOutAreProven(t *testing.T) {
	t.Parallel()
	Alone(t, session.Checks)
}
