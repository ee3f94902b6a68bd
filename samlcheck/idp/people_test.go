package idp_test

import (
	"net/http"
	"net/url"
	"regexp"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
)

func TestDirectory(t *testing.T) {
	t.Parallel()
	d := idp.NewDirectory(alice(), idp.Person{Email: "bob@acme.example"}, alice(), idp.Person{})
	refs := func() (out []string) {
		for _, a := range d.List() {
			out = append(out, a.Ref)
		}
		return out
	}
	assert.Equal(t, []string{"known", "bob@acme.example"}, refs(), "one of each, and nobody without a name")
	assert.Error(t, d.Add(alice()))
	assert.Error(t, d.Add(idp.Person{GivenName: "No", Surname: "Name"}))
	require.NoError(t, d.Add(idp.Person{Ref: "carol", Username: "carol"}))
	for _, step := range []error{d.SetGroups("carol", "a", "b"), d.Unassign("carol"), d.Disable("carol"), d.Change("carol", func(a *idp.Account) {
		a.Email, a.Ref = "carol@acme.example", "dave"
	})} {
		require.NoError(t, step)
	}
	a, ok := d.Find("carol")
	require.True(t, ok, "a ref does not change")
	assert.Equal(t, idp.Account{Person: idp.Person{Ref: "carol", Username: "carol", Email: "carol@acme.example", Groups: []string{"a", "b"}}, Disabled: true}, a)
	a.Groups[0] = "x"
	again, _ := d.Find("carol")
	assert.Equal(t, "a", again.Groups[0], "what is given out is a copy")
	require.NoError(t, d.Enable("carol"))
	require.NoError(t, d.Assign("carol"))
	again, _ = d.Find("carol")
	assert.True(t, again.Assigned && !again.Disabled)
	require.NoError(t, d.Remove("carol"))
	for _, err := range []error{d.Remove("carol"), d.Assign("carol"), d.Disable("carol")} {
		assert.ErrorContains(t, err, `nobody "carol"`)
	}
	assert.Equal(t, []string{"known", "bob@acme.example"}, refs())
}

func TestDirectoryAtOnce(t *testing.T) {
	t.Parallel()
	d := idp.NewDirectory(alice())
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				_ = d.Change("known", func(a *idp.Account) { a.Groups = append(a.Groups, "g") })
				d.List()
				d.Find("known")
			}
		})
	}
	all.Wait()
	a, _ := d.Find("known")
	assert.Len(t, a.Groups, 2+8*50, "nothing is lost")
}

// A player that is given a directory asks it at each login.
func TestPlayAsksTheDirectory(t *testing.T) {
	t.Parallel()
	for face, says := range map[string]struct{ unassigned, disabled string }{
		"okta":  {"403 App Not Assigned", "Unable to sign in"},
		"entra": {"AADSTS50105: ", "AADSTS50057: "},
	} {
		t.Run(face, func(t *testing.T) {
			t.Parallel()
			i := open(t, profiles()[face], "")
			d := idp.NewDirectory(alice())
			play := i.Play(idp.Reply{Person: idp.Person{Ref: "known"}, SP: service(), Directory: d}, nil)
			login := func() (string, idp.Exchange) {
				_, page := walk(t, play, http.MethodGet, i.Launch(), nil)
				all := play.Exchanges()
				return page, all[len(all)-1]
			}
			_, ex := login()
			require.NotNil(t, ex.Sent, ex.Refusal)
			assert.Contains(t, ex.Sent.XML, "alice@acme.example")
			require.NoError(t, d.Change("known", func(a *idp.Account) { a.Email = "alice.moreau@acme.example" }))
			_, ex = login()
			assert.Contains(t, ex.Sent.XML, "alice.moreau@acme.example")

			require.NoError(t, d.Unassign("known"))
			page, ex := login()
			assert.Nil(t, ex.Sent)
			assert.Contains(t, page, says.unassigned)
			require.NoError(t, d.Disable("known"))
			page, ex = login()
			assert.Nil(t, ex.Sent)
			assert.Contains(t, page, says.disabled)
			require.NoError(t, d.Assign("known"))
			require.NoError(t, d.Enable("known"))
			_, ex = login()
			assert.NotNil(t, ex.Sent)
			require.NoError(t, d.Remove("known"))
			page, ex = login()
			assert.Nil(t, ex.Sent)
			assert.Contains(t, page, says.unassigned)
		})
	}
}

// The front page adds people and changes them.
func TestFrontPageEditsPeople(t *testing.T) {
	t.Parallel()
	d := idp.NewDirectory(directory()...)
	h := host(t, "okta", idp.HandlerOptions{SP: service(), Directory: d})
	post := func(form url.Values) int { return do(t, http.MethodPost, h.url+"/-/person", form).status }
	assert.Equal(t, http.StatusOK, post(url.Values{"email": {"dora@acme.example"}, "given_name": {"Dora"}, "groups": {" staff, ,editors "}}))
	a, ok := d.Find("dora@acme.example")
	require.True(t, ok)
	assert.Equal(t, []string{"staff", "editors"}, a.Groups)
	assert.True(t, a.Assigned)
	assert.Equal(t, http.StatusBadRequest, post(url.Values{"email": {"dora@acme.example"}}), "she is there already")
	assert.Equal(t, http.StatusBadRequest, post(url.Values{"groups": {"nobody"}}))
	assert.Equal(t, http.StatusOK, post(url.Values{"who": {"alice"}, "email": {"alice@new.example"}, "display_name": {"Alice"}}))
	assert.Equal(t, http.StatusBadRequest, post(url.Values{"who": {"carol"}, "email": {"x"}}))
	front := do(t, http.MethodGet, h.url+"/", nil)
	for _, want := range []string{"alice@new.example", "staff, editors", "data-copy"} {
		assert.Contains(t, front.body, want)
	}
	nonce := regexp.MustCompile(`script-src 'nonce-([^']+)'`).FindStringSubmatch(front.header.Get("Content-Security-Policy"))
	require.NotNil(t, nonce)
	assert.Contains(t, front.body, `<script nonce="`+nonce[1]+`">`)
	page := do(t, http.MethodGet, h.Launch(), nil)
	assert.Contains(t, responseOf(t, pick(t, h, page.body, "alice").body), "alice@new.example")
}
