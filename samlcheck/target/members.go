package target

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

var (
	address = regexp.MustCompile(`^[^\s@<>"',;:/]+@[^\s@<>"',;:/]+$`)
	named   = regexp.MustCompile(`<([^<>\s]+@[^<>\s]+)>$`)
	lineish = regexp.MustCompile(`\r\n|\r|\n`)
)

// ParseMembers reads a members view: JSON, CSV (with or without a header), or
// one address a line. total is the number of entries, with an address or not.
//
// An entry's own address is the one in the column or key that most entries have
// an address in, so that an "invited_by" is not taken for a member. What is no
// list of members (a sign-in page, one page of several) is an error: a view
// that is wrongly thought empty would say that nobody got an account.
func ParseMembers(contentType string, body []byte) (emails []string, total int, err error) {
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	kind, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	switch {
	case len(body) == 0:
		return nil, 0, nil
	case body[0] == '<':
		return nil, 0, errors.New("target: the members view is a web page, not JSON, CSV or lines (a sign-in page?)")
	case strings.Contains(kind, "json") || body[0] == '{' || body[0] == '[':
		return jsonMembers(body)
	case bytes.IndexByte(body, 0) >= 0:
		return nil, 0, errors.New("target: the members view is binary; JSON, CSV or one address a line are understood")
	}
	lines := slices.DeleteFunc(lineish.Split(string(body), -1), func(s string) bool {
		s = strings.TrimSpace(s)
		return s == "" || strings.HasPrefix(s, "#")
	})
	if len(lines) == 0 {
		return nil, 0, nil
	}
	if comma := delimiter(lines[0]); comma != 0 {
		return csvMembers(body, comma)
	}
	return choose(rowsOf(lines))
}

func rowsOf(lines []string) []map[string]string {
	rows := make([]map[string]string, len(lines))
	for i, l := range lines {
		rows[i] = map[string]string{"": l}
	}
	return headless(rows)
}

// headless drops a first row in which nothing is an address: a header.
func headless(rows []map[string]string) []map[string]string {
	if len(rows) == 0 {
		return rows
	}
	for _, v := range rows[0] {
		if emailIn(v) != "" {
			return rows
		}
	}
	if len(rows) == 1 && !strings.Contains(strings.ToLower(rows[0][""]), "mail") && len(rows[0]) == 1 {
		return rows // a lone line that is no header: choose says that it is no address
	}
	return rows[1:]
}

func delimiter(line string) rune {
	for _, r := range ",;\t" {
		if strings.ContainsRune(line, r) {
			return r
		}
	}
	return 0
}

func csvMembers(body []byte, comma rune) ([]string, int, error) {
	r := csv.NewReader(bytes.NewReader(body))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.TrimLeadingSpace, r.Comment = comma, true, -1, true, '#'
	all, err := r.ReadAll()
	if err != nil {
		return nil, 0, fmt.Errorf("target: the members view is not CSV: %w", err)
	}
	if len(all) == 0 {
		return nil, 0, nil
	}
	rows := make([]map[string]string, 0, len(all))
	for _, rec := range all {
		row := map[string]string{}
		for i, v := range rec {
			key := fmt.Sprintf("%03d", i)
			if i < len(all[0]) && strings.Contains(strings.ToLower(all[0][i]), "mail") {
				key += " mail"
			}
			row[key] = v
		}
		rows = append(rows, row)
	}
	return choose(headless(rows))
}

// choose picks the column that holds the entries' own addresses.
func choose(rows []map[string]string) ([]string, int, error) {
	if len(rows) == 0 {
		return nil, 0, nil
	}
	count := map[string]int{}
	for _, row := range rows {
		for k, v := range row {
			if emailIn(v) != "" {
				count[k]++
			}
		}
	}
	best := ""
	for _, k := range slices.Sorted(maps.Keys(count)) {
		if n := count[k]; n > count[best] || n == count[best] && nearer(k, best) {
			best = k
		}
	}
	if count[best]*2 < len(rows) || count[best] == 0 {
		return nil, 0, fmt.Errorf("target: the members view has %d entries, and %d of them an e-mail address: no list of members", len(rows), count[best])
	}
	var out []string
	for _, row := range rows {
		if e := emailIn(row[best]); e != "" {
			out = append(out, e)
		}
	}
	return out, len(rows), nil
}

// nearer says whether key a is likelier than b to be the entry's own address.
func nearer(a, b string) bool {
	am, bm := strings.Contains(strings.ToLower(a), "mail"), strings.Contains(strings.ToLower(b), "mail")
	if am != bm {
		return am
	}
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}

func emailIn(s string) string {
	s = strings.TrimPrefix(strings.TrimSpace(s), "mailto:")
	if m := named.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	if address.MatchString(s) {
		return s
	}
	return ""
}

func jsonMembers(body []byte) ([]string, int, error) {
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		return nil, 0, fmt.Errorf("target: the members view is not JSON: %w", err)
	}
	if o, ok := v.(map[string]any); ok {
		if keys := addressKeys(o); len(keys) > 0 {
			return keys, len(o), nil
		}
	}
	list, found, err := findList(v)
	if err != nil {
		return nil, 0, err
	}
	if !found {
		return nil, 0, errors.New("target: the members view is JSON without a list in it")
	}
	rows := make([]map[string]string, len(list))
	for i, item := range list {
		rows[i] = map[string]string{}
		leaves(item, "", rows[i])
	}
	return choose(rows)
}
