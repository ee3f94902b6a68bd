// Package coverage accounts for the design's catalogue: 425 rows merged from
// every open peer, each with the checks that answer it or the reason why none
// does.
//
// A row names the cases of the peers that it stands for (spid-sp-test,
// spid-saml-check, saml2test, SAMLscope and others), so the same table says
// which check of ours answers "SP case 29". The rows are data, one file a
// group; what is said of them is checked against the catalogue itself.
//
// It refuses to leave a row open: a row without a check has a reason.
package coverage

import (
	"bufio"
	"embed"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"example.com/samepage/samlcheck"
)

//go:embed *.tsv
var files embed.FS

// A Row is one line of the design's catalogue.
type Row struct {
	ID      string   // "N022"
	Class   string   // of the protocol negatives: M, S or P as first read; "" elsewhere
	Text    string   // the case in words
	Sources string   // the peers' own ids: "SP 29; S2 FL13"
	Checks  []string // ids of the checks that answer it
	Reason  string   // why none does
}

// groups in the order of the design, with their titles.
func groups() []struct{ file, title string } {
	return []struct{ file, title string }{
		{"MD", "Metadata"}, {"AR", "AuthnRequest"}, {"P", "Response acceptance"}, {"N", "Negative, protocol"},
		{"X", "Negative, signature, XML, cryptography"}, {"L", "Lifecycle"}, {"O", "Single logout"},
	}
}

// Rows reads all rows, in the design's order.
func Rows() ([]Row, error) {
	var out []Row
	for _, g := range groups() {
		rows, err := read(g.file)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

func read(group string) ([]Row, error) {
	f, err := files.Open(group + ".tsv")
	if err != nil {
		return nil, fmt.Errorf("coverage: %w", err)
	}
	defer f.Close()
	var out []Row
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if n == 1 {
			continue // the names of the columns
		}
		c := strings.Split(lines.Text(), "\t")
		if len(c) != 6 {
			return nil, fmt.Errorf("coverage: %s.tsv:%d: %d columns, want 6", group, n, len(c))
		}
		r := Row{ID: c[0], Class: c[1], Text: c[2], Sources: c[3], Reason: strings.TrimSpace(c[5])}
		for id := range strings.SplitSeq(c[4], ",") {
			if id = strings.TrimSpace(id); id != "" {
				r.Checks = append(r.Checks, id)
			}
		}
		out = append(out, r)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("coverage: %s.tsv: %w", group, err)
	}
	return out, nil
}

// Problems says what is wrong with the account: a row with neither check nor
// reason or with both, a check that does not exist, a check that no row names.
func Problems(rows []Row, checks []samlcheck.Check) []string {
	var out []string
	exists := map[string]bool{}
	for _, c := range checks {
		exists[c.ID] = true
	}
	named := map[string]bool{}
	for _, r := range rows {
		switch {
		case len(r.Checks) == 0 && r.Reason == "":
			out = append(out, fmt.Sprintf("%s (%s) has neither a check nor a reason", r.ID, r.Text))
		case len(r.Checks) > 0 && r.Reason != "":
			out = append(out, fmt.Sprintf("%s has checks and a reason why there are none", r.ID))
		}
		for _, id := range r.Checks {
			named[id] = true
			if !exists[id] {
				out = append(out, fmt.Sprintf("%s names %q, which is no check", r.ID, id))
			}
		}
	}
	return out
}

// beyond are the checks that no row of the design asked for.
func beyond(rows []Row, checks []samlcheck.Check) []string {
	named := map[string]bool{}
	for _, r := range rows {
		for _, id := range r.Checks {
			named[id] = true
		}
	}
	var out []string
	for _, c := range checks {
		if !named[c.ID] {
			out = append(out, c.ID)
		}
	}
	return out
}

// Case finds the rows that stand for one case of a peer. source is the peer's
// short name as the design has it ("SP", "SC", "S2"), id the case's own.
func Case(rows []Row, source, id string) []Row {
	var out []Row
	for _, r := range rows {
		if slices.Contains(Cases(r.Sources, source), id) {
			out = append(out, r)
		}
	}
	return out
}

// Cases lists the ids that a row's sources name of one peer: "SP 94-96" is
// three of them, "S2 FL14a" one.
func Cases(sources, peer string) []string {
	var out []string
	for part := range strings.SplitSeq(sources, ";") {
		rest, ok := strings.CutPrefix(strings.TrimSpace(part), peer+" ")
		if !ok {
			continue
		}
		for id := range strings.SplitSeq(rest, ",") {
			id = strings.TrimSpace(id)
			if i := strings.IndexByte(id, '('); i >= 0 {
				id = strings.TrimSpace(id[:i])
			}
			out = append(out, spread(id)...)
		}
	}
	return out
}

var span = regexp.MustCompile(`^(\d+)-(\d+)$`)

func spread(id string) []string {
	m := span.FindStringSubmatch(id)
	if m == nil {
		return []string{id}
	}
	var from, to int
	if _, err := fmt.Sscan(m[1]+" "+m[2], &from, &to); err != nil || to < from || to-from > 200 {
		return []string{id}
	}
	var out []string
	for n := from; n <= to; n++ {
		out = append(out, fmt.Sprint(n))
	}
	return out
}
