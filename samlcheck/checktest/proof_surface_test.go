package checktest

import (
	"testing"

	"example.com/samepage/samlcheck/checks/surface"
)

func TestSurfaceIsProven(t *testing.T) {
	t.Parallel()
	Surface(t, surface.Checks)
}
