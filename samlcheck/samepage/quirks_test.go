package samepage

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// odd makes a workspace with one quirk.
func odd(t *testing.T, mode JIT, quirks ...Quirk) *Server {
	t.Helper()
	return newServer(t, Options{JIT: mode, Quirks: quirks})
}

// spoiltLogin is the known member, signed with an unknown key.
func spoiltLogin(t *testing.T, s *Server) (*jar, rest) {
	t.Helper()
	f := good(t, known)
	foreign(t, f)
	return login(t, s, f)
}

// knownIsIn checks that the quirk leaves the good way as it is.
func knownIsIn(t *testing.T, s *Server) (*jar, rest) {
	t.Helper()
	b, at := login(t, s, good(t, known))
	require.Contains(t, b.isIn(), known, s.Why())
	return b, at
}

// quirkTests says of each quirk what it does.
func quirkTests() map[Quirk]func(*testing.T) {
	return map[Quirk]func(*testing.T){
		QuirkThrownOutLater:   testThrownOutLater,
		QuirkThrottle:         testThrottle,
		QuirkBlockAfterSpoilt: testBlockAfterSpoilt,
		QuirkPublicHome:       testPublicHome,
		QuirkRememberErrors:   testRememberErrors,
		QuirkMessageOnce:      testMessageOnce,
		QuirkRefuseToSignup:   testRefuseToSignup,
		QuirkNoise:            testNoise,
		QuirkNeedsDepartment:  testNeedsDepartment,
		QuirkLate:             testLate,
		QuirkStaleView:        testStaleView,
		QuirkBlindView:        testBlindView,
		QuirkEcho:             testEcho,
		QuirkEcho200:          testEcho200,
		QuirkFragmentToken:    testFragmentToken,
		QuirkJSONToken:        testJSONToken,
		QuirkLaxState:         testLaxState,
		QuirkErrorQuery:       testErrorQuery,
		QuirkRolePage:         testRolePage,
		QuirkSmallGate:        testSmallGate,
		QuirkRichDashboard:    testRichDashboard,
		QuirkLockedKnown:      testLockedKnown,
		QuirkHomeForm:         testHomeForm,
		QuirkQueryToken:       testQueryToken,
		QuirkScriptShell:      testScriptShell,
		QuirkAnonymousHome:    testAnonymousHome,
	}
}

func testThrownOutLater(t *testing.T) {
	t.Helper()
	s := odd(t, Off, QuirkThrownOutLater)
	b, at := login(t, s, good(t, fresh))
	assert.Equal(t, []string{"303 /home"}, at.hops)
	assert.Contains(t, at.body, "Welcome back, Kim Sample")
	assert.Equal(t, []string{"303 /login"}, b.get("/home").hops)
	assert.NotContains(t, b.cookies, sessionCookie)
	knownIsIn(t, s)
}

func testThrottle(t *testing.T) {
	t.Helper()
	s := odd(t, Create, QuirkThrottle)
	for range 5 {
		knownIsIn(t, s)
	}
	b, at := login(t, s, good(t, known))
	assert.Equal(t, 200, at.status)
	assert.Contains(t, at.body, textThrottled)
	assert.Empty(t, b.isIn())
}

func testBlockAfterSpoilt(t *testing.T) {
	t.Helper()
	s := odd(t, Create, QuirkBlockAfterSpoilt, QuirkPublicHome)
	knownIsIn(t, s)
	spoiltLogin(t, s)
	_, at := login(t, s, good(t, known))
	assert.Contains(t, at.body, textRefused)
}

func testPublicHome(t *testing.T) {
	t.Helper()
	s := odd(t, Off, QuirkPublicHome)
	stranger := newJar(s).get("/home")
	assert.Equal(t, 200, stranger.status)
	assert.NotContains(t, stranger.body, "signed in")
	_, at := knownIsIn(t, s)
	assert.Contains(t, at.body, "You are signed in as known@corp.example.")
	assert.NotContains(t, at.body, "Log out")
}

func testRememberErrors(t *testing.T) {
	t.Helper()
	s := odd(t, Off, QuirkRememberErrors)
	b, _ := spoiltLogin(t, s)
	for range 3 {
		assert.Contains(t, b.get("/").body, textNotAccepted)
	}
	b, _ = login(t, s, good(t, fresh))
	assert.Contains(t, b.get("/home").body, textRefused)
	b, _ = knownIsIn(t, s)
	f := good(t, known)
	foreign(t, f)
	b.send(f.xml(t))
	assert.NotEmpty(t, b.isIn(), "a member stays in")
}

func testMessageOnce(t *testing.T) {
	t.Helper()
	s := odd(t, Off, QuirkMessageOnce)
	b, at := login(t, s, good(t, fresh))
	assert.Equal(t, []string{"303 /refused"}, at.hops)
	assert.NotContains(t, at.body, textRefused)
	assert.Contains(t, b.get("/refused").body, textRefused)
	assert.NotContains(t, b.get("/refused").body, textRefused)
	knownIsIn(t, s)
}

func testRefuseToSignup(t *testing.T) {
	t.Helper()
	s := odd(t, Off, QuirkRefuseToSignup)
	_, at := login(t, s, good(t, fresh))
	assert.Equal(t, []string{"303 /signup"}, at.hops)
	assert.Equal(t, at.body, newJar(s).get("/signup").body)
	assert.Equal(t, 200, newJar(s).form("/signup", nil).status)
}

func testNoise(t *testing.T) {
	t.Helper()
	s := odd(t, Off, QuirkNoise)
	b, _ := knownIsIn(t, s)
	first := b.get("/home").body
	assert.NotEqual(t, first, b.get("/home").body)
}

func testNeedsDepartment(t *testing.T) {
	t.Helper()
	s := odd(t, Create, QuirkNeedsDepartment)
	_, at := login(t, s, good(t, fresh))
	assert.Contains(t, at.body, textRefused)
	for _, name := range []string{"department", "groups", claims + "department", msClaims + "ws/2008/06/identity/claims/groups"} {
		f := good(t, "new."+randomToken()+"@corp.example")
		f.attrs[name] = "Sales"
		b, _ := login(t, s, f)
		assert.NotEmpty(t, b.isIn(), name)
	}
}

func testLate(t *testing.T) {
	t.Helper()
	s := odd(t, Create, QuirkLate)
	_, at := login(t, s, good(t, fresh))
	assert.Contains(t, at.body, textRefused)
	assert.Empty(t, statusOfMember(s, fresh))
	b, _ := login(t, s, good(t, fresh))
	assert.NotEmpty(t, b.isIn())
}

func testStaleView(t *testing.T) {
	t.Helper()
	s := odd(t, Create, QuirkStaleView)
	login(t, s, good(t, fresh))
	assert.Len(t, s.Members(), 2)
	assert.Len(t, s.membersView(), 1)
}

func testBlindView(t *testing.T) {
	t.Helper()
	s := odd(t, Create, QuirkBlindView)
	assert.Empty(t, s.membersView())
	knownIsIn(t, s)
}

func testEcho(t *testing.T) {
	t.Helper()
	for _, mode := range []JIT{Off, NotAdmitted} {
		_, at := login(t, odd(t, mode, QuirkEcho), good(t, fresh))
		assert.Equal(t, 403, at.status)
		assert.Contains(t, at.body, "fresh@corp.example is not a member of this workspace")
	}
}

func testEcho200(t *testing.T) {
	t.Helper()
	_, at := login(t, odd(t, Off, QuirkEcho200), good(t, fresh))
	assert.Equal(t, 200, at.status)
	assert.Contains(t, at.body, "fresh@corp.example is not a member of this workspace")
}

func testFragmentToken(t *testing.T) {
	t.Helper()
	s := odd(t, Off, QuirkFragmentToken)
	b := newJar(s)
	r := b.send(good(t, known).xml(t))
	require.Len(t, r.hops, 1)
	to, err := url.Parse(r.hops[0][len("303 "):])
	require.NoError(t, err)
	fragment, err := url.ParseQuery(to.Fragment)
	require.NoError(t, err)
	assert.Equal(t, "/app", to.Path)
	assert.Contains(t, bearerMe(s, fragment.Get("access_token")), known)
	assert.Empty(t, b.cookies)
	assert.Equal(t, r.body, newJar(s).get("/app").body, "the page is the same for everyone")
}

func testJSONToken(t *testing.T) {
	t.Helper()
	s := odd(t, Off, QuirkJSONToken)
	b, at := login(t, s, good(t, known))
	assert.Regexp(t, `^{"token":"\w{32}","user":{"email":"known@corp.example","name":"Kim Sample"}}\n$`, at.body)
	assert.Empty(t, b.cookies)
	assert.Contains(t, bearerMe(s, at.body[len(`{"token":"`):][:32]), known)
	_, at = login(t, s, good(t, fresh))
	assert.Equal(t, 401, at.status)
	assert.Contains(t, at.body, `"error":"access_denied"`)
	_, at = spoiltLogin(t, s)
	assert.Equal(t, 401, at.status)
}

func testLaxState(t *testing.T) {
	t.Helper()
	s := odd(t, Create, QuirkLaxState)
	_, at := login(t, s, good(t, known))
	assert.Contains(t, at.body, textNotAccepted)
	b := newJar(s)
	assert.Contains(t, b.get("/login/sso").header.Get("Set-Cookie"), "SameSite=Lax")
	f := good(t, known)
	f.inResponseTo, _ = b.begin(t)
	b.send(f.xml(t))
	assert.NotEmpty(t, b.isIn(), "with the cookie it works")
}

func testErrorQuery(t *testing.T) {
	t.Helper()
	s := odd(t, Off, QuirkErrorQuery)
	b, at := login(t, s, good(t, fresh))
	assert.Equal(t, []string{"303 /home?error=access_denied"}, at.hops)
	assert.Equal(t, 200, at.status)
	assert.NotContains(t, b.cookies, sessionCookie)
	assert.Equal(t, at.body, newJar(s).get("/home?error=access_denied").body)
}

func testRolePage(t *testing.T) {
	t.Helper()
	s := odd(t, Create, QuirkRolePage)
	b, at := login(t, s, good(t, fresh))
	assert.Equal(t, []string{"303 /home", "303 /welcome"}, at.hops)
	assert.Contains(t, at.body, "Nice to meet you")
	assert.NotEmpty(t, b.isIn())
	b, at = knownIsIn(t, s)
	assert.Equal(t, []string{"303 /home"}, at.hops)
	assert.Equal(t, []string{"303 /home"}, b.get("/welcome").hops)
	assert.Equal(t, []string{"303 /login"}, newJar(s).get("/welcome").hops)
}

func testSmallGate(t *testing.T) {
	t.Helper()
	for _, mode := range []JIT{Off, NotAdmitted} {
		s := odd(t, mode, QuirkSmallGate)
		b, at := login(t, s, good(t, fresh))
		assert.Equal(t, 200, at.status)
		assert.Contains(t, at.body, textGate)
		assert.Contains(t, at.body, "Your workspace")
		assert.Empty(t, b.isIn())
	}
}

func testRichDashboard(t *testing.T) {
	t.Helper()
	s := odd(t, Create, QuirkRichDashboard)
	_, at := login(t, s, good(t, fresh))
	assert.Contains(t, at.body, "Nothing here yet")
	_, at = knownIsIn(t, s)
	assert.Contains(t, at.body, "Assigned to you")
}

func testLockedKnown(t *testing.T) {
	t.Helper()
	s := odd(t, Off, QuirkLockedKnown)
	require.NoError(t, s.Disable(known))
	b, at := login(t, s, good(t, known))
	assert.Equal(t, []string{"303 /login"}, at.hops)
	assert.Contains(t, at.body, textLocked)
	assert.Contains(t, b.get("/home").body, textLocked)
	assert.Empty(t, b.isIn())
}

func testHomeForm(t *testing.T) {
	t.Helper()
	_, at := knownIsIn(t, odd(t, Off, QuirkHomeForm))
	assert.Contains(t, at.body, `<input type="text" name="note">`)
}

func testQueryToken(t *testing.T) {
	t.Helper()
	s := odd(t, Off, QuirkQueryToken)
	b, at := login(t, s, good(t, known))
	assert.Contains(t, at.body, "Welcome back")
	assert.Contains(t, at.url, "/app?access_token=")
	assert.Empty(t, b.cookies)
	assert.Equal(t, []string{"303 /login"}, b.get("/app").hops)
}

func testScriptShell(t *testing.T) {
	t.Helper()
	s := odd(t, Off, QuirkScriptShell)
	_, in := knownIsIn(t, s)
	b, out := login(t, s, good(t, fresh))
	assert.Equal(t, in.body, out.body)
	assert.Equal(t, in.hops, out.hops)
	assert.Empty(t, b.isIn())
}

func testAnonymousHome(t *testing.T) {
	t.Helper()
	s := odd(t, Off, QuirkAnonymousHome)
	b, in := knownIsIn(t, s)
	assert.Equal(t, in.body, newJar(s).get("/home").body)
	assert.Equal(t, b.get("/").body, newJar(s).get("/").body)
	b, out := login(t, s, good(t, fresh))
	assert.Equal(t, in.body, out.body)
	assert.Empty(t, b.cookies)
}

func TestQuirks(t *testing.T) {
	t.Parallel()
	tests := quirkTests()
	for _, q := range Quirks() {
		require.Contains(t, tests, q, "a quirk without a test")
		t.Run(string(q), func(t *testing.T) {
			t.Parallel()
			tests[q](t)
		})
	}
	assert.Len(t, tests, len(Quirks()))
}

// TestQuirksDoNotLetForgeriesIn: a quirk misleads those who look, and nothing else.
func TestQuirksDoNotLetForgeriesIn(t *testing.T) {
	t.Parallel()
	for _, q := range Quirks() {
		s := odd(t, Create, q)
		spoiltLogin(t, s)
		assert.Zero(t, s.Sessions(), q)
	}
}

func bearerMe(s *Server, token string) string {
	r := httptest.NewRequest(http.MethodGet, "/api/me", nil)
	r.Header.Set("Authorization", "Bearer "+token)
	return newJar(s).do(r).body
}
