package target_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/target"
)

func TestParseMembers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, kind, body string
		want             []string
		total            int
	}{
		{"nobody", "", "\n", nil, 0},
		{"nobody in JSON", "application/json", "[]", nil, 0},
		{"lines", "", "a@x.example\n# a remark\n\nBob B <b@x.example>\n", []string{"a@x.example", "b@x.example"}, 2},
		{"one line", "text/plain", "a@x.example", []string{"a@x.example"}, 1},
		{"lines with a header", "", "email\na@x.example\n", []string{"a@x.example"}, 1},
		{"CRLF and BOM", "", "\xef\xbb\xbfa@x.example\r\nb@x.example\r\n", []string{"a@x.example", "b@x.example"}, 2},
		{"CSV", "text/csv", "Name,Email,Invited by\nA,a@x.example,root@x.example\n\"B, B\",b@x.example,root@x.example\n", []string{"a@x.example", "b@x.example"}, 2},
		{"CSV, semicolons, inviter first", "", "invited;mail;role\nroot@x.example;a@x.example;Admin\n", []string{"a@x.example"}, 1},
		{"CSV, header only", "", "Name,Email\n", nil, 0},
		{"CSV, no header", "", "A,a@x.example\nB,b@x.example\n", []string{"a@x.example", "b@x.example"}, 2},
		{"JSON strings", "application/json", `["a@x.example","b@x.example"]`, []string{"a@x.example", "b@x.example"}, 2},
		{"JSON objects", "", `{"members":[{"id":1,"email":"a@x.example","by":"r@x.example"},{"email":"b@x.example","by":"r@x.example"}],"total":2}`, []string{"a@x.example", "b@x.example"}, 2},
		{"an entry without an address counts", "", `[{"email":"a@x.example"},{"email":null}]`, []string{"a@x.example"}, 2},
		{"SCIM", "application/scim+json", `{"Resources":[{"userName":"u1","emails":[{"value":"a@x.example"}]}],"totalResults":1}`, []string{"a@x.example"}, 1},
		{"wrapped", "", `{"data":{"users":[{"mail":"a@x.example"}]}}`, []string{"a@x.example"}, 1},
		{"by address", "", `{"a@x.example":{"role":"Member"}}`, []string{"a@x.example"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, total, err := target.ParseMembers(c.kind, []byte(c.body))
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
			assert.Equal(t, c.total, total)
		})
	}
}

func TestParseMembersRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, kind, body, want string }{
		{"a sign-in page", "text/html", "<html>Sign in", "web page"},
		{"words", "", "Permission denied", "no list of members"},
		{"several lines of words", "", "one\ntwo\nthree", "no list of members"},
		{"broken JSON", "application/json", `[{"email": "a@x.example"`, "not JSON"},
		{"no list", "application/json", `{"error":"unauthorized"}`, "without a list"},
		{"a list of other things", "", `{"errors":[{"code":1},{"code":2}]}`, "no list of members"},
		{"one page of several", "", `{"total":250,"items":[{"email":"a@x.example"}]}`, "1 of 250"},
		{"a next page", "", `{"next_cursor":"abc","items":[{"email":"a@x.example"}]}`, "next_cursor"},
		{"broken CSV", "", "a,b\n\"x", "members view"},
		{"binary", "", "PK\x03\x04\x00\x00", "binary"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, _, err := target.ParseMembers(c.kind, []byte(c.body))
			require.ErrorContains(t, err, c.want)
		})
	}
}

func FuzzParseMembers(f *testing.F) {
	for _, s := range []string{"a@x", "a,b\n", "{}", "[]", "[[]]", `{"a":{"b":[1]}}`, ";;\n;;", "#\n", "#"} {
		f.Add("", []byte(s))
	}
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		got, total, err := target.ParseMembers(kind, body)
		if err == nil && len(got) > total {
			t.Errorf("%d addresses in %d entries", len(got), total)
		}
	})
}
