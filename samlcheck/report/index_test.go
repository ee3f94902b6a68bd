package report

import (
	"bytes"
	"encoding/xml"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
)

func entry(name string, findings ...samlcheck.Finding) Entry {
	r := &Report{Target: Target{Name: name}, Started: time.Unix(0, 0), Finished: time.Unix(9, 0), Faces: []Face{
		{Face: "okta", JIT: &oracle.JIT{Verdict: oracle.Shut, Confidence: oracle.Observed}, Findings: findings}, {Face: "entra"},
	}}
	r.Finish(nil, false)
	return EntryOf(r, "bundles/"+name)
}

func found(check string, o samlcheck.Outcome) samlcheck.Finding {
	return samlcheck.Finding{Check: check, Outcome: o, Because: "it\nwas seen"}
}

func TestAnIndexIsAsBadAsItsWorstTarget(t *testing.T) {
	t.Parallel()
	good, open, failed := entry("good", found("a", samlcheck.Pass)), entry("open", found("a", samlcheck.Pass)), entry("failed", found("b", samlcheck.Fail))
	open.Summary.Exit = ExitUndecided
	unrun := Unrun("unrun", "unrun.yaml", errors.New("no answer"))
	for _, c := range []struct {
		entries []Entry
		exit    int
	}{
		{nil, ExitUndecided}, {[]Entry{good}, ExitGood}, {[]Entry{open, good}, ExitUndecided}, {[]Entry{failed, open, good}, ExitFailed},
		{[]Entry{good, failed, unrun}, exitUsage},
	} {
		assert.Equal(t, c.exit, IndexOf(c.entries).Summary.Exit)
	}
	assert.Equal(t, 130, Worse(2, 130))
	x := IndexOf([]Entry{failed, good, unrun})
	assert.Equal(t, 1, x.Summary.Fail)
	assert.Equal(t, []string{"failed", "good", "unrun"}, []string{x.Entries[0].Target.Name, x.Entries[1].Target.Name, x.Entries[2].Target.Name})
	assert.Empty(t, x.Notes, "what was not run was run by no tool")
	good.Tool.Version = "2"
	assert.Len(t, IndexOf([]Entry{good, failed}).Notes, 1)
}

func TestAnIndexInWords(t *testing.T) {
	t.Parallel()
	x := IndexOf([]Entry{entry("acme", found("response/replay", samlcheck.Fail), found("c", samlcheck.Inconclusive)), Unrun("brim", "brim.yaml", errors.New("no answer"))})
	var b bytes.Buffer
	require.NoError(t, WriteIndex(&b, x, "text"))
	assert.Equal(t, `target     exit  fail  warn  pass  undecided  skipped  first login makes the account
acme       1     1     0     0     1          0        shut (okta)
brim       2     0     0     0     0          0        not run
2 targets  2     1     0     0     1          0

acme
  FAIL response/replay (okta): it was seen
  UNDECIDED c (okta): it was seen
  all of it: samlcheck report -v bundles/acme

brim
  NOT RUN no answer
exit 2
`, b.String())
	b.Reset()
	require.NoError(t, WriteIndex(&b, x, "junit"))
	var suites junitSuites
	require.NoError(t, xml.Unmarshal(b.Bytes(), &suites))
	assert.Equal(t, []int{4, 1, 2}, []int{suites.Tests, suites.Failures, suites.Errors})
	b.Reset()
	require.NoError(t, WriteIndex(&b, x, "json"))
	back, err := ReadIndex(&b)
	require.NoError(t, err)
	assert.Equal(t, x.Entries[0].Bad, back.Entries[0].Bad)
	require.ErrorContains(t, WriteIndex(&b, x, "har"), "none of text, json, junit, markdown, html")
	_, err = ReadIndex(bytes.NewBufferString(`{"schema": "samlcheck.index/v9"}`))
	require.ErrorContains(t, err, "samlcheck.index/v9")
}

func TestTargetsOfOneNameAreToldApart(t *testing.T) {
	t.Parallel()
	again := entry("acme")
	again.File = "targets/second.yaml"
	var b bytes.Buffer
	x := IndexOf([]Entry{entry("acme"), again, entry("brim")})
	for _, form := range IndexFormats()[3:] { // markdown, html
		require.NoError(t, WriteIndex(&b, x, form))
	}
	require.NoError(t, WriteIndex(&b, x, "text"))
	assert.Equal(t, 3, strings.Count(b.String(), "acme (second.yaml)"))
	assert.NotContains(t, b.String(), "brim (")
}

// A failure that its owner accepted is none of an index either.
func TestAnIndexListsNoAcceptedFailure(t *testing.T) {
	t.Parallel()
	r := &Report{Faces: []Face{{Face: "okta", Findings: []samlcheck.Finding{found("a", samlcheck.Fail), found("b", samlcheck.Fail)}}}}
	r.Expect = []Expectation{{Face: "okta", ID: "a", Want: []string{"fail"}, Got: "fail", Met: true}, {Face: "okta", ID: "jit", Want: []string{"created"}, Got: "shut"}}
	var ids []string
	for _, x := range EntryOf(r, "").Bad {
		ids = append(ids, x.Check)
	}
	assert.Equal(t, []string{"b", "expect/jit"}, ids)
}
