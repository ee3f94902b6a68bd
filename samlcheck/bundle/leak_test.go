package bundle

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"example.com/samepage/samlcheck/transcript"
)

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func deflate(s string) string {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestCompression)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b[1 : len(b)-1])
}

// spelled are the ways in which a text can stand in what was seen, by name.
func spelled(s string) map[string]string {
	return map[string]string{
		"plain": s, "query": url.QueryEscape(s), "path": url.PathEscape(s), "html": html.EscapeString(s), "json": quoted(s),
		"base64": b64(s), "basic": b64("user:" + s), "base64url": base64.RawURLEncoding.EncodeToString([]byte("a=" + s)),
		"escaped base64": url.QueryEscape(b64(`{"as":"` + s + `"}`)), "deflate": b64(deflate("<NameID>" + s + "</NameID>")),
		"escaped deflate": url.QueryEscape(b64(deflate("<AuthnRequest>" + s + "</AuthnRequest>"))),
		"twice":           url.QueryEscape(url.QueryEscape("x=" + s)), "thrice": url.QueryEscape(url.QueryEscape(url.QueryEscape("x=" + s))),
		"html twice": html.EscapeString(html.EscapeString("'" + s + "'")), "base64 twice": b64(b64("--" + s + "--")),
		"base64 of a query": b64("return=" + url.QueryEscape(s)), "after a path": "/r/" + b64("to "+s),
	}
}

// everywhere puts one text into every place of a run that comes from outside.
func everywhere(x string) transcript.Run {
	hop := transcript.Hop{
		Method: "GET", URL: "https://sp.example/a?t=" + x + "#" + x, Location: "/b?u=" + x, Title: x, Blocks: []string{"you are " + x, x}, Links: []string{"/c?" + x},
		Cookies: []transcript.Cookie{{Name: x, Path: "/" + x, Digest: "9f"}}, RequestIDs: map[string]string{"x-request-id": x}, Headers: map[string]string{"www-authenticate": "Basic " + x},
		Forms: []transcript.PageForm{{Action: "/d?" + x, Fields: []string{x + ":text"}}}, JSONKeys: []string{"data." + x}, Error: "no " + x,
		Fetches: []transcript.Fetch{{Method: "GET", URL: "/e?" + x, Error: x}}, Storage: []string{"local:" + x}, Console: []string{x}, Blocked: []string{x},
		Tokens: []transcript.Token{{Place: "json:" + x}}, Posted: []string{"SAMLResponse", "RelayState"},
	}
	msg := func() *transcript.Message {
		return &transcript.Message{XML: `<Response Destination="` + x + `"><NameID>` + x + `</NameID></Response>`, URL: "https://sp.example/acs?" + x, RelayState: x,
			Query: "SAMLRequest=" + x + "&RelayState=" + x, Attributes: []string{"mail=" + x}}
	}
	return transcript.Run{ID: "okta/000", Trial: "known-1", Part: "known", Began: noon, Steps: []transcript.Step{{
		Name: "login", Do: "log in as known", Person: "known", Began: noon, Request: msg(), Sent: msg(), Login: []transcript.Hop{hop}, Beside: []transcript.Hop{hop},
		Surface: []transcript.Hop{hop}, Visits: []transcript.Visit{{Name: "page:" + x, Hops: []transcript.Hop{hop}}},
		Looks:  []transcript.Look{{Visits: []transcript.Visit{{Name: "page:" + x, Hops: []transcript.Hop{hop}}}}},
		Logout: &transcript.Logout{Heard: msg(), Sent: msg()}, Refusal: x, Fault: x, Members: &transcript.View{Error: x},
	}}}
}

// bundled writes a whole bundle of one run and returns all of its bytes, by file.
func bundled(t testing.TB, dir string, red *Redactor, run transcript.Run) (map[string]string, error) {
	t.Helper()
	w, err := create(dir, "b", red, func(p string) (file, error) {
		f, err := os.Create(p)
		return hasty{f}, err
	})
	require.NoError(t, err)
	require.NoError(t, w.Begin(transcript.Record{Face: "okta", Browser: "plain", RunID: "7f3a", People: []transcript.Person{{Ref: "known"}}}))
	appended(t, w, run)
	finished := w.Finish(spare(t))
	files, err := filesIn(w.Path())
	require.NoError(t, err)
	out := map[string]string{}
	for _, f := range files {
		raw, err := os.ReadFile(filepath.Join(w.Path(), f))
		require.NoError(t, err)
		out[f] = string(raw)
	}
	return out, finished
}

// hasty is a file that is not waited for: these bundles outlive no power cut.
type hasty struct{ *os.File }

func (hasty) Sync() error { return nil }

func spare(t testing.TB) Contents {
	t.Helper()
	c := Contents{}
	head := report0()
	c.Report = &head
	return c
}

// shows says in which file a canary can be read: as it is, or in the spelling in
// which it was put there.
func shows(files map[string]string, canaries ...string) string {
	for name, text := range files {
		low := strings.ToLower(text)
		for _, c := range canaries {
			if strings.Contains(text, c) || strings.Contains(low, strings.ToLower(c)) {
				return name
			}
		}
	}
	return ""
}

// Random secrets and identities, in every place and in every spelling, are in no
// file of the bundle, whatever its format.
func TestNoSecretIsInAnyFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		secret := rapid.StringMatching(`[A-Za-z0-9/+=_!-]{12,24}`).Draw(rt, "secret")
		local := rapid.StringMatching(`[b-dq-z]{5,9}[0-9]{0,3}\.[b-dq-z]{5,9}`).Draw(rt, "local")
		value := rapid.StringMatching(`\+[0-9]{2} [0-9]{3} [0-9]{6}`).Draw(rt, "phone")
		p := transcript.Person{Ref: "known", Email: local + "@corp-x.example", NameID: local + "@corp-x.example"}
		red, err := NewRedactor(Rules{Known: &p, Values: []string{value}, Hidden: []string{secret}, Key: []byte("k"), Keep: []string{"sp.example"}})
		require.NoError(rt, err)
		what := rapid.SampledFrom([]string{secret, p.Email, strings.ToUpper(p.Email), value, local}).Draw(rt, "what")
		ways := spelled(what)
		names := make([]string, 0, len(ways))
		for name := range ways {
			names = append(names, name)
		}
		slices.Sort(names)
		way := rapid.SampledFrom(names).Draw(rt, "way")
		n++
		files, err := bundled(t, filepath.Join(dir, strconv.Itoa(n)), red, everywhere(ways[way]))
		if err != nil {
			rt.Fatalf("%s: %q: %v", way, what, err)
		}
		if f := shows(files, what, ways[way]); f != "" {
			rt.Fatalf("%s: %q can be read in %s", way, what, f)
		}
		if len(files) < 10 {
			rt.Fatalf("only %d files: this proves nothing", len(files))
		}
	})
}

// Every rule is needed: without it something can be read that the whole set
// hides. The words of these names belong to the trade, so that no rule does the
// work of another.
func TestEveryRuleIsNeeded(t *testing.T) {
	t.Parallel()
	const secret = "s3cr3t&canary/value"
	for rule, c := range map[string]struct {
		p      transcript.Person
		values []string
		put    string
	}{
		"e-mail":           {p: transcript.Person{Email: "test@acme.example"}, put: "test@acme.example"},
		"NameID":           {p: transcript.Person{NameID: "user-admin/test"}, put: "user-admin/test"},
		"user name":        {p: transcript.Person{Username: "test_user"}, put: "test_user"},
		"display name":     {p: transcript.Person{DisplayName: "Test User"}, put: "Test User"},
		"given name":       {p: transcript.Person{GivenName: "Test-Demo"}, put: "Test-Demo"},
		"surname":          {p: transcript.Person{Surname: "Guest Admin"}, put: "Guest Admin"},
		"local part":       {p: transcript.Person{Email: "test.user@acme.example"}, put: "/u/test.user/home"},
		"domain":           {p: transcript.Person{Email: "test@corp-x.example"}, put: "corp-x.example"},
		"word of the name": {p: transcript.Person{DisplayName: "Alicia Wonder"}, put: "wonder"},
		ruleValue:          {p: transcript.Person{Email: "test@acme.example"}, values: []string{"+43 660 123456"}, put: "+43 660 123456"},
		"secret":           {put: secret},
		"secret, encoded":  {put: url.QueryEscape(secret)},
		"secret, base64":   {put: b64("\xff\x00" + secret)},
		rulePacked:         {p: transcript.Person{Email: "alicia@corp-x.example"}, put: b64(deflate("<NameID>alicia@corp-x.example</NameID>"))},
		ruleTwice:          {put: url.QueryEscape(url.QueryEscape(secret))},
	} {
		t.Run(rule, func(t *testing.T) {
			t.Parallel()
			red := func() *Redactor {
				c.p.Ref = "known"
				r, err := NewRedactor(Rules{Known: &c.p, Values: c.values, Hidden: []string{secret}, Key: []byte("k"), Keep: []string{"acme.example", "sp.example"}})
				require.NoError(t, err)
				return r
			}
			files, err := bundled(t, t.TempDir(), red(), everywhere(c.put))
			require.NoError(t, err)
			assert.Empty(t, shows(files, c.put), "with all rules it is hidden")
			files, err = bundled(t, t.TempDir(), without(red(), rule), everywhere(c.put))
			if err == nil {
				assert.NotEmpty(t, shows(files, c.put), "without the rule %q nothing changes: it is not needed", rule)
			} else {
				require.ErrorIs(t, err, ErrLeak)
			}
		})
	}
}

// The two rules for what is signed.
func TestTheRulesForSignaturesAreNeeded(t *testing.T) {
	t.Parallel()
	_, run := sample()
	packed := b64(deflate(run.Steps[0].Request.XML))
	run.Steps[0].Request.Query = "SAMLRequest=" + url.QueryEscape(packed)
	for rule, canary := range map[string]string{ruleSignature: "c2lnbmF0dXJlLWNhbmFyeQ==", ruleQuery: url.QueryEscape(packed)} {
		files, err := bundled(t, t.TempDir(), redactor(t, alice), run)
		require.NoError(t, err)
		assert.Empty(t, shows(files, canary))
		red := without(redactor(t, alice), rule)
		if rule == ruleQuery {
			red = without(red, rulePacked) // either hides it: both must be gone
		}
		files, err = bundled(t, t.TempDir(), red, run)
		if err == nil {
			assert.NotEmpty(t, shows(files, canary), rule)
		} else {
			require.ErrorIs(t, err, ErrLeak)
		}
	}
}

// without is a redactor that lacks a rule.
func without(r *Redactor, rule string) *Redactor {
	if r.off == nil {
		r.off = map[string]bool{}
	}
	r.off[rule] = true
	mine := func(n needle) bool { return n.rule == rule }
	r.forth, r.back = slices.DeleteFunc(r.forth, mine), slices.DeleteFunc(r.back, mine)
	r.secrets = slices.DeleteFunc(r.secrets, func(s secret) bool { return s.rule == rule })
	r.prepare()
	return r
}

// What only looks packed stays: a certificate, an id, a path.
func TestWhatIsNotPackedStays(t *testing.T) {
	t.Parallel()
	r := redactor(t, alice, "canary-secret-value")
	for _, s := range []string{
		"/users/settings/profile/long/path/of/words", "_8f3a9c0e1d2b4a5f6e7d8c9b0a1f2e3d", b64("nothing to see here, really"), b64(deflate("<Response/>")),
		"https://sp.corp.example:8443/saml/acs?next=%252Fhome", "a &amp;amp; b", strings.Repeat("MIIC8DCCAdigAwIBAgIQ", 40),
	} {
		assert.Equal(t, s, r.String(s))
		assert.Empty(t, r.Leak(s))
	}
	cut := r.String("state=" + b64("mail=alicia.wonder@corp.example"))
	assert.Equal(t, cut, r.String("state="+b64("mail=alicia.wonder@corp.example")), "equal pieces stay equal")
	assert.NotEqual(t, cut, r.String("state="+b64("mail=alicia.wonder@corp.example;")), "and others differ")
	wrapped := b64(strings.Repeat("x", 50) + "alicia.wonder@corp.example" + strings.Repeat("y", 60))
	assert.NotEmpty(t, r.Leak(wrapped[:64]+"\n"+wrapped[64:]), "the lines of a wrapped text are one")
}
