package idp_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/beevik/etree"
	"github.com/crewjam/saml"
	"github.com/crewjam/saml/samlsp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/samepage/samlcheck/forge"
	"example.com/samepage/samlcheck/idp"
	"example.com/samepage/samlcheck/idp/entra"
	"example.com/samepage/samlcheck/idp/okta"
)

// holder is a service provider's key pair, made for one test.
type holder struct {
	key *rsa.PrivateKey
	der []byte
}

func newHolder(t *testing.T) holder {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	c := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "sp.example"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	require.NoError(t, err)
	return holder{key, der}
}

// everyEncryption is both faces with every way of encrypting and signing.
func everyEncryption() map[string]idp.Profile {
	out := map[string]idp.Profile{}
	for _, sign := range []string{"response", "assertion", "both"} {
		out["entra/"+sign] = entra.New(entra.Config{Sign: sign, Settings: entra.Settings{Encrypt: true}})
		for name, alg := range map[string]string{"": "", "/aes128-cbc": forge.AES128CBC, "/aes256-gcm": forge.AES256GCM} {
			out["okta/"+sign+name] = okta.New(okta.Config{Sign: sign, Settings: okta.Settings{Encrypt: true, EncryptionAlgorithm: alg}})
		}
	}
	return out
}

func sealedMessage(t *testing.T, p idp.Profile, h holder) (*idp.IdP, []byte) {
	t.Helper()
	i := open(t, p, "")
	m, err := i.Mint(idp.Reply{Person: alice(), Rich: true, SP: idp.SP{EntityID: "https://sp.example/saml", Encryption: h.der}}, "id-request", "https://sp.example/acs", nil)
	require.NoError(t, err)
	assert.NotContains(t, m.XML, alice().Email, "nothing of the person is to be seen")
	return i, []byte(m.XML)
}

func TestCrewjamDecrypts(t *testing.T) {
	t.Parallel()
	h := newHolder(t)
	for name, p := range everyEncryption() {
		if strings.HasSuffix(name, "gcm") {
			continue // crewjam has no GCM for assertions; xmlsec has
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i, raw := sealedMessage(t, p, h)
			meta, err := samlsp.ParseMetadata(i.Metadata())
			require.NoError(t, err)
			acs, err := url.Parse("https://sp.example/acs")
			require.NoError(t, err)
			sp := saml.ServiceProvider{EntityID: "https://sp.example/saml", Key: h.key, Certificate: &x509.Certificate{Raw: h.der}, AcsURL: *acs, IDPMetadata: meta}
			a, err := sp.ParseXMLResponse(raw, []string{"id-request"}, *acs)
			var why *saml.InvalidResponseError
			if assert.NoError(t, err) {
				assert.Equal(t, alice().Email, a.Subject.NameID.Value)
			} else if assert.ErrorAs(t, err, &why) {
				t.Log(why.PrivateErr)
			}
		})
	}
}

// The C library finds the key, decrypts, and the signature inside holds.
func TestXmlsecDecrypts(t *testing.T) {
	t.Parallel()
	program, err := exec.LookPath("xmlsec1")
	if err != nil {
		t.Skip("xmlsec1 is not installed (Debian: apt-get install xmlsec1)")
	}
	h := newHolder(t)
	key := filepath.Join(t.TempDir(), "key.pem")
	der, err := x509.MarshalPKCS8PrivateKey(h.key)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), 0o600))
	for name, p := range everyEncryption() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i, raw := sealedMessage(t, p, h)
			file := filepath.Join(t.TempDir(), "message.xml")
			require.NoError(t, os.WriteFile(file, raw, 0o600))
			out, err := exec.CommandContext(t.Context(), program, "--decrypt", "--privkey-pem", key,
				"--id-attr:Id", "http://www.w3.org/2001/04/xmlenc#:EncryptedKey", "--node-name", "http://www.w3.org/2001/04/xmlenc#:EncryptedData", file).Output()
			require.NoError(t, err)
			doc := etree.NewDocument()
			require.NoError(t, doc.ReadFromBytes(out))
			inner := forge.FindAll(doc.Root(), "Assertion")
			require.Len(t, inner, 1)
			assert.Contains(t, string(out), alice().Email)
			if strings.Contains(name, "/response") {
				return
			}
			alone := etree.NewDocument()
			alone.SetRoot(inner[0].Copy())
			text, err := alone.WriteToBytes()
			require.NoError(t, err)
			assert.Equal(t, []string{"Assertion"}, xmlsec(t, text, i.Certificate()))
		})
	}
}

// The response is signed over the encrypted form.
func TestSealedResponseVerifies(t *testing.T) {
	t.Parallel()
	h := newHolder(t)
	for name, p := range everyEncryption() {
		if !p.Signing().Response {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i, raw := sealedMessage(t, p, h)
			assert.Equal(t, []string{"Response"}, xmlsec(t, raw, i.Certificate()))
		})
	}
}

func TestEncryptionNeedsACertificate(t *testing.T) {
	t.Parallel()
	i := open(t, okta.New(okta.Config{Settings: okta.Settings{Encrypt: true}}), "")
	reply := idp.Reply{Person: alice(), SP: idp.SP{EntityID: "https://sp.example/saml"}}
	_, err := i.Mint(reply, "", "https://sp.example/acs", nil)
	require.ErrorContains(t, err, "https://sp.example/saml gave no certificate for that: its metadata needs a KeyDescriptor for encryption")
	reply.SP.Encryption = []byte("no certificate")
	_, err = i.Mint(reply, "", "https://sp.example/acs", nil)
	require.ErrorContains(t, err, "encryption certificate")

	reply.Deny = true
	_, err = i.Mint(reply, "", "https://sp.example/acs", nil)
	assert.NoError(t, err, "a denial has nothing to encrypt")
}

// What would only reach the outer signature is not sent at all; what is forged
// before signing, or signed by a stranger, is.
func TestForgedAndSealed(t *testing.T) {
	t.Parallel()
	h := newHolder(t)
	i := open(t, okta.New(okta.Config{Settings: okta.Settings{Encrypt: true}}), "")
	reply := idp.Reply{Person: alice(), SP: idp.SP{EntityID: "sp", Encryption: h.der}}
	for _, m := range []forge.Mutation{forge.Audience("https://other.example"), {Name: "nothing signed", Stage: forge.Signing, Sign: forge.SignNothing}, {Name: "stranger", Stage: forge.Signing, Sign: forge.SignForeign}} {
		reply.Forge = []forge.Mutation{m}
		sent, err := i.Mint(reply, "", "https://sp.example/acs", nil)
		require.NoError(t, err, m.Name)
		assert.Contains(t, string(sent.XML), "<saml2:EncryptedAssertion ")
		assert.NotContains(t, string(sent.XML), "<saml2:Assertion ")
		assert.Equal(t, m.Sign != forge.SignNothing, strings.Contains(string(sent.XML), "<ds:Signature "))
	}
	reply.Forge = []forge.Mutation{{Name: "late", Stage: forge.AfterSigning, Apply: func(*etree.Element, forge.Context) error { return nil }}}
	_, err := i.Mint(reply, "", "https://sp.example/acs", nil)
	assert.ErrorContains(t, err, `"late" is not forged where the assertion is encrypted`)
}

func TestDefaultRelayState(t *testing.T) {
	t.Parallel()
	theirs := "/theirs"
	for _, p := range []idp.Profile{
		okta.New(okta.Config{Settings: okta.Settings{RelayState: "/home?a=b&c"}}),
		entra.New(entra.Config{Settings: entra.Settings{RelayState: "/home?a=b&c"}}),
	} {
		i := open(t, p, "")
		for _, tt := range []struct {
			request string
			relay   *string
			want    []string
		}{{"", nil, []string{"/home?a=b&c"}}, {"", &theirs, []string{theirs}}, {"id-1", nil, nil}, {"id-1", &theirs, []string{theirs}}} {
			m, err := i.Mint(idp.Reply{Person: alice(), SP: idp.SP{EntityID: "sp"}}, tt.request, "https://sp.example/acs", tt.relay)
			require.NoError(t, err)
			assert.Equal(t, tt.want, m.Form["RelayState"], "%s %+v", p.Name(), tt)
		}
		play := i.Play(idp.Reply{Person: alice(), SP: idp.SP{EntityID: "sp", ACS: []string{"https://sp.example/acs"}}}, nil)
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, i.Launch(), nil)
		require.NoError(t, err)
		resp, err := play.RoundTrip(req)
		require.NoError(t, err)
		assert.NoError(t, resp.Body.Close())
		assert.Equal(t, "/home?a=b&c", play.Exchanges()[0].Form["RelayState"])
	}
}
