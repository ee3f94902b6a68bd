package idp_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
)

const token = "test-token"

// controller speaks to the control API as another language's test would.
type controller struct {
	hosted
	t *testing.T
}

func controlled(t *testing.T, face string, o idp.HandlerOptions) controller {
	t.Helper()
	o.SP, o.Token = service(), token
	if o.Directory == nil {
		o.People = directory()
	}
	return controller{host(t, face, o), t}
}

func (c controller) call(method, path, body string) (int, map[string]any) {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.url+"/control/v1"+path, strings.NewReader(body))
	require.NoError(c.t, err)
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(r)
	require.NoError(c.t, err)
	defer resp.Body.Close()
	out := map[string]any{}
	if resp.StatusCode != http.StatusNoContent {
		assert.Equal(c.t, "application/json", resp.Header.Get("Content-Type"), path)
		require.NoError(c.t, json.NewDecoder(resp.Body).Decode(&out), path)
	}
	return resp.StatusCode, out
}

func (c controller) login() string {
	c.t.Helper()
	return do(c.t, http.MethodPost, c.SSO(), posted(request(`ID="a1"`, issuer))).body
}

func TestControlPeople(t *testing.T) {
	t.Parallel()
	d := idp.NewDirectory(directory()...)
	c := controlled(t, "okta", idp.HandlerOptions{Directory: d})
	status, index := c.call(http.MethodGet, "/", "")
	assert.Equal(t, http.StatusOK, status)
	assert.InDelta(t, 1, index["version"], 0)
	assert.Equal(t, c.EntityID(), index["entity_id"])

	status, got := c.call(http.MethodPost, "/people", `{"email":"carol@acme.example","given_name":"Carol","groups":["staff"],"attributes":{"team":["a"]}}`)
	require.Equal(t, http.StatusCreated, status, got)
	assert.Equal(t, "carol@acme.example", got["ref"])
	assert.Equal(t, true, got["assigned"])
	for body, want := range map[string]int{
		`{"email":"carol@acme.example"}`: http.StatusConflict, `{}`: http.StatusBadRequest, `{"mail":"x"}`: http.StatusBadRequest,
		`{"email":"x"}{"email":"y"}`: http.StatusBadRequest, `hello`: http.StatusBadRequest,
	} {
		status, got = c.call(http.MethodPost, "/people", body)
		assert.Equal(t, want, status, body)
		assert.NotEmpty(t, got["error"])
	}
	status, got = c.call(http.MethodPatch, "/people/carol@acme.example", `{"surname":"Weber","groups":["editors"],"attributes":{"site":["b"]},"assigned":false}`)
	require.Equal(t, http.StatusOK, status, got)
	a, ok := d.Find("carol@acme.example")
	require.True(t, ok)
	assert.Equal(t, idp.Account{Person: idp.Person{
		Ref: "carol@acme.example", Email: "carol@acme.example", GivenName: "Carol", Surname: "Weber", Groups: []string{"editors"},
		Attributes: map[string][]string{"team": {"a"}, "site": {"b"}},
	}}, a)
	for _, body := range []string{`{"ref":"dave"}`, `{"attributes":{"site":["c"]},"surnam":"x"}`} {
		status, _ = c.call(http.MethodPatch, "/people/carol@acme.example", body)
		assert.Equal(t, http.StatusBadRequest, status)
	}
	again, _ := d.Find("carol@acme.example")
	assert.Equal(t, a, again, "a bad body changes nothing")
	for action, want := range map[string]int{"assign": 200, "disable": 200, "promote": 404} {
		status, _ = c.call(http.MethodPost, "/people/alice/"+action, "")
		assert.Equal(t, want, status, action)
	}
	a, _ = d.Find("alice")
	assert.True(t, a.Assigned && a.Disabled)
	status, _ = c.call(http.MethodDelete, "/people/alice", "")
	assert.Equal(t, http.StatusNoContent, status)
	for method, path := range map[string]string{http.MethodDelete: "/people/alice", http.MethodPatch: "/people/alice", http.MethodGet: "/people/alice", http.MethodPost: "/people/alice/assign"} {
		status, got = c.call(method, path, "{}")
		assert.Equal(t, http.StatusNotFound, status)
		assert.Contains(t, got["error"], `nobody "alice"`)
	}
	_, got = c.call(http.MethodGet, "/people", "")
	assert.Len(t, got["people"], 2)
	status, got = c.call(http.MethodGet, "/nothing", "")
	assert.Equal(t, http.StatusNotFound, status)
	assert.Contains(t, got["error"], "GET /control/v1/nothing")
}

// The next response is as ordered, and the one after it is good again.
func TestControlNext(t *testing.T) {
	t.Parallel()
	for face := range hostedFaces() {
		t.Run(face, func(t *testing.T) {
			t.Parallel()
			c := controlled(t, face, idp.HandlerOptions{})
			status, got := c.call(http.MethodPut, "/next", `{"as":"alice","sign":"response","forge":["no-audience"],"name_id_format":"persistent"}`)
			require.Equal(t, http.StatusOK, status, got)
			assert.Equal(t, "response", got["sign"])
			assert.Equal(t, []any{"no-audience"}, got["forge"])
			raw := responseOf(t, c.login())
			assert.NotContains(t, raw, "Audience>")
			assert.Contains(t, raw, "nameid-format:persistent")
			assert.Equal(t, 1, strings.Count(raw, "SignatureValue>")/2)
			assert.Contains(t, c.login(), "Who signs in?", "it held once")

			_, _ = c.call(http.MethodPut, "/next", `{"as":"bob","keep":true}`)
			for range 2 {
				assert.Contains(t, responseOf(t, c.login()), "bob@acme.example")
			}
			_, _ = c.call(http.MethodPost, "/people/bob/disable", "")
			assert.NotContains(t, c.login(), "SAMLResponse")
			status, _ = c.call(http.MethodDelete, "/next", "")
			assert.Equal(t, http.StatusNoContent, status)
			assert.Contains(t, c.login(), "Who signs in?")
			_, _ = c.call(http.MethodPut, "/next", `{"as":"alice","deny":true}`)
			assert.NotContains(t, responseOf(t, c.login()), "Assertion ")

			for body, says := range map[string]string{
				`{"as":"nobody"}`: "nobody", `{"sign":"none"}`: "choose response, assertion or both", `{"forge":["everything"]}`: "choose from audience-foreign",
				`{"deny":true,"forge":["tampered"]}`: "leave out", `{"sing":"both"}`: "sing",
			} {
				status, got = c.call(http.MethodPut, "/next", body)
				assert.Equal(t, http.StatusBadRequest, status, body)
				assert.Contains(t, got["error"], says)
			}
		})
	}
}

// Every forgery of the list can be made of every face's plain login.
func TestControlForgeries(t *testing.T) {
	t.Parallel()
	for face := range hostedFaces() {
		c := controlled(t, face, idp.HandlerOptions{})
		_, got := c.call(http.MethodPut, "/next", `{"forge":["?"]}`)
		_, list, _ := strings.Cut(got["error"].(string), "choose from ")
		names := strings.Split(list, ", ")
		require.Greater(t, len(names), 10)
		docs, err := os.ReadFile("../../docs/control-api.md")
		require.NoError(t, err)
		for _, name := range names {
			status, got := c.call(http.MethodPut, "/next", `{"as":"alice","forge":["`+name+`"]}`)
			require.Equal(t, http.StatusOK, status, name)
			assert.Equal(t, []any{name}, got["forge"])
			assert.NotEmpty(t, responseOf(t, c.login()), face+name)
			assert.Contains(t, string(docs), "`"+name+"`")
		}
	}
}

func TestControlExchanges(t *testing.T) {
	t.Parallel()
	c := controlled(t, "entra", idp.HandlerOptions{})
	_, _ = c.call(http.MethodPut, "/next", `{"as":"alice"}`)
	c.login()
	do(t, http.MethodGet, c.SSO()+"?"+redirectQuery(t, "hello", "deep"), nil)
	_, got := c.call(http.MethodGet, "/exchanges", "")
	all := got["exchanges"].([]any)
	require.Len(t, all, 2)
	bad, good := all[0].(map[string]any), all[1].(map[string]any)
	assert.NotEmpty(t, bad["refusal"])
	assert.Nil(t, bad["sent"])
	assert.Equal(t, "deep", bad["request"].(map[string]any)["relay_state"])
	assert.Contains(t, good["request"].(map[string]any)["xml"], `ID="a1"`)
	sent := good["sent"].(map[string]any)
	assert.Contains(t, sent["xml"], "alice@acme.example")
	assert.Equal(t, acs, sent["url"])
	assert.Equal(t, "assertion", sent["signed"])
	assert.Nil(t, sent["relay_state"])
	_, _ = c.call(http.MethodDelete, "/exchanges", "")
	_, got = c.call(http.MethodGet, "/exchanges", "")
	assert.Empty(t, got["exchanges"])
}

func TestControlIsGuarded(t *testing.T) {
	t.Parallel()
	i := open(t, profiles()["okta"], "")
	ask := func(h http.Handler, from, bearer string) int {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/control/v1/people", nil)
		r.RemoteAddr = from
		if bearer != "" {
			r.Header.Set("Authorization", bearer)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code
	}
	on, off := i.Handler(idp.HandlerOptions{Token: token}), i.Handler(idp.HandlerOptions{})
	assert.Equal(t, http.StatusOK, ask(on, "127.0.0.1:99", "Bearer "+token))
	assert.Equal(t, http.StatusOK, ask(on, "[::1]:99", "Bearer "+token))
	assert.Equal(t, http.StatusUnauthorized, ask(on, "127.0.0.1:99", ""))
	assert.Equal(t, http.StatusUnauthorized, ask(on, "127.0.0.1:99", "Bearer "+token+"x"))
	assert.Equal(t, http.StatusUnauthorized, ask(on, "127.0.0.1:99", "Basic "+token))
	assert.Equal(t, http.StatusForbidden, ask(on, "192.0.2.1:99", "Bearer "+token), "only this machine")
	assert.Equal(t, http.StatusForbidden, ask(on, "", "Bearer "+token))
	assert.Equal(t, http.StatusNotFound, ask(off, "127.0.0.1:99", "Bearer "), "an empty token opens nothing")
	assert.NotEqual(t, http.StatusOK, do(t, http.MethodPost, controlled(t, "okta", idp.HandlerOptions{}).url+"/control/v1/people/alice/disable", url.Values{}).status)
}
