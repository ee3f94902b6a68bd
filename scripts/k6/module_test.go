package saml

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/sirupsen/logrus"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.k6.io/k6/js/modulestest"
	"go.k6.io/k6/lib"
	"go.k6.io/k6/lib/fsext"
	"go.k6.io/k6/metrics"

	"example.com/samepage/samlcheck/idp"
	idpface "example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/target"
)

// bench is one VU of k6, with the extension in it.
type bench struct {
	t       *testing.T
	rt      *modulestest.Runtime
	dir     string
	samples chan metrics.SampleContainer
}

// vu begins in the init context; the script is in dir.
func vu(t *testing.T, m *Module, dir string) *bench {
	t.Helper()
	b := &bench{t: t, rt: modulestest.NewRuntime(t), dir: dir, samples: make(chan metrics.SampleContainer, 1000)}
	b.rt.VU.InitEnvField.FileSystems = map[string]fsext.Fs{"file": fsext.NewOsFs()}
	b.rt.VU.InitEnvField.CWD = &url.URL{Scheme: "file", Path: dir}
	require.NoError(t, b.rt.VU.Runtime().Set("saml", m.NewModuleInstance(b.rt.VU).Exports().Default))
	return b
}

// goes moves on to the VU context.
func (b *bench) goes() *bench {
	registry := b.rt.VU.InitEnvField.Registry
	logger := logrus.New()
	logger.SetOutput(os.Stderr)
	b.rt.MoveToVUContext(&lib.State{
		Options:        lib.Options{SystemTags: &metrics.DefaultSystemTagSet},
		Logger:         logger,
		BuiltinMetrics: b.rt.BuiltinMetrics,
		Dialer:         &net.Dialer{},
		Transport:      &http.Transport{},
		BufferPool:     lib.NewBufferPool(),
		Samples:        b.samples,
		Tags:           lib.NewVUStateTags(registry.RootTagSet()),
		VUIDGlobal:     7,
	})
	return b
}

// js runs a script and gives its last value.
func (b *bench) js(script string) any {
	b.t.Helper()
	v, err := b.rt.VU.Runtime().RunString(script)
	require.NoError(b.t, err)
	return v.Export()
}

func (b *bench) throws(script, says string) {
	b.t.Helper()
	_, err := b.rt.VU.Runtime().RunString(script)
	assert.ErrorContains(b.t, err, says)
}

// counted is how often each metric was measured since the last look.
func (b *bench) counted() map[string]int {
	out := map[string]int{}
	for {
		select {
		case c := <-b.samples:
			for _, s := range c.GetSamples() {
				out[s.Metric.Name]++
				if kind, ok := s.Tags.Get("kind"); ok {
					out[s.Metric.Name+" "+kind]++
				}
				if name, ok := s.Tags.Get("name"); ok && s.Metric.Name == metrics.HTTPReqsName {
					out[name]++
				}
			}
		default:
			return out
		}
	}
}

// standIn starts the stand-in and writes target.yaml for it.
func standIn(t *testing.T, jit samepage.JIT, allow string) (dir string, stop func()) {
	t.Helper()
	dir = t.TempDir()
	sp, err := samepage.Start(samepage.Options{JIT: jit})
	require.NoError(t, err)
	stop = sync.OnceFunc(func() { _ = sp.Close() })
	t.Cleanup(stop)
	keys := filepath.Join(dir, "keys")
	tg, err := target.Parse(filepath.Join(dir, "target.yaml"), []byte(sp.TargetFile(keys, false)), os.LookupEnv)
	require.NoError(t, err)
	for _, face := range []string{"okta", "entra"} {
		profile, err := idpface.New(face, tg.IdP)
		require.NoError(t, err)
		i, err := idp.New(profile, idp.Options{State: tg.IdP.State})
		require.NoError(t, err)
		require.NoError(t, sp.Server.AddIdP(i.Metadata()))
	}
	require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
	src := sp.TargetFile(keys, false) + allow // it names the identity provider, since there are two
	require.NoError(t, os.WriteFile(filepath.Join(dir, "target.yaml"), []byte(src), 0o600))
	return dir, stop
}

const all = "allow: [accounts, load]\n"

func TestLoginsAsBothFaces(t *testing.T) {
	t.Parallel()
	dir, _ := standIn(t, samepage.Create, all)
	b := vu(t, New(), dir)
	b.js(`var target = saml.open('target.yaml')`)
	assert.Equal(t, "okta,entra", b.js(`target.faces.join()`))
	b.goes()
	for _, call := range []string{`saml.login()`, `saml.login({target, face: 'entra'})`, `saml.login({face: 'entra', person: 'known'})`} {
		r := b.js(call).(*Result)
		assert.True(t, r.Accepted, "%s: %s: %s", call, r.Kind, r.Reason)
		assert.Less(t, r.Acs, 400)
		assert.Positive(t, r.Ms)
		n := b.counted()
		assert.Equal(t, []int{1, 1, 1, 1, 0}, []int{n["saml_login_duration"], n["saml_mint_duration"], n["saml_acs_duration"], n["saml_accepted"], n["saml_refused"]})
		assert.Equal(t, 1, n["saml acs"], "k6 counts the requests as its own")
		assert.Equal(t, 1, n["saml proof"])
		assert.Positive(t, n["http_req_duration"])
	}
	one, two := b.js(`saml.login().person`), b.js(`saml.login().person`)
	assert.NotEqual(t, one, two, "everybody is somebody new")
	assert.Regexp(t, `^samlcheck-[0-9a-f]{6}-v7n4-1@acme\.example$`, one)
	assert.Equal(t, "accepted", b.js(`saml.login({person: 'known'}).kind`), "scripts read snake_case")
	assert.Equal(t, samepage.KnownMember, b.js(`saml.login({person: 'known', proof: false}).person`))
}

func TestMintAndPost(t *testing.T) {
	t.Parallel()
	dir, _ := standIn(t, samepage.Create, all)
	b := vu(t, New(), dir)
	b.js(`saml.open('target.yaml')`)
	b.goes()
	b.js(`var m = saml.mint({face: 'okta', person: 'known', relayState: '/home'})`)
	assert.Equal(t, map[string]int{"saml_mint_duration": 1}, b.counted(), "nothing was sent")
	assert.Contains(t, b.js(`m.xml`), "<saml2p:Response")
	assert.Equal(t, "/home", b.js(`m.fields.RelayState`))
	r := b.js(`m.fields.SAMLResponse = 'forged'; saml.post(m)`).(*Result)
	assert.True(t, r.Accepted, "what a script changes is not posted: %s: %s", r.Kind, r.Reason)
	assert.Equal(t, 1, b.counted()["saml acs"])
	r = b.js(`saml.post(m)`).(*Result)
	assert.Equal(t, 1, b.counted()["saml_refused "+r.Kind], "a response is taken once: %s", r.Reason)
	assert.False(t, r.Accepted)
	b.throws(`saml.post({acs: 'http://127.0.0.1/', fields: {SAMLResponse: 'x'}})`, "post() wants what mint() made")
	b.throws(`saml.post()`, "post() wants what mint() made")
}

func TestARefusalIsARefusal(t *testing.T) {
	t.Parallel()
	dir, stop := standIn(t, samepage.Off, all)
	b := vu(t, New(), dir)
	b.js(`saml.open('target.yaml')`)
	b.goes()
	r := b.js(`saml.login({face: 'okta'})`).(*Result)
	assert.False(t, r.Accepted, "a newcomer, where there is no JIT")
	n := b.counted()
	assert.Equal(t, 1, n["saml_refused "+r.Kind], r.Reason)
	assert.Equal(t, 1, n["saml_accepted"], "the rate counts it as a no")
	assert.True(t, b.js(`saml.login({face: 'okta', person: 'known'})`).(*Result).Accepted)
	stop()
	r = b.js(`saml.login()`).(*Result)
	assert.Equal(t, NoAnswer, r.Kind)
	assert.Equal(t, 1, b.counted()["saml_refused no-answer"])
}

func TestConsent(t *testing.T) {
	t.Parallel()
	dir, _ := standIn(t, samepage.Create, "")
	vu(t, New(), dir).throws(`saml.open('target.yaml')`, "does not allow load at 127.0.0.1")
	dir, _ = standIn(t, samepage.Create, "allow: [load]\n")
	b := vu(t, New(), dir)
	b.js(`saml.open('target.yaml')`)
	b.goes()
	b.throws(`saml.login()`, "fresh people may leave an account each")
	assert.True(t, b.js(`saml.login({person: 'known'})`).(*Result).Accepted)
}

// A service provider that sends people elsewhere does not send our load there.
func TestNoHostThatTheUserDidNotName(t *testing.T) {
	t.Parallel()
	var reached bool
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	t.Cleanup(other.Close)
	b := selfMade(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other.URL, http.StatusFound) })
	r := b.js(`saml.login({person: 'known'})`).(*Result)
	assert.Equal(t, Astray, r.Kind)
	assert.Contains(t, r.Reason, "no host of the target file's")
	assert.False(t, reached)
}

// selfMade is a service provider of a few lines.
func selfMade(t *testing.T, h http.HandlerFunc, pages ...string) *bench {
	t.Helper()
	sp := httptest.NewServer(h)
	t.Cleanup(sp.Close)
	dir := t.TempDir()
	src := "name: x\nsp: {entity_id: '" + sp.URL + "/sp', acs: '" + sp.URL + "/acs', login: '" + sp.URL + "/login'}\n" +
		"people: {known: {email: alice@acme.example}, fresh: {domain: acme.example}}\nidp: {state: '" + dir + "/keys'}\n" + all
	for _, p := range pages {
		src += "session: {pages: ['" + sp.URL + p + "']}\n"
	}
	require.NoError(t, os.WriteFile(filepath.Join(dir, "target.yaml"), []byte(src), 0o600))
	b := vu(t, New(), dir)
	b.js(`saml.open('target.yaml')`)
	return b.goes()
}

func TestEachAnswerHasItsKind(t *testing.T) {
	t.Parallel()
	for kind, h := range map[string]http.HandlerFunc{
		ServerError: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) },
		TooMany:     func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) },
		NoRequest:   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) },
		Wandering:   func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"x", http.StatusFound) },
		NoAnswer: func(w http.ResponseWriter, _ *http.Request) {
			c, _, _ := w.(http.Hijacker).Hijack()
			_ = c.Close()
		},
	} {
		b := selfMade(t, h)
		r := b.js(`saml.login({person: 'known'})`).(*Result)
		assert.Equal(t, kind, r.Kind, r.Reason)
		assert.Equal(t, 1, b.counted()["saml_refused "+kind])
	}
}

// A service provider that refuses with a friendly page is found out by the proof.
func TestTheProofDecides(t *testing.T) {
	t.Parallel()
	dir, _ := standIn(t, samepage.Create, all)
	src := readFile(t, dir)
	for proof, kind := range map[string]string{
		"": Accepted, "status: 200": Accepted, "contains: '{{email}}'": Accepted, "status: 204": NotSignedIn, "contains: nobody says that": NotSignedIn,
	} {
		home := src[strings.Index(src, "pages: [")+len("pages: [") : strings.Index(src, "]")]
		at := t.TempDir()
		file := strings.Replace(src, "session:\n", "session:\n  proof: {url: "+home+", "+proof+"}\n", 1)
		require.NoError(t, os.WriteFile(filepath.Join(at, "target.yaml"), []byte(file), 0o600))
		b := vu(t, New(), at)
		b.js(`saml.open('target.yaml')`)
		b.goes()
		r := b.js(`saml.login({face: 'entra', person: 'known'})`).(*Result)
		assert.Equal(t, kind, r.Kind, "%s: %s", proof, r.Reason)
		assert.Equal(t, Accepted, b.js(`saml.login({face: 'entra', person: 'known', proof: false}).kind`), proof)
	}
}

// So is one that signs nobody in, by a page that sends him away.
func TestAPageThatSendsAwayDecides(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("/login", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, launcher(t), http.StatusFound) })
	mux.HandleFunc("/acs", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("Sorry.")) })
	mux.HandleFunc("/home", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/login", http.StatusFound) })
	mux.HandleFunc("/lost", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/acs", http.StatusFound) })
	for page, says := range map[string]string{"/home": "asks to sign in", "/lost": "sends to"} {
		b := selfMade(t, mux.ServeHTTP, page)
		r := b.js(`saml.post(saml.mint({person: 'known'}))`).(*Result)
		assert.Equal(t, NotSignedIn, r.Kind, page)
		assert.Contains(t, r.Reason, says)
	}
}

// launcher is an address of the mock Okta's.
func launcher(t *testing.T) string {
	t.Helper()
	tg, err := target.Parse("t.yaml", []byte("sp: {entity_id: x, acs: 'http://127.0.0.1:1/acs'}\npeople: {known: {email: a@b.example}, fresh: {domain: b.example}}\n"), os.LookupEnv)
	require.NoError(t, err)
	profile, err := idpface.New("okta", tg.IdP)
	require.NoError(t, err)
	return profile.SSO()
}

// Whoever asks to be left alone is, unless the script says otherwise.
func TestRetryAfterEndsTheTest(t *testing.T) {
	t.Parallel()
	b := selfMade(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "30")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	assert.Equal(t, ServerError, b.js(`saml.login({person: 'known', ignoreRetryAfter: true}).kind`))
	b.throws(`saml.login({person: 'known'}); while (true) {}`, "asks to be left alone (Retry-After: 30)")
}

func TestWhatIsWrongWithAScriptIsSaid(t *testing.T) {
	t.Parallel()
	dir, _ := standIn(t, samepage.Create, all)
	for _, c := range []struct{ file, says string }{
		{"sp: {metadata: nowhere.xml}\n", "nowhere.xml"}, {"name: x\nso: {}\n", "target.yaml:2"}, {"", "target.yaml"},
		{"proxy: http://127.0.0.1:1\n" + readFile(t, dir) + "\n", "HTTPS_PROXY"},
	} {
		at := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(at, "target.yaml"), []byte(c.file), 0o600))
		vu(t, New(), at).throws(`saml.open('target.yaml')`, c.says)
	}
	b := vu(t, New(), dir)
	b.throws(`saml.open('nowhere.yaml')`, "cannot be read")
	b.throws(`saml.open('')`, "wants the path")
	b.throws(`saml.login()`, "in the functions of a script")
	b.goes()
	b.throws(`saml.open('target.yaml')`, "at the top of the script")
	b.throws(`saml.login()`, "no target")
	b = vu(t, New(), dir)
	b.js(`saml.open('target.yaml')`)
	b.goes()
	b.throws(`saml.login({fase: 'okta'})`, `no option "fase"`)
	b.throws(`saml.login({face: 'ping'})`, "it has okta, entra")
	b.throws(`saml.login({person: 'alice'})`, "neither known nor fresh")
	b.throws(`saml.login({target: {}})`, "what saml.open() gave")
}

func readFile(t *testing.T, dir string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "target.yaml"))
	require.NoError(t, err)
	return strings.TrimSpace(string(raw))
}

// k6 runs the top of a script for every VU; a target is read once.
func TestATargetIsReadOnceForAllVUs(t *testing.T) {
	t.Parallel()
	dir, stop := standIn(t, samepage.Create, all)
	m := New()
	vu(t, m, dir).js(`saml.open('target.yaml')`)
	stop()
	b := vu(t, m, dir)
	b.js(`saml.open('target.yaml')`) // its metadata cannot be fetched any more
	assert.Equal(t, "Samepage stand-in", b.js(`saml.open('target.yaml').name`))
}
