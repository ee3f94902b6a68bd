package checktest

import (
	"testing"

	"example.com/samepage/samlcheck/checks/measure"
)

func TestMeasuresAreProven(t *testing.T) {
	t.Parallel()
	if testing.Short() || raced {
		t.Skip("minutes of logins; run without -short and -race")
	}
	Diagonal(t, measure.Checks)
}
