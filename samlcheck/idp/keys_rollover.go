package idp

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// keyring is an IdP's keys: the one that signs, the one that is to sign after
// the next rollover, and the one that signed before the last.
type keyring struct {
	mu       sync.RWMutex
	active   Signer
	next     *Signer
	former   *Signer
	metadata []byte
}

// An Overlapping Profile shows inactive certificates in its metadata. One that
// is not shows the active certificate only: service providers see a hard switch.
type Overlapping interface {
	// MetadataWith is Metadata with further certificates, DER, oldest first: those
	// before the active one and those after it.
	MetadataWith(active Signer, before, after [][]byte) ([]byte, error)
}

// ErrNoNewCertificate is the error of an activation that nothing was made for.
var ErrNoNewCertificate = errors.New("idp: there is no new certificate to activate: make one first")

// Rollover is where a change of certificates stands. Certificates are DER.
type Rollover struct {
	Active []byte
	Next   []byte // nil where none has been made
	Former []byte // nil where none was replaced
}

// Rollover says where the change of certificates stands.
func (i *IdP) Rollover() Rollover {
	i.keys.mu.RLock()
	defer i.keys.mu.RUnlock()
	out := Rollover{Active: slices.Clone(i.keys.active.Cert)}
	if s := i.keys.next; s != nil {
		out.Next = slices.Clone(s.Cert)
	}
	if s := i.keys.former; s != nil {
		out.Former = slices.Clone(s.Cert)
	}
	return out
}

// NewCertificate makes the certificate that is to sign next, inactive. It
// returns it, or the one that waits already. Entra's metadata shows it from now
// on; Okta's does not.
func (i *IdP) NewCertificate() ([]byte, error) {
	i.keys.mu.Lock()
	defer i.keys.mu.Unlock()
	if s := i.keys.next; s != nil {
		return slices.Clone(s.Cert), nil
	}
	s, err := newSigner(i.profile, i.now())
	if err != nil {
		return nil, err
	}
	if i.state != "" {
		if err := putSigner(i.state, i.keyPath("next"), s); err != nil {
			return nil, fmt.Errorf("idp: the new key cannot be kept: %w", err)
		}
	}
	i.keys.next = &s
	return slices.Clone(s.Cert), i.render()
}

// Activate has the new certificate sign from now on. It is an error when none
// was made. Entra's metadata goes on showing the former one, Okta's does not.
func (i *IdP) Activate() error {
	i.keys.mu.Lock()
	defer i.keys.mu.Unlock()
	if i.keys.next == nil {
		return ErrNoNewCertificate
	}
	if i.state != "" {
		if err := i.keepActivated(); err != nil {
			return fmt.Errorf("idp: the new key cannot be kept: %w", err)
		}
	}
	former := i.keys.active
	i.keys.active, i.keys.next, i.keys.former = *i.keys.next, nil, &former
	return i.render()
}

// keepActivated moves the files: whenever it is cut short, there is a key.
func (i *IdP) keepActivated() error {
	old := i.keyPath("former")
	if err := os.Remove(old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Link(i.keyPath(""), old); err != nil {
		return err
	}
	return os.Rename(i.keyPath("next"), i.keyPath(""))
}

// keyPath is the file of the active key (""), the "next" or the "former" one.
func (i *IdP) keyPath(which string) string {
	name := keyFile(i.profile)
	if which != "" {
		name = name[:len(name)-len(".pem")] + "-" + which + ".pem"
	}
	return filepath.Join(i.state, name)
}

// load reads the keys, or makes the first one.
func (i *IdP) load() (err error) {
	if i.state == "" {
		if i.keys.active, err = newSigner(i.profile, i.now()); err != nil {
			return err
		}
		return i.render()
	}
	fresh := func() (Signer, error) { return newSigner(i.profile, i.now()) }
	if i.keys.active, err = kept(i.state, keyFile(i.profile), fresh); err != nil {
		return err
	}
	for which, to := range map[string]**Signer{"next": &i.keys.next, "former": &i.keys.former} {
		s, err := readSigner(i.keyPath(which))
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return err
		default:
			*to = &s
		}
	}
	return i.render()
}

// render makes the metadata anew. The lock is held, or nobody else is there yet.
func (i *IdP) render() (err error) {
	p, overlapping := i.profile.(Overlapping)
	if !overlapping || i.keys.next == nil && i.keys.former == nil {
		i.keys.metadata, err = i.profile.Metadata(i.keys.active)
		return err
	}
	var before, after [][]byte
	if s := i.keys.former; s != nil {
		before = append(before, s.Cert)
	}
	if s := i.keys.next; s != nil {
		after = append(after, s.Cert)
	}
	i.keys.metadata, err = p.MetadataWith(i.keys.active, before, after)
	return err
}

// signer is the active key.
func (i *IdP) signer() Signer {
	i.keys.mu.RLock()
	defer i.keys.mu.RUnlock()
	return i.keys.active
}
