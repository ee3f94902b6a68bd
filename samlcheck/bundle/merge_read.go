package bundle

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"example.com/samepage/samlcheck/report"
)

// ErrMerged says that a path holds a merged bundle where one run's is wanted.
var ErrMerged = errors.New("a merged bundle, of several targets: name one of the folders in its " + innerDir + "/")

// ReadIndex reads the index of a merged bundle: its folder, or a .zip of it. It
// is nil where the path holds anything else; [Check] says whether it is sound.
func ReadIndex(at string) (*report.Index, error) {
	fsys, c, err := source(at)
	if err != nil {
		return nil, err
	}
	defer c.Close() //nolint:errcheck // only read
	m, err := readMerged(fsys)
	if m == nil || err != nil || strings.HasSuffix(filepath.Clean(at), Partial) {
		return nil, err
	}
	raw, err := fs.ReadFile(fsys, indexFile)
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	return report.ReadIndex(bytes.NewReader(raw))
}

// readMerged reads the manifest of a merged bundle; nil where it is none.
func readMerged(fsys fs.FS) (*Merged, error) {
	raw, err := fs.ReadFile(fsys, "manifest.json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil // no merged bundle is no error
	}
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	var m Merged
	if ours := json.Unmarshal(raw, &m) == nil && strings.HasPrefix(m.Schema, "samlcheck.merged/"); !ours {
		return nil, nil // one run's bundle, whose reader says what is wrong with it
	}
	if m.Schema != MergedSchema {
		return nil, fmt.Errorf("bundle: schema %q; this version reads %q", m.Schema, MergedSchema)
	}
	for _, in := range m.Bundles {
		if !fs.ValidPath(in.Path) || !strings.HasPrefix(in.Path, innerDir+"/") {
			return nil, fmt.Errorf("bundle: manifest.json: %q is no folder in %s/", in.Path, innerDir)
		}
	}
	return &m, nil
}

// checkMerged checks the whole as Check does one run's bundle, and then each
// bundle in it. A key must have signed every one of them, and the whole where
// the whole is signed.
func checkMerged(ctx context.Context, fsys fs.FS, at string, key ed25519.PublicKey) (*Verified, error) {
	m, err := readMerged(fsys)
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(filepath.Clean(at), Partial) {
		return nil, fmt.Errorf("bundle: %s: it was never finished", at)
	}
	b := &Bundle{Path: at, fsys: fsys, Manifest: &Manifest{Files: m.Files}}
	v := &Verified{}
	errs := []error{v.hashes(b)}
	signed, err := b.optional(attestationFile)
	if err == nil && signed != nil {
		err = v.attestation(ctx, b, key)
	}
	errs = append(errs, err, v.schemasOf(fsys, map[string]string{"manifest.json": "merged", indexFile: "index"}), listed(fsys, m))
	v.Trusted = key != nil
	for _, in := range m.Bundles {
		errs = append(errs, v.inner(ctx, fsys, in, key))
	}
	return v, errors.Join(errs...)
}

// listed finds a bundle that lies in the whole and that its manifest does not name.
func listed(fsys fs.FS, m *Merged) error {
	have, err := fs.ReadDir(fsys, innerDir)
	if err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	if len(have) != len(m.Bundles) {
		return fmt.Errorf("bundle: %d bundles lie in %s/, and manifest.json names %d", len(have), innerDir, len(m.Bundles))
	}
	for _, d := range have {
		if !slices.ContainsFunc(m.Bundles, func(in Inner) bool { return in.Path == innerDir+"/"+d.Name() }) {
			return fmt.Errorf("bundle: manifest.json does not name %s/%s", innerDir, d.Name())
		}
	}
	return nil
}

// inner checks one bundle of the whole.
func (v *Verified) inner(ctx context.Context, fsys fs.FS, in Inner, key ed25519.PublicKey) error {
	sub, err := fs.Sub(fsys, in.Path)
	if err != nil {
		return fmt.Errorf("bundle: %s: %w", in.Path, err)
	}
	one, err := check(ctx, sub, in.Path, key)
	if err != nil {
		return fmt.Errorf("%s: %w", in.Path, err)
	}
	v.Bundles++
	v.Schemas += one.Schemas
	return nil
}
