package forge_test

import (
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
)

const logoutRequest = `<p:LogoutRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1" Version="2.0" IssueInstant="2026-11-24T12:00:00Z" ` +
	`Destination="https://sp.example/slo"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">idp</Issuer>` +
	`<NameID xmlns="urn:oasis:names:tc:SAML:2.0:assertion">alice</NameID><p:SessionIndex>_s</p:SessionIndex></p:LogoutRequest>`

func root(t *testing.T, text string) *etree.Element {
	t.Helper()
	doc := etree.NewDocument()
	require.NoError(t, doc.ReadFromString(text))
	return doc.Root()
}

func TestLogoutMutationsChangeWhatTheySay(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		m       forge.Mutation
		has, no string
	}{
		{forge.LogoutDestination("https://other.example/slo"), `Destination="https://other.example/slo"`, "sp.example"},
		{forge.LogoutExpired(10 * time.Minute), `IssueInstant="2026-11-24T11:40:00Z"`, "12:00:00"},
		{forge.LogoutExpired(10 * time.Minute), `NotOnOrAfter="2026-11-24T11:50:00Z"`, "12:00:00"},
		{forge.LogoutNameID("bob"), ">bob<", "alice"},
		{forge.LogoutSessionIndex("_t"), ">_t<", "_s"},
		{forge.NoSessionIndex(), "alice", "SessionIndex"},
	} {
		r := root(t, logoutRequest)
		require.NoError(t, c.m.Apply(r, forge.Context{}), c.m.Name)
		doc := etree.NewDocument()
		doc.SetRoot(r)
		text, err := doc.WriteToString()
		require.NoError(t, err)
		assert.Contains(t, text, c.has, c.m.Name)
		assert.NotContains(t, text, c.no, c.m.Name)
	}
}

// A message that has nothing to change must not go out as if it were forged.
func TestLogoutMutationsRefuseToDoNothing(t *testing.T) {
	t.Parallel()
	bare := `<p:LogoutRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_1"/>`
	for _, m := range []forge.Mutation{
		forge.LogoutDestination("x"), forge.LogoutExpired(time.Minute), forge.LogoutNameID("x"), forge.LogoutSessionIndex("x"),
		forge.NoSessionIndex(), forge.LogoutInResponseTo("x"), forge.SessionNotOnOrAfter(time.Minute),
	} {
		assert.Error(t, m.Apply(root(t, bare), forge.Context{}), m.Name)
	}
	require.Error(t, forge.LogoutNameID("alice").Apply(root(t, logoutRequest), forge.Context{}), "he is named already")
	require.Error(t, forge.EncryptID(root(t, bare), forge.Encryption{}, nil))
	require.Error(t, forge.EncryptID(root(t, logoutRequest), forge.Encryption{Cert: []byte("no certificate")}, nil))
}
