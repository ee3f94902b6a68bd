package idp

import (
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"example.com/samepage/samlcheck/forge"
)

// Options of an identity provider.
type Options struct {
	State string           // folder of the keys (0700); "" keeps them in memory
	Now   func() time.Time // nil is the real clock
	Rand  io.Reader        // seeds of ids; nil is crypto/rand
}

// IdP is one face at work. It is safe for concurrent use.
type IdP struct {
	profile Profile
	keys    keyring
	state   string
	hosts   []string
	now     func() time.Time
	rand    io.Reader
	moulds  moulds
	value   func(forge.Style, []byte, *rsa.PrivateKey) (string, error) // of a signature; a benchmark leaves RSA out

	once    sync.Once
	foreign Signer // a key that nobody trusts, made when it is first needed
	badKey  error
	generic func() ([]byte, error) // the tenant's metadata, made once
}

// New opens an identity provider. Its keys are made once in the state folder;
// its metadata is the same until a rollover (NewCertificate, Activate). Errors
// say what to do.
func New(p Profile, o Options) (*IdP, error) {
	i := &IdP{profile: p, state: o.State, now: o.Now, rand: o.Rand, value: forge.Style.SignText}
	if i.now == nil {
		i.now = time.Now
	}
	if i.rand == nil {
		i.rand = rand.Reader
	}
	i.generic = sync.OnceValues(i.makeGeneric)
	if err := i.load(); err != nil {
		return nil, err
	}
	for _, raw := range []string{p.SSO(), p.Launch(), p.MetadataURL()} {
		u, err := url.Parse(raw)
		if err != nil || u.Host == "" {
			return nil, fmt.Errorf("idp: base_url gives no host: %q", raw)
		}
		if host := hostOf(u); !slices.Contains(i.hosts, host) {
			i.hosts = append(i.hosts, host)
		}
	}
	return i, nil
}

// Name is the face's name.
func (i *IdP) Name() string { return i.profile.Name() }

// Profile is the face.
func (i *IdP) Profile() Profile { return i.profile }

// EntityID is the IdP's entityID.
func (i *IdP) EntityID() string { return i.profile.EntityID() }

// Metadata is the exact document to upload at the service provider.
func (i *IdP) Metadata() []byte {
	i.keys.mu.RLock()
	defer i.keys.mu.RUnlock()
	return slices.Clone(i.keys.metadata)
}

// Hosts are the host names that Play answers.
func (i *IdP) Hosts() []string { return slices.Clone(i.hosts) }

// SSO is the URL that AuthnRequests are sent to.
func (i *IdP) SSO() string { return i.profile.SSO() }

// Launch is the URL of the IdP-initiated start.
func (i *IdP) Launch() string { return i.profile.Launch() }

// MetadataURL is where the vendor serves the metadata: Handler and Play do.
func (i *IdP) MetadataURL() string { return i.profile.MetadataURL() }

// Certificate is the active signing certificate, as DER.
func (i *IdP) Certificate() []byte { return slices.Clone(i.signer().Cert) }

// stranger is a key of the same shape that no metadata names.
func (i *IdP) stranger() (Signer, error) {
	i.once.Do(func() { i.foreign, i.badKey = newSigner(i.profile, i.now()) })
	return i.foreign, i.badKey
}

// id makes a fresh id of the vendor's shape.
func (i *IdP) id(shape func([]byte) string) (string, error) {
	seed := make([]byte, 24)
	if _, err := io.ReadFull(i.rand, seed); err != nil {
		return "", fmt.Errorf("idp: no randomness: %w", err)
	}
	return shape(seed), nil
}

// Play returns a transport that answers the IdP's own hosts for one browser, as
// the reply says, and passes all else to base. Nothing listens and no name is
// looked up.
func (i *IdP) Play(r Reply, base http.RoundTripper) Player {
	return &player{idp: i, reply: r, base: base}
}
