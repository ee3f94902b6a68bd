package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// published is a schema as its authors publish it on npm. It is read where it
// was installed and never copied.
func published(t *testing.T, pkg, file, base string) *jsonschema.Schema {
	t.Helper()
	dir := os.Getenv("SAMLCHECK_NODE_MODULES")
	if dir == "" {
		dir = "../../.cache/node_modules"
	}
	dir = filepath.Join(dir, pkg)
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("%s is not installed: npm install --no-save --prefix .cache har-schema@2.0.0 ctrf@0.3.0", pkg)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft6)
	c.AssertFormat()
	files, err := filepath.Glob(filepath.Join(dir, filepath.Dir(file), "*.json"))
	require.NoError(t, err)
	for _, f := range files {
		raw, err := os.ReadFile(f)
		require.NoError(t, err)
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		require.NoError(t, err)
		if o, ok := doc.(map[string]any); ok {
			delete(o, "$id") // relative ids, which the references do not use
			if s, ok := o["$schema"].(string); ok && strings.Contains(s, "draft-06") {
				delete(o, "$schema")
			}
		}
		require.NoError(t, c.AddResource(base+filepath.Base(f), doc))
	}
	s, err := c.Compile(base + filepath.Base(file))
	require.NoError(t, err)
	return s
}

func valid(t *testing.T, s *jsonschema.Schema, doc string) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(doc))
	require.NoError(t, err)
	require.NoError(t, s.Validate(v))
}

// record is a login with everything that a flow can hold.
func record() transcript.Record {
	hop := func(method, url string, status int) transcript.Hop {
		return transcript.Hop{Method: method, URL: url, Because: "start", Status: status, ContentType: "text/html", Title: "Home", Blocks: []string{"Hello"},
			Date: "Mon, 23 Nov 2026 22:10:31 GMT", RequestIDs: map[string]string{"x-request-id": "=HYPERLINK(1)"},
			Cookies: []transcript.Cookie{{Name: "sid", Digest: "9f1c", SameSite: "Lax", Secure: true}, {Name: "old", Deleted: true}}}
	}
	post := hop("POST", "https://app.example/acs?x=a%20b", 302)
	post.Posted, post.Location = []string{"SAMLResponse", "RelayState"}, "/home"
	idp := hop("GET", "https://acme.okta.example/sso?SAMLRequest=abc", 200)
	idp.AtIdP, idp.Date = true, ""
	dead := transcript.Hop{Method: "GET", URL: "::not a url", Because: "link", Error: "no such host"}
	return transcript.Record{Face: "okta", Browser: "plain", Runs: []transcript.Run{{ID: "okta/000", Trial: "known-1", Began: ten, Steps: []transcript.Step{
		{Name: "login", Do: "log in as known", Person: "known", Began: ten, Took: 2000,
			Request: &transcript.Message{XML: `<samlp:AuthnRequest xmlns:samlp="p" ID="_req1"/>`, RelayState: "state-1"},
			Sent:    &transcript.Message{XML: `<Response ID='_resp1'><saml:Assertion ID="_a1" xmlns:saml="s"/></Response>`, Changed: []string{"audience"}},
			Login:   []transcript.Hop{idp, post, hop("GET", "https://app.example/home", 200)},
			Visits:  []transcript.Visit{{Name: "home", Hops: []transcript.Hop{dead}}}},
		{Name: "look", Do: "look", Began: ten, Visits: []transcript.Visit{{Name: "root", Hops: []transcript.Hop{hop("GET", "https://app.example/", 403)}}}},
	}}}}
}

func har(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, report.WriteHAR(&b, report.Tool{Name: "samlcheck", Version: "test"}, []transcript.Record{record()}))
	return b.String()
}

func TestHARIsValid(t *testing.T) {
	t.Parallel()
	valid(t, published(t, "har-schema", "lib/har.json", "https://schema.example/"), har(t))
}

func TestHARSaysWhatWasSeenAndNoMore(t *testing.T) {
	t.Parallel()
	var doc struct {
		Log struct {
			Version string
			Pages   []struct{ ID, Title string }
			Entries []struct {
				Pageref string
				Error   string `json:"_error"`
				Request struct {
					Method, URL string
					QueryString []struct{ Name, Value string }
					PostData    *struct {
						Params []struct{ Name, Value string }
					}
					Message string `json:"_message"`
				}
				Response struct {
					Status  int
					Cookies []struct{ Name, Value string }
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(har(t)), &doc))
	assert.Equal(t, "1.2", doc.Log.Version)
	require.Len(t, doc.Log.Entries, 5)
	require.Len(t, doc.Log.Pages, 2)
	assert.Equal(t, "okta/000#login", doc.Log.Pages[0].ID)
	assert.Equal(t, "messages/okta-000-login-request.xml", doc.Log.Entries[0].Request.Message)
	post := doc.Log.Entries[1]
	assert.Equal(t, "messages/okta-000-login-response.xml", post.Request.Message)
	assert.Equal(t, "a b", post.Request.QueryString[0].Value)
	assert.NotEmpty(t, post.Request.PostData.Params[0].Value)
	assert.Equal(t, "sha256:9f1c", post.Response.Cookies[0].Value)
	assert.Equal(t, "no such host", doc.Log.Entries[3].Error)
}

func TestCTRFIsValid(t *testing.T) {
	t.Parallel()
	s := published(t, "ctrf", "dist/ctrf-schema-0.0.json", "https://schema.example/")
	valid(t, s, render(t, report.WriteCTRF, sample()))
}

func TestCTRFNeverPassesWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	var doc struct {
		Results struct {
			Summary map[string]int64
			Tests   []struct {
				Name, Status, RawStatus string
				Suite                   []string
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(render(t, report.WriteCTRF, sample())), &doc))
	got := map[string]string{}
	for _, x := range doc.Results.Tests {
		got[x.Suite[0]+" "+x.Name] = x.Status + " " + x.RawStatus
	}
	assert.Equal(t, "passed pass", got["okta response/audience-foreign"])
	assert.Equal(t, "passed warn", got["okta request/unsigned"])
	assert.Equal(t, "failed fail", got["okta response/replay"])
	assert.Equal(t, "other inconclusive", got["okta session/cookie"])
	assert.Equal(t, "skipped skipped", got["okta idpmetadata/x"])
	assert.Equal(t, "other undecided", got["entra jit"], "a leaning is no verdict")
	assert.Equal(t, "failed undecided", got["entra expect/jit"])
	assert.EqualValues(t, len(doc.Results.Tests), doc.Results.Summary["tests"])
}

func TestSARIFIsValidAndPoints(t *testing.T) {
	t.Parallel()
	r := sample()
	r.Faces[0].Findings[1].Evidence = []transcript.Ref{{In: "sp-metadata", Line: 7, Excerpt: "<x/>"}}
	r.Faces[0].Landings[0].Run, r.Faces[0].Landings[0].Asked = "okta/014", "HTTP-Redirect"
	r.Faces[0].Landings[0].Step = "again"
	raw := render(t, report.WriteSARIF, r)
	doc, err := sarif.FromString(raw)
	require.NoError(t, err)
	require.NoError(t, doc.Validate())
	kinds := map[string]string{}
	for _, x := range doc.Runs[0].Results {
		kinds[*x.RuleID] = x.Kind + " " + x.Level
	}
	assert.Equal(t, map[string]string{
		"response/audience-foreign": "pass none", "request/unsigned": "fail warning", "response/replay": "fail error",
		"session/cookie": "open none", "idpmetadata/x": "notApplicable none", "response/note": "informational none",
	}, kinds)
	replay, unsigned := doc.Runs[0].Results[2], doc.Runs[0].Results[1]
	assert.Equal(t, "messages/okta-014-again-response.xml", *replay.Locations[0].PhysicalLocation.ArtifactLocation.URI)
	assert.Equal(t, "metadata/sp.xml", *unsigned.Locations[0].PhysicalLocation.ArtifactLocation.URI)
	assert.Equal(t, 7, *unsigned.Locations[0].PhysicalLocation.Region.StartLine)
}

func TestArtifactIsAFileOfTheBundle(t *testing.T) {
	t.Parallel()
	f := report.Face{Face: "okta", Landings: []report.Landing{{Run: "okta/001", Step: "login", Asked: "x", Sent: "y"}, {Run: "okta/002", Step: "look"}}}
	assert.Equal(t, "messages/okta-001-login-request.xml", f.Artifact("request/id-unique", "okta/001#login"))
	assert.Equal(t, "messages/okta-001-login-response.xml", f.Artifact("response/replay", "okta/001#login"))
	assert.Equal(t, "transcript.jsonl", f.Artifact("response/replay", "okta/002#look"), "a step without messages")
	assert.Equal(t, "metadata/idp-okta.xml", f.Artifact("pairing/x", "idp-metadata"))
}

func TestTimelineNamesWhatALogHas(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	require.NoError(t, report.WriteTimeline(&b, &report.Report{Faces: []report.Face{report.FaceOf(record(), nil, nil)}}, []transcript.Record{record()}))
	rows, err := csv.NewReader(&b).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 3)
	row := map[string]string{}
	for i, name := range rows[0] {
		row[name] = rows[1][i]
	}
	assert.Equal(t, "2026-11-23T22:10:00.000Z", row["utc"])
	assert.Equal(t, "30.0", row["sp_clock_offset_s"], "the SP says :31, the middle of the step was :01")
	assert.Equal(t, "_req1", row["authn_request_id"])
	assert.Equal(t, "_resp1", row["response_id"])
	assert.Equal(t, "_a1", row["assertion_id"])
	assert.Len(t, row["relay_state_sha256"], 16)
	assert.Contains(t, row["request_ids"], "x-request-id")
	assert.Equal(t, "known-1", row["trial"])
	assert.NotEmpty(t, row["because"], "what the report says")
}

// A stranger's server must not put a formula into the reader's spreadsheet.
func TestTimelineCellsAreNoFormulas(t *testing.T) {
	t.Parallel()
	rec := record()
	rec.Runs[0].Steps[0].Login[2].URL = "=cmd|' /C calc'!A0"
	var b bytes.Buffer
	require.NoError(t, report.WriteTimeline(&b, &report.Report{}, []transcript.Record{rec}))
	assert.Contains(t, b.String(), "'=cmd")
	assert.NotContains(t, b.String(), ",=cmd")
}

// No schema of JUnit is on npm: what its readers rely on is looked at.
func TestJUnitCountsItsCases(t *testing.T) {
	t.Parallel()
	var doc struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Skipped  int `xml:"skipped,attr"`
		Suites   []struct {
			Name  string `xml:"name,attr"`
			Cases []struct {
				Class   string    `xml:"classname,attr"`
				Name    string    `xml:"name,attr"`
				Failure *struct{} `xml:"failure"`
				Error   *struct{} `xml:"error"`
				Skipped *struct{} `xml:"skipped"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	require.NoError(t, xml.Unmarshal([]byte(render(t, report.WriteJUnit, sample())), &doc))
	n, failures, errs, skipped := 0, 0, 0, 0
	for _, s := range doc.Suites {
		assert.NotEmpty(t, s.Name)
		for _, c := range s.Cases {
			assert.NotEmpty(t, c.Class)
			assert.NotEmpty(t, c.Name)
			n++
			if c.Failure != nil {
				failures++
			}
			if c.Error != nil {
				errs++
			}
			if c.Skipped != nil {
				skipped++
			}
		}
	}
	assert.Equal(t, []int{n, failures, errs, skipped}, []int{doc.Tests, doc.Failures, doc.Errors, doc.Skipped})
	assert.Positive(t, n)
}

func TestAnEmptyReportHasEveryForm(t *testing.T) {
	t.Parallel()
	r := &report.Report{Tool: report.Tool{Name: "samlcheck"}, Started: ten, Finished: ten, Faces: []report.Face{{Face: "okta",
		Findings: []samlcheck.Finding{{Check: "response/replay", Outcome: "an outcome of a later version"}}}}}
	for _, write := range []func(io.Writer, *report.Report) error{report.WriteSARIF, report.WriteCTRF} {
		assert.NotEmpty(t, render(t, write, r))
	}
	assert.Contains(t, render(t, report.WriteCTRF, r), `"status": "other"`)
}
