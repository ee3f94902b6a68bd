package target_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/target"
)

const awkward = `sp:
  entity_id: https://sp.example
  acs: https://sp.example/acs
  login: {url: "https://sp.example/login?for={{email}}", fill: {email: "{{email}}"}}
  headers: {X-Gate: "Basic canary-gate-1"}
  ca: ca.pem
proxy: http://me:canary-proxy-2@proxy.example:3128
people: {fresh: {domain: acme.example}}
members: {list: {url: https://sheets.example/members}}
`

func TestAwkwardKeys(t *testing.T) {
	t.Parallel()
	p := write(t, "t.yaml", awkward)
	require.NoError(t, os.WriteFile(filepath.Join(filepath.Dir(p), "ca.pem"), []byte("x"), 0o600))
	tg, err := target.Load(p, none)
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(filepath.Dir(p), "ca.pem"), tg.SP.CA)
	assert.Subset(t, tg.Hidden(), []string{"Basic canary-gate-1", "canary-gate-1", "canary-proxy-2"})
	assert.Equal(t, []string{"proxy.example:3128", "sheets.example", "sp.example"}, tg.Hosts())
	assert.Equal(t, []string{"https://sp.example"}, tg.Origins(), "a proxy and the members view are not the service provider")
	assert.False(t, tg.Loopback())
}

func TestAProxyElsewhereIsNotThisMachine(t *testing.T) {
	t.Parallel()
	tg, err := target.Load(write(t, "t.yaml", minimal+"proxy: http://proxy.example:3128\n"), none)
	require.NoError(t, err)
	assert.False(t, tg.Allows("forgery"), "what goes through somebody's proxy does not stay here")
	tg, err = target.Load(write(t, "t.yaml", minimal+"proxy: http://127.0.0.1:3128\n"), none)
	require.NoError(t, err)
	assert.True(t, tg.Allows("forgery"))
}

func TestAwkwardComplaints(t *testing.T) {
	t.Parallel()
	base := "sp: {entity_id: x, acs: https://sp.example/acs}\npeople: {fresh: {domain: acme.example}}\n"
	for text, says := range map[string]string{
		"proxy: socks5://proxy.example\n": `t.yaml:3: proxy: "socks5://proxy.example" is not an http(s) URL`,
		"prxy: http://proxy.example\n":    `t.yaml:3: unknown key "prxy" (did you mean "proxy"?)`,
	} {
		_, err := target.Load(write(t, "t.yaml", base+text), none)
		require.Error(t, err)
		assert.Contains(t, err.Error(), says)
	}
	for text, says := range map[string]string{
		"ca: nowhere.pem":                                                "t.yaml:2: sp.ca: no such file",
		"headers: {'X Gate': a}":                                         `t.yaml:2: sp.headers: "X Gate" is no header's name`,
		"headers: {X-Gate: [a, b]}":                                      "t.yaml:2: sp.headers.X-Gate",
		"login: {url: 'https://sp.example', fil: {a: b}}":                `t.yaml:2: unknown key "fil" in sp.login (did you mean "fill"?)`,
		"login: {url: 'https://sp.example', fill: {a: b}, form: {a: b}}": "t.yaml:2: sp.login: fill opens the page",
	} {
		_, err := target.Load(write(t, "t.yaml", "sp: {entity_id: x, acs: https://sp.example/acs,\n  "+text+"}\npeople: {fresh: {domain: acme.example}}\n"), none)
		require.Error(t, err)
		assert.Contains(t, err.Error(), says)
	}
}

func TestStartIsFilledInForOnePerson(t *testing.T) {
	t.Parallel()
	s := &target.Start{URL: "https://sp.example/{{email}}", Form: map[string]string{"user": "{{email}}", "keep": "1"},
		JSON: map[string]any{"who": []any{"{{email}}", 1}, "n": true}}
	got := s.For(func(text string) string { return strings.ReplaceAll(text, "{{email}}", "a@x.example") })
	assert.Equal(t, "https://sp.example/a@x.example", got.URL)
	assert.Equal(t, map[string]string{"user": "a@x.example", "keep": "1"}, got.Form)
	assert.JSONEq(t, `{"who": ["a@x.example", 1], "n": true}`, string(got.JSONBody()))
	assert.Equal(t, "{{email}}", s.Form["user"], "the next person's is another")
	assert.Nil(t, got.Fill)
}

func TestValuesInAnAddressAreEscapedAsTheirPlaceAsks(t *testing.T) {
	t.Parallel()
	values := strings.NewReplacer("{{email}}", "a+b o'c&d@x.example", "{{idp}}", "http://www.okta.com/exk?a=b")
	s := &target.Start{URL: "https://sp.example/{{email}}/sso?hint={{email}}&idp={{idp}}"}
	u, err := url.Parse(s.For(values.Replace).URL)
	require.NoError(t, err)
	assert.Equal(t, "/a+b o'c&d@x.example/sso", u.Path)
	assert.Equal(t, url.Values{"hint": {"a+b o'c&d@x.example"}, "idp": {"http://www.okta.com/exk?a=b"}}, u.Query())
}
