package checktest

import (
	"slices"
	"testing"

	"example.com/samepage/samlcheck/checks/response"
	"example.com/samepage/samlcheck/checks/session"
	"example.com/samepage/samlcheck/checks/signature"
)

func TestResponsesAreProven(t *testing.T) {
	t.Parallel()
	Diagonal(t, slices.Concat(response.Checks, signature.Checks, session.Checks))
}
