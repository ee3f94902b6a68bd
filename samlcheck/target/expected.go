package target

import (
	"reflect"
	"time"

	"github.com/goccy/go-yaml/ast"
)

// Expected is what may come of a check. The long form accepts a finding that is
// known: it says why, and until when, because an acceptance without an end is
// how a hole is forgotten.
type Expected struct {
	Is      []string  // the acceptable answers: outcomes ("fail"), or JIT verdicts
	Because string    // why it is accepted; "" where it is simply expected
	Until   time.Time // the last day (UTC) on which it is; zero without an end
}

// longExpected is the long form as it stands in the file.
type longExpected struct {
	Is      []string `yaml:"is" one:"true" doc:"the acceptable answers"`
	Because string   `yaml:"because" doc:"why this is accepted"`
	Until   string   `yaml:"until" doc:"the last day on which it is, YYYY-MM-DD"`
}

func (d *decoder) expected(n ast.Node, e *Expected, key string) {
	if _, short := n.(ast.ScalarNode); short {
		d.decode(n, reflect.ValueOf(&e.Is).Elem(), key, `one:"true"`)
		return
	}
	if _, list := n.(*ast.SequenceNode); list {
		d.decode(n, reflect.ValueOf(&e.Is).Elem(), key, `one:"true"`)
		return
	}
	var long longExpected
	d.decode(n, reflect.ValueOf(&long).Elem(), key, "")
	if len(long.Is) == 0 || long.Because == "" || long.Until == "" {
		d.bad(lineOf(n), "%s: an accepted finding says `is`, `because` and `until`", key)
		return
	}
	day, err := time.Parse(time.DateOnly, long.Until)
	if err != nil {
		d.bad(lineOf(n), "%s.until: %q is no day like 2027-03-31", key, long.Until)
		return
	}
	*e = Expected{Is: long.Is, Because: long.Because, Until: day}
}
