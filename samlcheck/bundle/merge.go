package bundle

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/report"
	"example.com/samepage/samlcheck/transcript"
)

// MergedSchema names the version of a merged bundle's layout (its manifest.json).
const MergedSchema = "samlcheck.merged/v1"

// Where things lie in a merged bundle.
const (
	indexFile = "index.json"
	innerDir  = "bundles"
)

// Merged is the manifest.json of a merged bundle: several finished bundles,
// byte for byte as their runs left them, in one folder with an index of them.
type Merged struct {
	Schema  string  `json:"schema"`
	Index   string  `json:"index_schema"`
	Bundles []Inner `json:"bundles"` // by target, then by the moment of the run
	Files   []Sum   `json:"files"`   // sorted by path; all but this one and the signature
}

// Inner is one bundle of a merged bundle.
type Inner struct {
	Path     string    `json:"path"`            // its folder: "bundles/samlcheck-acme-20261123T221000Z"
	Manifest string    `json:"manifest_sha256"` // of its manifest.json, which tells equal bundles
	Target   string    `json:"target"`
	Started  time.Time `json:"started"`
}

// MergeOptions say how bundles are merged.
type MergeOptions struct {
	Key   ed25519.PrivateKey // signs the whole, as each bundle is signed already; nil for none
	Count int                // how many bundles there must be; 0 does not say
}

// ErrMerge marks what is wrong with the bundles that were to be merged.
var ErrMerge = errors.New("bundle: these cannot be merged")

// Merge copies finished bundles (folders, .zip archives, or merged bundles, whose
// bundles are taken one by one) into the new folder out, verifies each copy, and
// writes an index of them in the forms of report.IndexFormats. Equal bundles
// make equal merged bundles, whatever the order in which they are named.
//
// It refuses a bundle that comes twice, one that is not finished or not sound,
// one of another schema, and an out that exists. Until it is whole the folder is
// called "<out>.<number>.partial"; where anything fails, nothing is left of it.
// Nothing is redacted: what bundles hold was searched when they were written.
func Merge(ctx context.Context, out string, paths []string, o MergeOptions) (*report.Index, error) {
	m := &merger{}
	defer m.close()
	if err := m.collect(ctx, paths); err != nil {
		return nil, err
	}
	if o.Count > 0 && len(m.found) != o.Count {
		return nil, fmt.Errorf("%w: there should be %d bundles, and there are %d: a run left none, or not all were named", ErrMerge, o.Count, len(m.found))
	}
	if err := m.begin(out); err != nil {
		return nil, err
	}
	x, err := m.merge(ctx, o.Key)
	if err != nil { // the bundles are where they were: half a copy helps nobody
		return nil, errors.Join(err, os.RemoveAll(m.w.partial))
	}
	return x, nil
}

// merger is one merging.
type merger struct {
	found   []input
	closers []io.Closer
	w       *Writer // its files; it redacts nothing, since it writes nothing new
	inner   []Inner
}

// input is one bundle that is to be merged.
type input struct {
	fsys  fs.FS
	at    string // where it is, in words for an error
	sum   string // of its manifest
	entry report.Entry
}

func (m *merger) close() {
	for _, c := range m.closers {
		_ = c.Close() // only read
	}
}

// collect opens every bundle, refuses what can be refused by its first files,
// and puts them in an order that does not depend on the caller's.
func (m *merger) collect(ctx context.Context, paths []string) error {
	for _, p := range paths {
		if err := m.take(ctx, p); err != nil {
			return err
		}
	}
	if len(m.found) == 0 {
		return fmt.Errorf("%w: no bundle was named", ErrMerge)
	}
	slices.SortFunc(m.found, func(a, b input) int {
		return cmp.Or(strings.Compare(a.entry.Target.Name, b.entry.Target.Name), a.entry.Started.Compare(b.entry.Started), strings.Compare(a.sum, b.sum))
	})
	return nil
}

// take opens one bundle, or each that a merged bundle holds.
func (m *merger) take(ctx context.Context, at string) error {
	fsys, c, err := source(at)
	if err != nil {
		return err
	}
	m.closers = append(m.closers, c)
	whole, err := readMerged(fsys)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", ErrMerge, at, err)
	}
	if whole == nil {
		return m.look(fsys, at)
	}
	if _, err := checkMerged(ctx, fsys, at, nil); err != nil {
		return fmt.Errorf("%w: %s is not sound: %w", ErrMerge, at, err)
	}
	for _, in := range whole.Bundles {
		sub, err := fs.Sub(fsys, in.Path)
		if err != nil {
			return fmt.Errorf("bundle: %s: %w", at, err)
		}
		if err := m.look(sub, path.Join(filepath.ToSlash(at), in.Path)); err != nil {
			return err
		}
	}
	return nil
}

// look refuses a bundle that is not finished, of another schema, or there twice.
func (m *merger) look(fsys fs.FS, at string) error {
	b := &Bundle{Path: at, fsys: fsys}
	if err := b.readManifest(); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrMerge, at, err)
	}
	if b.Partial {
		return fmt.Errorf("%w: %s: %s; `samlcheck judge` reads what there is", ErrMerge, at, b.Note)
	}
	if mf := b.Manifest; mf.Report != report.Schema || mf.Transcript != transcript.Schema {
		return fmt.Errorf("%w: %s holds %s and %s; this version merges %s and %s", ErrMerge, at, mf.Report, mf.Transcript, report.Schema, transcript.Schema)
	}
	raw, err := fs.ReadFile(fsys, "manifest.json")
	if err != nil {
		return fmt.Errorf("bundle: %s: %w", at, err)
	}
	f := input{fsys: fsys, at: at, sum: sum(raw)}
	if i := slices.IndexFunc(m.found, func(o input) bool { return o.sum == f.sum }); i >= 0 {
		return fmt.Errorf("%w: %s is the same bundle as %s: name it once", ErrMerge, at, m.found[i].at)
	}
	stored, err := fs.ReadFile(fsys, "report.json")
	if err != nil {
		return fmt.Errorf("%w: %s is not sound: %w", ErrMerge, at, err)
	}
	r, err := report.ReadJSON(bytes.NewReader(stored))
	if err != nil {
		return fmt.Errorf("%w: %s is not sound: %w", ErrMerge, at, err)
	}
	f.entry = report.EntryOf(r, "")
	m.found = append(m.found, f)
	return nil
}

// begin makes the folder, under a name that no reader takes for a whole bundle.
func (m *merger) begin(out string) error {
	out = filepath.Clean(out)
	if _, err := os.Lstat(out); err == nil {
		return fmt.Errorf("%w: %s exists already: name a new folder", ErrMerge, out)
	}
	parent, base := filepath.Dir(out), filepath.Base(out)
	err := os.MkdirAll(parent, 0o755)
	if err != nil {
		return fmt.Errorf("bundle: the folder cannot be made: %w", err)
	}
	partial, err := os.MkdirTemp(parent, base+".*"+Partial) // mode 0700
	if err != nil {
		return fmt.Errorf("bundle: the folder cannot be made: %w", err)
	}
	m.w = &Writer{final: out, partial: partial, open: openNew, lost: unmerged, clear: map[string]Sum{}}
	return nil
}

func unmerged(name string, err error) error {
	return fmt.Errorf("bundle: %s cannot be written: %w; nothing was merged, and the bundles are where they were", name, err)
}

func openNew(p string) (file, error) {
	return os.OpenFile(p, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
}

func (m *merger) merge(ctx context.Context, key ed25519.PrivateKey) (*report.Index, error) {
	entries := make([]report.Entry, 0, len(m.found))
	for _, f := range m.found {
		in, err := m.copy(ctx, f)
		if err != nil {
			return nil, err
		}
		m.inner = append(m.inner, in)
		f.entry.Bundle = in.Path
		entries = append(entries, f.entry)
	}
	x := report.IndexOf(entries)
	for _, step := range []func() error{
		func() error { return m.writeIndex(x) },
		m.writeManifest,
		func() error { return m.attest(ctx, key, x) },
		m.w.settle,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// copy takes over one bundle. What is verified is the copy: nobody can change
// it in between.
func (m *merger) copy(ctx context.Context, f input) (Inner, error) {
	names, err := list(f.fsys)
	if err != nil {
		return Inner{}, err
	}
	in := Inner{Path: m.place(f.entry), Manifest: f.sum, Target: f.entry.Target.Name, Started: f.entry.Started}
	for _, name := range names {
		if err := m.file(f.fsys, name, in.Path+"/"+name); err != nil {
			return Inner{}, err
		}
	}
	if err := ctx.Err(); err != nil {
		return Inner{}, err
	}
	copied := os.DirFS(filepath.Join(m.w.partial, filepath.FromSlash(in.Path)))
	if _, err := check(ctx, copied, f.at, nil); err != nil {
		return Inner{}, fmt.Errorf("%w: %s is not sound: %w", ErrMerge, f.at, err)
	}
	return in, nil
}

// place is a bundle's folder in the whole: named after its target and its
// moment, whatever the folder was called where it came from.
func (m *merger) place(e report.Entry) string {
	name := innerDir + "/" + Name(e.Target.Name, e.Started)
	for n, try := 2, name; ; n++ {
		if !slices.ContainsFunc(m.inner, func(in Inner) bool { return in.Path == try }) {
			return try
		}
		try = fmt.Sprintf("%s-%d", name, n)
	}
}

// file copies one file; settle syncs them all.
func (m *merger) file(fsys fs.FS, from, to string) error {
	in, err := fsys.Open(from)
	if err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	defer in.Close() //nolint:errcheck // only read
	p := filepath.Join(m.w.partial, filepath.FromSlash(to))
	if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
		return m.w.fail(to, err)
	}
	out, err := m.w.open(p)
	if err != nil {
		return m.w.fail(to, err)
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Close()); err != nil {
		return m.w.fail(to, err)
	}
	return nil
}

// sumOf is the digest and the size of a file of the whole.
func (m *merger) sumOf(name string) (Sum, error) {
	f, err := os.Open(filepath.Join(m.w.partial, filepath.FromSlash(name)))
	if err != nil {
		return Sum{}, fmt.Errorf("bundle: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err != nil {
		return Sum{}, fmt.Errorf("bundle: %s: %w", name, err)
	}
	return Sum{name, hex.EncodeToString(h.Sum(nil)), n}, nil
}
