package bundle

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"
)

// Verified says what was found sound.
type Verified struct {
	Files   int    // with their hashes
	Bundles int    // of a merged bundle: each was checked as it would be alone
	Schemas int    // files, or lines of the transcript, that were held against their schema
	Signed  bool   // there is an attestation, and its signature fits the key
	KeyID   string // of the key that signed
	Trusted bool   // the caller gave the key; else it is the one that lies in the bundle, which proves nothing about who signed
	Result  string // what the attestation claims: PASSED, WARNED, FAILED
}

// Verify checks every file against the manifest, against its published schema
// and the attestation, if there is one. It names all that was changed, is
// missing or was added.
func Verify(path string) error {
	_, err := Check(context.Background(), path, nil)
	return err
}

// Check is Verify that says what it checked. With a key there must be an
// attestation, and it must be that key's.
func Check(ctx context.Context, path string, key ed25519.PublicKey) (*Verified, error) {
	fsys, c, err := source(path)
	if err != nil {
		return nil, err
	}
	defer c.Close() //nolint:errcheck // only read
	m, err := readMerged(fsys)
	if err != nil {
		return nil, err
	}
	if m != nil {
		return checkMerged(ctx, fsys, path, key)
	}
	return check(ctx, fsys, path, key)
}

// check checks one run's bundle.
func check(ctx context.Context, fsys fs.FS, path string, key ed25519.PublicKey) (*Verified, error) {
	b := &Bundle{Path: path, fsys: fsys}
	if err := b.readManifest(); err != nil {
		return nil, err
	}
	if b.Partial {
		return nil, fmt.Errorf("bundle: %s has no manifest.json: %s", path, b.Note)
	}
	v := &Verified{}
	err := errors.Join(v.hashes(b), v.attestation(ctx, b, key), v.schemasOf(fsys, described()))
	return v, err
}

func (v *Verified) hashes(b *Bundle) error {
	have, err := list(b.fsys)
	if err != nil {
		return err
	}
	extra := map[string]bool{}
	for _, name := range have {
		extra[name] = name != "manifest.json" && name != attestationFile && name != publicKeyFile
	}
	var errs []error
	for _, s := range b.Manifest.Files {
		if _, there := extra[s.Path]; !there {
			errs = append(errs, fmt.Errorf("bundle: %s is missing", s.Path))
			continue
		}
		delete(extra, s.Path)
		raw, err := fs.ReadFile(b.fsys, s.Path)
		if err != nil {
			errs = append(errs, fmt.Errorf("bundle: %s cannot be read: %w", s.Path, err))
			continue
		}
		if sum(raw) != s.SHA256 {
			errs = append(errs, fmt.Errorf("bundle: %s was changed after the run", s.Path))
			continue
		}
		v.Files++
	}
	for _, name := range have {
		if extra[name] {
			errs = append(errs, fmt.Errorf("bundle: %s was added after the run", name))
		}
	}
	return errors.Join(errs...)
}

// attestation checks the signature and that it speaks of these very files.
func (v *Verified) attestation(ctx context.Context, b *Bundle, key ed25519.PublicKey) error {
	raw, err := b.optional(attestationFile)
	if err != nil {
		return err
	}
	if raw == nil {
		if key != nil {
			return errors.New("bundle: attestation.json is missing: nobody signed this bundle")
		}
		return nil
	}
	v.Trusted = key != nil
	if key == nil {
		pub, err := b.optional(publicKeyFile)
		if err != nil {
			return err
		}
		if key, err = PublicKey(pub); err != nil {
			return fmt.Errorf("bundle: %s: %w", publicKeyFile, err)
		}
	}
	body, err := opened(ctx, raw, key)
	if err != nil {
		return err
	}
	var s statement
	if err := json.Unmarshal(body, &s); err != nil || s.Type != statementType || s.PredType != predicateType {
		return errors.New("bundle: attestation.json is no test result")
	}
	if v.KeyID, err = KeyID(key); err != nil {
		return err
	}
	v.Signed, v.Result = true, s.Predicate.Result
	return v.subjects(b, s)
}

// opened is the signed text of an envelope. Only the usual spelling of its
// base64 is accepted, so that no byte of the file can be changed unnoticed
// within it.
func opened(ctx context.Context, raw []byte, key ed25519.PublicKey) ([]byte, error) {
	var env dsse.Envelope
	if err := json.Unmarshal(raw, &env); err != nil {
		return nil, fmt.Errorf("bundle: attestation.json: %w", err)
	}
	if again, err := json.MarshalIndent(env, "", "  "); err != nil || string(again)+"\n" != string(raw) {
		return nil, errors.New("bundle: attestation.json was changed after the run")
	}
	ev, err := dsse.NewEnvelopeVerifier(&signer{public: key})
	if err != nil {
		return nil, fmt.Errorf("bundle: attestation.json: %w", err)
	}
	if _, err := ev.Verify(ctx, &env); err != nil || env.PayloadType != payloadType {
		return nil, fmt.Errorf("bundle: attestation.json is not signed by this key, or was changed after the run: %w", err)
	}
	return env.DecodeB64Payload()
}

func (v *Verified) subjects(b *Bundle, s statement) error {
	var errs []error
	manifest := false
	for _, r := range s.Subject {
		raw, err := b.optional(r.Name)
		if err != nil || raw == nil || sum(raw) != r.Digest["sha256"] {
			errs = append(errs, fmt.Errorf("bundle: %s is not the one that was signed", r.Name))
		}
		manifest = manifest || r.Name == "manifest.json"
	}
	if !manifest {
		errs = append(errs, errors.New("bundle: attestation.json does not speak of the manifest"))
	}
	return errors.Join(errs...)
}
