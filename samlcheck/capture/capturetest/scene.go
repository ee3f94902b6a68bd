package capturetest

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/browser"
	"example.com/samepage/samlcheck/browser/plain"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/face"
	"example.com/samepage/samlcheck/metadata"
	"example.com/samepage/samlcheck/samepage"
	"example.com/samepage/samlcheck/target"
)

// Scene is a stand-in with its identity provider, and their documents.
type Scene struct {
	SP      *samepage.Running
	IdP     *idp.IdP
	SPDoc   *metadata.Doc
	IdPDoc  *metadata.Doc
	Profile idp.SP
}

// Alice is the member who exists.
func Alice() idp.Person {
	return idp.Person{Ref: "known", NameID: samepage.KnownMember, Email: samepage.KnownMember, GivenName: "Alice", Surname: "Archer", DisplayName: "Alice Archer"}
}

// NewScene starts a stand-in that trusts the face's mock, and invites Alice.
func NewScene(t *testing.T, name string, o samepage.Options) *Scene {
	t.Helper()
	sp, err := samepage.Start(o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, sp.Close()) })
	p, err := face.New(name, target.IdP{})
	require.NoError(t, err)
	mock, err := idp.New(p, idp.Options{})
	require.NoError(t, err)
	require.NoError(t, sp.Server.AddIdP(mock.Metadata()))
	require.NoError(t, sp.Server.Invite(samepage.KnownMember, samepage.RoleMember))
	s := &Scene{SP: sp, IdP: mock}
	s.SPDoc, err = metadata.Fetch(t.Context(), http.DefaultClient, sp.MetadataURL)
	require.NoError(t, err)
	s.IdPDoc, err = metadata.Parse(mock.Metadata(), name)
	require.NoError(t, err)
	s.Profile, err = idp.ReadSP(s.SPDoc.Raw, sp.MetadataURL)
	require.NoError(t, err)
	return s
}

// Reply is a good answer for Alice.
func (s *Scene) Reply() idp.Reply { return idp.Reply{Person: Alice(), SP: s.Profile, Rich: true} }

// Login signs in as the identity provider replies, beginning at the service, and
// gives what went by.
func (s *Scene) Login(t *testing.T, r idp.Reply) []Entry {
	t.Helper()
	return s.From(t, r, s.SP.LoginURL)
}

// From is Login that begins at another address.
func (s *Scene) From(t *testing.T, r idp.Reply, start string) []Entry {
	t.Helper()
	base := plain.NewTransport(nil)
	t.Cleanup(base.CloseIdleConnections)
	rec := &Recorder{Base: s.IdP.Play(r, base)}
	b := plain.New(plain.Options{Transport: rec, IdPHosts: s.IdP.Hosts()})
	_, err := b.Visit(t.Context(), browser.Request{URL: start})
	require.NoError(t, err)
	require.NoError(t, b.Close())
	return rec.Entries()
}
