package template_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp/template"
)

// render is a slow way of making a text: one that escapes, and reckons.
func render(name, note string, at time.Time) [][]byte {
	text := strings.NewReplacer("&", "&amp;", "<", "&lt;")
	value := strings.NewReplacer("&", "&amp;", `"`, "&quot;", "\n", "&#xA;")
	return [][]byte{
		fmt.Appendf(nil, `<a n="%s" until="%s">%s</a>`, value.Replace(name), at.Add(5*time.Minute).Format("2006-01-02T15:04:05.000Z"), text.Replace(note)),
		[]byte(name + at.Add(-time.Hour).Format("2006-01-02T15:04:05Z")),
	}
}

func TestFilling(t *testing.T) {
	t.Parallel()
	probed := func(p template.Probe) [][]byte { return render(p.Text(0), p.Text(1), p.Instant(0)) }
	tp, err := template.Compile(probed(template.First), probed(template.Second))
	require.NoError(t, err)
	at := time.Date(2026, 1, 2, 3, 4, 5, 6e8, time.UTC)
	for _, v := range []struct{ name, note string }{
		{"Ada", "plain"}, {"", ""}, {`<&">'` + "\n\t\r", "a&b<c>"}, {" é\u2028😀 ", "\ue000000000\ue001"}, {"\ufffd", "  "},
	} {
		f := tp.Begin()
		f.Text(0, v.name)
		f.Text(1, v.note)
		f.Text(99, "no text has it")
		f.Instant(0, at)
		f.Instant(99, at)
		require.True(t, f.OK(), "%q", v)
		for n, want := range render(v.name, v.note, at) {
			assert.Equal(t, string(want), string(f.Append(nil, n)))
		}
		f.Done()
	}
	for _, bad := range []string{"\x00", "a\x1fb", "\xff", "é\xc3", "\ufffe", "\uffff"} {
		f := tp.Begin()
		f.Text(1, bad)
		assert.False(t, f.OK(), "%q", bad)
		f.Done()
	}
	f := tp.Begin()
	assert.True(t, f.OK(), "a filling is used again without what was wrong with the last")
}

// What two renderings do not prove is no template.
func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	of := func(f func(value string, at time.Time) string) error {
		make := func(p template.Probe) [][]byte { return [][]byte{[]byte(f(p.Text(0), p.Instant(0)))} }
		_, err := template.Compile(make(template.First), make(template.Second))
		return err
	}
	stamp := func(at time.Time) string { return at.Format("2006-01-02T15:04:05Z") }
	for name, c := range map[string]struct {
		f    func(string, time.Time) string
		want string
	}{
		"a constant that is none":    {func(v string, _ time.Time) string { return fmt.Sprintf("%s%x", v, v[5:12]) }, "depends on a value"},
		"trimmed":                    {func(v string, _ time.Time) string { return strings.TrimSpace(v) }, "trimmed"},
		"trimmed behind":             {func(v string, _ time.Time) string { return strings.TrimRight(v, " ") }, "cut or trimmed"},
		"cut":                        {func(v string, _ time.Time) string { return v[:20] }, "cut or trimmed"},
		"upper case":                 {func(v string, _ time.Time) string { return strings.ToUpper(v) }, "came out as"},
		"a character lost":           {func(v string, _ time.Time) string { return strings.ReplaceAll(v, "é", "?") }, "came out as"},
		"a character left out":       {func(v string, _ time.Time) string { return strings.ReplaceAll(v, "'", "") }, "came out as"},
		"all but letters lost":       {func(v string, _ time.Time) string { return strings.ReplaceAll(v, "\ue002", "") }, "beyond escaping"},
		"rounded":                    {func(v string, at time.Time) string { return v + stamp(at.Add(-110*time.Millisecond)) }, "depends on a value"},
		"far away":                   {func(v string, at time.Time) string { return v + stamp(at.AddDate(1, 0, 0)) }, "depends on a value"},
		"in an order of its own":     {func(v string, at time.Time) string { return v + fmt.Sprint(at.Unix()) }, "depends on a value"},
		"a value that looks like it": {func(string, time.Time) string { return " \ue000000007abc\ue001 " }, "changed"},
	} {
		assert.ErrorContains(t, of(c.f), c.want, name)
	}
	assert.NoError(t, of(func(v string, at time.Time) string { return "2026-01-02T03:04:05Z" + v + stamp(at.Add(-time.Hour)) }))
	_, err := template.Compile([][]byte{{}}, nil)
	assert.ErrorContains(t, err, "same texts")
}
