package face_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/target"
)

func TestAllCanBeMade(t *testing.T) {
	t.Parallel()
	ids := map[string]bool{}
	for _, name := range face.All() {
		p, err := face.New(name, target.IdP{})
		require.NoError(t, err)
		assert.Equal(t, name, p.Name())
		ids[p.EntityID()] = true
	}
	assert.Len(t, ids, len(face.All()))
	_, err := face.New("ping", target.IdP{})
	assert.ErrorContains(t, err, "choose okta or entra")
}

func TestConfigurationArrives(t *testing.T) {
	t.Parallel()
	c := target.IdP{BaseURL: "http://127.0.0.1:8443", Okta: target.Okta{Org: "corp", App: "wiki", Sign: "response"}, Entra: target.Entra{Tenant: "0d1b8f2c-0000-4000-8000-000000000001", Sign: "both"}}
	p, err := face.New("okta", c)
	require.NoError(t, err)
	assert.Regexp(t, `^http://127\.0\.0\.1:8443/app/corp_wiki_1/exk\w{17}/sso/saml$`, p.SSO())
	assert.Equal(t, idp.Signing{Response: true}, p.Signing())
	p, err = face.New("entra", c)
	require.NoError(t, err)
	assert.Equal(t, "https://sts.windows.net/0d1b8f2c-0000-4000-8000-000000000001/", p.EntityID())
	assert.Equal(t, "http://127.0.0.1:8443/0d1b8f2c-0000-4000-8000-000000000001/saml2", p.SSO())
	assert.Equal(t, idp.Signing{Response: true, Assertion: true}, p.Signing())
}
