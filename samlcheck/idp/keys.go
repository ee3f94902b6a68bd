package idp

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

const keyBits = 2048 // what both vendors make

// newSigner makes a key and the vendor's own kind of certificate for it.
func newSigner(p Profile, now time.Time) (Signer, error) { return signerWith(p.Certificate, now) }

func signerWith(certify func(*rsa.PrivateKey, time.Time) ([]byte, error), now time.Time) (Signer, error) {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return Signer{}, fmt.Errorf("idp: make a key: %w", err)
	}
	cert, err := certify(key, now)
	if err != nil {
		return Signer{}, err
	}
	return Signer{Key: key, Cert: cert}, nil
}

// kept returns a signer from its file in the state folder, and makes it the
// first time. Two runs that come at once get the same one: the file appears
// whole or not at all, and the first to put it there wins.
func kept(dir, file string, fresh func() (Signer, error)) (Signer, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return Signer{}, fmt.Errorf("idp: the state folder %s cannot be made: %w (name another with `idp: {state: ...}` or --state)", dir, err)
	}
	if err := private(dir); err != nil {
		return Signer{}, err
	}
	path := filepath.Join(dir, file)
	s, err := readSigner(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return s, err
	}
	if s, err = fresh(); err != nil {
		return s, err
	}
	if err := putSigner(dir, path, s); err != nil {
		if errors.Is(err, fs.ErrExist) {
			return readSigner(path)
		}
		return Signer{}, fmt.Errorf("idp: the state folder %s cannot be written: %w (name another with `idp: {state: ...}` or --state)", dir, err)
	}
	return s, nil
}

// private refuses a folder into which anybody could put a key of his own.
func private(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return fmt.Errorf("idp: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o002 != 0 {
		return fmt.Errorf("idp: the state folder %s may be written by others: chmod 700 it, or name another", dir)
	}
	return nil
}

// keyFile names the file after the face and its entityID: another org or
// tenant has other keys.
func keyFile(p Profile) string {
	sum := sha256.Sum256([]byte(p.EntityID()))
	return p.Name() + "-" + hex.EncodeToString(sum[:4]) + ".pem"
}

func putSigner(dir, path string, s Signer) error {
	der, err := x509.MarshalPKCS8PrivateKey(s.Key)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = errors.Join(
		f.Chmod(0o600),
		pem.Encode(f, &pem.Block{Type: "PRIVATE KEY", Bytes: der}),
		pem.Encode(f, &pem.Block{Type: "CERTIFICATE", Bytes: s.Cert}),
		f.Sync(), f.Close(),
	)
	if err != nil {
		return err
	}
	return os.Link(f.Name(), path)
}

func readSigner(path string) (Signer, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Signer{}, fmt.Errorf("idp: %w", err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
		return Signer{}, fmt.Errorf("idp: %s holds a private key and may be read by others: chmod 600 it, or delete it and upload new metadata", path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return Signer{}, fmt.Errorf("idp: %w", err)
	}
	s, err := parseSigner(raw)
	if err != nil {
		return Signer{}, fmt.Errorf("idp: %s is damaged (%w): delete it; new keys are made, and their metadata must be uploaded again", path, err)
	}
	return s, nil
}

func parseSigner(raw []byte) (Signer, error) {
	var s Signer
	for n := 0; ; n++ {
		var b *pem.Block
		if b, raw = pem.Decode(raw); b == nil {
			break
		}
		if n == 2 {
			return s, errors.New("it holds more than one key and its certificate")
		}
		switch b.Type {
		case "PRIVATE KEY":
			k, err := x509.ParsePKCS8PrivateKey(b.Bytes)
			if err != nil {
				return s, err
			}
			key, ok := k.(*rsa.PrivateKey)
			if !ok {
				return s, errors.New("not an RSA key")
			}
			s.Key = key
		case "CERTIFICATE":
			s.Cert = b.Bytes
		}
	}
	if s.Key == nil || s.Cert == nil {
		return s, errors.New("no key, or no certificate, in it")
	}
	cert, err := x509.ParseCertificate(s.Cert)
	if err != nil {
		return s, err
	}
	if pub, ok := cert.PublicKey.(*rsa.PublicKey); !ok || !pub.Equal(&s.Key.PublicKey) {
		return s, errors.New("the certificate is not the key's")
	}
	return s, nil
}
