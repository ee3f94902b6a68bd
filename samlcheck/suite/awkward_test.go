package suite_test

import (
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/suite"
	"example.com/samepage/samlcheck/target"
)

const knownSignsIn = "provisioning/known-member-signs-in"

// signsIn runs the check that the known member gets in, against a stand-in
// whose target file was changed, and returns what came of it.
func signsIn(t *testing.T, face string, o samepage.Options, change func(sp *samepage.Running, file string) string) (samlcheck.Finding, *report.Report) {
	t.Helper()
	sp, err := samepage.Start(o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, sp.Close()) })
	tg, err := target.Parse("target.yaml", []byte(change(sp, sp.TargetFile(state, false))), os.LookupEnv)
	require.NoError(t, err)
	i, err := suite.IdP(face, suite.Options{Loaded: tg})
	require.NoError(t, err)
	require.NoError(t, sp.Server.AddIdP(i.Metadata()))
	require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
	res, err := suite.Run(t.Context(), suite.Options{Loaded: tg, Faces: []string{face}, Select: []string{knownSignsIn}})
	require.NoError(t, err)
	require.Len(t, res.Report.Faces[0].Findings, 1)
	return res.Report.Faces[0].Findings[0], res.Report
}

// begin replaces where a login begins.
func begin(t *testing.T, how string) func(*samepage.Running, string) string {
	t.Helper()
	return func(sp *samepage.Running, file string) string {
		how, was := strings.ReplaceAll(how, "SP", sp.URL), "  login: "+sp.LoginURL+"\n"
		require.Contains(t, file, was)
		return strings.Replace(file, was, how, 1)
	}
}

func TestAwkwardStarts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		how   string
		o     samepage.Options
		asked string // the binding of the AuthnRequest; "" for none
	}{
		"a form":            {how: "  login: {url: SP/login/discover, form: {email: '{{email}}'}}\n", asked: "HTTP-Redirect"},
		"a page to fill in": {how: "  login: {url: SP/login/discover, fill: {email: '{{email}}'}}\n", asked: "HTTP-Redirect"},
		"JSON with an answer that says where to go": {how: "  login: {url: SP/api/login, json: {email: '{{email}}'}}\n", asked: "HTTP-Redirect"},
		"a request by POST":                         {how: "  login: SP/login/sso?binding=post\n", asked: "HTTP-POST"},
		"from the identity provider only":           {how: "", asked: ""},
		"a token in the fragment, from a form":      {how: "  login: {url: SP/login/discover, form: {email: '{{email}}'}}\n", o: quirk(samepage.QuirkFragmentToken), asked: "HTTP-Redirect"},
		"a token in JSON, from a page to fill in":   {how: "  login: {url: SP/login/discover, fill: {email: '{{email}}'}}\n", o: quirk(samepage.QuirkJSONToken), asked: "HTTP-Redirect"},
	} {
		for _, face := range []string{"okta", "entra"} {
			t.Run(name+"/"+face, func(t *testing.T) {
				t.Parallel()
				f, rep := signsIn(t, face, c.o, begin(t, c.how))
				assert.Equal(t, samlcheck.Pass, f.Outcome, f.Because)
				assert.Equal(t, c.asked, rep.Faces[0].Landings[0].Asked)
			})
		}
	}
}

func quirk(q samepage.Quirk) samepage.Options { return samepage.Options{Quirks: []samepage.Quirk{q}} }

// A start that finds no organisation, or no form, is undecided with its cause:
// nothing was asked of the service provider's SAML.
func TestAwkwardStartsThatFail(t *testing.T) {
	t.Parallel()
	for how, says := range map[string]string{
		"  login: {url: SP/login/discover, form: {email: someone@mail.example}}\n": "no response was delivered",
		"  login: {url: SP/login/discover, fill: {mail: '{{email}}'}}\n":           "no form to fill in with mail",
		"  login: {url: SP/api/login, json: {email: someone@mail.example}}\n":      "no response was delivered",
	} {
		f, _ := signsIn(t, "okta", samepage.Options{}, begin(t, how))
		assert.Equal(t, samlcheck.Inconclusive, f.Outcome, f.Because)
		assert.Contains(t, f.Because, says)
	}
}

// A service provider with a certificate of one's own authority is reached with
// sp.ca, and without it the run says that it is the certificate.
func TestOwnCertificateAuthority(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	config, ca, err := idp.LocalTLS(dir, net.IPv4(127, 0, 0, 1), time.Now())
	require.NoError(t, err)
	trusting := func(file string) func(*samepage.Running, string) string {
		return func(_ *samepage.Running, text string) string {
			return strings.Replace(text, "sp:\n", "sp:\n  ca: "+file+"\n", 1)
		}
	}
	for _, face := range []string{"okta", "entra"} {
		f, _ := signsIn(t, face, samepage.Options{TLS: config}, trusting(ca))
		assert.Equal(t, samlcheck.Pass, f.Outcome, f.Because)
	}
	sp, err := samepage.Start(samepage.Options{TLS: config})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, sp.Close()) })
	for file, says := range map[string]string{"": "certificate signed by unknown authority", "target.go": "holds no certificate"} {
		text := sp.TargetFile(state, false)
		if file != "" {
			bad := filepath.Join(dir, "bad.pem")
			require.NoError(t, os.WriteFile(bad, []byte("no certificate"), 0o600))
			text = trusting(bad)(sp, text)
		}
		tg, err := target.Parse("target.yaml", []byte(text), os.LookupEnv)
		require.NoError(t, err)
		_, err = suite.Run(t.Context(), suite.Options{Loaded: tg, Select: []string{knownSignsIn}})
		require.ErrorIs(t, err, suite.ErrUsage)
		assert.Contains(t, err.Error(), says)
	}
}

// A gate in front of the service provider opens for a header, which nobody else
// is sent and which no report holds.
func TestHeadersOpenAGate(t *testing.T) {
	t.Parallel()
	const secret = "canary-gate-4711"
	for _, face := range []string{"okta", "entra"} {
		ln, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a port for a test
		require.NoError(t, err)
		require.NoError(t, ln.Close())
		var refused atomic.Int64
		to := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.URL.Scheme, r.Out.URL.Host = "http", ln.Addr().String()
		}}
		front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("X-Gate") != secret {
				refused.Add(1)
				http.Error(w, "the gate", http.StatusForbidden)
				return
			}
			to.ServeHTTP(w, r)
		}))
		t.Cleanup(front.Close)
		f, rep := signsIn(t, face, samepage.Options{Listen: ln.Addr().String(), BaseURL: front.URL}, func(_ *samepage.Running, file string) string {
			return strings.Replace(file, "sp:\n", "sp:\n  headers: {X-Gate: "+secret+"}\n", 1)
		})
		assert.Equal(t, samlcheck.Pass, f.Outcome, f.Because)
		assert.Zero(t, refused.Load())
		raw := &strings.Builder{}
		require.NoError(t, report.WriteJSON(raw, rep))
		assert.NotContains(t, raw.String(), secret)
	}
}

// A proxy is used where the target file names one, for http and for https; the
// environment's never is.
func TestProxy(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:9")
	t.Setenv("HTTPS_PROXY", "http://127.0.0.1:9")
	t.Setenv("NO_PROXY", "")
	config, ca, err := idp.LocalTLS(t.TempDir(), net.IPv4(127, 0, 0, 1), time.Now())
	require.NoError(t, err)
	for _, face := range []string{"okta", "entra"} {
		for _, secure := range []*tls.Config{nil, config} {
			var carried atomic.Int64
			proxy := httptest.NewServer(forwarder(&carried))
			t.Cleanup(proxy.Close)
			f, rep := signsIn(t, face, samepage.Options{TLS: secure}, func(_ *samepage.Running, file string) string {
				if secure != nil {
					file = strings.Replace(file, "sp:\n", "sp:\n  ca: "+ca+"\n", 1)
				}
				return file + "proxy: " + proxy.URL + "\n"
			})
			assert.Equal(t, samlcheck.Pass, f.Outcome, f.Because)
			assert.Positive(t, carried.Load())
			assert.Contains(t, rep.Target.Hosts, strings.TrimPrefix(proxy.URL, "http://"), "what a run talks to is said")
		}
	}
	f, _ := signsIn(t, "okta", samepage.Options{}, func(_ *samepage.Running, file string) string { return file })
	assert.Equal(t, samlcheck.Pass, f.Outcome, "the environment's proxy is dead, and nobody asked it: %s", f.Because)
}

// forwarder is a small proxy: CONNECT for https, whole addresses for http.
func forwarder(carried *atomic.Int64) http.Handler {
	plain := &httputil.ReverseProxy{Rewrite: func(*httputil.ProxyRequest) {}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		carried.Add(1)
		if r.Method != http.MethodConnect {
			plain.ServeHTTP(w, r)
			return
		}
		to, err := net.Dial("tcp", r.Host) //nolint:noctx // the test's own server
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		from, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			_ = to.Close()
			return
		}
		_, _ = io.WriteString(from, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { _, _ = io.Copy(to, from); _ = to.Close() }()
		go func() { _, _ = io.Copy(from, to); _ = from.Close() }()
	})
}
