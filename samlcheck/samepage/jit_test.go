package samepage

import (
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// statusOfMember is the account's status, or "" where there is none.
func statusOfMember(s *Server, email string) Status {
	m, _ := s.member(email)
	return m.Status
}

func TestJITModes(t *testing.T) {
	t.Parallel()
	for mode, want := range map[JIT]struct {
		hops          []string
		status        int
		text          string
		in            bool
		account       Status
		known, admins int // status of the known member's login; members in the view
	}{
		Off:            {nil, 403, textRefused, false, "", 200, 1},
		Create:         {[]string{"303 /home"}, 200, "Welcome back, Kim Sample", true, Active, 200, 2},
		CreateInactive: {nil, 403, textRefused, false, Inactive, 200, 2},
		Form:           {[]string{"303 /complete"}, 200, "Complete your profile", false, "", 200, 1},
		SessionOnly:    {[]string{"303 /home"}, 200, "Welcome back, Kim Sample", true, "", 200, 0},
		NotAdmitted:    {[]string{"303 /home"}, 403, textGate, false, "", 200, 1},
	} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			s := newServer(t, Options{JIT: mode})
			for range 2 { // the second login looks like the first
				b, at := login(t, s, good(t, fresh))
				assert.Equal(t, want.hops, at.hops)
				assert.Equal(t, want.status, at.status)
				assert.Contains(t, at.body, want.text)
				assert.Equal(t, want.in, b.isIn() != "")
				assert.Equal(t, want.account, statusOfMember(s, fresh))
			}
			_, at := login(t, s, good(t, known))
			assert.Equal(t, want.known, at.status)
			assert.Len(t, s.Members(), want.admins)
		})
	}
	assert.Len(t, JITModes(), 6)
}

func TestFormMakesTheAccountWhenItIsSent(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{JIT: Form})
	b, _ := login(t, s, good(t, fresh))
	assert.Equal(t, []string{"303 /login"}, b.get("/home").hops, "the rest of the site knows nobody")
	at := b.form("/complete", url.Values{"display_name": {"Kim S."}})
	assert.Contains(t, at.body, "Welcome back, Kim S.")
	assert.Equal(t, Active, statusOfMember(s, fresh))
	assert.Equal(t, []string{"303 /login"}, newJar(s).get("/complete").hops)
	assert.Equal(t, []string{"303 /login"}, newJar(s).form("/complete", nil).hops)
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{})
	b, _ := login(t, s, good(t, strings.ToUpper(known)))
	require.NotEmpty(t, b.isIn(), "addresses have no case")
	require.Len(t, s.Members(), 1)

	require.NoError(t, s.Disable(known))
	assert.Empty(t, b.isIn(), "a disabled member is out at once")
	_, at := login(t, s, good(t, known))
	assert.Equal(t, 403, at.status)
	assert.Contains(t, at.body, textRefused, "the same text as without account")

	require.NoError(t, s.Enable(known))
	b, _ = login(t, s, good(t, known))
	assert.NotEmpty(t, b.isIn())
	require.NoError(t, s.Remove(known))
	assert.Empty(t, b.isIn())
	assert.Empty(t, s.Members())
	require.ErrorIs(t, s.Remove(known), errNoMember)
	require.ErrorIs(t, s.Invite("nobody", RoleMember), errInvalid)
	require.ErrorIs(t, s.Invite("a@b.example", "king"), errInvalid)
}

func TestAttributes(t *testing.T) {
	t.Parallel()
	for name, attrs := range map[string]map[string]string{
		"okta":  {"email": known, "firstName": "Ann", "lastName": "Other"},
		"entra": {claims + "emailaddress": known, claims + "givenname": "Ann", claims + "surname": "Other"},
		"names": {"mail": known, msClaims + "identity/claims/displayname": "Ann Other"},
	} {
		s := newServer(t, Options{})
		f := good(t, "00u1")
		f.attrs = attrs
		_, at := login(t, s, f)
		assert.Contains(t, at.body, "Welcome back, Ann Other", name)
	}
	f := good(t, "00u1")
	f.attrs = map[string]string{"shoe size": "43"}
	_, at := login(t, newServer(t, Options{JIT: Create}), f)
	assert.Contains(t, at.body, textRefused, "without an address there is nobody")
}

func TestLogoutAndSessionEnd(t *testing.T) {
	t.Parallel()
	s := newServer(t, Options{})
	b, _ := login(t, s, good(t, known))
	before := b.cookies[sessionCookie]
	b.send(good(t, known).xml(t))
	assert.NotEqual(t, before, b.cookies[sessionCookie], "every login has a new session id")
	assert.Equal(t, 1, s.Sessions(), "and ends the old session")
	b.get("/logout")
	assert.Empty(t, b.isIn())
	assert.Zero(t, s.Sessions())
}

// TestSessionEndsWithTheIdPs: SessionNotOnOrAfter is obeyed where it is
// earlier than our own lifetime.
func TestSessionEndsWithTheIdPs(t *testing.T) {
	t.Parallel()
	var ahead atomic.Int64
	s := newServer(t, Options{Now: func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }})
	f := good(t, known)
	f.before = func(doc *etree.Document) {
		end := time.Now().Add(time.Minute).UTC().Format(time.RFC3339)
		doc.FindElement("//AuthnStatement").CreateAttr("SessionNotOnOrAfter", end)
	}
	short, _ := login(t, s, f)
	long, _ := login(t, s, good(t, known))
	require.NotEmpty(t, short.isIn())
	ahead.Store(int64(time.Hour))
	assert.Empty(t, short.isIn())
	assert.NotEmpty(t, long.isIn())
	ahead.Store(int64(13 * time.Hour))
	assert.Empty(t, long.isIn())
}
