package bundle

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"

	"example.com/samepage/samlcheck"
	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
)

// What stands in an attestation.
const (
	statementType = "https://in-toto.io/Statement/v1"
	predicateType = "https://in-toto.io/attestation/test-result/v0.1"
	payloadType   = "application/vnd.in-toto+json"
)

// The two files that the manifest cannot list, since they speak of it.
const (
	attestationFile = "attestation.json"
	publicKeyFile   = "attestation.pub"
)

// statement is an in-toto Statement with a test-result predicate.
type statement struct {
	Type      string      `json:"_type"`
	Subject   []resource  `json:"subject"`
	PredType  string      `json:"predicateType"`
	Predicate testResults `json:"predicate"`
}

type resource struct {
	Name   string            `json:"name"`
	Digest map[string]string `json:"digest"`
}

type testResults struct {
	Result    string     `json:"result"` // PASSED, WARNED, FAILED
	Config    []resource `json:"configuration"`
	Passed    []string   `json:"passedTests"`
	Warned    []string   `json:"warnedTests"`
	Failed    []string   `json:"failedTests"`
	Undecided []string   `json:"undecidedTests,omitempty"` // ours: readers of the predicate ignore what they do not know
}

// results weighs a report: PASSED only where something was judged, nothing
// failed, nothing was undecided and nothing was cut short.
func results(rep report.Report) testResults {
	out := testResults{Passed: []string{}, Warned: []string{}, Failed: []string{}, Config: []resource{}}
	for _, f := range rep.Faces {
		for _, x := range f.Findings {
			name := f.Face + "/" + x.Check
			switch x.Outcome {
			case samlcheck.Pass:
				out.Passed = append(out.Passed, name)
			case samlcheck.Warn:
				out.Warned = append(out.Warned, name)
			case samlcheck.Fail:
				out.Failed = append(out.Failed, name)
			case samlcheck.Note, samlcheck.Skipped:
			case samlcheck.Inconclusive:
				out.Undecided = append(out.Undecided, name)
			default:
				out.Undecided = append(out.Undecided, name)
			}
		}
		if f.JIT != nil && report.Verdict(*f.JIT) == oracle.VerdictUndecided {
			out.Undecided = append(out.Undecided, f.Face+"/jit")
		}
	}
	for _, e := range rep.Unmet() {
		out.Failed = append(out.Failed, e.Face+"/expect/"+e.ID)
	}
	switch {
	case len(out.Failed)+len(out.Undecided) > 0 || rep.Cut != "" || len(out.Passed)+len(out.Warned) == 0:
		out.Result = "FAILED"
	case len(out.Warned) > 0:
		out.Result = "WARNED"
	default:
		out.Result = "PASSED"
	}
	return out
}

// attest signs what the manifest says, if there is a key.
func (w *Writer) attest(ctx context.Context, key ed25519.PrivateKey, rep report.Report) error {
	if key == nil {
		return nil
	}
	p := results(rep)
	for _, name := range []string{"plan.json", "metadata/sp.xml"} {
		r, err := w.resource(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		p.Config = append(p.Config, r)
	}
	return w.sign(ctx, key, p, "manifest.json", "report.json", "transcript.jsonl")
}

// sign writes an attestation of what the subjects, files of the bundle, say.
func (w *Writer) sign(ctx context.Context, key ed25519.PrivateKey, p testResults, subjects ...string) error {
	s := statement{Type: statementType, PredType: predicateType, Predicate: p}
	for _, name := range subjects {
		r, err := w.resource(name)
		if err != nil {
			return err
		}
		s.Subject = append(s.Subject, r)
	}
	body, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("bundle: attestation: %w", err)
	}
	es, err := dsse.NewEnvelopeSigner(&signer{key, key.Public().(ed25519.PublicKey)})
	if err != nil {
		return fmt.Errorf("bundle: attestation: %w", err)
	}
	env, err := es.SignPayload(ctx, payloadType, body)
	if err != nil {
		return fmt.Errorf("bundle: attestation: %w", err)
	}
	pub, err := PublicPEM(key.Public().(ed25519.PublicKey))
	if err != nil {
		return err
	}
	return errors.Join(w.writeJSON(attestationFile, env), w.write(publicKeyFile, pub))
}

func (w *Writer) resource(name string) (resource, error) {
	raw, err := os.ReadFile(filepath.Join(w.partial, filepath.FromSlash(name)))
	if err != nil {
		return resource{}, fmt.Errorf("bundle: attestation: %w", err)
	}
	return resource{name, map[string]string{"sha256": sum(raw)}}, nil
}

func sum(raw []byte) string {
	s := sha256.Sum256(raw)
	return hex.EncodeToString(s[:])
}

// signer is one Ed25519 key; the private half may be missing.
type signer struct {
	private ed25519.PrivateKey
	public  ed25519.PublicKey
}

func (s *signer) Sign(_ context.Context, data []byte) ([]byte, error) {
	return ed25519.Sign(s.private, data), nil
}

func (s *signer) Verify(_ context.Context, data, sig []byte) error {
	if !ed25519.Verify(s.public, data, sig) {
		return errors.New("the signature does not fit")
	}
	return nil
}

func (s *signer) KeyID() (string, error)   { return KeyID(s.public) }
func (s *signer) Public() crypto.PublicKey { return s.public }

// KeyID is the SHA-256 of a public key's SubjectPublicKeyInfo, in hex.
func KeyID(key ed25519.PublicKey) (string, error) {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return "", fmt.Errorf("bundle: no Ed25519 key: %w", err)
	}
	return sum(der), nil
}

// PublicPEM is a public key as PEM (SubjectPublicKeyInfo).
func PublicPEM(key ed25519.PublicKey) ([]byte, error) {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return nil, fmt.Errorf("bundle: no Ed25519 key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}), nil
}

// PublicKey reads a PEM file with an Ed25519 public key.
func PublicKey(raw []byte) (ed25519.PublicKey, error) {
	if block, _ := pem.Decode(raw); block != nil {
		if key, err := x509.ParsePKIXPublicKey(block.Bytes); err == nil {
			if k, ok := key.(ed25519.PublicKey); ok {
				return k, nil
			}
		}
	}
	return nil, errors.New("bundle: no Ed25519 public key in PEM: give the attestation.pub of whoever ran it")
}

// AttestKey reads an Ed25519 private key (PKCS #8 in PEM), or makes it where
// there is none, mode 0600, with its public half beside it (.pub).
func AttestKey(path string) (ed25519.PrivateKey, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return newKey(path)
	}
	if err != nil {
		return nil, fmt.Errorf("bundle: the key for attestations cannot be read: %w", err)
	}
	if block, _ := pem.Decode(raw); block != nil {
		if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
			if k, ok := key.(ed25519.PrivateKey); ok {
				return k, nil
			}
		}
	}
	return nil, fmt.Errorf("bundle: %s is no Ed25519 private key (PKCS #8 in PEM): `openssl genpkey -algorithm ed25519` makes one", path)
}

func newKey(path string) (ed25519.PrivateKey, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("bundle: no randomness for a key: %w", err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	pub, err := PublicPEM(public)
	if err != nil {
		return nil, err
	}
	err = os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = create0600(path, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	}
	if errors.Is(err, fs.ErrExist) { // somebody was faster
		return AttestKey(path)
	}
	if err == nil {
		err = os.WriteFile(path+".pub", pub, 0o644) //nolint:gosec // everybody may read a public key
	}
	if err != nil {
		return nil, fmt.Errorf("bundle: the key for attestations cannot be kept: %w", err)
	}
	return private, nil
}

// create0600 makes a file that appears whole or not at all, so that nobody who
// comes at the same moment reads half of it. An existing one is fs.ErrExist.
func create0600(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.Write(data)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Link(f.Name(), path)
}
