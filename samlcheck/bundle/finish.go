package bundle

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"example.com/samepage/samlcheck/oracle"
	"example.com/samepage/samlcheck/report"
)

// Manifest is manifest.json: what is in the bundle, byte for byte.
type Manifest struct {
	Schema     string        `json:"schema"`
	Report     string        `json:"report_schema"`
	Transcript string        `json:"transcript_schema"`
	Tool       report.Tool   `json:"tool"`
	Target     report.Target `json:"target"`
	Faces      []string      `json:"faces"`
	Browser    string        `json:"browser"`
	Finished   time.Time     `json:"finished"`
	Files      []Sum         `json:"files"` // sorted by path; all but this one
}

// Sum is one file of the manifest.
type Sum struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
}

// Account is one entry of accounts.json.
type Account struct {
	Email string `json:"email"`
	Face  string `json:"face"`
	Ref   string `json:"ref"`
	Why   string `json:"why"`
	State string `json:"state"`          // "may exist", "seen", "removed", "still there"
	Said  string `json:"said,omitempty"` // how that is known, or why it is not
}

// Finish writes the rest of the bundle, searches every file for what must not
// be in it, and renames the folder to its final name (Path). After ErrLeak
// nothing is renamed and the offending file is named.
func (w *Writer) Finish(c Contents) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken != nil {
		return w.broken
	}
	if c.Report == nil {
		return errors.New("bundle: no report to finish with")
	}
	rep := w.red.Report(*c.Report)
	for _, step := range []func() error{
		func() error { return w.writeCuts(rep) },
		func() error { return w.writeForms(&rep) },
		w.writeMessages,
		func() error { return w.writeContents(c) },
		func() error { return w.writeJSON("accounts.json", w.accounts(rep)) },
		func() error { return w.write("REPRODUCE.md", reproduce(rep)) },
		func() error { return errors.Join(w.closeLog(), w.raw.close()) },
		func() error { return w.drop("opening.json") },
		func() error { return w.selfTest(true) },
		func() error { return w.writeManifest(rep) },
		func() error { return w.attest(context.Background(), c.Key, rep) },
		func() error { return w.selfTest(false) },
		func() error { return w.settle() },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// writeCuts notes in the transcript which faces ended early, for judging again.
func (w *Writer) writeCuts(rep report.Report) error {
	for _, f := range rep.Faces {
		if _, begun := w.faces[f.Face]; begun && f.Cut != "" {
			if err := w.line(cutLine{f.Face, f.Cut}); err != nil {
				return err
			}
		}
	}
	return nil
}

// Abort gives up. What was written stays readable in the partial folder, whose
// path it returns.
func (w *Writer) Abort(reason string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, face := range w.order {
		if w.line(cutLine{face, w.red.String(reason)}) != nil {
			break // the disk is full: the reader sees for itself that the run was cut short
		}
	}
	_, _ = w.closeLog(), w.raw.close() // nothing follows
	return w.partial
}

// accounts are what each face's report says of the accounts that the run may
// have made. A report that does not say was cut short before the clean-up.
func (w *Writer) accounts(rep report.Report) []Account {
	out := []Account{}
	for _, f := range rep.Faces {
		for _, a := range f.Accounts {
			out = append(out, Account{a.Email, f.Face, a.Ref, a.Why, a.State, a.Said})
		}
		if len(f.Accounts) > 0 {
			continue
		}
		for _, a := range oracle.Learn(w.faces[f.Face]).Made() {
			out = append(out, Account{a.Address, f.Face, a.Ref, a.Why, report.MayExist, ""})
		}
	}
	return out
}

// selfTest searches every file for what must not be in it. The first time it
// also writes redaction.json, which is searched with whatever else is new the
// second time.
func (w *Writer) selfTest(record bool) error {
	paths, err := w.files()
	if err != nil {
		return err
	}
	for _, p := range paths {
		if _, err := w.vetted(p); err != nil {
			return err
		}
	}
	if !record {
		return nil
	}
	return w.writeJSON("redaction.json", redaction{Schema: Schema, Shown: w.red.shown, Counts: w.red.Counts(), Searched: len(paths), Found: 0})
}

// vetted is the sum of a file that was found to hold nothing that must be hidden.
// Each is searched and summed once after the last writing to it: a message when
// it is written, all else, whoever put it there, as it lies on the disk.
func (w *Writer) vetted(name string) (Sum, error) {
	if s, ok := w.clear[name]; ok {
		return s, nil
	}
	text, sum, err := w.read(name)
	if err != nil {
		return Sum{}, fmt.Errorf("bundle: %w", err)
	}
	return sum, w.search(text, sum)
}

// search looks for what must be hidden in what a file holds.
func (w *Writer) search(text string, of Sum) error {
	if rule := w.red.Leak(text); rule != "" {
		return fmt.Errorf("%w: %s holds what the rule %q hides; the bundle stays unfinished in %s", ErrLeak, of.Path, rule, w.partial)
	}
	w.clear[of.Path] = of
	return nil
}

// read reads a file of the bundle and sums it on the way, in pieces that are
// still in the cache.
func (w *Writer) read(name string) (string, Sum, error) {
	f, err := os.Open(filepath.Join(w.partial, filepath.FromSlash(name)))
	if err != nil {
		return "", Sum{}, err
	}
	defer f.Close() //nolint:errcheck // only read
	var text strings.Builder
	if info, err := f.Stat(); err == nil {
		text.Grow(int(info.Size()))
	}
	h := sha256.New()
	for {
		n, err := f.Read(w.piece)
		h.Write(w.piece[:n])
		text.Write(w.piece[:n])
		if errors.Is(err, io.EOF) {
			return text.String(), Sum{name, hex.EncodeToString(h.Sum(nil)), int64(text.Len())}, nil
		}
		if err != nil {
			return "", Sum{}, err
		}
	}
}

type redaction struct {
	Schema   string         `json:"schema"`
	Shown    bool           `json:"identities_shown,omitempty"` // names and addresses were left as they are
	Counts   map[string]int `json:"replaced"`                   // by rule
	Searched int            `json:"files_searched"`             // by the self-test
	Found    int            `json:"found"`
}

func (w *Writer) writeManifest(rep report.Report) error {
	paths, err := w.files()
	if err != nil {
		return err
	}
	m := Manifest{
		Schema: Schema, Report: report.Schema, Transcript: "samlcheck.transcript/v1",
		Tool: rep.Tool, Target: rep.Target, Faces: w.order, Finished: rep.Finished,
	}
	for _, f := range slices.Sorted(maps.Keys(w.faces)) {
		m.Browser = w.faces[f].Browser
	}
	for _, p := range paths {
		s, err := w.vetted(p)
		if err != nil {
			return err
		}
		m.Files = append(m.Files, s)
	}
	return w.writeJSON("manifest.json", m)
}

func (w *Writer) files() ([]string, error) { return filesIn(w.partial) }

// filesIn lists the files below a folder, sorted, with slashes.
func filesIn(dir string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		out = append(out, filepath.ToSlash(rel))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("bundle: %w", err)
	}
	slices.Sort(out)
	return out, nil
}

func (w *Writer) drop(name string) error {
	err := os.Remove(filepath.Join(w.partial, name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("bundle: %w", err)
	}
	return nil
}

// settle waits until all is on the disk, and gives the bundle its final name.
func (w *Writer) settle() error {
	if err := syncAll(w.partial); err != nil {
		return w.fail(w.partial, err)
	}
	if err := os.Rename(w.partial, w.final); err != nil {
		return w.fail(w.final, err)
	}
	return syncDir(filepath.Dir(w.final))
}

func syncDir(p string) error {
	d, err := os.Open(p)
	if err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("bundle: %w", err)
	}
	return nil
}
