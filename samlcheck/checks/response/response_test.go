package response

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/samepage/samlcheck"
)

func TestChecksAreWellFormed(t *testing.T) {
	t.Parallel()
	assert.Empty(t, samlcheck.Validate(Checks))
	for _, c := range Checks {
		for _, cl := range c.Cites {
			assert.True(t, cl.Known(), "%s cites %s", c.ID, cl)
		}
	}
}
